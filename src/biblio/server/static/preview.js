// The pages of a dossier: they follow the files, page by page, and keep the place where one reads and how large.

const KEPT = "biblio-preview"; // what is remembered of this browser's window: size, two pages, the last dossier
const STEP = 200; // widths of images in pixels of the screen, so that a little more zoom needs no other image
const LARGEST = 3200;
const NEAR = "100% 0px"; // pages as far away as one sees are drawn too
const ZOOMS = [50, 75, 100, 125, 150, 200, 300];

const remembered = { zoom: "width", two: false, hidden: false, width: 45, slug: "", ...JSON.parse(localStorage.getItem(KEPT) ?? "{}") };
const remember = (values) => localStorage.setItem(KEPT, JSON.stringify(Object.assign(remembered, values)));

/** The pages of one dossier, in an element of preview_pane.html.j2. */
class Proofs {
  constructor(root) {
    this.root = root;
    this.slug = root.dataset.slug;
    this.view = root.querySelector(".proof-view");
    this.pages = root.querySelector(".proof-pages");
    this.frame = root.querySelector(".proof-frame");
    this.zooms = root.querySelector("[data-zooms]");
    this.asking = null;
    this.shown = "pages";
    this.seen = new IntersectionObserver((entries) => entries.forEach(({ isIntersecting, target }) => {
      target.near = isIntersecting;
      if (isIntersecting) this.draw(target);
    }), { root: this.view, rootMargin: NEAR });
    root.addEventListener("click", (event) => this.clicked(event));
    root.addEventListener("change", (event) => this.chosen(event));
    root.addEventListener("keydown", (event) => this.typed(event));
    this.view.addEventListener("scroll", () => this.count());
    new ResizeObserver(() => this.size()).observe(this.view);
    remember({ slug: this.slug });
    this.zooms.value = remembered.zoom;
    this.settle([...this.pages.children]);
    this.size();
    this.follow(location.hash.startsWith("#page-") ? this.page(Number(location.hash.slice(6))) : null, root.dataset.key);
  }

  /** Goes to where one is to begin: a page, else the notice that is edited beside. */
  follow(page, key) {
    if (page) this.turn(page);
    else if (key) this.point(key);
  }

  page(number) {
    return this.pages.children[number - 1] ?? null;
  }

  /** Asks for the pages that changed; while one waits for them, the next question waits. */
  async refresh() {
    if (this.asking) {
      this.again = true;
      return;
    }
    this.asking = true;
    try {
      do {
        this.again = false;
        const answer = await fetch(`/preview/${encodeURIComponent(this.slug)}/pages?since=${this.pages.dataset.revision}`);
        if (answer.ok) await this.take(new DOMParser().parseFromString(await answer.text(), "text/html"));
      } while (this.again);
    } finally {
      this.asking = false;
    }
    if (this.shown !== "pages") this.reload();
  }

  /** Puts new pages in the place of old ones, once their images are there; tells of those that look otherwise. */
  async take(fresh) {
    const list = fresh.querySelector(".proof-pages");
    const first = this.pages.children.length === 0;
    const items = [...list.children].map((each) => document.adoptNode(each));
    await Promise.all(items.map((item) => {
      const old = this.page(Number(item.dataset.number));
      if (!old?.near) return null;
      item.near = true;
      return this.draw(item, this.width()).catch(() => null);
    }));
    const changed = [];
    for (const item of items) {
      const number = Number(item.dataset.number);
      const old = this.page(number);
      if (!first && old?.dataset.digest !== item.dataset.digest) changed.push(item);
      if (old) this.replace(old, item);
      else this.pages.append(item);
    }
    while (this.pages.children.length > Number(list.dataset.count)) this.pages.lastElementChild.remove();
    this.pages.dataset.revision = list.dataset.revision;
    this.pages.dataset.count = list.dataset.count;
    this.state(fresh.querySelector(".proof-state"));
    this.settle(items);
    this.size();
    if (first) this.follow(null, this.root.dataset.key);
    for (const item of changed) item.classList.add("flash");
    if (changed.length && !changed.some((item) => this.isSeen(item))) this.view.classList.add("flash");
    setTimeout(() => [this.view, ...changed].forEach((each) => each.classList.remove("flash")), 1500);
  }

  /** A page for another; who was on one of its links stays there. */
  replace(old, item) {
    const focused = old.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const here = old.querySelector(".here")?.dataset.key;
    this.seen.unobserve(old);
    old.replaceWith(item);
    if (focused) this.spot(focused, item)?.focus({ preventScroll: true });
    if (here) this.spot(here, item)?.classList.add("here");
  }

  /** How things stand, said where that is another thing than before. */
  state(fresh) {
    const old = this.root.querySelector(".proof-state");
    const line = old.querySelector(".stands");
    const next = fresh.querySelector(".stands");
    if (line.textContent !== next.textContent) line.textContent = next.textContent;
    line.className = next.className;
    for (const name of [".proof-faults", ".proof-checked"]) {
      const before = old.querySelector(name);
      const after = fresh.querySelector(name);
      if (before && after) after.open = before.open || after.open;
      before?.remove();
      if (after) old.append(document.adoptNode(after));
    }
  }

  /** Puts links where they belong; pages are drawn when they come near. */
  settle(items) {
    for (const item of items) {
      for (const spot of item.querySelectorAll(".spot")) {
        const [left, top, width, height] = spot.dataset.box.split(" ");
        Object.assign(spot.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
      }
      this.seen.observe(item);
    }
    const count = this.root.querySelector("[data-count][data-of]");
    count.textContent = count.dataset.of.replace("{count}", this.pages.dataset.count);
    this.count();
  }

  /** Draws a page as large as it is shown. */
  async draw(item, width = item.clientWidth) {
    const image = item.querySelector("img");
    const wanted = Math.min(LARGEST, Math.ceil((Math.max(width, 100) * devicePixelRatio) / STEP) * STEP);
    if (image.dataset.wanted === String(wanted)) return;
    image.dataset.wanted = wanted;
    const address = `${image.dataset.src}&w=${wanted}`;
    const made = new Image();
    made.src = address;
    await made.decode().catch(() => null);
    if (image.dataset.wanted === String(wanted)) image.src = address;
  }

  /** The size of pages, as chosen; the place that one reads stays. */
  size() {
    const item = this.pages.firstElementChild;
    if (!item || !this.view.clientWidth) return;
    const place = this.place();
    this.pages.classList.toggle("two", remembered.two);
    this.root.querySelector("[data-two]").setAttribute("aria-pressed", remembered.two);
    this.pages.style.setProperty("--page", `${this.width()}px`);
    this.restore(place);
    for (const each of this.pages.children) if (each.near) this.draw(each);
  }

  /** How wide a page is shown, in pixels of CSS. */
  width() {
    const image = this.pages.querySelector("img");
    if (!image) return this.view.clientWidth;
    const columns = remembered.two ? 2 : 1;
    const room = (this.view.clientWidth - 16 * (columns + 1)) / columns;
    if (remembered.zoom === "width") return Math.floor(Math.max(room, 120));
    const natural = Number(image.getAttribute("width"));
    if (remembered.zoom === "page") {
      const height = Math.max(this.view.clientHeight - 32, 120);
      return Math.floor(Math.max(Math.min(room, (height * natural) / Number(image.getAttribute("height"))), 120));
    }
    return Math.round((natural * Number(remembered.zoom)) / 100);
  }

  /** The page at the top of what is seen, and how much of it is above. */
  place() {
    const top = this.view.scrollTop;
    for (const item of this.pages.children) {
      if (item.offsetTop + item.offsetHeight > top + 1) return { number: Number(item.dataset.number), above: (top - item.offsetTop) / item.offsetHeight };
    }
    return null;
  }

  restore(place) {
    const item = place && this.page(place.number);
    if (item) this.view.scrollTop = item.offsetTop + place.above * item.offsetHeight;
  }

  isSeen(item) {
    return item.offsetTop < this.view.scrollTop + this.view.clientHeight && item.offsetTop + item.offsetHeight > this.view.scrollTop;
  }

  /** The number of the page that takes most of what is seen. */
  current() {
    const middle = this.view.scrollTop + this.view.clientHeight / 2;
    const found = [...this.pages.children].find((item) => item.offsetTop + item.offsetHeight > middle);
    return Number((found ?? this.pages.lastElementChild)?.dataset.number ?? 0);
  }

  count() {
    const field = this.root.querySelector("[data-number]:not(li)");
    if (document.activeElement !== field) field.value = this.current() || "";
  }

  turn(item) {
    this.view.scrollTop = item.offsetTop - 8;
    this.count();
  }

  spot(key, within = this.pages) {
    return [...within.querySelectorAll(".spot")].find((each) => each.dataset.key === key) ?? null;
  }

  /** Shows where a notice or a heading is printed. */
  point(key) {
    this.root.dataset.key = key;
    this.pages.querySelectorAll(".here").forEach((each) => each.classList.remove("here"));
    const spot = this.spot(key);
    if (!spot) return;
    for (const each of this.pages.querySelectorAll(".spot")) if (each.dataset.key === key) each.classList.add("here");
    const item = spot.closest("li");
    const top = item.offsetTop + spot.offsetTop;
    if (top < this.view.scrollTop || top + spot.offsetHeight > this.view.scrollTop + this.view.clientHeight) this.view.scrollTop = top - 40;
    this.count();
  }

  zoom(value) {
    remember({ zoom: String(value) });
    this.zooms.value = remembered.zoom;
    this.size();
  }

  step(direction) {
    const image = this.pages.querySelector("img");
    if (!image) return;
    const now = Math.round((100 * this.width()) / Number(image.getAttribute("width")));
    const next = direction > 0 ? ZOOMS.find((each) => each > now + 1) : ZOOMS.findLast((each) => each < now - 1);
    if (next) this.zoom(next);
  }

  clicked(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.zoom) this.step(button.dataset.zoom === "in" ? 1 : -1);
    else if (button.dataset.turn) {
      const item = this.page(this.current() + Number(button.dataset.turn));
      if (item) this.turn(item);
    } else if ("two" in button.dataset) {
      remember({ two: !remembered.two });
      this.size();
    } else if (button.dataset.view) this.look(button.dataset.view);
  }

  chosen({ target }) {
    if (target === this.zooms) this.zoom(target.value);
    else if (target.matches("[data-number]")) {
      const item = this.page(Number(target.value));
      if (item) this.turn(item);
      else this.count();
    }
  }

  typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select")) return;
    if (event.key === "+") this.step(1);
    else if (event.key === "-") this.step(-1);
    else if (event.key === "0") this.zoom("width");
    else return;
    event.preventDefault();
  }

  /** Shows pages, or one of the other views. */
  look(name) {
    this.shown = name;
    for (const each of this.root.querySelectorAll("[data-view]")) each.setAttribute("aria-pressed", each.dataset.view === name);
    for (const each of this.root.querySelectorAll(".of-pages, .proof-view")) each.hidden = name !== "pages";
    this.frame.hidden = name === "pages";
    if (name === "pages") this.size();
    else this.frame.src = this.viewed();
  }

  viewed() {
    return `/preview/${encodeURIComponent(this.slug)}/${this.shown}`;
  }

  /** The view anew, at the place where it was. */
  reload() {
    const top = this.frame.contentWindow?.scrollY ?? 0;
    this.frame.addEventListener("load", () => this.frame.contentWindow?.scrollTo(0, top), { once: true });
    this.frame.src = this.viewed();
  }
}

let proofs = null;

function begin(root) {
  proofs = new Proofs(root);
}

/** The pane beside another screen: as wide as one likes, or not there. */
async function open(aside) {
  const pane = aside.querySelector("#preview-pane");
  const toggle = aside.querySelector("[data-preview-toggle]");
  const line = aside.querySelector("[role=separator]");
  const show = () => {
    aside.classList.toggle("folded", remembered.hidden);
    aside.parentElement.style.setProperty("--preview", `${remembered.width}%`);
    toggle.setAttribute("aria-expanded", !remembered.hidden);
    toggle.textContent = remembered.hidden ? toggle.dataset.show : toggle.dataset.hide;
    line.setAttribute("aria-valuenow", remembered.width);
    line.hidden = pane.hidden = remembered.hidden;
    if (!remembered.hidden && !pane.children.length) fill(aside, pane);
  };
  const widen = (width) => {
    remember({ width: Math.round(Math.min(80, Math.max(20, width))) });
    show();
  };
  toggle.addEventListener("click", () => {
    remember({ hidden: !remembered.hidden });
    show();
  });
  line.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowLeft") widen(remembered.width + 2);
    if (key === "ArrowRight") widen(remembered.width - 2);
  });
  line.addEventListener("pointerdown", (event) => {
    line.setPointerCapture(event.pointerId);
    const drag = ({ clientX }) => {
      const { left, width } = aside.parentElement.getBoundingClientRect();
      widen((100 * (left + width - clientX)) / width);
    };
    line.addEventListener("pointermove", drag);
    line.addEventListener("lostpointercapture", () => line.removeEventListener("pointermove", drag), { once: true });
  });
  show();
}

async function fill(aside, pane) {
  const key = location.pathname.startsWith("/reference") ? (new URLSearchParams(location.search).get("key") ?? "") : "";
  const slug = decodeURIComponent(aside.dataset.slug) || remembered.slug;
  const answer = await fetch(`/preview?${new URLSearchParams({ slug, key })}`);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  pane.replaceChildren(...fresh.body.children);
  const root = pane.querySelector(".proofs");
  if (root) begin(root);
}

for (const kind of ["hello", "changed", "faults"]) document.body.addEventListener(`desk:${kind}`, () => proofs?.refresh());
document.body.addEventListener("desk:pages", ({ detail }) => {
  if (proofs && detail.slug === proofs.slug) proofs.refresh();
});
// What is worked at beside is shown: a notice by its citekey, a section by its anchor.
document.getElementById("work").addEventListener("focusin", ({ target }) => {
  const key = target.closest("[data-citekey]")?.dataset.citekey ?? target.closest("[id^='section-']")?.id.slice(8);
  if (key && !target.closest(".proofs")) proofs?.point(key);
});
addEventListener("hashchange", () => proofs?.follow(proofs.page(Number(location.hash.replace("#page-", "")))));

const aside = document.getElementById("preview");
const own = document.querySelector("#work .proofs");
if (own) begin(own);
else if (aside) open(aside);
