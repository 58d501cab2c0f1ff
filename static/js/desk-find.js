// "/" (outside a field) or Ctrl+K leads to the desk's search, which works without this file.
const field = document.querySelector("[data-find]");

function typing(element) {
  return element.isContentEditable || element.matches("input, select, textarea");
}

document.addEventListener("keydown", (event) => {
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
  const letter = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
  if (field && (letter || (slash && !typing(event.target)))) {
    event.preventDefault();
    field.select();
  }
});
