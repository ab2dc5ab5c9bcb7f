// Filters, sorts and downloads the list of measures, filters that of contributions; zooms the schedule;
// says that lists of cards are tables.
// Without it the pages show everything.
(() => {
  "use strict";

  // So many columns of the table that can be fetched hold what people look for.
  const SEARCHED = 8;

  document.querySelectorAll(".as-cards table").forEach(roles);

  const form = document.querySelector("form.filters");
  const table = document.querySelector("table[data-filterable]");
  if (form && table) list(form, table);

  const zoom = document.querySelector(".schedule__zoom");
  if (zoom) schedule(zoom);

  function list(form, table) {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => ({
      row,
      text: fold(row.textContent),
      numbers: [row.dataset.id, row.querySelector("td:first-child")?.textContent ?? ""].map(bare),
      years: row.dataset.jahr?.split("-").map(Number),
    }));
    const numbers = new Set(rows.flatMap((entry) => entry.numbers));
    const facets = [...form.querySelectorAll("details")].map((facet) => ({
      facet,
      name: facet.dataset.facet,
      boxes: [...facet.querySelectorAll("input")],
      chosen: facet.querySelector(".filters__chosen"),
    }));
    const typed = form.elements.text;
    const count = form.querySelector(".filters__count");
    const none = document.querySelector(".filters__none");
    const opener = form.querySelector(".filters__open");
    const caption = table.caption.textContent;
    const said = JSON.parse(form.dataset.words);
    const synonyms = window.klarplanSynonyms;
    const order = sorting(table, rows.map((entry) => entry.row), () => write("chosen"));
    const source = form.dataset.rows;
    const all = once(() => fetched(source));
    const more = form.parentNode.querySelector(".list__more");
    // On a phone a list begins with a few; all others are there at a touch.
    const step = matchMedia("(max-width: 44.9375em)").matches && Number(table.dataset.step);
    let most = step || Infinity;
    let writing = 0;
    let last = "";

    read();
    if (said.by) table.tHead.rows[0].dataset.by = say("by");
    panels(facets.map(({ facet }) => facet));
    form.hidden = false;

    typed.addEventListener("focus", enrich);
    form.addEventListener("input", (event) => {
      apply();
      clearTimeout(writing);
      if (event.target === typed) writing = setTimeout(write, 300, "typed");
      else write("chosen");
    });
    opener.addEventListener("click", () => {
      const open = form.classList.toggle("filters--open");
      opener.setAttribute("aria-expanded", String(open));
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => {
      if (!none.hidden) typed.focus();
      apply();
      write("chosen");
    }));
    form.querySelector("[data-download]")?.addEventListener("click", download);
    addEventListener("popstate", () => { last = ""; read(); });
    more?.addEventListener("click", () => {
      const next = rows.filter(({ row }) => !row.hidden).length;
      most += step;
      apply();
      body.querySelectorAll("tr:not([hidden]) a")[next]?.focus();
    });
    addEventListener("hashchange", reveal);
    reveal();

    // An address of one of them shows it.
    function reveal() {
      const row = location.hash && body.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`);
      if (!row?.hidden) return;
      most = Infinity;
      apply();
      row.scrollIntoView();
    }

    // A sentence of the catalogue: a text, or text and names of slots by turns; by number, if it counts.
    function say(key, values = {}) {
      const form = said[key].other ? said[key][values.n === 1 ? "one" : "other"] : said[key];
      return [form].flat().map((part, n) => (n % 2 ? values[part] : part)).join("");
    }

    function read() {
      const wanted = new URLSearchParams(location.search);
      typed.value = wanted.get("text") ?? "";
      for (const { name, boxes } of facets) {
        const values = wanted.getAll(name);
        for (const box of boxes) box.checked = values.includes(box.value);
      }
      order.set(wanted.get("sortierung") ?? "");
      apply();
      if (typed.value) enrich();
    }

    // Each choice is a step that „Back“ undoes, and so is what was typed in one go.
    function write(how) {
      clearTimeout(writing);
      const wanted = new URLSearchParams(location.search);
      const put = (name, values) => {
        wanted.delete(name);
        for (const value of values) if (value) wanted.append(name, value);
      };
      put("text", [typed.value.trim()]);
      for (const { name, boxes } of facets) put(name, values(boxes));
      put("sortierung", [order.get()]);
      const query = wanted.toString();
      if (query === new URLSearchParams(location.search).toString()) return;
      const address = location.pathname + (query && `?${query}`) + location.hash;
      if (how === "typed" && last === "typed") history.replaceState(null, "", address);
      else history.pushState(null, "", address);
      last = how;
    }

    function values(boxes) {
      return boxes.filter((box) => box.checked).map((box) => box.value);
    }

    function apply() {
      const asked = synonyms.variants(typed.value, fold)
        .map((query) => fold(query).split(/\s+/).filter(Boolean));
      const chosen = facets.map(({ name, boxes }) => ({ name, values: values(boxes) }))
        .filter((facet) => facet.values.length);
      let shown = 0;
      for (const entry of rows) {
        const fits = asked.some((words) => words.every((word) => tells(entry, word))) &&
          chosen.every((facet) => facet.values.some((value) => matches(entry, facet.name, value)));
        const seen = fits && shown < most;
        if (entry.row.hidden === seen) entry.row.hidden = !seen;
        shown += fits;
      }
      for (const { boxes, chosen: told } of facets) {
        const names = boxes.filter((box) => box.checked).map((box) => whole(box.parentNode.textContent));
        told.textContent = names.map((name) => name.replace(/^[–\s]+/, "")).join(", ") || say("any");
      }
      const active = chosen.length;
      opener.textContent = active ? say("active", { n: active }) : say("folded");
      count.textContent = say("shown", { shown, n: rows.length });
      table.caption.textContent = shown === rows.length ? caption : count.textContent;
      none.hidden = shown > 0;
      if (more) {
        more.hidden = shown <= most;
        more.textContent = say("more", { n: Math.max(shown - most, 0) });
      }
      table.parentNode.hidden = !shown;
    }

    // The number of a measure means that one alone, however it is written: „M-012“, „m12“.
    function tells(entry, word) {
      const number = bare(word);
      return numbers.has(number) ? entry.numbers.includes(number) : entry.text.includes(word);
    }

    function matches(entry, name, value) {
      if (name === "jahr") {
        const [first, last] = entry.years;
        const year = Number(value);
        return (first || last) && (first || last) <= year && (!last || year <= last);
      }
      return entry.row.dataset[name].split(" ").includes(value);
    }

    // What the list itself does not show is searched as soon as it is here, and so are words that
    // mean the same.
    function enrich() {
      synonyms.load().then(apply);
      if (!source) return;
      all().then(({ lines }) => {
        for (const entry of rows) {
          const texts = cells(lines.get(entry.row.dataset.id) ?? "").slice(0, SEARCHED);
          entry.text = fold([entry.row.textContent, ...texts].join(" "));
        }
        apply();
      }, () => {});
    }

    function download() {
      all().then(({ head, lines }) => {
        const shown = [...body.rows].filter((row) => !row.hidden);
        const chosen = [head, ...shown.map((row) => lines.get(row.dataset.id))].filter(Boolean);
        const link = document.createElement("a");
        const text = `\ufeff${chosen.join("\r\n")}\r\n`;
        link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
        link.download = form.querySelector("[data-download]").dataset.download;
        link.click();
        URL.revokeObjectURL(link.href);
      }, () => { count.textContent = say("failed"); });
    }
  }

  // Fetches once; after a failure anew.
  function once(get) {
    let made = null;
    return () => (made ??= get().catch((error) => { made = null; throw error; }));
  }

  // The lines of a table by their first cell, and its head; each row of it stands on one line.
  async function fetched(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    const [head, ...lines] = (await answer.text()).split("\r\n").filter(Boolean);
    return { head, lines: new Map(lines.map((line) => [cells(line)[0], line])) };
  }

  function cells(line) {
    const found = line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g);
    return [...found].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
  }

  // The same words for „Straße“ and „strasse“, „Übung“, „Uebung“ and „ubung“, with places to part or
  // without.
  function fold(text) {
    const plain = whole(text).toLowerCase().replaceAll("ß", "ss").normalize("NFD");
    return plain.replace(/[\u0300-\u036f]/g, "").replace(/([aou])e/g, "$1");
  }

  // A number as people may write it: „M-012“ and „m12“ are one.
  function bare(text) {
    return fold(text).replace(/(^|\D)0+(?=\d)/g, "$1").replace(/[^\p{L}\p{N}]/gu, "");
  }

  function whole(text) {
    return text.replaceAll("\u00ad", "").trim();
  }

  // Of several panels one is open; Escape and whatever happens elsewhere close it.
  function panels(all) {
    document.addEventListener("pointerdown", ({ target }) => {
      for (const panel of all) if (!panel.contains(target)) panel.open = false;
    });
    for (const panel of all) {
      // A click on a label gives the focus to what holds the panel.
      panel.addEventListener("focusout", ({ relatedTarget: next }) => {
        if (next && !panel.contains(next) && !next.contains(panel)) panel.open = false;
      });
      panel.addEventListener("keydown", ({ key }) => {
        if (key !== "Escape") return;
        panel.open = false;
        panel.querySelector("summary").focus();
      });
    }
  }

  // Sorts by a column, named „termin“, or „-termin“ from the end; „“ is the order of the page.
  // What has no date comes last either way.
  function sorting(table, rows, changed) {
    const heads = [...table.tHead.rows[0].cells];
    const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
    const key = (cell) => cell.dataset.sort ?? whole(cell.textContent);
    let now = "";

    function set(wanted) {
      const down = wanted.startsWith("-");
      const column = heads.findIndex((head) => head.dataset.name === wanted.replace("-", ""));
      const name = column < 0 ? "" : wanted;
      if (name === now) return;
      now = name;
      for (const head of heads) head.removeAttribute("aria-sort");
      let sorted = rows;
      if (name) {
        heads[column].setAttribute("aria-sort", down ? "descending" : "ascending");
        const keyed = rows.map((row) => [key(row.cells[column]), row]);
        keyed.sort(([a], [b]) => !a - !b || compare(a, b) * (down ? -1 : 1));
        sorted = keyed.map(([, row]) => row);
      }
      table.tBodies[0].append(...sorted);
    }

    for (const head of heads.filter(({ dataset }) => dataset.name)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const { name } = head.dataset;
        set(now === name ? `-${name}` : name);
        changed();
      });
    }
    return { get: () => now, set };
  }

  // Where rows become cards, the roles keep them a table for screen readers.
  function roles(table) {
    const set = (elements, role) => { for (const e of elements) e.setAttribute("role", role); };
    set([table], "table");
    set(table.querySelectorAll("thead, tbody"), "rowgroup");
    set(table.querySelectorAll("tr"), "row");
    set(table.querySelectorAll("td"), "cell");
    set(table.querySelectorAll("thead th"), "columnheader");
    set(table.querySelectorAll("tbody th"), "rowheader");
  }

  function schedule(zoom) {
    const select = zoom.querySelector("select");
    const years = [...select.options].map((option) => option.value).filter(Boolean);
    const drawings = document.querySelectorAll(".schedule__cell svg");
    const heads = document.querySelectorAll(".schedule__years span");
    const all = drawings.length ? drawings[0].getAttribute("viewBox") : "";
    zoom.hidden = false;
    select.addEventListener("change", () => {
      const place = years.indexOf(select.value);
      const box = place < 0 ? all : `${place * 100} 0 100 20`;
      for (const drawing of drawings) drawing.setAttribute("viewBox", box);
      for (const head of heads) head.hidden = place >= 0 && head.dataset.year !== select.value;
    });
  }
})();
