// What is typed is kept every few seconds: on the server, or in the browser while the network is
// gone. Without this file the form is saved by its buttons alone, as ever.
import { forgetOthers, slot } from "./local.js";
import { present, signIn, signedOut } from "./session.js";
import { form, values, whenTyped } from "./typed.js";

const bar = document.querySelector("[data-autosave]");
const PAUSE = 2000;
const LONGEST = 5000;
const AGAIN = 5000;
const HEARTBEAT = 20_000;
// What the form holds besides what a person types: it differs from page to page.
const NOT_TYPED = /^(csrfmiddlewaretoken|typist|seen|base)$|^asked-|__prefix__|_FORMS$|-(id|release|kept)$/;

const user = form?.elements.typist?.value;
let kept = "";
let leaving = false;
let sending = Promise.resolve();

function fingerprint(entries) {
  return JSON.stringify(entries.filter(([name, value]) => value && !NOT_TYPED.test(name)).sort());
}

function say(words) {
  if (bar.textContent !== words) {
    bar.textContent = words;
  }
}

async function post(address, data) {
  const answer = await fetch(address, {
    method: "POST", body: data, credentials: "same-origin", redirect: "error",
  });
  const isData = answer.headers.get("Content-Type")?.includes("json");
  return { status: answer.status, ...(isData ? await answer.json() : {}) };
}

// One copy on its way at a time: the next waits for this one.
function keep() {
  sending = sending.then(keepNow, keepNow);
  return sending;
}

async function keepNow() {
  const data = values();
  const now = fingerprint([...data]);
  if (leaving || now === kept || signedOut()) {
    return;
  }
  const local = slot(user, bar.dataset.release);
  try {
    await answered(await post(bar.dataset.autosave, data), now, local);
  } catch {
    local.put({ at: Date.now(), entries: [...data] });
    say(bar.dataset.offline);
    setTimeout(keep, AGAIN);
  }
}

async function answered(answer, now, local) {
  if (answer.status === 200) {
    kept = now;
    local.empty();
    say(answer.said);
  } else if (answer.status === 401 || (answer.status === 403 && !answer.error && !await present())) {
    local.put({ at: Date.now(), entries: [...values()] });
    signIn().then(keep);
  } else if (answer.error) {
    say(`${bar.dataset.refused}: ${answer.error}`);
  } else {
    setTimeout(keep, AGAIN);  // a token that is made good now, or a server that restarts
  }
}

// --- What this browser kept is offered like what the server kept: through the server. ---------
function offerLocal() {
  const notice = document.querySelector("[data-unsaved-text]");
  const local = slot(user, bar.dataset.release);
  const found = local.get();
  if (!notice || !found || fingerprint(found.entries) === kept) {
    local.empty();
    return;
  }
  notice.hidden = false;
  for (const link of notice.querySelectorAll("[data-restore], [data-differs]")) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      const data = new FormData();
      found.entries.forEach(([name, value]) => data.append(name, value));
      data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      const answer = await post(bar.dataset.autosave, data).catch(() => ({}));
      if (answer.status === 200) {
        local.empty();
        location.assign(link.href);
      } else {
        say(bar.dataset.refused);
      }
    });
  }
  notice.querySelector("[data-discard]").addEventListener("click", () => local.empty());
}

// --- Saving: a session that has ended is mended first, so that no form is sent into a login. ---
async function submit(event) {
  const button = event.submitter;
  if (leaving || button?.hasAttribute("formaction")) {
    return;
  }
  event.preventDefault();
  try {
    await sending;
    if (!await present()) {
      await signIn();
    }
  } catch {
    slot(user, bar.dataset.release).put({ at: Date.now(), entries: [...values()] });
    say(bar.dataset.offline);
    return;
  }
  leaving = true;
  form.requestSubmit(button);
}

// --- Who else is here ---------------------------------------------------------------------------
function presence() {
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "typist", "seen"]) {
    data.set(name, form.elements[name].value);
  }
  return data;
}

async function beHere() {
  if (signedOut()) {
    return;
  }
  const answer = await post(bar.dataset.here, presence()).catch(() => ({}));
  document.querySelector("[data-others]").textContent = answer.others ?? "";
  document.querySelector("[data-newer]").textContent = answer.newer ?? "";
  if (answer.status === 401) {
    signIn();
  }
}

function leave() {
  const data = presence();
  data.set("leave", "1");
  navigator.sendBeacon(bar.dataset.here, data);
}

function begin() {
  forgetOthers(user);
  kept = fingerprint([...values()]);
  offerLocal();
  whenTyped(keep, PAUSE, LONGEST);
  form.addEventListener("submit", submit);
  window.addEventListener("online", keep);
  document.addEventListener("another", () => {
    leaving = true;
    forgetOthers("");
  });
  if (bar.dataset.here) {
    beHere();
    setInterval(beHere, HEARTBEAT);
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", ({ persisted }) => persisted && beHere());
  }
}

// The editor writes its text anew when it is ready: what it then holds is what was there.
function whenReady(work) {
  const editor = Object.values(window.CKEDITOR?.instances ?? {})[0];
  if (!editor || editor.status === "ready") {
    work();
  } else {
    editor.on("instanceReady", () => setTimeout(work));
  }
}

if (form && bar) {
  whenReady(begin);
}
