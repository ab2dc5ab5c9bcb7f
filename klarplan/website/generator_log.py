"""Reads what a site generator says where it fails: links to missing headings, or its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klarplan.messages import KlarplanError, Text

COLOUR = re.compile(r"\x1b\[[\d;]*m")
NOISE = re.compile(r"^(INFO|DEBUG)\s|^\s*$|\[macros\]")
TRACEBACK = re.compile(
    r"```\nTraceback.*?(?:```|\Z)|^Traceback.*?^(?=\S+Error)", re.DOTALL | re.MULTILINE
)
ANCHOR = re.compile(
    r"WARNING\s+-\s+Doc file '(?P<page>[^']+)' contains a link '[^'#]*(?P<anchor>#[^']*)', "
    r"but .*\banchor\b"
)
"""What MkDocs and ProperDocs say of a link to a heading that is not there."""


class BrokenAnchorsError(KlarplanError):
    """Links lead to headings that their pages do not have."""

    def __init__(self, told: KlarplanError, found: Sequence[tuple[str, str]]) -> None:
        super().__init__(told.problem, told.cure)
        self.found = tuple(found)
        """The file of each page below ``build/pages``, and the anchor with its „#“."""


def failure(said: str) -> KlarplanError:
    """The error behind what a generator said: ``BrokenAnchorsError`` if that is all of it."""
    told = _in_its_words(said)
    warnings = [line for line in said.splitlines() if line.startswith(("WARNING", "ERROR"))]
    anchors = [match for line in warnings if (match := ANCHOR.match(line))]
    if anchors and len(anchors) == len(warnings):
        return BrokenAnchorsError(told, [(match["page"], match["anchor"]) for match in anchors])
    return told


def _in_its_words(said: str) -> KlarplanError:
    lines = TRACEBACK.sub("", COLOUR.sub("", said)).splitlines()
    told = "\n".join(line for line in lines if not NOISE.search(line))[-4000:]
    return KlarplanError(
        Text(
            f"Die Website ließ sich nicht bauen:\n{told}",
            f"The website could not be built:\n{told}",
        ),
        Text(
            "Beheben Sie, was oben steht; die letzte gute Website bleibt unverändert.",
            "Mend what is said above; the last good website stays as it is.",
        ),
    )
