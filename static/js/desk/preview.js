// The preview beside the form. Without this file its button opens the page in a tab of its own.
import { form, send, whenTyped } from "./typed.js";

const panel = document.querySelector("[data-preview-panel]");
const button = document.querySelector("[data-preview]");
const frame = panel?.querySelector("iframe");
const said = panel?.querySelector("[role=status]");
let shown = "phone";

async function refresh() {
  if (panel.hidden) {
    return;
  }
  const wanted = shown;
  const kind = { mail: "mail", card: "card" }[wanted] ?? "page";
  try {
    const page = await send(`${button.formAction}?as=${kind}`);
    if (wanted === shown) {
      frame.srcdoc = page.replace("<head>", '<head><base target="_blank">');
    }
    said.textContent = "";
  } catch {
    said.textContent = panel.dataset.lost;
  }
}

function toggle(open) {
  panel.hidden = !open;
  document.documentElement.classList.toggle("previewing", open);
  button.setAttribute("aria-expanded", open);
  (open ? panel.querySelector("[aria-pressed=true]") : button).focus();
}

if (form && panel && button) {
  const run = whenTyped(refresh);
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", (event) => {
    event.preventDefault();
    toggle(panel.hidden);
    run();
  });
  panel.querySelector("[data-preview-close]").addEventListener("click", () => toggle(false));
  panel.addEventListener("keydown", ({ key }) => key === "Escape" && toggle(false));
  for (const tab of panel.querySelectorAll("[data-preview-as]")) {
    tab.addEventListener("click", () => {
      shown = tab.dataset.previewAs;
      panel.dataset.shown = shown;
      for (const one of panel.querySelectorAll("[data-preview-as]")) {
        one.setAttribute("aria-pressed", one === tab);
      }
      run();
    });
  }
}
