// What is typed into the fields of a dossier and its sections: saved after a pause, and never over what others typed.

import { EDGES, Gone, anew, inTurn, isTyped, known, later, pathOf, plan, post, refresh, words } from "./plan.js";
import { nameOf, partOf } from "./places.js";

const PAUSE = 900; // milliseconds without a key until what is typed is saved
const PATIENCE = 5000; // and until it is tried again, when the desk does not answer

const timers = new WeakMap();

function valueOf(field) {
  return field.type === "checkbox" ? (field.checked ? field.value : "") : field.value;
}

/** A field as it is in a plan. */
function sameField(tree, name, field) {
  return (name ? partOf(tree, name) : tree)?.querySelector(`[data-field="${field}"]`);
}

/** The fields that ask for the same: the choices of one. */
const alike = (field) => (field.type === "radio" ? [...document.getElementsByName(field.name)] : [field]);
const isAsked = (field) => field.parentElement.querySelector(".conflict") !== null; // which of two texts is to be kept

/** Saves a field in its turn, with what stands in it then. */
function save(field) {
  clearTimeout(timers.get(field));
  return inTurn(() => written(field, nameOf(field)));
}

async function written(field, name) {
  const value = valueOf(field);
  const { field: key, before } = field.dataset;
  if (isAsked(field) || (field.type === "radio" && !field.checked)) return;
  if (value === before) {
    delete field.dataset.unsaved;
    later();
    return;
  }
  let taken = null;
  try {
    const section = pathOf(name);
    const title = name ? partOf(known(), name).dataset.title : "";
    taken = await post("field", [["section", section], ["name", key], ["value", value], ["before", before], ["title", title]]);
  } catch (fault) {
    if (!(fault instanceof Gone)) {
      timers.set(field, setTimeout(() => save(field), PATIENCE)); // the desk does not answer, or not yet
      return;
    }
  }
  if (taken) {
    for (const each of alike(field)) each.dataset.before = value;
    if (key === "title" && name) field.closest(".part").dataset.title = value;
    if (valueOf(field) === value) for (const each of alike(field)) delete each.dataset.unsaved;
    later();
  } else if (taken === null) {
    await refresh();
    conflict(field, name);
  } else if (!field.matches(EDGES)) {
    for (const each of alike(field)) delete each.dataset.unsaved; // it is as it was; what is typed may be mended
    await anew();
  }
}

export function saveAll() {
  for (const field of document.querySelectorAll("#plan [data-unsaved]")) save(field);
}

/** Shows what the dossier says now beside what was typed, which stays until one of them is chosen. */
function conflict(field, name) {
  const theirs = sameField(known(), name, field.dataset.field);
  const box = document.createElement("div");
  box.className = "conflict fault warning";
  box.setAttribute("role", "alert");
  const line = document.createElement("p");
  line.textContent = words(theirs ? "conflict" : "gone");
  const button = (word, done) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words(word);
    made.addEventListener("click", () => {
      box.remove();
      done();
    });
    return made;
  };
  const take = () => {
    delete field.dataset.unsaved;
    inTurn(anew);
  };
  box.append(line);
  if (theirs) {
    const now = document.createElement("blockquote");
    now.textContent = theirs.dataset.before;
    const keep = () => {
      field.dataset.before = theirs.dataset.before; // it is written where this is still what stands there, else asked again
      save(field);
      field.focus();
    };
    box.append(now, button("keepMine", keep), button("takeTheirs", take));
  } else {
    box.append(button("showNow", take));
  }
  field.after(box);
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches("#work [data-field]") || target.matches("select, [type=checkbox], [type=radio]")) return;
  target.dataset.unsaved = "";
  clearTimeout(timers.get(target));
  timers.set(target, setTimeout(() => save(target), PAUSE));
});
document.addEventListener("change", ({ target }) => {
  if (!target.matches("#work [data-field]")) return;
  target.dataset.unsaved = "";
  save(target);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input[data-field]")) save(event.target);
});
addEventListener("beforeunload", (event) => {
  if (!plan() || !isTyped()) return;
  saveAll();
  event.preventDefault();
});
// Nothing waits for its turn any more once the page goes.
addEventListener("pagehide", () => {
  for (const field of plan()?.querySelectorAll("[data-unsaved]") ?? []) written(field, nameOf(field));
});
