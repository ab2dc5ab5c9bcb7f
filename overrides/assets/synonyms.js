// Expressions that mean the same, for the search and for filters of lists.
(() => {
  "use strict";

  const dialog = document.getElementById("kp-search");
  if (!dialog) return;
  const place = new URL(dialog.dataset.index, document.baseURI);
  let pairs = [];
  let asked = null;

  // Fetches them once, each way; without the list, only what was typed is found.
  function load() {
    asked ??= fetch(new URL("../assets/synonyms.json", place))
      .then((answer) => answer.json())
      .then((known) => {
        pairs = Object.entries(known)
          .flatMap(([word, same]) => same.flatMap((one) => [[word, one], [one, word]]));
      })
      .catch(() => { asked = null; });
    return asked;
  }

  // What was asked, and the same with each of its expressions replaced by one that means the same.
  function variants(query, folded) {
    const words = ` ${folded(query)} `;
    const others = pairs
      .map(([word, same]) => [` ${folded(word)} `, ` ${folded(same)} `])
      .filter(([word]) => words.includes(word))
      .map(([word, same]) => words.replace(word, same).trim());
    return [query, ...new Set(others)];
  }

  window.klarplanSynonyms = { load, variants };
})();
