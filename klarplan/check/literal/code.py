"""Text that is shown as code by its indent, and code that never ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klarplan.check.literal.lists import ITEM
from klarplan.check.literal.view import Slip, View, squashed
from klarplan.messages import Fix, Text

_FENCE = re.compile(r"\s*(`{3,}|~{3,})")


def code_slips(view: View) -> Iterator[Slip]:
    """Text that is shown as code because it is indented by four spaces."""
    if "\n    " not in view.page.source.body and "\t" not in view.page.source.body:
        return
    codes = [node.text(deep=True) for node in view.page.elements("pre > code")]
    starts = [squashed(code) for code in codes]
    before = 0
    for block in view.blocks:
        line = block[0]
        indent = len(line.plain) - len(line.plain.lstrip())
        text = line.plain.strip()
        prose = ITEM.fullmatch(text) or re.match(r"[A-ZÄÖÜ„][\wäöüß]+ [\w,]+ [\w,]+", text)
        gap = line.number > before + 1
        before = block[-1].number
        key = squashed(text)[:20]
        if indent < 4 or not gap or not prose or not any(s.startswith(key) for s in starts):
            continue
        mended = [row.written.expandtabs(4)[indent:] for row in block]
        straight = all(len(r.plain) - len(r.plain.lstrip()) >= indent for r in block)
        view.told.update(row.number for row in block)
        yield Slip(
            "code",
            line.number,
            text,
            Text(
                "Der Text ist um vier oder mehr Zeichen eingerückt und erscheint deshalb als "
                "Programmtext.",
                "The text is indented by four characters or more, and so appears as code.",
            ),
            Text(
                "Löschen Sie die Leerzeichen am Anfang. Ist wirklich Programmtext gemeint, setzen "
                "Sie davor und dahinter eine Zeile mit ```.",
                "Delete the blanks at the beginning. If it is code indeed, put a line with ``` "
                "before it and behind it.",
            ),
            Fix("\n".join(r.written for r in block), "\n".join(mended))
            if straight and ITEM.fullmatch(text)
            else None,
        )


def fence_slips(view: View) -> Iterator[Slip]:
    """A fence of code without end: all below it is shown as it was typed, calls included."""
    page = view.page
    fence, opened = "", 0
    for number, line in enumerate(page.source.body.split("\n"), page.first_line):
        found = _FENCE.match(line)
        if found and not fence:
            fence, opened = found[1][:3], number
        elif found and found[1].startswith(fence):
            fence = ""
    if not fence or not any(fence in shown.text for shown in view.shown):
        return
    written = page.text.split("\n")[opened - 1]
    view.told.add(opened)
    yield Slip(
        "code",
        opened,
        written.strip(),
        Text(
            f"Der Programmtext, der hier mit {fence} beginnt, endet nicht: Alles darunter "
            "erscheint so, wie es dasteht.",
            f"The code that begins here with {fence} does not end: all below appears as it stands.",
        ),
        Text(
            f"Schreiben Sie {fence} in eine Zeile für sich unter den Programmtext, oder löschen "
            "Sie diese Zeile.",
            f"Write {fence} on a line of its own below the code, or delete this line.",
        ),
        severity="error",
    )
