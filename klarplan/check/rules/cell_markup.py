"""A rule on Markdown in cells, which are shown as they stand."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.messages import Finding, Text

_MARKUP = re.compile(
    r"\*\*[^*\n]{1,200}\*\*|(?<!\w)__[^_\n]{1,200}__(?!\w)|!?\[[^\[\]\n]{1,200}\]\([^()\s]{1,500}\)"
    r"|\A#{1,6} +\S+|</?(?:b|i|u|br|p|em|strong|a|ul|li|font|span|div)\b[^<>\n]{0,200}>"
    r"|&(?:nbsp|amp|quot|lt|gt|szlig|shy|[aouAOU]uml|[nm]dash|hellip|euro);"
)


@rule(
    "KP614",
    title=Text("Auszeichnung in einer Zelle", "Markup in a cell"),
    de="Zellen enthalten reinen Text: Markdown, HTML und Kürzel für Zeichen erscheinen so, wie sie "
    "dastehen.",
    severity="warning",
)
def markup_in_cell(subject: Subject) -> Iterator[Finding]:
    """Cells hold plain text: Markdown, HTML and short forms of signs appear as they stand."""
    for name, line, column, text in subject.text_cells:
        if not any(sign in text for sign in "*_[#<&"):
            continue
        found = _MARKUP.search(text)
        if found is None:
            continue
        sign = html.unescape(found[0])
        plain = sign if sign != found[0] else re.sub(r"\(.*\)|[*_#\[\]!]|<.*?>", "", sign).strip()
        yield subject.cell(
            name,
            line,
            column,
            Text(
                f"„{shown(found[0])}“ erscheint so, wie es dasteht: Zellen sind reiner Text.",
                f"“{shown(found[0])}” appears as it stands: cells are plain text.",
            ),
            Text(
                f"Schreiben Sie „{plain}“." if plain.strip() else f"Löschen Sie „{found[0]}“.",
                f"Write “{plain}”." if plain.strip() else f"Delete “{found[0]}”.",
            ),
        )
