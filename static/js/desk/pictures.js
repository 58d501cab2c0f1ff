// Pictures dropped or pasted into the text, placed there, and their focus. Without this file they
// are chosen in their rows, and stand around the text.
import { form } from "./typed.js";

const group = document.querySelector("#figures-group");
const said = group?.querySelector("[data-picture-said]");
const IMAGE = /^image\//;

function editor() {
  return window.CKEDITOR?.instances.id_body;
}

function small(key) {
  return group.dataset.small.replace("KEY", key);
}

function marker(key) {
  return `<figure data-picture="${key}"></figure>`;
}

// --- Uploading: through the gate, one at a time ----------------------------------------------
let sending = Promise.resolve();

function take(files, place) {
  for (const file of files) {
    sending = sending.then(() => upload(file, place));
  }
}

async function upload(file, place) {
  said.textContent = group.dataset.sending;
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "typist", "seen"]) {
    data.set(name, form.elements[name].value);
  }
  data.set("upload", file);
  try {
    const answer = await fetch(group.dataset.upload, {
      method: "POST", body: data, credentials: "same-origin", redirect: "error",
    });
    const told = await answer.json();
    said.textContent = answer.ok ? "" : told.error;
    if (answer.ok) {
      add(told);
      place?.(told.key);
    }
  } catch {
    said.textContent = group.dataset.lost;
  }
  if (said.textContent) {
    said.scrollIntoView({ block: "center" });
  }
}

function add(picture) {
  group.querySelector(".add-row a").click();
  const row = [...group.querySelectorAll(".inline-related.dynamic-figures")].at(-1);
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

// --- Where a picture stands in the text ------------------------------------------------------
function intoEditor(key) {
  editor().insertHtml(marker(key));
  editor().fire("change");
}

function intoField(key) {
  const field = form.elements.body;
  const block = `\n\n${marker(key)}\n\n`;
  field.setRangeText(block, field.selectionEnd, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function placeInText(key) {
  (editor() ? intoEditor : intoField)(key);
}

function pictures(transfer) {
  const files = [...transfer?.files ?? []].filter((file) => IMAGE.test(file.type));
  // A copied paragraph of an office program brings a picture of itself along: that is text.
  const text = transfer?.getData("text/html").replace(/<[^>]*>|\s|&nbsp;/g, "");
  return text ? [] : files;
}

function caught(event, place) {
  const files = pictures(event.clipboardData ?? event.dataTransfer);
  if (files.length) {
    event.preventDefault();
    event.stopPropagation();
    take(files, place);
  }
}

function listen(target, place) {
  for (const name of ["paste", "drop"]) {
    target.addEventListener(name, (event) => caught(event, place), true);
  }
  target.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) {
      event.preventDefault();
    }
  }, true);
}

// --- The editor shows the picture in its place, to be moved or taken out as one --------------
function intoTheEditor({ editor: one }) {
  one.on("contentDom", () => listen(one.document.$, intoEditor));
  if (one.document) {
    listen(one.document.$, intoEditor);
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
    listen(form.elements.body, intoField);
  }
}
