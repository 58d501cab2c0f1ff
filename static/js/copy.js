// Copies with one press what a page has as text. All of it is there to select without it.
const SHOWN = 3000;

/** Says to screen readers what the button shows. */
const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");

/** Gives what a button copies: a file of ours, or the text of an element of the page. */
async function wanted({ copyFile, copyText, copyFrom }) {
  if (copyText) return copyText;
  if (copyFrom) return document.getElementById(copyFrom).textContent.trim();
  const answer = await fetch(copyFile);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
}

/** Hands it over as a promise: some browsers let nobody write once the press is long ago. */
async function copy({ dataset }) {
  const text = wanted(dataset).then((found) => new Blob([found], { type: "text/plain" }));
  await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
}

async function press(button) {
  const name = button.textContent;
  button.disabled = true;
  try {
    await copy(button);
    button.textContent = button.dataset.done;
  } catch {
    button.textContent = button.dataset.failed;
  }
  said.textContent = button.textContent;
  setTimeout(() => {
    button.textContent = name;
    said.textContent = "";
    button.disabled = false;
    if (document.activeElement === document.body) button.focus({ preventScroll: true });
  }, SHOWN);
}

if (navigator.clipboard && globalThis.ClipboardItem) {
  document.body.append(said);
  for (const button of document.querySelectorAll("[data-done]")) {
    button.closest("[hidden]").hidden = false;
    button.addEventListener("click", () => press(button));
  }
}
