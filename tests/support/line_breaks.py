"""Words that a page breaks without a hyphen, found by where their letters stand."""

from __future__ import annotations

from playwright.sync_api import Page

FIND = r"""
() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const skipped = "script, style, noscript, template, svg, code, pre, .headerlink, [hidden]";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!/\S{2}/.test(node.data) || holder.closest(skipped)) continue;
    for (const match of node.data.matchAll(/\S{2,}/g)) {
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      const boxes = [...range.getClientRects()].filter(box => box.width > 0.5);
      if (boxes.length < 2) continue;
      let last = null;
      for (let n = 0; n < match[0].length; n++) {
        range.setStart(node, match.index + n);
        range.setEnd(node, match.index + n + 1);
        const boxes = [...range.getClientRects()].filter(box => box.width > 0.1);
        if (!boxes.length) continue;
        const top = boxes[boxes.length - 1].top;
        if (last !== null && top > last + 4) {
          const before = match[0][n - 1];
          const fits = "-\u2010\u2013\u2014\u00ad\u200b/…".includes(before);
          const where = holder.tagName.toLowerCase() + "." + holder.className;
          if (!fits) found.push(match[0].replace(/\u00ad/g, "") + " | " + where);
        }
        last = top;
      }
    }
  }
  return [...new Set(found)];
}
"""
"""Each word that goes on in another line though no hyphen stands before; addresses too."""

_ADDRESS = ("http", "www.", "@")


def broken_words(page: Page) -> list[str]:
    """Words of a page broken without a hyphen, each with the element it stands in.

    Web and mail addresses have no syllables and may break anywhere.
    """
    found: list[str] = page.evaluate(FIND)
    return [word for word in found if not any(sign in word for sign in _ADDRESS)]
