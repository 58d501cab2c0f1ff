// The form's present values, sent as they are typed: after a pause, one request at a time.
const PAUSE = 600;
export const form = document.querySelector("#release_form");

function editors() {
  return Object.values(window.CKEDITOR?.instances ?? {});
}

export function values() {
  editors().forEach((editor) => editor.updateElement());
  const data = new FormData(form);
  for (const [name, value] of [...data]) {
    if (value instanceof File) {
      data.delete(name);
    }
  }
  return data;
}

export async function send(address) {
  const answer = await fetch(address, {
    method: "POST", body: values(), credentials: "same-origin", redirect: "error",
  });
  if (!answer.ok) {
    throw new Error(answer.status);
  }
  return answer.text();
}

// Calls `work` after each pause in typing, or where there is none after `longest`; what is typed
// meanwhile leads to one more call.
export function whenTyped(work, pause = PAUSE, longest = Infinity) {
  let timer, since = 0, busy = false, again = false;
  async function run() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    since = 0;
    try {
      await work();
    } finally {
      busy = false;
      if (again) {
        again = false;
        later();
      }
    }
  }
  function later() {
    clearTimeout(timer);
    since ||= Date.now();
    timer = setTimeout(run, Math.min(pause, since + longest - Date.now()));
  }
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  document.addEventListener("formset:removed", later);
  window.django?.jQuery(form).on("change", later);
  const listen = (editor) => editor.on("change", later);
  editors().forEach(listen);
  window.CKEDITOR?.on("instanceReady", ({ editor }) => listen(editor));
  return run;
}
