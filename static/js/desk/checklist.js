// The checklist follows what is typed. Without this file it is as of the last save.
import { form, send, whenTyped } from "./typed.js";

const button = document.querySelector("[data-check-links]");
const answers = document.querySelector("[data-link-answers]");

if (form && button) {
  whenTyped(async () => {
    const fragment = await send(button.dataset.check).catch(() => "");
    const list = document.querySelector("[data-checklist]");
    const found = new DOMParser().parseFromString(fragment, "text/html").querySelector("section");
    if (found) {
      found.hidden = false;
      list.replaceWith(found);
    }
  });

  button.addEventListener("click", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      const page = new DOMParser().parseFromString(await send(button.formAction), "text/html");
      answers.replaceChildren(...page.body.children);
    } catch {
      answers.textContent = button.dataset.lost;
    } finally {
      button.disabled = false;
    }
  });
}
