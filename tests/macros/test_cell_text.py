"""Lists in the text of a cell: entries of a list on pages, one line where there is room for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.cell_text import in_one_line, parts
from macros.excerpt import excerpt
from macros.render import paragraphs

LISTED = "Zwei Dinge:\r\n- Glasfaser <b>\n- WLAN, überall.\n\nFertig."


def test_lines_with_dashes_are_a_list() -> None:
    """They become entries, escaped as all text; what stands around stays in its place."""
    assert parts(LISTED) == ["Zwei Dinge:", ("Glasfaser <b>", "WLAN, überall."), "Fertig."]
    assert paragraphs(LISTED) == (
        "<p>Zwei Dinge:</p><ul><li>Glasfaser &#60;b&#62;</li><li>WLAN, überall.</li></ul>"
        "<p>Fertig.</p>"
    )


@pytest.mark.parametrize(
    "text", ["- so ging es", "-5 Grad\n-6 Grad", "A - B\nC - D", "--\n--", "– nur – ein Satz"]
)
def test_what_is_no_list_stays_as_it_is(text: str) -> None:
    """One line with a dash, numbers below zero and dashes inside of lines are no list."""
    assert all(isinstance(part, str) for part in parts(text))
    assert in_one_line(text) == " ".join(text.split())


def test_a_list_in_one_line_has_semicolons() -> None:
    """Where there is room for one line, no dash stands between words."""
    told = "Zwei Dinge: Glasfaser <b>; WLAN, überall. Fertig."
    assert in_one_line(LISTED) == told
    assert excerpt(LISTED, 440) == told


@given(st.text(max_size=200))
def test_no_letter_is_lost(text: str) -> None:
    """Whatever a cell holds, all its letters are told, in their order."""

    def letters(told: str) -> str:
        return "".join(sign for sign in told if sign.isalnum())

    flat = [part if isinstance(part, str) else " ".join(part) for part in parts(text)]
    assert letters(" ".join(flat)) == letters(text)
    assert letters(in_one_line(text)) == letters(text)
