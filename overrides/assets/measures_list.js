// Filters, sorts and downloads the list of measures; zooms the schedule.
// Without it the pages show everything.
(() => {
  "use strict";

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
      years: row.dataset.jahr.split("-").map(Number),
    }));
    const count = form.querySelector(".filters__count");
    const none = document.querySelector(".filters__none");
    const fields = [...form.elements].filter((field) => field.name);
    const said = JSON.parse(form.dataset.words);
    let writing = 0;

    read();
    apply();
    sorting(table);
    table.tHead.rows[0].dataset.by = say("by");
    roles(table);
    form.hidden = false;

    form.addEventListener("input", () => {
      apply();
      clearTimeout(writing);
      writing = setTimeout(write, 300);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => { apply(); write(); }));
    form.querySelector("[data-download]").addEventListener("click", download);
    addEventListener("popstate", () => { read(); apply(); });

    // A sentence of the catalogue: a text, or text and names of slots by turns; by number, if it counts.
    function say(key, values = {}) {
      const form = said[key].other ? said[key][values.n === 1 ? "one" : "other"] : said[key];
      return [form].flat().map((part, n) => (n % 2 ? values[part] : part)).join("");
    }

    function read() {
      const wanted = new URLSearchParams(location.search);
      for (const field of fields) field.value = wanted.get(field.name) || "";
    }

    function write() {
      const wanted = new URLSearchParams(location.search);
      for (const field of fields) {
        if (field.value) wanted.set(field.name, field.value);
        else wanted.delete(field.name);
      }
      const query = wanted.toString();
      history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
    }

    function apply() {
      let shown = 0;
      const words = fold(form.elements.text.value).split(/\s+/).filter(Boolean);
      const chosen = fields.filter((field) => field.name !== "text" && field.value);
      for (const entry of rows) {
        const fits = words.every((word) => entry.text.includes(word)) &&
          chosen.every((field) => matches(entry, field));
        if (entry.row.hidden === fits) entry.row.hidden = !fits;
        shown += fits;
      }
      count.textContent = say("shown", { shown, n: rows.length });
      none.hidden = shown > 0;
    }

    function matches(entry, field) {
      if (field.name === "jahr") {
        const [first, last] = entry.years;
        const year = Number(field.value);
        return (first || last) && (first || last) <= year && (!last || year <= last);
      }
      return entry.row.dataset[field.name].split(" ").includes(field.value);
    }

    function download() {
      const cells = (row) => [...row.cells].map((cell) => words(cell));
      const address = (row) => row.querySelector("th a").href;
      const lines = [[...cells(table.tHead.rows[0]), say("address")]];
      for (const row of body.rows) if (!row.hidden) lines.push([...cells(row), address(row)]);
      const text = lines.map((line) => line.map(quoted).join(";")).join("\r\n") + "\r\n";
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/csv" }));
      link.download = form.querySelector("[data-download]").dataset.download;
      link.click();
      URL.revokeObjectURL(link.href);
    }
  }

  // The same words for „Straße“ and „strasse“, „Übung“ and „ubung“, with places to part or without.
  function fold(text) {
    const plain = whole(text).toLowerCase().replace(/ß/g, "ss").normalize("NFD");
    return plain.replace(/[\u0300-\u036f]/g, "");
  }

  function whole(text) {
    return text.replaceAll("\u00ad", "");
  }

  function words(cell) {
    return whole(cell.innerText).replace(/\s+/g, " ").trim();
  }

  function quoted(cell) {
    const safe = /^[=+\-@\t\r]/.test(cell) ? " " + cell : cell;
    return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  function sorting(table) {
    const heads = [...table.tHead.rows[0].cells];
    const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const body = table.tBodies[0];
        const keyed = [...body.rows].map((row) => {
          const cell = row.cells[column];
          return [cell.dataset.sort || cell.textContent, row];
        });
        keyed.sort((a, b) => compare(a[0], b[0]) * (down ? -1 : 1));
        body.append(...keyed.map(([, row]) => row));
      });
    });
  }

  // On a phone rows become cards; the roles keep them a table for screen readers.
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
