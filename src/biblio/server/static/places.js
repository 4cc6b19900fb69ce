// Knows the sections of a dossier again in what the desk answers, wherever they stand there.

const names = new WeakMap(); // of the sections on the page, and of those in answers
let last = 0;

const parts = (plan) => [...plan.querySelectorAll(".part")];
const keys = (part) => [...part.querySelectorAll(":scope > .entries > .entry")].map((entry) => entry.dataset.key).join("\n");
const inside = (part) => [...part.querySelectorAll(":scope > .part")].map((each) => each.dataset.title).join("\n");

/** Gives the sections of a plan names, by which they are known from now on. */
export function begin(plan) {
  for (const part of parts(plan)) names.set(part, (last += 1));
}

/** Gives the sections of an answer the names that they have in the plan before it; those that are new get new ones. */
export function follow(before, plan) {
  const known = parts(before);
  begin(plan);
  if (plan.dataset.digest === before.dataset.digest || plan.dataset.since === before.dataset.digest) {
    const was = JSON.parse(plan.dataset.was);
    const places = new Map(known.map((part) => [part.dataset.path, part]));
    const left = new Set(Object.values(was));
    for (const part of parts(plan)) {
      const { path } = part.dataset;
      const place = was[path] ?? (left.has(path) ? null : path);
      if (places.has(place)) names.set(part, names.get(places.get(place)));
    }
    return;
  }
  // Something else has changed: a section is the one that is called so, where one alone is; else the one that is called
  // so and holds the same; else, called otherwise by now, the one that holds the same. What holds nothing may be another.
  const holds = (part) => `${keys(part)}\n\n${inside(part)}`.trim();
  let mine = known;
  let theirs = parts(plan);
  for (const way of [(part) => part.dataset.title, (part) => `${part.dataset.title}\n\n${holds(part)}`, holds]) {
    const [old, now] = [mine, theirs].map((list) => alone(list, way));
    for (const [said, part] of old) if (now.has(said)) names.set(now.get(said), names.get(part));
    mine = mine.filter((part) => !now.has(way(part)) || old.get(way(part)) !== part);
    theirs = theirs.filter((part) => !old.has(way(part)) || now.get(way(part)) !== part);
  }
}

/** The sections of which something is said that is said of no other. */
function alone(list, way) {
  const found = new Map();
  for (const part of list) found.set(way(part), [...(found.get(way(part)) ?? []), part]);
  return new Map([...found].filter(([said, parts]) => said && parts.length === 1).map(([said, [part]]) => [said, part]));
}

/** The name of the section that something stands in; nothing for what is of the dossier as a whole. */
export const nameOf = (element) => names.get(element.closest(".part")) ?? 0;

/** The section of a name, as it is in a plan; nothing when it is no longer there. */
export const partOf = (plan, name) => parts(plan).find((part) => names.get(part) === name);
