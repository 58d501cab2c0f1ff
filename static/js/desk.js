// Some buttons of the release form act on the text as it is stored. Where something typed is not
// saved yet, ask first: nothing is ever lost.
const form = document.querySelector("#release_form");
const question = document.querySelector("[data-unsaved]")?.dataset.unsaved;
let typed = false;

form?.addEventListener("input", () => { typed = true; });
form?.addEventListener("submit", () => { typed = false; });

function unsaved() {
  const editors = Object.values(window.CKEDITOR?.instances ?? {});
  return typed || editors.some((editor) => editor.checkDirty());
}

for (const button of document.querySelectorAll("[data-leaves-form]")) {
  button.addEventListener("click", (event) => {
    if (unsaved() && !window.confirm(question)) {
      event.preventDefault();
    }
  });
}
