// The screen of faults: what is asked stands in a dialog; what is unfolded stays so while faults are looked for anew.

const ask = document.getElementById("faults-ask");

document.body.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target.id !== "faults-ask") return;
  if (target.querySelector("[data-done]")) target.close();
  else if (!target.open) target.showModal();
});

ask?.addEventListener("click", ({ target }) => {
  if (target === ask || target.closest("[data-close]")) ask.close();
});

let folded = new Map();
let focused = null;
document.body.addEventListener("htmx:beforeSwap", ({ target }) => {
  if (target.id !== "faults-list") return;
  folded = new Map([...target.querySelectorAll("details[id]")].map((each) => [each.id, each.open]));
  focused = target.contains(document.activeElement) ? document.activeElement.getAttribute("hx-get") ?? document.activeElement.getAttribute("href") : null;
});
document.body.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target.id !== "faults-list") return;
  for (const each of target.querySelectorAll("details[id]")) if (folded.has(each.id)) each.open = folded.get(each.id);
  const same = [...target.querySelectorAll("[hx-get], [href]")].find((each) => focused && focused === (each.getAttribute("hx-get") ?? each.getAttribute("href")));
  same?.focus({ preventScroll: true });
});
