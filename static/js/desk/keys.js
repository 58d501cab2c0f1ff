// Ctrl+S saves, Ctrl+Enter takes the next step: the same as the buttons, without the way there.
const save = () => document.querySelector(".bar [name=_save], .submit-row [name=_save]");
const next = () => document.querySelector(".bar .next, .small-page .next");

function press(button) {
  button()?.click();
}

document.addEventListener("keydown", (event) => {
  const button = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
    ? { s: save, enter: next }[event.key.toLowerCase()]
    : undefined;
  if (button?.()) {
    event.preventDefault();
    if (!event.repeat) {
      press(button);
    }
  }
});

// The editor keeps the keys of its frame to itself. Tab leaves the text, as it leaves any field.
window.CKEDITOR?.on("instanceReady", ({ editor }) => {
  const { CTRL } = window.CKEDITOR;
  for (const [key, name, button] of [[83, "saveForm", save], [13, "nextStep", next]]) {
    editor.addCommand(name, { async: true, readOnly: 1, exec: () => press(button) });
    editor.setKeystroke(CTRL + key, name);
  }
});
