// Pictures dropped or pasted into the text, placed there, and their focus. Without this file they
// are chosen in their rows, and stand around the text.
import { form } from "./typed.js";

const group = document.querySelector("#figures-group");
const said = group?.querySelector("[data-picture-said]");

function editor() {
  return window.CKEDITOR?.instances.id_body;
}

function small(key) {
  return group.dataset.small.replace("KEY", key);
}

function marker(key) {
  return `<figure data-picture="${key}"></figure>`;
}

// --- Uploading: through the gate, which says what it takes; one at a time --------------------
let sending = Promise.resolve();

function take(files, place) {
  sending = sending.then(() => say(""));
  for (const file of files) {
    sending = sending.then(() => upload(file, place));
  }
}

function say(words) {
  said.textContent = words;
  if (words) {
    said.scrollIntoView({ block: "center" });
  }
}

async function upload(file, place) {
  const before = said.textContent;
  said.textContent = group.dataset.sending;
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "typist", "seen"]) {
    data.set(name, form.elements[name].value);
  }
  data.set("upload", file);
  let told = { error: group.dataset.lost };
  try {
    const answer = await fetch(group.dataset.upload, {
      method: "POST", body: data, credentials: "same-origin", redirect: "error",
    });
    told = await answer.json();
  } catch {
    // No network, or no answer that is data: it did not get there.
  }
  say(told.error ? `${before}${file.name}: ${told.error}\n` : before);
  if (told.key) {
    add(told);
    place?.(told.key);
  }
}

// The empty row that is there for browsers without scripts, or a new one.
function emptyRow() {
  const spare = group.querySelector(".spare");
  if (spare) {
    spare.classList.remove("spare");
    return spare;
  }
  group.querySelector(".add-row a").click();
  return [...group.querySelectorAll(".inline-related.dynamic-figures")].at(-1);
}

function add(picture) {
  const row = emptyRow();
  const field = (name) => row.querySelector(`[name$="-${name}"]`);
  field("kept").value = picture.key;
  field("credit").value = picture.credit;
  field("rights").value = picture.rights;
  field("position").value = group.querySelectorAll(".dynamic-figures").length;
  const image = document.createElement("img");
  Object.assign(image, {
    src: small(picture.key), className: "figure-now", alt: "",
    width: picture.width, height: picture.height,
  });
  row.querySelector("h3").after(image);
  furnish(row);
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

// --- Where a picture stands in the text: between two blocks, and in one place at most ---------
function marked(key) {
  return Object.values(editor().widgets.instances).filter(({ name, element }) =>
    name === "picture" && element.getAttribute("data-picture") === key);
}

function intoEditor(key, place = atCaret()) {
  const one = editor();
  const former = marked(key);
  one.insertHtml(marker(key), "html", rangeAt(place.block?.isConnected ? place : atCaret()));
  for (const widget of former) {
    one.widgets.del(widget);
  }
  one.fire("change");
  const [placed] = marked(key);
  placed?.focus();
  placed?.wrapper.$.scrollIntoView({ block: "nearest" });
  return { block: placed?.wrapper.$, after: true };
}

function rangeAt({ block, after }) {
  const range = editor().createRange();
  const { POSITION_AFTER_END, POSITION_BEFORE_START } = window.CKEDITOR;
  if (block) {
    range.setStartAt(new window.CKEDITOR.dom.node(block), after ? POSITION_AFTER_END : POSITION_BEFORE_START);
    range.collapse(true);
  } else {
    range.moveToElementEditEnd(editor().editable());
  }
  return range;
}

// The block holds its place while the picture is on its way and somebody types; of several
// pictures each stands below the one before.
function bringing(place) {
  let next = place;
  return (key) => { next = intoEditor(key, next); };
}

function atCaret() {
  const body = editor().editable().$;
  const [range] = editor().getSelection()?.getRanges() ?? [];
  let block = range?.endContainer.$;
  if (block === body) {
    return { block: body.childNodes[range.endOffset - 1] ?? body.firstChild, after: range.endOffset > 0 };
  }
  while (block && block.parentNode !== body) {
    block = block.parentNode;
  }
  return { block, after: Boolean(block) && !beginsWith(range, block) };
}

function beginsWith(range, block) {
  const before = block.ownerDocument.createRange();
  before.setStart(block, 0);
  before.setEnd(range.endContainer.$, range.endOffset);
  return !before.toString().trim() && Boolean(block.textContent.trim());
}

function atPointer({ clientY }) {
  const blocks = [...editor().editable().$.children];
  const box = (block) => block.getBoundingClientRect();
  const block = blocks.find((one) => box(one).bottom > clientY) ?? blocks.at(-1);
  return { block, after: Boolean(block) && clientY > (box(block).top + box(block).bottom) / 2 };
}

// In a plain field, below the paragraph in which the caret is.
function intoField(key) {
  const field = form.elements.body;
  const own = new RegExp(`\\s*<figure data-picture="${key}">\\s*</figure>\\s*`);
  const end = field.selectionEnd + field.value.slice(field.selectionEnd).search(/\n\s*\n|\s*$/);
  const [above, below] = [field.value.slice(0, end), field.value.slice(end)]
    .map((text) => text.replace(own, "\n\n").trim());
  const text = [above, marker(key)].filter(Boolean).join("\n\n");
  field.value = [text, below].filter(Boolean).join("\n\n");
  field.setSelectionRange(text.length, text.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function placeInText(key) {
  (editor() ? intoEditor : intoField)(key);
}

function files(transfer) {
  // A copied paragraph of an office program brings a picture of itself along: that is text.
  const text = transfer?.getData("text/html").replace(/<[^>]*>|\s|&nbsp;/g, "");
  return text ? [] : [...transfer?.files ?? []];
}

function caught(event, where) {
  const brought = files(event.clipboardData ?? event.dataTransfer);
  if (brought.length) {
    event.preventDefault();
    event.stopPropagation();
    take(brought, where?.(event));
  }
}

function isOfFiles(event) {
  return event.dataTransfer.types.includes("Files");
}

function listen(target, where) {
  for (const name of ["paste", "drop"]) {
    target.addEventListener(name, (event) => caught(event, where), true);
  }
  target.addEventListener("dragover", (event) => isOfFiles(event) && event.preventDefault(), true);
}

// --- The editor shows the picture in its place, to be moved or taken out as one --------------
function whereInEditor(event) {
  return bringing(event.type === "drop" ? atPointer(event) : atCaret());
}

function intoTheEditor({ editor: one }) {
  one.on("contentDom", () => listen(one.document.$, whereInEditor));
  if (one.document) {
    listen(one.document.$, whereInEditor);
  }
}

if (window.CKEDITOR && group) {
  window.CKEDITOR.plugins.add("pictures", {
    requires: "widget",
    init(one) {
      one.widgets.add("picture", {
        allowedContent: "figure[!data-picture]",
        upcast: (element) => element.name === "figure" && Boolean(element.attributes["data-picture"]),
        downcast(element) {
          element.children.length = 0;
          element.attributes = { "data-picture": element.attributes["data-picture"] };
        },
        init() {
          const image = one.document.createElement("img");
          image.setAttributes({ src: small(this.element.getAttribute("data-picture")), alt: "" });
          this.element.setHtml("");
          this.element.append(image);
        },
      });
    },
  });
  const { config } = window.CKEDITOR;
  config.extraPlugins = [config.extraPlugins, "widget", "pictures"].filter(Boolean).join(",");
  window.CKEDITOR.on("instanceReady", intoTheEditor);
}

// --- The focus: a click on the picture says which point stays in view ------------------------
function furnish(row) {
  const image = row.querySelector(".figure-now");
  const [across, down] = ["focus_x", "focus_y"].map((name) => row.querySelector(`[name$="-${name}"]`));
  const key = row.querySelector('[name$="-kept"]')?.value;
  if (!image || !across || image.parentElement.matches(".focus")) {
    return;
  }
  const frame = document.createElement("span");
  const point = document.createElement("span");
  frame.className = "focus";
  frame.title = group.dataset.focus;
  point.className = "focus-point";
  image.replaceWith(frame);
  frame.append(image, point);
  const show = () => {
    point.style.insetInlineStart = `${across.value || 50}%`;
    point.style.insetBlockStart = `${down.value || 50}%`;
  };
  frame.addEventListener("click", (event) => {
    const box = image.getBoundingClientRect();
    across.value = Math.round(100 * (event.clientX - box.left) / box.width);
    down.value = Math.round(100 * (event.clientY - box.top) / box.height);
    across.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  });
  across.addEventListener("input", show);
  down.addEventListener("input", show);
  show();
  if (key) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button", textContent: group.dataset.intoText });
    button.addEventListener("click", () => placeInText(key));
    frame.after(button);
  }
}

if (form && group) {
  group.querySelectorAll(".inline-related:not(.empty-form)").forEach(furnish);
  listen(group, null);
  if (!form.elements.body?.classList.contains("django-ckeditor-widget")) {
    listen(form.elements.body, () => intoField);
  }
  // A file dropped beside its goal would be opened in the place of the form.
  for (const name of ["dragover", "drop"]) {
    document.addEventListener(name, (event) => {
      if (isOfFiles(event) && !event.target.closest("[type=file]")) {
        event.preventDefault();
      }
    });
  }
}
