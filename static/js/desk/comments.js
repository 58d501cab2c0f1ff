// Comments beside the release form: the selection becomes the quote, and a quote leads to its
// place. Without this file the words are typed or pasted into the field.
const button = document.querySelector("[data-quote]");
const writing = () => window.CKEDITOR?.instances.id_body;
// A click on the button takes the focus, and with it a field's selection: so it is kept.
let selected = "";

function keep() {
  const field = document.activeElement;
  const text = field?.matches?.("#release_form textarea, #release_form input")
    ? field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)
    : "";
  selected = text.trim() || selected;
}

if (button) {
  button.hidden = false;
  document.addEventListener("selectionchange", keep);
  button.addEventListener("click", () => {
    const words = writing()?.getSelection()?.getSelectedText().trim() || selected;
    const field = document.getElementById(button.dataset.quote);
    field.value = words.replace(/\s+/g, " ").slice(0, field.maxLength > 0 ? field.maxLength : 300);
    field.focus();
  });
}

// A text written plainly: its words are selected in their field.
function showPlain(words) {
  const field = document.getElementById("id_body");
  const start = field?.value.indexOf(words) ?? -1;
  if (start >= 0) {
    field.focus();
    field.setSelectionRange(start, start + words.length);
  }
}

// The browser's own search selects the words in the editor, and scrolls to them.
function show(words) {
  const view = writing()?.window?.$;
  if (!view) {
    showPlain(words);
  } else {
    view.getSelection().removeAllRanges();
    view.focus();
    view.find(words, false, false, true);
  }
}

for (const place of document.querySelectorAll("[data-place]")) {
  const words = place.textContent;
  const link = document.createElement("button");
  link.type = "button";
  link.className = "place";
  link.textContent = words;
  link.addEventListener("click", () => show(words));
  place.replaceChildren(link);
}
