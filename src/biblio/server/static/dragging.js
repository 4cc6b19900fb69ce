// Dragging by the grips of references and of sections, with mouse, pen or finger; keys do the same by buttons.

const NEAR = 70; // pixels from an edge of the window within which it scrolls
const SLACK = 5; // pixels that a press may wander without being a drag

/** Follows presses on grips. `doing` says what is dragged and does what a drop asks for. */
export function dragging(doing) {
  let drag = null;

  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(".grip");
    if (!grip || event.button) return;
    event.preventDefault();
    const entry = grip.closest(".entry");
    drag = { entry, part: entry ? null : grip.closest(".part"), x: event.clientX, y: event.clientY, begun: false, pointer: event.pointerId };
    grip.setPointerCapture?.(event.pointerId);
  });

  document.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    if (!drag.begun && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < SLACK) return;
    if (!drag.begun) begin();
    drag.x = event.clientX;
    drag.y = event.clientY;
    follow();
  });

  document.addEventListener("pointerup", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { begun, groups, part, place } = drag;
    end();
    if (!begun || !place) return;
    if (part) doing.dropSection(part, place.part, place.way);
    else doing.dropEntries(groups, place.part, place.before);
  });
  document.addEventListener("pointercancel", end);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drag) return;
    const { begun } = drag;
    end();
    event.preventDefault();
    if (begun) doing.cancelled();
  });

  function begin() {
    drag.begun = true;
    drag.groups = drag.entry && doing.keys(drag.entry);
    drag.ghost = document.createElement("div");
    drag.ghost.className = "ghost";
    const shown = drag.entry ? drag.entry.querySelector(".notice").textContent : drag.part.dataset.title;
    drag.ghost.textContent = (drag.groups && doing.label(drag.groups)) || shown;
    drag.line = document.createElement("div");
    drag.line.className = "drop-line";
    document.body.append(drag.ghost);
    (drag.entry ?? drag.part).classList.add("dragged");
    document.body.classList.add("dragging");
    drag.scrolling = requestAnimationFrame(scroll);
  }

  function end() {
    if (!drag) return;
    cancelAnimationFrame(drag.scrolling);
    drag.ghost?.remove();
    drag.line?.remove();
    (drag.entry ?? drag.part)?.classList.remove("dragged");
    document.querySelector(".drop-into")?.classList.remove("drop-into");
    document.body.classList.remove("dragging");
    drag = null;
  }

  function follow() {
    drag.ghost.style.setProperty("translate", `${drag.x + 12}px ${drag.y + 8}px`);
    drag.place = drag.part ? placeOfSection() : placeOfEntries();
    if (!drag.place) drag.line.remove();
  }

  /** The section under the pointer, and the reference in front of which the dragged ones would stand. */
  function placeOfEntries() {
    const under = document.elementFromPoint(drag.x, drag.y);
    const part = under?.closest("#plan .part");
    document.querySelector(".drop-into")?.classList.remove("drop-into");
    if (!part) return null;
    const entry = under.closest(".entry");
    if (!entry?.parentElement.hasAttribute("data-by-hand")) {
      part.classList.add("drop-into");
      drag.line.remove();
      return { part, before: "" };
    }
    const box = entry.getBoundingClientRect();
    const below = drag.y > box.top + box.height / 2;
    const next = below ? entry.nextElementSibling : entry;
    (below ? entry.after.bind(entry) : entry.before.bind(entry))(drag.line);
    const before = next === drag.line ? drag.line.nextElementSibling : next;
    return { part, before: before?.dataset.key ?? "" };
  }

  /** The section in front of which, behind which or into which the dragged one would go. */
  function placeOfSection() {
    const part = document.elementFromPoint(drag.x, drag.y)?.closest("#plan .part");
    document.querySelector(".drop-into")?.classList.remove("drop-into");
    if (!part || drag.part.contains(part)) return null;
    const head = part.querySelector(".head").getBoundingClientRect();
    const way = drag.y < head.top + head.height / 2 ? "before" : drag.x > head.left + 120 ? "into" : "after";
    if (way === "into") {
      part.classList.add("drop-into");
      drag.line.remove();
    } else if (way === "before") part.before(drag.line);
    else part.after(drag.line);
    return { part, way };
  }

  function scroll() {
    if (!drag?.begun) return;
    const up = NEAR - drag.y;
    const down = drag.y - (innerHeight - NEAR);
    const by = up > 0 ? -up : down > 0 ? down : 0;
    if (by) {
      scrollBy(0, by / 4);
      follow();
    }
    drag.scrolling = requestAnimationFrame(scroll);
  }
}
