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

// Calls `work` after each pause in typing; what is typed meanwhile leads to one more call.
export function whenTyped(work) {
  let timer, busy = false, again = false;
  async function run() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
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
    timer = setTimeout(run, PAUSE);
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
