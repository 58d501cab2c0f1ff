// The release form. All of it works without this file; here are the comforts of typing in it.
const form = document.querySelector("#release_form");
const bar = document.querySelector("[data-unsaved]");
// A page that answers a form not saved holds what was typed there.
let typed = bar?.classList.contains("bar-unsaved") ?? false;

// The editor shows the text as readers will see it, and grows with it.
if (window.CKEDITOR) {
  const sheets = document.querySelector("[data-editor-styles]").dataset.editorStyles;
  Object.assign(window.CKEDITOR.config, {
    contentsCss: sheets.split(" "),
    bodyClass: "writing",
    dialog_backgroundCoverColor: "black",
    extraPlugins: "autogrow",
    autoGrow_minHeight: 320,
    autoGrow_onStartup: true,
    resize_enabled: false,
  });
  window.CKEDITOR.on("instanceReady", ({ editor }) => editor.on("change", changed));
}

// Some buttons act on the text as it is stored. Where something typed is not saved yet, the bar
// says so, and those buttons ask first: nothing is ever lost.
function changed() {
  typed = true;
  bar?.classList.add("bar-unsaved");
  bar?.querySelector(".bar-typed")?.removeAttribute("hidden");
}

form?.addEventListener("input", changed);
form?.addEventListener("submit", () => { typed = false; });

function unsaved() {
  const editors = Object.values(window.CKEDITOR?.instances ?? {});
  return typed || editors.some((editor) => editor.checkDirty());
}

for (const button of document.querySelectorAll("[data-leaves-form]")) {
  button.addEventListener("click", (event) => {
    if (unsaved() && !window.confirm(bar.dataset.unsaved)) {
      event.preventDefault();
    }
  });
}

// A new release begins with its headline.
if (form?.hasAttribute("data-new")) {
  form.querySelector("#id_headline")?.focus();
}

// A headline and a subhead are one line, however long: Enter goes on to the next field.
for (const field of form?.querySelectorAll("#id_headline, #id_subhead") ?? []) {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      form.querySelector(field.id === "id_headline" ? "#id_subhead" : "#id_dateline")?.focus();
    }
  });
}

// A person added takes the last place, unless a place was given.
function place({ target }) {
  const places = [...form.querySelectorAll("tr:not(.empty-form) .field-position input")];
  const own = target.closest("tr")?.querySelector(".field-position input");
  const others = places.filter((one) => one !== own && one.closest("tr").querySelector("select").value);
  if (own?.value === "0" && others.length) {
    own.value = Math.max(...others.map((one) => Number(one.value))) + 1;
  }
}

// Runs after the autocomplete, which waits in the same queue before it. Its changes are known to
// jQuery only.
window.django?.jQuery(() => {
  window.django.jQuery(form).on("change", changed).on("select2:select", "td select", place);
});

// Links to fields lead to what stands for the field, where its own element is hidden.
function standIn(target) {
  const within = target.matches("input, select, textarea") ? target.parentElement : target;
  return window.CKEDITOR?.instances[target.id]
    ?? within.querySelector(".select2-search__field, .select2-selection")
    ?? target.querySelector("input:not([type=hidden]), a")
    ?? target;
}

for (const link of document.querySelectorAll("[data-goes-to]")) {
  link.addEventListener("click", (event) => {
    const target = document.querySelector(link.hash);
    if (target) {
      event.preventDefault();
      (target.closest(".form-row") ?? target).scrollIntoView({ block: "center" });
      standIn(target).focus();
    }
  });
}
