"""Front matter that is not where it must be is told, with the line as it should be."""

from __future__ import annotations

import pytest

from klarplan.pages.source import Source

BODY = "\n# Mitmachen\n\nText: mehr.\n"

SLIPS = {
    "not closed": ("---\ntitle: A\ndescription: B\n" + BODY, 3, "description: B\n---"),
    "not closed, and a rule below": (f"---\ntitle: A\n{BODY}\n---\n\nZ\n", 2, "title: A\n---"),
    "not closed, a text of two lines": ("---\ntitle: >\n  A\n  B\n" + BODY, 4, "  B\n---"),
    "closed with two": (f"---\ntitle: A\n--\n{BODY}", 3, "---"),
    "closed with four": (f"---\ntitle: A\n----\n{BODY}", 3, "---"),
    "closed by a word processor": (f"---\ntitle: A\n—\n{BODY}", 3, "---"),
    "closed with an indent": (f"---\ntitle: A\n ---\n{BODY}", 3, "---"),
    "closed with dots": (f"---\ntitle: A\n...\n{BODY}", 3, "---"),
    "behind a blank line": (f"\n---\ntitle: A\n---\n{BODY}", 1, "---"),
    "behind two blank lines": (f"\n \n---\ntitle: A\n---\n{BODY}", 1, "---"),
    "behind what nobody sees": (f"\u200b---\ntitle: A\n---\n{BODY}", 1, "---"),
    "begun with two": (f"--\ntitle: A\n---\n{BODY}", 1, "---"),
    "begun with a dash": (f"—\ntitle: A\n—\n{BODY}", 1, "---"),
    "not begun": (f"title: A\n---\n{BODY}", 1, "---\ntitle: A"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "right"), SLIPS.values(), ids=SLIPS)
def test_a_head_that_would_be_text_is_told(text: str, line: int, right: str) -> None:
    """The head is taken as it was meant, and the finding has the lines as they should be."""
    source = Source(text)

    fault = source.meta_fault
    assert fault is not None
    assert fault.line == line
    assert fault.fix is not None
    assert (fault.fix.new, fault.fix.old in text) == (right, True)
    assert text.split("\n")[line - 1] == fault.fix.old.split("\n")[0]
    assert source.meta["title"].strip() in ("A", "A B")
    assert "title" not in source.body
    assert "# Mitmachen" in source.body
    assert text.split("\n")[source.first_line - 1 :] == source.body.split("\n")


@pytest.mark.parametrize("text", [text for text, _, _ in SLIPS.values()], ids=SLIPS)
def test_what_the_finding_says_is_the_cure(text: str) -> None:
    """With the lines as they should be, the head is read without a fault."""
    for _ in range(2):
        fault = Source(text).meta_fault
        if fault is None or fault.fix is None:
            break
        assert fault.line is not None
        lines, old = text.split("\n"), fault.fix.old.split("\n")
        assert lines[fault.line - 1 :][: len(old)] == old
        rest = lines[fault.line - 1 + len(old) :]
        text = "\n".join([*lines[: fault.line - 1], fault.fix.new, *rest])
    assert Source(text).meta_fault is None
    assert Source(text).meta["title"]


def test_a_head_below_a_heading() -> None:
    """A head behind the heading is told where it is; only people can move it."""
    fault = Source("# A\n\n---\ntitle: B\n---\n\nText\n").meta_fault
    assert fault is not None
    assert (fault.line, fault.fix) == (3, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# A\n\nText\n\n---\n\nEnde\n",
        "---\n\nText hinter einer Linie\n",
        "---\nHinweis: Text hinter einer Linie\n",
        "Titel\n---\n\nText\n",
        "Hinweis: etwas\n---\n",
        "title: was in strategy.yml steht, ist der Name.\n\nText\n",
        "---\ntitle: A\n---\n\n---\ntitle: B\n---\n"[:25],
        "---\ntitle: A\n\n# Anmerkung\ndescription: B\n---\n",
        "# A\n\n| a |\n|---|\n| title: x |\n",
    ],
)
def test_what_is_no_head_stays_text(text: str) -> None:
    """Rules, headings by underline and tables are no heads."""
    assert Source(text).meta_fault is None


def test_a_slip_within_the_head_has_the_line_of_the_file() -> None:
    """A fault of YAML in the head names the line of the file, and the line as it should be."""
    fault = Source("---\ntitle: A\ndescription: Digital: jetzt\n---\n\nText\n").meta_fault
    assert fault is not None
    assert fault.fix is not None
    assert (fault.line, fault.fix.new) == (3, 'description: "Digital: jetzt"')


def test_values_are_texts() -> None:
    """A title that is a number or a day is the text that was written."""
    source = Source("---\ntitle: 2030\ndescription: 2026-10-12\nlang: no\n---\n")
    assert source.meta == {"title": "2030", "description": "2026-10-12", "lang": "no"}
