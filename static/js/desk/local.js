// The browser's own copy of what is typed, for when the network is gone. One a person and
// release; on a machine that several use, nobody leaves a copy to the next.
const ALL = "press-desk:";
const own = (user) => `${ALL}${user}:`;

function names() {
  return Array.from({ length: localStorage.length }, (_none, at) => localStorage.key(at));
}

export function forgetOthers(user) {
  for (const name of names()) {
    if (name.startsWith(ALL) && !name.startsWith(own(user))) {
      localStorage.removeItem(name);
    }
  }
}

export function slot(user, release) {
  const name = own(user) + release;
  return {
    get: () => JSON.parse(localStorage.getItem(name) ?? "null"),
    put: (entries) => localStorage.setItem(name, JSON.stringify(entries)),
    empty: () => localStorage.removeItem(name),
  };
}
