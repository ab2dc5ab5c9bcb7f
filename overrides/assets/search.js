// The search: a dialog that reads Pagefind's index piece by piece, from the first keystroke on.
(() => {
  "use strict";

  const STEP = 8;
  const PAUSE = 200;
  const KEY = "klarplan.search.key";
  // Words that questions are made of; a page need not hold them.
  const ASIDE = {
    de:
      "aber alle als am an auch auf aus bei bin bis bist da das dass dem den der des die dies diese " +
      "dieser dieses du durch ein eine einem einen einer eines er es für gibt hat haben hier ich " +
      "ihr im in ist ja kann macht man mein meine mit nach nicht noch oder passiert sich sie sind " +
      "so über um und uns unser unsere vom von vor war was wann warum welche welcher welches wenn " +
      "wer werden wie wieso wir wird wo wofür woher wohin zu zum zur",
    en:
      "a about all also am an and any are as at be been but by can did do does for from get had has " +
      "have he her here his how i if in into is it its me my no not of on or our out she so some " +
      "that the their them then there these they this those to up us was we were what when where " +
      "which who whose why will with would you your",
  };

  const dialog = document.getElementById("kp-search");
  if (!dialog || !dialog.showModal) return;
  const part = (name) => dialog.querySelector(name);
  const button = document.querySelector("button.kp-search-open");
  const words = part("#kp-search-words");
  const facets = [...dialog.querySelectorAll("select")];
  const count = part(".kp-search__count");
  const hits = part(".kp-search__hits");
  const more = part(".kp-search__more");
  const hints = part(".kp-search__hints");
  const slash = part(".kp-search__key input");
  const template = part("template");
  const lang = document.documentElement.lang;
  const synonyms = window.klarplanSynonyms;
  const aside = new Set((ASIDE[lang] ?? "").split(" "));
  const said = JSON.parse(dialog.dataset.words);
  const place = new URL(dialog.dataset.index, document.baseURI);

  let index = null;
  let turn = 0;
  let waiting = 0;
  let found = [];

  // A sentence of the catalogue: a text, or text and names of slots by turns; by number, if it counts.
  function say(key, values = {}) {
    const form = said[key].other ? said[key][values.n === 1 ? "one" : "other"] : said[key];
    return [form].flat().map((part, n) => (n % 2 ? values[part] : part)).join("");
  }

  // The policy trusts scripts that a known script adds to the page, but not what one that stands in
  // the page imports: so the module is added, and importing it then finds it loaded.
  function loaded(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.type = "module";
      script.src = address;
      script.addEventListener("load", () => resolve(import(address)));
      script.addEventListener("error", reject);
      document.head.append(script);
    });
  }

  function load() {
    index ??= loaded(new URL("pagefind.js", place).href)
      .then(async ({ createInstance }) => {
        const pagefind = createInstance({
          noWorker: true,
          baseUrl: new URL("..", place).pathname,
          excerptLength: 24,
        });
        await pagefind.init();
        await pagefind.filters();
        await synonyms.load();
        return pagefind;
      })
      .catch((error) => {
        index = null;
        throw error;
      });
    return index;
  }

  // Address: ?suche=… and one more for each facet, so that a search can be shared.
  const parameter = (facet) => `suche-${facet.dataset.facet.toLowerCase()}`;

  function remember(query) {
    const url = new URL(location.href);
    const put = (name, value) =>
      value ? url.searchParams.set(name, value) : url.searchParams.delete(name);
    put("suche", query);
    for (const facet of facets) put(parameter(facet), query && facet.value);
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  }

  function option(value, text) {
    const element = document.createElement("option");
    element.value = value;
    element.textContent = text;
    return element;
  }

  function offer(facet, counts) {
    const chosen = facet.value;
    const names = Object.keys(counts).filter((name) => counts[name] || name === chosen);
    if (chosen && !names.includes(chosen)) names.push(chosen);
    names.sort((a, b) => a.localeCompare(b, lang));
    facet.replaceChildren(
      option("", say("any")),
      ...names.map((name) => option(name, `${name} (${counts[name] ?? 0})`)),
    );
    facet.value = chosen;
    facet.disabled = names.length === 0;
  }

  // An excerpt is text with its entities escaped, in which only <mark> is markup.
  const MARK = /<\/?mark>/;
  const plain = (text) =>
    new DOMParser().parseFromString(`<body>${text}`, "text/html").body.textContent;

  function excerpt(text) {
    return text.split(MARK).map((piece, n) => {
      if (n % 2 === 0) return plain(piece);
      const mark = document.createElement("mark");
      mark.textContent = plain(piece);
      return mark;
    });
  }

  // For a word that is nowhere, Pagefind offers pages with its first letters; one letter is no hit.
  const folded = (word) =>
    word.toLowerCase().replaceAll("\u00ad", "").replaceAll("ß", "ss").normalize("NFD").replace(/\p{M}/gu, "");

  const marked = (text) => text.split(MARK).filter((_, n) => n % 2 === 1).map(plain).map(folded);

  function alike(query, text) {
    const asked = folded(query).match(/[\p{L}\p{N}]+/gu) ?? [];
    const most = (word) => Math.min(6, Math.max(3, Math.ceil(word.length * 0.6)));
    const begins = asked.map((word) => word.slice(0, most(word)));
    const marks = marked(text);
    return !marks.length || marks.some((mark) => begins.some((begin) => mark.includes(begin)));
  }

  function hit({ url, meta, excerpt: markup }) {
    const item = template.content.cloneNode(true);
    const link = item.querySelector(".kp-search__link");
    link.href = url;
    link.textContent = meta.title;
    const kind = [meta.kind, meta.field !== meta.title && meta.field];
    item.querySelector(".kp-search__kind").textContent = kind.filter(Boolean).join(" · ");
    const status = item.querySelector(".kp-search__status");
    if (meta.status) {
      status.className += ` ${meta.badge}`;
      if (meta.symbol) {
        const symbol = document.createElement("span");
        symbol.className = "badge__symbol";
        symbol.setAttribute("aria-hidden", "true");
        symbol.textContent = meta.symbol;
        status.append(symbol, " ");
      }
      status.append(meta.status);
    } else {
      status.remove();
    }
    item.querySelector(".kp-search__excerpt").append(...excerpt(markup));
    return item;
  }

  async function show(mine) {
    const shown = hits.childElementCount;
    const data = await Promise.all(found.slice(shown, shown + STEP).map((one) => one.data()));
    if (mine !== turn) return;
    hits.append(...data.map(hit));
    more.hidden = hits.childElementCount >= found.length;
  }

  function essence(query) {
    const all = query.split(/\s+/);
    const telling = all.filter((word) => !aside.has(word.toLowerCase().replace(/\P{L}/gu, "")));
    return (telling.length ? telling : all).join(" ");
  }

  function byWeight(query) {
    const all = query.split(/\s+/);
    const noun = (word) => Number(/^\p{Lu}/u.test(word));
    return all.length > 1 ? all.sort((a, b) => noun(b) - noun(a) || b.length - a.length) : [];
  }

  const none = () => ({ results: [], counts: facets.map(() => ({})) });

  // Whether pages have all words of a query. Pagefind passes over a word of which nothing is known,
  // as if it had not been asked for.
  async function isKnown(pagefind, query) {
    const parts = query.split(/\s+/);
    for (const part of parts.length > 1 ? parts : []) {
      if (!(await pagefind.search(part)).results.length) return false;
    }
    const { results } = await pagefind.search(query);
    return results.length > 0 && alike(query, (await results[0].data()).excerpt);
  }

  // All results in their order, and for each facet the number of hits of its values.
  async function lookUp(pagefind, query) {
    const asked = [];
    for (const one of synonyms.variants(query, folded)) if (await isKnown(pagefind, one)) asked.push(one);
    if (!asked.length) return none();
    const filters = (without) =>
      Object.fromEntries(
        facets.filter((f) => f.value && f !== without).map((f) => [f.dataset.facet, f.value]),
      );
    const find = async (wanted) => {
      const found = [];
      for (const one of asked) found.push(await pagefind.search(one, { filters: wanted }));
      const results = new Map(found.flatMap((one) => one.results).map((one) => [one.id, one]));
      return { results: [...results.values()], filters: found.map((one) => one.filters) };
    };
    const all = await find(filters());
    const counts = [];
    for (const facet of facets) {
      const name = facet.dataset.facet;
      const some = facet.value ? await find(filters(facet)) : all;
      const [first, ...others] = some.filters.map((one) => one[name] ?? {});
      const values = [first, ...others].flatMap((one) => Object.keys(one).filter((v) => one[v]));
      // A page that has several of the expressions counts once.
      for (const value of others.length ? new Set(values) : []) {
        first[value] = (await find({ ...filters(facet), [name]: value })).results.length;
      }
      counts.push(first);
    }
    // Tables come last: who looks for a measure looks for its page, not for its row.
    const tables = new Set((await find({ ...filters(), last: "table" })).results.map((r) => r.id));
    const results = all.results.sort((a, b) => tables.has(a.id) - tables.has(b.id));
    return { results, counts };
  }

  // Of a word that no page has: the longest beginning and the longest end of it that begin a word.
  async function hintsFor(pagefind, query) {
    const word = [...query.split(/\s+/)].sort((a, b) => b.length - a.length)[0];
    const begins = async (part) => {
      const { results } = await pagefind.search(part);
      if (!results.length) return false;
      return marked((await results[0].data()).excerpt).some((m) => m.startsWith(folded(part)));
    };
    const first = async (parts) => {
      for (const part of parts) if (await begins(part)) return [part];
      return [];
    };
    const cuts = [...word].map((_, n) => n);
    const capital = (part) => (/^\p{Lu}/u.test(word) ? part[0].toUpperCase() + part.slice(1) : part);
    const beginnings = cuts.filter((n) => n >= 3).reverse().map((n) => word.slice(0, n));
    const ends = cuts.filter((n) => n >= 2 && n <= word.length - 5).map((n) => word.slice(n));
    return [...await first(beginnings), ...(await first(ends)).map(capital)];
  }

  function suggest(parts) {
    hints.hidden = !parts.length;
    hints.replaceChildren(...parts.map((part) => {
      const hint = document.createElement("button");
      hint.type = "button";
      hint.className = "kp-search__button";
      hint.textContent = say("hint", { word: part });
      hint.addEventListener("click", () => {
        words.value = part;
        words.focus();
        search();
      });
      return hint;
    }));
  }

  async function search() {
    clearTimeout(waiting);
    const mine = ++turn;
    const query = words.value.trim();
    remember(query);
    if (!query) {
      found = [];
      hits.replaceChildren();
      suggest([]);
      more.hidden = true;
      count.textContent = "";
      for (const facet of facets) {
        facet.replaceChildren(option("", say("any")));
        facet.disabled = true;
      }
      return;
    }
    try {
      const pagefind = await load();
      const asked = essence(query);
      let result = await lookUp(pagefind, asked);
      // Who has no umlauts at hand writes „Buergerbuero“.
      const bare = asked.replace(/([aou])e/gi, "$1");
      if (!result.results.length && bare !== asked) result = await lookUp(pagefind, bare);
      // No page has all words: then the most telling one that is found, nouns first.
      let instead = "";
      for (const word of result.results.length ? [] : byWeight(asked)) {
        result = await lookUp(pagefind, word);
        instead = word;
        if (result.results.length || mine !== turn) break;
      }
      if (mine !== turn) return;
      found = result.results;
      facets.forEach((facet, n) => offer(facet, result.counts[n]));
      hits.replaceChildren();
      await show(mine);
      if (mine !== turn) return;
      const parts = found.length ? [] : await hintsFor(pagefind, asked);
      if (mine !== turn) return;
      suggest(parts);
      const key = parts.length ? "perhaps" : !found.length ? "nothing" : instead ? "instead" : "found";
      count.textContent = say(key, { n: found.length, word: instead, words: query });
    } catch {
      if (mine !== turn) return;
      count.textContent = say("failed");
    }
  }

  function open() {
    if (dialog.open) return;
    dialog.showModal();
    words.focus();
    words.select();
  }

  function close() {
    dialog.close();
  }

  function stored() {
    try {
      return localStorage.getItem(KEY) !== "off";
    } catch {
      return true;
    }
  }

  function announceKeys() {
    const keys = "Control+K Meta+K";
    button.setAttribute("aria-keyshortcuts", slash.checked ? `/ ${keys}` : keys);
  }

  words.addEventListener("input", () => {
    load().catch(() => {});
    clearTimeout(waiting);
    waiting = setTimeout(search, PAUSE);
  });
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  for (const facet of facets) facet.addEventListener("change", search);
  more.addEventListener("click", async () => {
    const first = hits.childElementCount;
    await show(turn);
    hits.children[first]?.querySelector("a").focus();
  });
  part(".kp-search__close").addEventListener("click", close);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) close();
  });
  dialog.addEventListener("close", () => {
    clearTimeout(waiting);
    turn++;
    remember("");
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      close();
      return;
    }
    const stops = [words, ...hits.querySelectorAll("a")];
    const here = stops.indexOf(event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (here >= 0 && step && stops[here + step]) {
      event.preventDefault();
      stops[here + step].focus();
    }
  });
  slash.addEventListener("change", () => {
    try {
      localStorage.setItem(KEY, slash.checked ? "on" : "off");
    } catch {
      // Without storage the choice holds for this page.
    }
    announceKeys();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
    const control = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const byControl = control && event.key.toLowerCase() === "k";
    const bySlash = event.key === "/" && !event.ctrlKey && !event.metaKey && slash.checked;
    if (byControl || (bySlash && !typing)) {
      event.preventDefault();
      open();
    }
  });

  slash.checked = stored();
  announceKeys();
  for (const link of document.querySelectorAll("a.kp-search-open")) link.hidden = true;
  button.hidden = false;
  button.addEventListener("click", open);

  const asked = new URL(location.href).searchParams;
  if (asked.get("suche")) {
    words.value = asked.get("suche");
    for (const facet of facets) {
      const value = asked.get(parameter(facet));
      if (value) facet.append(option(value, value));
      facet.value = value ?? "";
    }
    open();
    search();
  }
})();
