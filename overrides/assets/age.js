// Tells on a page that nobody has renewed for long: builds can stop without a word.
(() => {
  "use strict";

  const FRESH = 14; // days
  const note = document.querySelector(".kp-stale");
  if (!note) return;
  const age = (Date.now() - Date.parse(note.dataset.asOf)) / 86_400_000;
  note.hidden = !(age > FRESH + 1); // the day itself counts until it is over everywhere
})();
