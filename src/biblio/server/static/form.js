// The form of a reference: what is typed is shown at once, and saved field by field when one pauses or leaves the field.

const LOOK = 250;
const SAVE = 900;
const PART = { "HX-Request": "true" }; // what is answered is a part of a page
const TAKEN_ALONG = 60_000; // bytes that a browser still sends once its page has gone
const visit = crypto.randomUUID?.() ?? String(Math.random());
const timers = new WeakMap();
let writing = Promise.resolve();
let looking = 0;
let lookTimer = 0;

const root = () => document.getElementById("reference");
const fields = () => [...document.querySelectorAll("#fields .field")];
const named = (name) => fields().find((field) => field.dataset.field === name);
const clean = (field) => !field.dataset.state;
const parsed = (text) => new DOMParser().parseFromString(text, "text/html").body;

function state(word) {
  document.getElementById("state").textContent = word;
}

/** What stands in a field, as it is sent. */
function content(field) {
  const pairs = new URLSearchParams();
  for (const each of field.querySelectorAll("input[name], textarea[name], select[name]")) {
    if (each.type !== "checkbox" || each.checked) pairs.append(each.name, each.value);
  }
  return pairs;
}

function bodyOf(values, field) {
  const body = field ? content(field) : new URLSearchParams();
  for (const [name, value] of Object.entries(values)) body.append(name, value);
  return body;
}

const post = (address, values, field) => fetch(address, { method: "POST", headers: PART, body: bodyOf(values, field) });

// --- what it looks like ---

function lookSoon() {
  clearTimeout(lookTimer);
  lookTimer = setTimeout(look, LOOK);
}

async function look() {
  const turn = ++looking;
  const fresh = root().dataset.new;
  const body = new URLSearchParams(
    fresh ? { type: fresh } : { key: root().dataset.key, dossier: document.getElementById("dossier").value },
  );
  for (const field of fields().filter((each) => fresh || !clean(each))) {
    body.append("field", field.dataset.field);
    for (const [name, value] of content(field)) body.append(name, value);
  }
  const address = fresh ? "/reference/new/look" : "/reference/look";
  const answer = await fetch(address, { method: "POST", headers: PART, body }).catch(() => null);
  if (answer?.ok !== true) return;
  const seen = parsed(await answer.text());
  if (turn === looking) show(seen);
}

function show(seen) {
  const notice = seen.querySelector(".notice-look");
  if (notice.dataset.title) root().querySelector("h1").textContent = notice.dataset.title;
  const beside = [notice];
  const told = new Map();
  for (const each of seen.querySelectorAll(".as-read, .of-field")) {
    const name = each.dataset.read ?? each.dataset.of;
    if (name && named(name)) told.set(name, [...(told.get(name) ?? []), each]);
    else if (each.matches(".of-field")) beside.push(each);
  }
  document.getElementById("look").replaceChildren(...beside);
  for (const field of fields()) {
    if (field.dataset.state === "conflict" || field.dataset.state === "refused") continue;
    const place = field.querySelector(".told");
    const now = told.get(field.dataset.field) ?? [];
    if (place.innerHTML !== now.map((each) => each.outerHTML).join("")) place.replaceChildren(...now);
  }
}

// --- what is saved ---

function touched(field) {
  if (root().dataset.new) {
    lookSoon();
    return;
  }
  if (field.dataset.state !== "conflict") field.dataset.state = "dirty";
  clearTimeout(timers.get(field));
  timers.set(field, setTimeout(() => save(field), SAVE));
  state(root().dataset.unsaved);
  lookSoon();
}

/** Saves a field; those that are asked for together go one after the other. */
function save(field) {
  clearTimeout(timers.get(field));
  writing = writing.then(() => written(field));
  return writing;
}

async function written(field) {
  if (field.dataset.state !== "dirty" || !field.isConnected) return;
  field.dataset.state = "saving";
  state(root().dataset.saving);
  let answer;
  try {
    answer = await post("/reference/save", saying(field), field);
  } catch {
    field.dataset.state = "dirty";
    state(root().dataset.unsaved);
    timers.set(field, setTimeout(() => save(field), 5000));
    return;
  }
  const said = parsed(await answer.text());
  if (answer.ok) {
    field.dataset.base = said.querySelector("[data-stamp]").dataset.stamp;
    if (field.dataset.state === "saving") delete field.dataset.state;
    if (fields().every(clean)) state(said.textContent.trim());
  } else {
    refused(field, said);
  }
}

/** Says at a field why it is not saved, or asks what is to be kept; unless it asks, it is typed on in it. */
function refused(field, said) {
  field.dataset.state = said.querySelector(".conflict") ? "conflict" : "refused";
  field.querySelector(".told").replaceChildren(...said.children);
  state(root().dataset.unsaved);
}

const saying = (field) => ({ key: root().dataset.key, field: field.dataset.field, base: field.dataset.base, visit });

/** Sends what is not saved yet while the page goes, the shortest first: a browser takes so much along, and no more. */
function leave() {
  if (!root()?.dataset.key) return;
  const waiting = fields().filter((field) => field.dataset.state === "dirty" || field.dataset.state === "saving");
  const bodies = waiting.map((field) => bodyOf(saying(field), field)).sort((one, two) => one.toString().length - two.toString().length);
  let left = TAKEN_ALONG;
  for (const body of bodies) {
    left -= body.toString().length;
    fetch("/reference/save", { method: "POST", headers: PART, body, keepalive: left >= 0 }).catch(() => {}); // asked about before it was left
  }
}

const saved = () => {
  for (const field of fields()) if (field.dataset.state === "dirty") save(field);
  return writing;
};

// --- what changes elsewhere ---

async function refresh() {
  await writing;
  const answer = await fetch(`/reference/fields?key=${encodeURIComponent(root().dataset.key)}`, { headers: PART }).catch(() => null);
  if (!answer) return;
  const now = parsed(await answer.text());
  if (!answer.ok) {
    document.getElementById("look").replaceChildren(...now.children);
    return;
  }
  const known = new Set();
  for (const field of now.querySelectorAll(".field")) {
    known.add(field.dataset.field);
    const here = named(field.dataset.field);
    if (!here) document.getElementById("adding").before(field);
    else if (clean(here) && here.dataset.base !== field.dataset.base) exchange(here, field);
  }
  for (const field of fields()) if (!known.has(field.dataset.field) && clean(field) && field.dataset.base) field.remove();
  look();
}

/** Puts a field in the place of another; who is in it stays in it. */
function exchange(field, now) {
  const inside = field.contains(document.activeElement) ? document.activeElement : null;
  const place = inside ? [...field.querySelectorAll("input, textarea, button")].indexOf(inside) : -1;
  const { selectionStart, selectionEnd, scrollTop } = inside ?? {};
  field.replaceWith(now);
  window.htmx?.process(now);
  if (!inside) return;
  const controls = [...now.querySelectorAll("input, textarea, button")];
  const again = controls[Math.min(place, controls.length - 1)] ?? now;
  again.focus({ preventScroll: true });
  if (typeof selectionStart === "number") again.setSelectionRange?.(selectionStart, selectionEnd);
  again.scrollTop = scrollTop;
}

async function shownAnew(field) {
  const { key } = root().dataset;
  const answer = await fetch(`/reference/field?${new URLSearchParams({ key, name: field.dataset.field })}`);
  if (answer.ok) exchange(field, parsed(await answer.text()).querySelector(".field"));
  lookSoon();
}

// --- what one does ---

const ACTS = {
  "add-name": (field) => addName(field, "person"),
  "add-body": (field) => addName(field, "body"),
  "name-up": (field, button) => moved(field, button.closest("li"), -1),
  "name-down": (field, button) => moved(field, button.closest("li"), 1),
  "name-drop": (field, button) => {
    const row = button.closest("li");
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (next?.querySelector("[data-act=name-drop]") ?? field.querySelector("[data-act=add-name]")).focus();
    touched(field);
  },
  "drop-word": (field, button) => {
    button.closest("li").remove();
    field.querySelector("[data-new-word]").focus();
    touched(field);
  },
  "keep-mine": (field) => {
    field.dataset.base = field.querySelector(".conflict").dataset.stamp;
    field.querySelector(".told").replaceChildren();
    field.dataset.state = "dirty";
    save(field);
  },
  "take-theirs": (field) => shownAnew(field),
  "keep-both": async (field) => {
    const base = field.querySelector(".conflict").dataset.stamp;
    const answer = await post("/reference/both", { key: root().dataset.key, field: field.dataset.field, base }, field);
    if (answer.ok) await shownAnew(field);
    else refused(field, parsed(await answer.text()));
  },
  "add-new": async () => {
    const body = new URLSearchParams({ type: root().dataset.new });
    for (const field of fields()) {
      body.append("field", field.dataset.field);
      for (const [name, value] of content(field)) body.append(name, value);
    }
    for (const [name, value] of new FormData(document.getElementById("new-add"))) body.append(name, value);
    const answer = await fetch("/reference/new/add", { method: "POST", headers: PART, body });
    if (answer.ok) location.assign(answer.headers.get("HX-Redirect"));
    else document.getElementById("state").replaceChildren(...parsed(await answer.text()).children);
  },
  fix: async (field, button) => {
    await saved();
    const { of } = button.closest(".of-field").dataset;
    const answer = await post("/reference/fix", { key: root().dataset.key, field: of, code: button.dataset.code });
    const told = parsed(await answer.text());
    if (answer.ok) state(told.textContent.trim());
    else button.closest(".of-field").replaceChildren(...told.children);
    if (answer.ok && field) field.querySelector("input, textarea")?.focus();
  },
  "add-field": async () => {
    const chosen = document.getElementById("add-name").selectedOptions[0];
    const { key } = root().dataset;
    const answer = await fetch(`/reference/field?${new URLSearchParams({ key, name: chosen.value })}`);
    if (!answer.ok) return;
    const field = parsed(await answer.text()).querySelector(".field");
    chosen.remove();
    if (named(field.dataset.field)) return; // there by now
    document.getElementById("adding").before(field);
    window.htmx?.process(field);
    const first = field.querySelector("input:not([type=hidden], [type=checkbox]), textarea, button");
    first.focus();
  },
};

function addName(field, kind) {
  const row = field.querySelector("template").content.firstElementChild.cloneNode(true);
  row.dataset.kind = kind;
  field.querySelector(".names").append(row);
  row.querySelector(kind === "body" ? "[name$=':literal']" : "[name$=':family']").focus();
}

function moved(field, row, step) {
  const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  const inside = document.activeElement;
  if (step < 0) other.before(row);
  else other.after(row);
  inside.focus();
  touched(field);
}

function addWord(field, input) {
  const words = input.value.split(/[,;]/).map((each) => each.trim()).filter(Boolean);
  input.value = "";
  for (const word of words) {
    const chip = field.querySelector("template").content.firstElementChild.cloneNode(true);
    chip.querySelector("input").value = word;
    chip.querySelector("span").textContent = word;
    const button = chip.querySelector("button");
    button.setAttribute("aria-label", button.dataset.label.replace("%s", word));
    field.querySelector(".chips").append(chip);
  }
  if (words.length) touched(field);
}

const doing = new Set(); // the buttons whose work is not done: clicked again meanwhile, they do nothing
document.addEventListener("click", async (event) => {
  const button = event.target.closest("#reference [data-act]");
  if (!button || doing.has(button)) return;
  doing.add(button);
  try {
    await ACTS[button.dataset.act]?.(button.closest(".field"), button);
  } catch {
    state(document.getElementById("said").dataset.offline);
  }
  doing.delete(button);
});

document.addEventListener("input", (event) => {
  const field = event.target.closest("#fields .field");
  if (field && !event.target.matches("[data-new-word]")) touched(field);
});

document.addEventListener("change", (event) => {
  if (event.target.id === "dossier") look();
  else if (event.target.matches("#fields [data-new-word]")) addWord(event.target.closest(".field"), event.target);
});

document.addEventListener("focusout", (event) => {
  const field = event.target.closest("#fields .field");
  if (field && !field.contains(event.relatedTarget) && field.dataset.state === "dirty") save(field);
});

document.addEventListener("keydown", (event) => {
  const field = event.target.closest("#fields .field");
  if (!field) return;
  const row = event.target.closest(".name-row");
  if (row && event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    moved(field, row, event.key === "ArrowUp" ? -1 : 1);
  } else if (event.target.matches("[data-new-word]") && (event.key === "Enter" || event.key === ",")) {
    event.preventDefault();
    addWord(field, event.target);
  } else if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    saved();
  }
});

// The boxes that are ticked and not saved yet stay as they are while the sections are shown anew for other reasons.
const standing = (event) => event.target.closest?.("#standing");
document.addEventListener("change", (event) => {
  if (standing(event)) standing(event).dataset.ticked = "";
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, requestConfig } = event.detail;
  if (elt.id === "standing" && requestConfig.verb === "get" && "ticked" in elt.dataset) event.preventDefault();
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (!standing(event) || requestConfig.verb !== "post") return;
  delete standing(event).dataset.ticked;
  if (xhr.status === 409) window.htmx.trigger("#standing", "desk:again"); // the sections are others by now
});

document.body.addEventListener("desk:changed", () => root()?.dataset.key && refresh());
addEventListener("pagehide", leave);
addEventListener("beforeunload", (event) => {
  if (root()?.dataset.key && fields().some((field) => !clean(field))) {
    saved();
    event.preventDefault();
  }
});

if (root()) {
  look();
  const meant = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (meant?.closest("#fields")) {
    (meant.matches("input, textarea") ? meant : meant.querySelector("input:not([type=hidden]), textarea, button")).focus();
  }
}
