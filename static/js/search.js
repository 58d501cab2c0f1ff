// Offers topics, people and headlines while somebody types. The form works without it.
const WAIT = 120;

const field = document.querySelector("[data-suggestions]");
const list = document.getElementById("suggestions");
let asked = "";
let timer = 0;

/** Shows what the server offers for the words in the field; an older answer is dropped. */
async function suggest() {
  const typed = field.value.trim();
  if (typed === asked) return;
  asked = typed;
  const answer = typed.length > 1 ? await fetched(typed) : [];
  if (typed === asked) show(answer);
}

/** Asks the server; where it can't be reached, nothing is offered. */
async function fetched(typed) {
  try {
    const answer = await fetch(`${field.dataset.suggestions}?q=${encodeURIComponent(typed)}`);
    return answer.ok ? (await answer.json()).suggestions : [];
  } catch {
    return [];
  }
}

function show(suggestions) {
  list.replaceChildren(
    ...suggestions.map(({ text, url }) => {
      const link = document.createElement("a");
      link.href = url;
      link.textContent = text;
      const item = document.createElement("li");
      item.append(link);
      return item;
    }),
  );
  list.hidden = suggestions.length === 0;
}

/** Moves between the field and what it offers: up, down, and Escape back to the field. */
function move(event) {
  const stops = [field, ...list.querySelectorAll("a")];
  const at = stops.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape" && !list.hidden) {
    show([]);
    field.focus();
  } else if (step && stops[at + step]) {
    stops[at + step].focus();
  } else {
    return;
  }
  event.preventDefault();
}

if (field && list) {
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, WAIT);
  });
  field.form.addEventListener("keydown", move);
}
