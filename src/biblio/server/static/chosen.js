// What is chosen in the table of references, on whatever page, and the panel in which something is done with it.

const KEPT = "biblio-chosen";
let chosen = new Set(JSON.parse(sessionStorage.getItem(KEPT) ?? "[]"));
let last = null; // the box that was ticked last, where a stretch begins

const bar = () => document.getElementById("chosen");
const panel = () => document.getElementById("chosen-panel");
const boxes = () => [...document.querySelectorAll("[data-pick]")];

function keep() {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify([...chosen]));
  } catch {
    sessionStorage.removeItem(KEPT); // more than the browser keeps: it lives as long as the page
  }
  show();
}

function show() {
  if (!bar()) return;
  for (const box of boxes()) box.checked = chosen.has(box.dataset.pick);
  const all = document.getElementById("pick-page");
  if (all) {
    const ticked = boxes().filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
  }
  const number = new Intl.NumberFormat(document.documentElement.lang);
  bar().hidden = chosen.size === 0;
  const words = chosen.size === 1 ? bar().dataset.one : bar().dataset.many;
  document.getElementById("chosen-count").textContent = words.replace("#", number.format(chosen.size));
  const total = Number(document.getElementById("references")?.dataset.total ?? 0);
  const more = document.getElementById("chosen-all");
  more.hidden = total <= boxes().length || !boxes().length || !boxes().every((box) => box.checked) || chosen.size >= total;
  more.textContent = bar().dataset.all.replace("#", number.format(total));
  if (!chosen.size) close();
}

function close(focus = false) {
  if (!panel()?.firstChild) return;
  const opener = bar().querySelector("[data-do][aria-expanded=true]");
  opener?.removeAttribute("aria-expanded");
  panel().replaceChildren();
  if (focus) opener?.focus();
}

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.id === "pick-page") {
    for (const each of boxes()) box.checked ? chosen.add(each.dataset.pick) : chosen.delete(each.dataset.pick);
    keep();
  } else if (box.matches("[data-pick]")) {
    box.checked ? chosen.add(box.dataset.pick) : chosen.delete(box.dataset.pick);
    last = box.dataset.pick;
    keep();
  }
});

// With the shift key, all from the box that was ticked last to this one.
document.addEventListener("click", (event) => {
  const box = event.target.closest?.("[data-pick]");
  if (!box || !event.shiftKey || last === null) return;
  const all = boxes();
  const [from, to] = [all.findIndex((each) => each.dataset.pick === last), all.indexOf(box)].sort((a, b) => a - b);
  if (from < 0) return;
  for (const each of all.slice(from, to + 1)) box.checked ? chosen.add(each.dataset.pick) : chosen.delete(each.dataset.pick);
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("#chosen button");
  if (!button) return;
  if (button.id === "chosen-none") {
    chosen.clear();
    keep();
    document.getElementById("pick-page")?.focus();
  } else if (button.id === "chosen-all") {
    const answer = await fetch(`/collection/keys${location.search}`);
    if (answer.ok) for (const key of await answer.json()) chosen.add(key);
    keep();
    bar().querySelector("[data-do]").focus();
  } else if ("close" in button.dataset) {
    close(true);
  } else if (button.dataset.do) {
    close();
    button.setAttribute("aria-expanded", "true");
    await htmx.ajax("POST", "/collection/chosen", { target: "#chosen-panel", values: { do: button.dataset.do } });
    document.getElementById("chosen-heading")?.focus();
  }
});

// Whatever is asked of the references chosen is asked with their keys.
document.addEventListener("htmx:configRequest", (event) => {
  const { path, verb, parameters } = event.detail;
  if (verb === "post" && path.startsWith("/collection/chosen")) parameters.keys = [...chosen].join("\n");
});
document.addEventListener("formdata", (event) => {
  if (event.target.getAttribute("action")?.startsWith("/collection/chosen")) event.formData.set("keys", [...chosen].join("\n"));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel()?.contains(event.target)) close(true);
});
document.body.addEventListener("chosen:done", () => close(true));
document.body.addEventListener("chosen:forget", () => {
  chosen.clear();
  keep();
});
document.addEventListener("htmx:afterSettle", show);
show();
