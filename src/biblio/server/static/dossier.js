// The sections of a dossier: references and sections are moved by keys and mouse, several at once.

import { say } from "./desk.js";
import { dragging } from "./dragging.js";
import { nameOf, partOf } from "./places.js";
import { bringImage, known, pathOf, plan, send, words } from "./plan.js";
import { saveAll, touched } from "./typing.js";

/** Takes a step, of what is typed by then. */
function step(action, fields) {
  saveAll();
  return send(action, fields);
}

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

/** The chosen keys by the name of the section that they stand in; "-" for those of the drawer. */
function bySection(boxes) {
  const found = new Map();
  for (const box of boxes) {
    const section = box.matches("[data-picked]") ? "-" : nameOf(box);
    found.set(section, [...(found.get(section) ?? []), box.value]);
  }
  return found;
}

/** The name of the section that is at a path on the page. */
const nameAt = (path) => nameOf(plan().querySelector(`.part[data-path="${path}"]`));
const pairs = (name, values) => values.map((value) => [name, value]);

/** Moves or puts references into sections: those of the drawer are put, those of sections moved, or with `copy` put. */
async function bring(groups, sections, { before = "", copy = false } = {}) {
  for (const [from, keys] of groups) {
    const put = from === "-" || copy;
    await step(put ? "place" : "move", () => [
      ...pairs("key", keys), ...pairs("section", sections.map(pathOf)), ["before", before], ...(put ? [] : [["from", pathOf(from)]]),
    ]);
  }
}

document.addEventListener("plan:shown", count);
document.addEventListener("change", ({ target }) => target.matches("[data-chosen], [data-picked]") && count());

function none() {
  for (const box of chosen()) box.checked = false;
  count();
}

async function actOnChosen(name) {
  const groups = bySection(chosen());
  const sections = [...document.getElementById("chosen-target").selectedOptions].map((option) => nameAt(option.value));
  if (name === "chosen-none") return none();
  if (name === "chosen-take") {
    groups.delete("-");
    for (const [from, keys] of groups) await step("take", () => [...pairs("key", keys), ["from", pathOf(from)]]);
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
function turnEntry(entry, way) {
  const [name, { key }] = [nameOf(entry), entry.dataset];
  step("move", () => [["key", key], ["from", pathOf(name)], ["section", pathOf(name)], ["way", way]]);
}

function turnSection(inside, way) {
  const name = nameOf(inside);
  step("section/move", () => [["section", pathOf(name)], ["way", way]]);
}

async function addSection(name) {
  if (!(await step("section", () => [["within", pathOf(name)]])) || known() !== plan()) return;
  const added = name ? partOf(plan(), name)?.querySelectorAll(":scope > .part") : plan().querySelectorAll(":scope > .part");
  const title = added && [...added].at(-1)?.querySelector("input.title");
  title?.focus();
  title?.select();
}

function take(entry) {
  const [name, { key }] = [nameOf(entry), entry.dataset];
  step("take", () => [["key", key], ["from", pathOf(name)]]);
}

// --- rows: links, events, texts, logos ---------------------------------------------------------------------------------

let number = 0;

function addRow(button) {
  const rows = button.closest("[data-rows]");
  const made = rows.querySelector("template").content.firstElementChild.cloneNode(true);
  number += 1;
  for (const each of made.querySelectorAll("[id], [for]")) {
    const name = each.id ? "id" : "for";
    each.setAttribute(name, each.getAttribute(name).replace("NEW", `new-${number}`));
  }
  made.setAttribute("aria-label", made.getAttribute("aria-label").replace("NEW", rows.querySelectorAll(":scope > .row-of").length + 1));
  rows.querySelector("template").before(made);
  made.querySelector("[data-column]").focus();
}

function dropRow(button) {
  const rows = button.closest("[data-rows]");
  button.closest(".row-of").remove();
  rows.querySelector("[data-act=row-add]").focus();
  touched(rows, { now: true });
}

// An image that is chosen is brought to the project, and named in its row.
document.addEventListener("change", async ({ target }) => {
  if (!target.matches("[data-upload]") || !target.files.length) return;
  const named = target.parentElement.querySelector("[data-column]");
  const rows = target.closest("[data-rows]");
  rows.dataset.unsaved = ""; // so that nothing is shown anew meanwhile
  const answer = await bringImage(target.files[0]);
  target.value = "";
  if (answer) named.value = answer;
  touched(rows, { now: true });
});

const ACTS = {
  "row-add": addRow,
  "row-drop": dropRow,
  "entry-up": (button) => turnEntry(button.closest(".entry"), "up"),
  "entry-down": (button) => turnEntry(button.closest(".entry"), "down"),
  "entry-take": (button) => take(button.closest(".entry")),
  "section-add": (button) => addSection("within" in button.dataset ? 0 : nameOf(button)),
  "section-remove": (button) => {
    const [name, { title }] = [nameOf(button), button.closest(".part").dataset];
    if (confirm(words("remove").replace("{title}", title))) step("section/remove", () => [["section", pathOf(name)]]);
  },
};
for (const way of ["up", "down", "in", "out"]) ACTS[`section-${way}`] = (button) => turnSection(button, way);
const REPEATED = /-(up|down|in|out)$/;

let pushed = null; // the button that was clicked last: when one clicks again at once, another may have come to its place
document.addEventListener("click", ({ target, detail }) => {
  const button = target.closest("#plan [data-act]");
  if (!button) return;
  const again = detail > 1 && pushed !== null;
  if (again && !REPEATED.test(pushed.dataset.act)) return; // a double click adds, takes out or removes once
  if (!again) pushed = button;
  const name = pushed.dataset.act;
  if (name.startsWith("chosen-")) actOnChosen(name);
  else ACTS[name](pushed);
});

// Alt with an arrow moves what has the focus: a reference in its list, a section among its neighbours or into them.
document.addEventListener("keydown", (event) => {
  if (!event.altKey || !event.key.startsWith("Arrow")) return;
  const entry = event.target.closest("#plan .entry");
  const head = event.target.closest("#plan .head");
  const way = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" }[event.key];
  if (entry?.parentElement.hasAttribute("data-by-hand") && (way === "up" || way === "down")) turnEntry(entry, way);
  else if (head?.querySelector("[data-act=section-up]")) turnSection(head, way);
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
  dropEntries: async (groups, part, before) => {
    await bring(groups, [nameOf(part)], { before });
    none();
  },
  dropSection: (part, onto, way) => {
    const [name, target] = [nameOf(part), nameOf(onto)];
    step("section/move", () => [["section", pathOf(name)], ["target", pathOf(target)], ["way", way]]);
  },
  cancelled: () => say(words("cancelled")),
});
