"""Lines that Markdown takes for the address of a link that no link names, so that they vanish."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klarplan.check.literal.view import Slip, View
from klarplan.messages import Text

_ADDRESS = re.compile(r" {0,3}\[([^\[\]^]+)\]:[ ]*([^\s/.#:@<>]+)[ ]*")
"""Such a line, where what stands for the address is none; a real one that is not used is no loss.
"""


def vanished_slips(view: View) -> Iterator[Slip]:
    """Lines such as “[Stand]: 2026”, which nobody would see."""
    if "]:" not in view.page.source.body or not view.shown:
        return
    nodes = view.page.elements("a[href], img[src]")
    named = {n.attributes.get("href") or n.attributes.get("src") or "" for n in nodes}
    for line in view.lines:
        found = _ADDRESS.fullmatch(line.plain)
        if found is None or found[2] in named:
            continue
        if any(found[0].strip() in shown.text for shown in view.shown):
            continue
        yield view.slip(
            "vanished",
            line,
            Text(
                f"Die Zeile erscheint nicht: „[{found[1]}]: …“ nennt die Adresse zu einem Link "
                f"[{found[1]}], den es auf der Seite nicht gibt.",
                f"The line does not appear: “[{found[1]}]: …” names the address of a link "
                f"[{found[1]}] that the page does not have.",
            ),
            Text(
                f"Ist es Text, schreiben Sie {found[1]}: {found[2]}; ist es eine Fußnote, "
                f"schreiben Sie [^{found[1]}] und [^{found[1]}]: …",
                f"If it is text, write {found[1]}: {found[2]}; if it is a footnote, write "
                f"[^{found[1]}] and [^{found[1]}]: …",
            ),
            severity="error",
        )
