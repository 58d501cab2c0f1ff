// What opens below "More" closes by Escape and by a press elsewhere. It opens without this file.
const more = document.querySelector("[data-more]");

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && more?.open) {
    more.open = false;
    more.querySelector("summary").focus();
  }
});

document.addEventListener("pointerdown", (event) => {
  if (more && !more.contains(event.target)) {
    more.open = false;
  }
});
