// The sections of a dossier as the desk says that they are: asked for, shown, and changed by one step after the other.

import { say } from "./desk.js";
import { begin, follow, nameOf, partOf } from "./places.js";

const PART = { "HX-Request": "true" }; // what is answered is a part of a page
const KEPT_ALIVE = 60_000; // bytes of a request that a browser still sends once its page has gone
export const EDGES = "input:not([type=checkbox], [type=radio]), textarea";

export const plan = () => document.getElementById("plan");
export const words = (name) => document.getElementById("plan-words").dataset[name];

let turn = Promise.resolve(); // one after the other, as each is of the state that the one before it left
let shown = plan()?.innerHTML; // what the desk last said, as it was shown
let waiting = null; // the sections as they are now, while somebody types into those of before, or presses on them
let isOwn = false; // whether what waits came of what one did oneself
let pressed = false;
if (plan()) begin(plan());

/** The sections as the desk last said that they are. */
export const known = () => waiting ?? plan();

export function inTurn(job) {
  turn = turn.then(job).catch(() => false);
  return turn;
}

/** Where a section is now, by its name. */
export function pathOf(name) {
  if (!name) return "";
  const part = partOf(known(), name);
  if (!part) throw new Gone();
  return part.dataset.path;
}
export class Gone extends Error {}

/** Asks for the dossier with what is unfolded in it. */
function address(action) {
  const whole = new URLSearchParams(location.search).get("whole");
  return `/dossier/${plan().dataset.slug}/${action}${whole ? `?${new URLSearchParams({ whole })}` : ""}`;
}

/** Sends a step at once: whether it was taken; null where something else has changed. */
export async function post(action, fields) {
  const body = new URLSearchParams(fields);
  body.set("digest", known().dataset.digest);
  const keepalive = body.toString().length < KEPT_ALIVE;
  const answer = await fetch(address(action), { method: "POST", headers: PART, body, keepalive });
  const text = await answer.text();
  if (answer.ok) {
    adopt(text, action !== "field");
    return true;
  }
  if (answer.status === 409) return null; // said by who asked, where it was asked
  document.getElementById("said").innerHTML = text;
  return false;
}

/** Sends a step, once those before it are answered. `fields` says it by where the sections are then. */
export function send(action, fields) {
  return inTurn(async () => {
    let taken = null;
    try {
      taken = await post(action, fields());
    } catch (fault) {
      if (!(fault instanceof Gone)) throw fault;
    }
    if (taken === null) {
      say(words("changed"));
      await refresh();
    }
    return taken;
  });
}

/** Sends an image: its name in the project, nothing when it cannot be had there, which is said. */
export async function bringImage(file) {
  const body = new FormData();
  body.set("image", file);
  const answer = await fetch(address("image"), { method: "POST", headers: PART, body });
  const text = await answer.text();
  if (answer.ok) return text;
  document.getElementById("said").innerHTML = text;
  return "";
}

export async function refresh() {
  const answer = await fetch(address("tree"));
  if (answer.ok) adopt(await answer.text());
}

export const isTyped = () => plan().querySelector("[data-unsaved]") !== null;
const isIn = () => plan().contains(document.activeElement) && document.activeElement.matches(EDGES);

/** Shows the sections as the desk says that they are, but where somebody types; `own`: after what one did oneself. */
function adopt(text, own = false) {
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("plan");
  if (!fresh) return;
  follow(known(), fresh);
  if (fresh.dataset.said) say(fresh.dataset.said);
  if (fresh.innerHTML === shown) {
    waiting = null;
    plan().dataset.digest = fresh.dataset.digest;
  } else {
    waiting = fresh;
    isOwn ||= own;
    later();
  }
}

function show(fresh) {
  waiting = null;
  isOwn = false;
  shown = fresh.innerHTML;
  const old = plan();
  const near = old.contains(document.activeElement) ? placeOf(document.activeElement) : null;
  for (const open of old.querySelectorAll("details[open]")) within(fresh, open, open.matches(".settings") ? ":scope > .settings" : `#${CSS.escape(open.id)}`)?.setAttribute("open", "");
  for (const chosen of old.querySelectorAll("[data-chosen]:checked")) {
    const box = within(fresh, chosen, `:scope > .entries > [data-key="${CSS.escape(chosen.value)}"] [data-chosen]`);
    if (box) box.checked = true;
  }
  old.replaceWith(fresh);
  if (near) focusAgain(near);
  document.dispatchEvent(new Event("plan:shown"));
}

/** What a section of another plan has in the place of something. */
function within(fresh, element, selector) {
  const name = nameOf(element);
  return (name ? partOf(fresh, name) : fresh)?.querySelector(selector);
}

/** Shows the sections anew, whatever stands in their fields. */
export function anew() {
  shown = null;
  return refresh();
}

const controls = (rows) => [...(rows?.querySelectorAll(".row-of :is(input, select, textarea, button), [data-act=row-add]") ?? [])];

/** Where the focus is: in which section, on which reference, on what, and what is marked there. */
function placeOf(focused) {
  const { selectionStart, selectionEnd } = focused.matches(EDGES) ? focused : {};
  const { act } = focused.dataset;
  const held = focused.closest("[data-field]");
  const place = held?.matches("[data-rows]") ? controls(held).indexOf(focused) : -1;
  return { name: nameOf(focused), key: focused.closest(".entry")?.dataset.key, act, field: held?.dataset.field, place, id: focused.id, selectionStart, selectionEnd };
}

/** Puts the focus where it was, on the same reference or section wherever that is now. */
function focusAgain({ name, key, act, field, place, id, selectionStart, selectionEnd }) {
  const part = name ? partOf(plan(), name) : plan();
  const listed = key && `.entry[data-key="${CSS.escape(key)}"]`;
  const entry = listed && (part?.querySelector(`:scope > .entries > ${listed}`) ?? plan().querySelector(listed));
  const head = name ? part?.querySelector(":scope > .head") : plan();
  const found =
    (place >= 0 && controls(part?.querySelector(`[data-field="${field}"]`))[place]) ||
    (act && (entry ?? head)?.querySelector(`[data-act="${act}"]:not(:disabled)`)) ||
    (field && place < 0 && part?.querySelector(`[data-field="${field}"]`)) ||
    entry ||
    (!name && id && document.getElementById(id)) ||
    head?.querySelector(".title");
  found?.focus({ preventScroll: true });
  if (selectionStart !== undefined && found?.matches(EDGES)) found.setSelectionRange(selectionStart, selectionEnd);
}

/** Shows what waited, once nobody types or presses. */
export function later() {
  if (waiting && !pressed && !isTyped() && (isOwn || !isIn())) show(waiting);
}

function release() {
  pressed = false;
  later();
}

document.addEventListener("focusout", () => setTimeout(later));
document.addEventListener("pointerdown", () => { pressed = true; }, true);
for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => setTimeout(release), true);
document.addEventListener("pointermove", ({ buttons }) => pressed && !buttons && release(), true); // let go elsewhere
document.body.addEventListener("desk:changed", () => plan() && inTurn(refresh));
