"""Letters that no font has, in texts and in drawings: the papers are made all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from klarplan.look.glyphs import Glyphs
from klarplan.papers.svg import printable


@pytest.mark.parametrize(
    ("text", "printed"), [("1️⃣", "1"), ("Punkt 3⃣ und #️⃣", "Punkt 3 und #"), ("★⃝ Ä", "★ Ä")]
)
def test_marks_that_enclose_a_sign_are_dropped(text: str, printed: str, tmp_path: Path) -> None:
    """No font encloses any sign, so the sign stands alone in print and the build goes on."""
    assert Glyphs(tmp_path).printable(text) == printed


@pytest.mark.parametrize(
    ("inner", "printed", "lost"),
    [
        ("<text>Ä😀</text>", "Ä□", ["😀"]),
        ("<g><text>a<tspan>1️⃣</tspan>中</text></g>", "a1□", ["中"]),
        ("<text>Größe ✓</text>", "Größe ✓", []),
    ],
)
def test_letters_of_drawings_are_printable(
    inner: str, printed: str, lost: list[str], tmp_path: Path
) -> None:
    """A picture of the town's with a letter that no font has is printed with a box for it."""
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>'.encode()
    content, missing = printable(drawing, Glyphs(tmp_path))
    assert "".join(etree.fromstring(content).itertext()) == printed
    assert missing == lost
    assert lost or content == drawing


def test_a_drawing_that_is_no_xml_stays(tmp_path: Path) -> None:
    """What can't be read is left to the typesetter, which tells what is wrong with it."""
    assert printable(b"<svg>", Glyphs(tmp_path)) == (b"<svg>", [])
