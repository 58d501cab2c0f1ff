// Says once that the button of an appeal was in sight: which appeal, on which page, and nothing of
// the reader. Whoever asks not to be tracked is left alone.
const LONG_ENOUGH = 1000;

const asksNot = navigator.globalPrivacyControl || navigator.doNotTrack === "1";

/** Tells the server; no cookie, no page of origin, no body. */
function tell(button) {
  const address = new URL(button.href);
  if (address.origin !== location.origin) return;
  address.pathname += "seen/";
  const how = { method: "POST", keepalive: true, credentials: "omit", referrerPolicy: "no-referrer" };
  fetch(address, how).catch(() => {});
}

/** Waits until the whole button has been in sight for a second. */
function watch() {
  const waiting = new Map();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        clearTimeout(waiting.get(target));
        if (!isIntersecting) continue;
        const done = () => {
          observer.unobserve(target);
          tell(target);
        };
        waiting.set(target, setTimeout(done, LONG_ENOUGH));
      }
    },
    { threshold: 0.99 },
  );
  for (const button of document.querySelectorAll("a.appeal-button")) observer.observe(button);
}

if (!asksNot) {
  // A page that the browser renders ahead has not been seen by anybody.
  if (document.prerendering) document.addEventListener("prerenderingchange", watch, { once: true });
  else watch();
}
