// The site at work: search, facets, and what is taken away. Without it, every list and page is there all the same.
// Nothing leaves the browser, and nothing is loaded but files of the site: each is a script that hands over its value,
// which pages opened from a disk may load as well.
"use strict";
(async () => {
  const {body} = document;
  const {root} = body.dataset;
  const FIGURES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const CODES = Object.fromEntries([...FIGURES].map((figure, code) => [figure, code]));
  const HERE = "\ue000", KEPT = "biblio-selection", PRINTED = 500, BEGUN = 3;
  body.classList.add("at-work");

  // --- files of the index ---

  const waiting = new Map(), kept = new Map();
  window.biblioData = (name, value) => waiting.get(name)?.(value);
  let version = "";
  function load(name) {
    if (!kept.has(name)) {
      kept.set(name, new Promise((done, fail) => {
        const script = document.createElement("script");
        waiting.set(name, done);
        script.src = `${root}data/${name}.js${version && `?${version}`}`;
        script.onload = () => script.remove();
        script.onerror = () => { kept.delete(name); script.remove(); fail(new Error(name)); };
        document.head.append(script);
      }));
    }
    return kept.get(name);
  }
  const say = await load("words");
  async function about() {
    const value = await load("about");
    version = value.version;
    return value;
  }
  function decoded(written) {
    const numbers = [];
    let last = -1, gap = 0, shift = 0;
    for (const figure of written) {
      const code = CODES[figure];
      gap |= (code & 31) << shift;
      shift += 5;
      if (code < 32) { last += gap + 1; numbers.push(last); gap = shift = 0; }
    }
    return numbers;
  }

  // --- words, as biblio/site/stems.py has them ---

  const LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"};
  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
      .replace(/[œæßøłđðþ]/g, letter => LETTERS[letter]).match(/[\p{L}\p{N}]+/gu) ?? [];
  }
  function stem(word) {
    if (word.length <= 3 || !/^\p{L}+$/u.test(word)) return word;
    if (word.endsWith("eaux")) word = word.slice(0, -1);
    else if (word.endsWith("aux") && word.length > 4) word = word.slice(0, -2) + "l";
    else if ("sx".includes(word.at(-1)) && word.at(-2) !== "s") word = word.slice(0, -1);
    while (word.length > 3 && word.endsWith("e")) word = word.slice(0, -1);
    if (word.length > 3 && word.endsWith("y")) word = word.slice(0, -1) + "i";
    if (word.length > 3 && word.at(-1) === word.at(-2)) word = word.slice(0, -1);
    return word;
  }
  window.biblioStem = text => fold(text).map(stem);

  // --- what is asked ---

  // The scores of all that has every word of a text; null for a text without words.
  async function scored(text) {
    const {terms, stop, count} = await about();
    const all = fold(text).filter(word => word.length > 1);
    const kept = all.filter(word => !stop.includes(word));
    const words = kept.length ? kept : all;
    if (!words.length) return null;
    const ended = /\s$/.test(text);
    let scores = null;
    for (const [place, word] of words.entries()) {
      const begun = !ended && place === words.length - 1 && word.length >= BEGUN;
      const found = await having(word, begun, terms, count);
      if (scores === null) scores = found;
      else for (const number of [...scores.keys()]) {
        if (found.has(number)) scores.set(number, scores.get(number) + found.get(number));
        else scores.delete(number);
      }
    }
    return scores;
  }
  // What has a word, with its worth: more in a head than in a text, more for a rare word; or a word that begins so.
  async function having(word, begun, terms, count) {
    const wanted = stem(word), found = new Map();
    const first = shardOf(terms, begun && word < wanted ? word : wanted);
    const last = begun ? Math.min(shardOf(terms, `${word}\uffff`), first + 2) : first;
    for (let shard = first; shard <= last; shard += 1) {
      const held = await load(`terms-${shard}`);
      const names = begun ? Object.keys(held).filter(term => term === wanted || term.startsWith(word)) : [wanted];
      for (const term of names) {
        if (!Object.hasOwn(held, term)) continue;
        const [head, text] = held[term].split(".").map(decoded);
        const worth = Math.log(1 + count / (head.length + text.length)) * (term === wanted ? 1 : 0.5);
        for (const number of head) found.set(number, Math.max(found.get(number) ?? 0, worth * 4));
        for (const number of text) found.set(number, Math.max(found.get(number) ?? 0, worth));
      }
    }
    return found;
  }
  function shardOf(terms, word) {
    let low = 0, high = terms.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (terms[middle] <= word) low = middle; else high = middle - 1;
    }
    return Math.max(0, low);
  }
  const facets = new Map();
  async function valuesOf(name) {
    if (!facets.has(name)) {
      const coded = await load(`facet-${name}`);
      facets.set(name, new Map(Object.entries(coded).map(([slug, written]) => [slug, decoded(written)])));
    }
    return facets.get(name);
  }

  // --- the page that is searched ---

  const form = document.querySelector("[data-choose]");
  const status = document.querySelector("[data-status]");
  if (form) {
    const scope = form.dataset.choose, perPage = scope === "watch" ? 12 : 20;
    const still = document.querySelector("[data-static]"), results = document.querySelector("[data-results]");
    const boxes = [...form.querySelectorAll("input[type=checkbox]")];
    const names = [...new Set(boxes.map(box => box.name))];
    const taken = document.querySelector("[data-taken]");
    let numbers = [], turn = 0, page = 1, counting = null;
    form.hidden = taken.hidden = false;
    // Where the boxes stand above the list, they would push it off the screen.
    if (matchMedia("(max-width: 59.99em)").matches) for (const each of form.querySelectorAll("details")) each.open = false;
    document.querySelector("[data-without]").hidden = true;

    function read() {
      const asked = new URLSearchParams(location.search);
      form.elements.q.value = asked.get("q") ?? "";
      for (const box of boxes) box.checked = asked.getAll(box.name).includes(box.value);
      page = Math.max(1, Number.parseInt(asked.get("page") ?? "1", 10) || 1);
      for (const each of form.querySelectorAll("details")) if (each.querySelector(":checked")) each.open = true;
    }
    function note(add) {
      const asked = new URLSearchParams();
      if (form.elements.q.value.trim()) asked.set("q", form.elements.q.value);
      for (const box of boxes) if (box.checked) asked.append(box.name, box.value);
      if (page > 1) asked.set("page", page);
      const written = asked.toString();
      try {
        history[add ? "pushState" : "replaceState"](null, "", location.pathname + (written && `?${written}`));
      } catch { /* a browser may let no page of a disk change its address */ }
    }
    const chosenIn = name => boxes.filter(box => box.name === name && box.checked).map(box => box.value);

    async function run(add, moved = false) {
      const mine = ++turn;
      if (add !== null) note(add);
      try {
        const told = await about();
        const scope_ = scope === "watch" ? told.watched : told.count;
        const text = form.elements.q.value;
        const scores = await scored(text);
        const allowed = new Map();
        for (const name of names) {
          const chosen = chosenIn(name);
          if (!chosen.length) continue;
          const values = await valuesOf(name), mask = new Uint8Array(told.count);
          for (const slug of chosen) for (const number of values.get(slug) ?? []) mask[number] = 1;
          allowed.set(name, mask);
        }
        const fits = (number, but) => {
          for (const [name, mask] of allowed) if (name !== but && !mask[number]) return false;
          return true;
        };
        const asked = [];
        if (scores) { for (const number of scores.keys()) if (number < scope_) asked.push(number); }
        else for (let number = 0; number < scope_; number += 1) asked.push(number);
        const fitting = asked.filter(number => fits(number));
        if (scores) fitting.sort((one, other) => scores.get(other) - scores.get(one) || one - other);
        if (mine !== turn) return;
        numbers = fitting;
        const asks = scores !== null || allowed.size > 0 || page > 1;
        page = Math.min(page, Math.max(1, Math.ceil(numbers.length / perPage)));
        await show(asks, mine);
        if (mine !== turn) return;
        status.textContent = asks ? saying(numbers.length, say.found_none, say.found_one, say.found) : "";
        if (moved) results.querySelector("a")?.focus({preventScroll: true});
        counting = () => count(asked, fits, mine, told.count);
        await counting();
      } catch (error) {
        if (mine === turn) { status.textContent = say.failed; console.error(error); }
      }
    }
    // Of each value, how many would be there with it beside what is chosen in the other facets: OR inside, AND between.
    async function count(asked, fits, mine, all) {
      for (const name of names) {
        const group = boxes.find(box => box.name === name).closest("details");
        if (group && !group.open) continue; // is counted, and loaded, once it is opened
        const values = await valuesOf(name);
        if (mine !== turn) return;
        const mask = new Uint8Array(all);
        for (const number of asked) if (fits(number, name)) mask[number] = 1;
        for (const box of boxes) {
          if (box.name !== name) continue;
          let many = 0;
          for (const number of values.get(box.value) ?? []) many += mask[number];
          const label = box.closest("label");
          label.querySelector(".count").textContent = `(${many.toLocaleString(document.documentElement.lang)})`;
          (label.closest("li") ?? label).hidden = many === 0 && !box.checked;
        }
      }
    }
    async function show(asks, mine) {
      if (asks) {
        const some = numbers.slice((page - 1) * perPage, page * perPage);
        const rows = await rowsOf(some, scope === "watch" ? "whole" : "brief");
        if (mine !== turn) return;
        results.replaceChildren(rows.length ? list(rows) : paragraph(say.choose_none), ...pager());
        mark(results);
      }
      still.hidden = asks;
      results.hidden = !asks;
    }
    function pager() {
      const count = Math.ceil(numbers.length / perPage);
      if (count < 2) return [];
      const nav = document.createElement("nav");
      nav.className = "pager";
      nav.setAttribute("aria-label", say.pager);
      const to = (words, number) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = words;
        button.addEventListener("click", () => { page = number; run(true, true); scrollTo({top: results.offsetTop - 20}); });
        return button;
      };
      const where = document.createElement("span");
      where.textContent = say.page.replace("##", count).replace("#", page);
      if (page > 1) nav.append(to(say.previous, page - 1));
      nav.append(where);
      if (page < count) nav.append(to(say.next, page + 1));
      return [nav];
    }

    let pause = 0;
    form.addEventListener("submit", event => { event.preventDefault(); clearTimeout(pause); page = 1; run(true); });
    form.elements.q.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(() => { page = 1; run(false); }, 200);
    });
    form.addEventListener("change", event => { if (event.target.type === "checkbox") { page = 1; run(true); } });
    form.addEventListener("reset", () => setTimeout(() => { page = 1; run(true); }));
    form.addEventListener("toggle", event => { if (event.target.open) counting?.(); }, true);
    addEventListener("popstate", () => { read(); run(null); });
    taken.addEventListener("click", event => {
      const way = event.target.closest("[data-take]")?.dataset.take;
      if (way) take(way, numbers.length || !still.hidden ? numbers : []);
    });
    read();
    // Asked for nothing, the page is as it was written, and only its counts are there to follow.
    if (location.search) run(null); else about().then(told => {
      numbers = Array.from({length: scope === "watch" ? told.watched : told.count}, (_, number) => number);
    }).catch(() => { status.textContent = say.failed; });
  }

  function saying(count, none, one, some) {
    return count === 0 ? none : count === 1 ? one : some.replace("#", count.toLocaleString(document.documentElement.lang));
  }
  function paragraph(words) {
    const made = document.createElement("p");
    made.textContent = words;
    return made;
  }
  function list(rows) {
    const made = document.createElement("ol");
    made.className = "rows";
    // Rows are written, and escaped, by biblio itself.
    made.innerHTML = rows.join("").replaceAll(HERE, root);
    return made;
  }
  async function rowsOf(some, name) {
    const {together: [together]} = await about();
    const files = await Promise.all(some.map(number => load(`${name}-${Math.floor(number / together)}`)));
    return some.map((number, place) => files[place][number % together]);
  }

  // --- a selection, and what is taken away ---

  // What was selected in this tab. Numbers are those of one edition of the site: of another they would be other notices.
  async function selection() {
    try {
      const held = JSON.parse(sessionStorage.getItem(KEPT));
      if (held?.numbers?.length && held.version === (await about()).version) return new Set(held.numbers.filter(Number.isInteger));
    } catch { /* there is none */ }
    return new Set();
  }
  let selected = await selection();
  const bar = document.createElement("section");
  bar.className = "selection";
  bar.setAttribute("aria-label", say.selection);
  const told = document.createElement("p");
  told.setAttribute("role", "status");
  bar.append(told);
  for (const [way, words] of [["ris", "RIS"], ["bibtex", "BibTeX"], ["print", say.print], ["clear", say.clear]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.addEventListener("click", () => way === "clear" ? keep(new Set()) : take(way, [...selected].sort((a, b) => a - b)));
    bar.append(button);
  }
  body.append(bar);
  function keep(now) {
    selected = now;
    about().then(({version}) => sessionStorage.setItem(KEPT, JSON.stringify({version, numbers: [...now]})))
      .catch(() => { /* kept in this page alone */ });
    for (const box of document.querySelectorAll("[data-selects]")) box.checked = now.has(Number(box.dataset.selects));
    tell();
  }
  function tell() {
    told.textContent = selected.size ? saying(selected.size, "", say.chosen_one, say.chosen) : "";
    bar.hidden = selected.size === 0;
    body.classList.toggle("has-selection", selected.size > 0);
  }
  // Gives every notice of a list a box to select it by.
  function mark(within) {
    for (const row of within.querySelectorAll("[data-n]")) {
      const number = Number(row.dataset.n), label = document.createElement("label"), box = document.createElement("input");
      box.type = "checkbox";
      box.dataset.selects = number;
      box.checked = selected.has(number);
      const title = row.dataset.title ?? row.querySelector(".title")?.textContent.trim() ?? "";
      box.setAttribute("aria-label", say.select_about.replace("#", () => title));
      box.addEventListener("change", () => {
        const now = new Set(selected);
        if (box.checked) now.add(number); else now.delete(number);
        keep(now);
      });
      label.className = "select";
      label.append(box, ` ${say.select}`);
      row.append(label);
    }
  }
  async function take(way, some) {
    const {together: [, together], count} = await about();
    try {
      if (way === "print") return await printed(some);
      const files = await Promise.all([...new Set(some.map(number => Math.floor(number / together)))]
        .map(async shard => [shard, await load(`export-${shard}`).catch(() => [])]));
      const held = new Map(files);
      const place = way === "ris" ? 0 : 1;
      const texts = some.map(number => held.get(Math.floor(number / together))?.[number % together]?.[place]).filter(Boolean);
      const blob = new Blob([texts.join("\n")], {type: way === "ris" ? "application/x-research-info-systems" : "application/x-bibtex"});
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = way === "ris" ? "notices.ris" : "notices.bib";
      body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    } catch (error) {
      (status ?? told).textContent = say.failed;
      console.error(error);
    }
  }
  async function printed(some) {
    const sheet = document.createElement("div");
    sheet.className = "sheet";
    sheet.append(list(await rowsOf(some.slice(0, PRINTED), "brief")));
    body.append(sheet);
    body.classList.add("printing");
    addEventListener("afterprint", () => { sheet.remove(); body.classList.remove("printing"); }, {once: true});
    print();
  }
  mark(document);
  tell();
})();
