// The sections of a dossier: what is typed is saved after a pause, references and sections are moved by keys and mouse.

import { say } from "./desk.js";
import { dragging } from "./dragging.js";

const PAUSE = 900; // milliseconds without a key until what is typed is saved
const EDGES = "input:not([type=checkbox], [type=radio]), textarea";

const plan = () => document.getElementById("plan");
const words = (name) => document.getElementById("plan-words").dataset[name];
const sectionOf = (element) => element.closest(".part")?.dataset.path ?? "";
const keyOf = (element) => element.closest(".entry").dataset.key;

// --- asking the desk ---------------------------------------------------------------------------------------------------

let turn = Promise.resolve(); // one after the other, as each is of the state that the one before it left
let shown = plan()?.innerHTML; // what the desk last said, as it was shown
let waiting = null; // the sections as they are now, while somebody types into those of before, or presses on them
let pressed = false;

function inTurn(job) {
  turn = turn.then(job).catch(() => false);
  return turn;
}

/** Sends a step, once those before it are answered: whether it was taken; null where something else has changed. */
function send(action, fields) {
  return inTurn(async () => {
    const body = new URLSearchParams(fields);
    body.set("digest", plan().dataset.digest);
    const answer = await fetch(`/dossier/${plan().dataset.slug}/${action}`, { method: "POST", body });
    const text = await answer.text();
    if (answer.ok) {
      adopt(text);
      return true;
    }
    document.getElementById("said").innerHTML = text;
    if (answer.status !== 409) return false;
    if (action !== "field") {
      say(words("changed"));
      await refresh();
    }
    return null;
  });
}

async function refresh() {
  const whole = new URLSearchParams(location.search).get("whole");
  const address = `/dossier/${plan().dataset.slug}/tree${whole ? `?${new URLSearchParams({ whole })}` : ""}`;
  const answer = await fetch(address);
  if (answer.ok) adopt(await answer.text());
}

const isBusy = () =>
  pressed || plan().querySelector("[data-unsaved]") || (plan().contains(document.activeElement) && document.activeElement.matches(EDGES));

/** Shows the sections as the desk says that they are, but where somebody types. */
function adopt(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("plan");
  if (!fresh) return;
  plan().dataset.digest = fresh.dataset.digest;
  if (fresh.dataset.said) say(fresh.dataset.said);
  if (fresh.innerHTML === shown) waiting = null;
  else if (isBusy()) waiting = fresh;
  else show(fresh);
}

function show(fresh) {
  waiting = null;
  shown = fresh.innerHTML;
  const old = plan();
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const near = focused && { id: focused.id, act: focused.dataset.act, entry: focused.closest(".entry")?.id, section: sectionOf(focused) };
  for (const open of old.querySelectorAll("details[open]")) fresh.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute("open", "");
  for (const chosen of old.querySelectorAll("[data-chosen]:checked")) {
    const box = fresh.querySelector(`#${CSS.escape(chosen.id)}`);
    if (box) box.checked = true;
  }
  old.replaceWith(fresh);
  if (near) focusAgain(near);
  count();
}

/** Puts the focus where it was, on the same reference wherever that is now. */
function focusAgain({ id, act, entry, section }) {
  const within = (selector) => (entry ? document.getElementById(entry) : plan())?.querySelector(selector);
  const button = act && (entry ? within(`[data-act="${act}"]:not(:disabled)`) : plan().querySelector(`[data-path="${section}"] > .head [data-act="${act}"]:not(:disabled)`));
  (button || (id && document.getElementById(id)) || (entry && document.getElementById(entry)))?.focus({ preventScroll: true });
}

// --- what is typed -----------------------------------------------------------------------------------------------------

const timers = new WeakMap();

function valueOf(field) {
  return field.type === "checkbox" ? (field.checked ? field.value : "") : field.value;
}

async function save(field) {
  clearTimeout(timers.get(field));
  const value = valueOf(field);
  if (value === field.dataset.before || field.dataset.sending === value) return;
  if (field.parentElement.querySelector(".conflict")) return; // until one of the two texts is chosen
  field.dataset.sending = value;
  const { section, field: name, before } = field.dataset;
  const title = field.closest(".part")?.dataset.title ?? "";
  const taken = await send("field", [["section", section], ["name", name], ["value", value], ["before", before], ["title", title]]);
  delete field.dataset.sending;
  if (taken) {
    field.dataset.before = value;
    if (name === "title" && field.closest(".part")) field.closest(".part").dataset.title = value;
    if (valueOf(field) === value) delete field.dataset.unsaved;
    later();
  } else if (taken === null) {
    await conflict(field);
  }
}

/** Shows what the dossier says now beside what was typed, which stays until one of them is chosen. */
async function conflict(field) {
  const answer = await fetch(`/dossier/${plan().dataset.slug}/tree`);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("plan");
  const theirs = fresh?.querySelector(`#${CSS.escape(field.id)}`);
  field.parentElement.querySelector(".conflict")?.remove();
  const box = document.createElement("div");
  box.className = "conflict fault warning";
  box.setAttribute("role", "alert");
  const line = document.createElement("p");
  line.textContent = words("conflict");
  const now = document.createElement("blockquote");
  now.textContent = theirs ? valueOf(theirs) : "";
  const button = (name, done) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words(name);
    made.addEventListener("click", done);
    return made;
  };
  const settle = () => {
    box.remove();
    if (theirs) {
      field.dataset.before = theirs.dataset.before;
      const part = field.closest(".part");
      if (part) part.dataset.title = theirs.closest(".part")?.dataset.title ?? "";
    }
  };
  box.append(line, now, button("keepMine", () => { settle(); save(field); field.focus(); }), button("takeTheirs", () => {
    settle();
    delete field.dataset.unsaved;
    if (theirs) field.value = theirs.value;
    refresh();
  }));
  field.after(box);
}

/** Shows what waited, once nobody types or presses. */
function later() {
  if (waiting && !isBusy()) show(waiting);
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches("#work [data-field]") || target.matches("select, [type=checkbox], [type=radio]")) return;
  target.dataset.unsaved = "";
  clearTimeout(timers.get(target));
  timers.set(target, setTimeout(() => save(target), PAUSE));
});
document.addEventListener("change", ({ target }) => {
  if (target.matches("#work [data-field]")) save(target);
  if (target.matches("[data-chosen], [data-picked]")) count();
});
document.addEventListener("focusout", () => setTimeout(later));
document.addEventListener("pointerdown", () => { pressed = true; }, true);
for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, () => setTimeout(() => { pressed = false; later(); }), true);
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input[data-field]")) save(event.target);
});
document.body.addEventListener("desk:changed", () => plan() && inTurn(refresh));
addEventListener("beforeunload", (event) => {
  const unsaved = [...document.querySelectorAll("[data-unsaved]")];
  unsaved.forEach(save);
  if (unsaved.length) event.preventDefault();
});

// --- several at once ---------------------------------------------------------------------------------------------------

const chosen = () => [...document.querySelectorAll("[data-chosen]:checked, [data-picked]:checked")];

function count() {
  const bar = document.querySelector(".chosen");
  if (!bar) return;
  const number = chosen().length;
  bar.hidden = number === 0;
  bar.querySelector("[data-count]").textContent = number === 1 ? words("chosenOne") : words("chosen").replace("{count}", number);
  const inPlan = chosen().some((box) => box.matches("[data-chosen]"));
  bar.querySelector("[data-act=chosen-take]").hidden = !inPlan;
  bar.querySelector("[data-act=chosen-move]").hidden = !inPlan;
}

/** The chosen keys by the section that they stand in; "-" for those of the drawer. */
function bySection(boxes) {
  const found = new Map();
  for (const box of boxes) {
    const section = box.matches("[data-picked]") ? "-" : sectionOf(box);
    found.set(section, [...(found.get(section) ?? []), box.value]);
  }
  return found;
}

const pairs = (name, values) => values.map((value) => [name, value]);

/** Moves or puts references into sections: those of the drawer are put, those of sections moved, or with `copy` put. */
async function bring(groups, sections, { before = "", copy = false } = {}) {
  for (const [from, keys] of groups) {
    const fields = [...pairs("key", keys), ...pairs("section", sections), ["before", before]];
    await (from === "-" || copy ? send("place", fields) : send("move", [...fields, ["from", from]]));
  }
}

function none() {
  for (const box of chosen()) box.checked = false;
  count();
}

async function actOnChosen(name) {
  const groups = bySection(chosen());
  const sections = [...document.getElementById("chosen-target").selectedOptions].map((option) => option.value);
  if (name === "chosen-none") return none();
  if (name === "chosen-take") {
    groups.delete("-");
    for (const [from, keys] of groups) await send("take", [...pairs("key", keys), ["from", from]]);
  } else if (sections.length) {
    await bring(groups, sections, { copy: name === "chosen-put" });
  } else {
    document.getElementById("chosen-target").focus();
    return undefined;
  }
  return none();
}

// --- one reference, one section ----------------------------------------------------------------------------------------

/** Moves a reference by one place up or down in its list. */
function turnEntry(entry, down) {
  const entries = [...entry.parentElement.children];
  const number = entries.indexOf(entry) + (down ? 2 : -1);
  if (number < 0 || (down && number > entries.length)) return;
  const path = sectionOf(entry);
  send("move", [["key", entry.dataset.key], ["from", path], ["section", path], ["before", entries[number]?.dataset.key ?? ""]]);
}

async function addSection(within) {
  if (!(await send("section", [["within", within]]))) return;
  const inside = within ? `[data-path^="${within}.sections."]` : "[data-path^='sections.']";
  const depth = within ? within.split(".").length + 2 : 2;
  const added = [...plan().querySelectorAll(inside)].filter((part) => part.dataset.path.split(".").length === depth).at(-1);
  const title = added?.querySelector("input.title");
  title?.focus();
  title?.select();
}

const ACTS = {
  "entry-up": (button) => turnEntry(button.closest(".entry"), false),
  "entry-down": (button) => turnEntry(button.closest(".entry"), true),
  "entry-take": (button) => send("take", [["key", keyOf(button)], ["from", sectionOf(button)]]),
  "section-add": (button) => addSection(button.dataset.within ?? sectionOf(button)),
  "section-remove": (button) => {
    const { path, title } = button.closest(".part").dataset;
    if (confirm(words("remove").replace("{title}", title))) send("section/remove", [["section", path]]);
  },
};
for (const way of ["up", "down", "in", "out"]) {
  ACTS[`section-${way}`] = (button) => send("section/move", [["section", sectionOf(button)], ["way", way]]);
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("#plan [data-act]");
  if (!button) return;
  const name = button.dataset.act;
  if (name.startsWith("chosen-")) actOnChosen(name);
  else ACTS[name](button);
});

// Alt with an arrow moves what has the focus: a reference in its list, a section among its neighbours or into them.
document.addEventListener("keydown", (event) => {
  if (!event.altKey || !event.key.startsWith("Arrow")) return;
  const entry = event.target.closest("#plan .entry");
  const head = event.target.closest("#plan .head");
  const way = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" }[event.key];
  if (entry?.parentElement.hasAttribute("data-by-hand") && (way === "up" || way === "down")) turnEntry(entry, way === "down");
  else if (head && !head.querySelector(`[data-act=section-${way}]`)?.disabled) send("section/move", [["section", sectionOf(head)], ["way", way]]);
  else return;
  event.preventDefault();
});

dragging({
  keys: (entry) => {
    const box = entry.querySelector("input[type=checkbox]");
    return bySection(box.checked ? chosen() : [box]);
  },
  label: (groups) => {
    const number = [...groups.values()].flat().length;
    return number > 1 ? words("dragging").replace("{count}", number) : "";
  },
  dropEntries: async (groups, section, before) => {
    await bring(groups, [section], { before });
    none();
  },
  dropSection: (section, target, way) => send("section/move", [["section", section], ["target", target], ["way", way]]),
  cancelled: () => say(words("cancelled")),
});
