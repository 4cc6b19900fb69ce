// What is typed into the fields of a dossier and its sections: saved after a pause, and never over what others typed.

import { Gone, anew, inTurn, isTyped, known, later, pathOf, plan, post, refresh, words } from "./plan.js";
import { nameOf, partOf } from "./places.js";

const PAUSE = 900; // milliseconds without a key until what is typed is saved
const PATIENCE = 5000; // and until it is tried again, when the desk does not answer

const CHOICES = "select, [type=checkbox], [type=radio]";
const timers = new WeakMap();

/** What stands in a field; of rows, what each of them has. */
function valueOf(field) {
  if (field.matches("[data-rows]")) return JSON.stringify(rowsOf(field).map(said).filter((row) => Object.keys(row).length));
  return field.type === "checkbox" ? (field.checked ? field.value : "") : field.value;
}

const rowsOf = (field) => [...field.querySelectorAll(":scope > .row-of")];
const cells = (row) => [...row.querySelectorAll("[data-column]")];
const said = (row) =>
  Object.fromEntries(cells(row).filter((cell) => cell.value.trim()).map((cell) => [cell.dataset.column, cell.value.replace(/\n+$/, "")]));

/** Whether somebody still fills in a row, which cannot be without what is missing. */
const isBegun = (field) =>
  field.contains(document.activeElement) &&
  rowsOf(field).some((row) => Object.keys(said(row)).length && cells(row).some((cell) => "needed" in cell.dataset && !cell.value.trim()));

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
  if (field.matches("[data-rows]") && isBegun(field)) return;
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
  } else if (field.matches(CHOICES)) {
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
    now.textContent = theirs.matches("[data-rows]") ? rowsOf(theirs).map((row) => Object.values(said(row)).join(", ")).join("\n") : theirs.dataset.before;
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

/** The field that something is typed in, which may be rows. */
const fieldOf = (element) => (element.matches("[data-column]") ? element.closest("[data-rows]") : element.matches("#work [data-field]") ? element : null);

/** Says that something has been changed in a field, which is saved after a pause or now. */
export function touched(field, { now = false } = {}) {
  field.dataset.unsaved = "";
  clearTimeout(timers.get(field));
  if (now) save(field);
  else timers.set(field, setTimeout(() => save(field), PAUSE));
}

document.addEventListener("input", ({ target }) => {
  const field = fieldOf(target);
  if (field && !target.matches(CHOICES)) touched(field);
});
document.addEventListener("change", ({ target }) => {
  const field = fieldOf(target);
  if (field) touched(field, { now: true });
});
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const rows = target.closest?.("[data-rows][data-unsaved]");
  if (rows && !rows.contains(relatedTarget)) setTimeout(() => save(rows));
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
