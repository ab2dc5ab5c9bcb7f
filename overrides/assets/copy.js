// Copied text is free of the soft hyphens that let long words part on the page.
(() => {
  "use strict";

  const SOFT_HYPHENS = /\u00ad/g;

  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    const typed = event.target.closest?.("input, textarea, [contenteditable]");
    if (typed || !selection || !selection.toString().includes("\u00ad")) return;
    const copied = document.createElement("div");
    for (let n = 0; n < selection.rangeCount; n++) {
      copied.append(selection.getRangeAt(n).cloneContents());
    }
    event.clipboardData.setData("text/plain", selection.toString().replace(SOFT_HYPHENS, ""));
    event.clipboardData.setData("text/html", copied.innerHTML.replace(SOFT_HYPHENS, ""));
    event.preventDefault();
  });
})();
