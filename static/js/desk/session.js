// Signing in again beside the form, when the session has ended. Nothing typed leaves the page.
const panel = document.querySelector("[data-sign-in]");
const user = document.querySelector("#release_form [name=typist]")?.value;
let waiting = null;

function put(token) {
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
    field.value = token;
  }
}

async function ask(options = {}) {
  const answer = await fetch(panel.dataset.address, { credentials: "same-origin", ...options });
  return { status: answer.status, ...await answer.json() };
}

// Asks who is signed in: true for who types here. The page's tokens are made good on the way.
export async function present() {
  const now = await ask();
  put(now.token);
  return now.user === user;
}

// Resolves once the person who types here is signed in again.
export function signIn() {
  if (!waiting) {
    waiting = new Promise((resolve) => { panel.resolve = resolve; });
    panel.querySelector("[data-said]").textContent = "";
  }
  if (!panel.open) {
    panel.show();
    panel.querySelector("[name=password]").focus();
  }
  return waiting;
}

export function signedOut() {
  return waiting !== null;
}

async function send(form) {
  const { token } = await ask();
  const data = new FormData(form);
  data.set("csrfmiddlewaretoken", token);
  return ask({ method: "POST", body: data });
}

function done(answer) {
  put(answer.token);
  panel.close();
  panel.resolve();
  waiting = null;
}

// Who has a second factor is asked for a code, once the password was right.
function askFor(wanted) {
  const { password, code } = panel.querySelector("form").elements;
  panel.querySelector("[data-code]").hidden = wanted !== "code";
  code.required = wanted === "code";
  password.required = !code.required;
  code.value = "";
  (code.required ? code : password).focus();
}

// Somebody else sits here now: what the other typed is not carried over to a new name.
function another(answer) {
  panel.querySelector("form").hidden = true;
  panel.querySelector("[data-go-on]").hidden = false;
  const words = document.createElement("p");
  words.textContent = panel.dataset.another.replace("{name}", answer.name);
  panel.prepend(words);
  panel.querySelector("a").focus();
  panel.dispatchEvent(new CustomEvent("another", { bubbles: true }));
}

panel?.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const said = panel.querySelector("[data-said]");
  try {
    const answer = await send(event.target);
    event.target.elements.password.value = "";
    said.textContent = answer.error ?? "";
    askFor(answer.wants);
    if (answer.error || answer.wants) {
      return;
    }
    if (answer.user === user) {
      done(answer);
    } else {
      another(answer);
    }
  } catch {
    said.textContent = panel.dataset.lost;
  }
});

panel?.querySelector("[data-close]").addEventListener("click", () => panel.close());
panel?.addEventListener("keydown", ({ key }) => key === "Escape" && panel.close());
