// What all screens share: events from the desk, what is announced, where the focus goes.

import { listen } from "./events.js";

const said = document.getElementById("said");

/** Says a sentence to everybody, and to those who do not see; the next one takes its place. */
export function say(text) {
  const line = document.createElement("p");
  line.textContent = text;
  said.replaceChildren(line);
}

let version = Number(document.body.dataset.version); // of what the page shows: events may have been before it listens
// Screens ask anew for what they show: hx-trigger="desk:changed from:body", or "desk:faults from:body" for some work.
const tell = (kind, detail) => document.body.dispatchEvent(new CustomEvent(`desk:${kind}`, { detail }));
listen(({ kind, values }) => {
  if (kind === "lost" || kind === "full") {
    say(kind === "lost" ? said.dataset.offline : said.dataset.full);
    return;
  }
  if (kind === "hello") tell("hello", values); // from now on nothing is missed: what came of some work before may have been
  if (kind === "hello" && version === values.version) return;
  version = values.version ?? version;
  tell(kind === "hello" ? "changed" : kind, values);
  if (kind === "work" && values.done) tell(values.done, values);
});

// A form that is sent is not sent again until it is answered; one that leads to another page, not at all.
const sent = new WeakSet();
document.addEventListener("htmx:confirm", (event) => {
  if (event.detail.triggeringEvent?.type === "submit" && sent.has(event.target)) event.preventDefault();
});
document.addEventListener("htmx:beforeRequest", ({ target, detail }) => {
  if (target.matches("form") && detail.requestConfig.verb === "post") sent.add(target);
});
document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
  if (!detail.xhr.getResponseHeader("HX-Redirect")) sent.delete(target);
});
const AGAIN = 2000; // milliseconds after which a form may be sent again that the browser sends: it may fetch a file
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.matches("[hx-post]")) return;
  if (sent.has(form)) event.preventDefault();
  sent.add(form);
  setTimeout(() => sent.delete(form), AGAIN);
});
addEventListener("pageshow", ({ persisted }) => persisted && location.reload()); // as it is now, and to be sent anew

// Ctrl-Z and Ctrl-Shift-Z undo steps, but where one types: there they are the browser's.
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  document.querySelector(`[data-key=${event.shiftKey ? "redo" : "undo"}]`)?.click();
});
