"""A slip in YAML is told on its own line, with the line as it should be."""

from __future__ import annotations

import pytest

from klarplan.strategy.yaml_reader import YamlFaultError, read_yaml

SLIPS = {
    "no end quote": ('a: "x\nb: "y"\n', 1, "schließt", 'a: "x"'),
    "no end quote, far before the parser stops": (
        'a: 1\nb: "x\n\n# Hinweis\nc: 3\nd: 4\n', 2, "schließt", 'b: "x"',
    ),
    "no end quote in a list": ('a:\n  - "x\n  - "y"\n', 2, "schließt", '  - "x"'),
    "no end quote twice": ('a: "x\nb: "y\nc: "z"\n', 1, "schließt", 'a: "x"'),
    "no single end quote": ("a: 'x\nb: 'y'\n", 1, "schließt", "a: 'x'"),
    "typographic end": ('a: "x“\nb: "y"\n', 1, "typografisch", 'a: "x"'),
    "no space behind the colon": ('a: 1\nv:"2.1"\nc: 3\n', 2, "Leerzeichen", 'v: "2.1"'),
    "no space, no quotes": ("a: 1\nb:2\nc: 3\n", 2, "Leerzeichen", "b: 2"),
    "no space, a single line": ('a:"x"\n', 1, "Leerzeichen", 'a: "x"'),
    "no space behind the hyphen": ("a:\n  - x\n  -y\nb: 1\n", 3, "Bindestrich", "  - y"),
    "no space behind the first hyphen": ("a:\n  -x\n  - y\n", 2, "Bindestrich", "  - x"),
    "no-break space": ('a:\u00a0"x"\n', 1, "geschützt", 'a: "x"'),
    "tab before an item": ("a:\n\t- x\n", 2, "Tabulator", "  - x"),
    "tab before a name": ("a: 1\n\tb: 2\n", 2, "Tabulator", "b: 2"),
    "tab behind the colon": ('a:\t"x"\n', 1, "Tabulator", 'a: "x"'),
    "indented": ("a: 1\n  b: 2\nc: 3\n", 2, "eingerückt", "b: 2"),
    "first line indented": (" a: 1\nb: 2\n", 1, "eingerückt", "a: 1"),
    "item too far left": ("a:\n  - x\n - y\n", 3, "eingerückt", "  - y"),
    "item too far right": ("a:\n  - x\n   - y\n", 3, "eingerückt", "  - y"),
    "colon in a text": ("a: Digital: jetzt\n", 1, "Doppelpunkt", 'a: "Digital: jetzt"'),
    "colon in a text with a remark": ("a: x: y # z\n", 1, "Doppelpunkt", 'a: "x: y" # z'),
    "inner quotes": ('a: "Das "neue" Amt"\n', 1, "mitten", "a: 'Das \"neue\" Amt'"),
    "apostrophe": ("a: 'Rat's Beschluss'\n", 1, "mitten", 'a: "Rat\'s Beschluss"'),
    "backslash": ('a: "C:\\Users"\n', 1, "Sonderzeichen", "a: 'C:\\Users'"),
    "sign at the beginning": ("a: @home\n", 1, "Zeichen", 'a: "@home"'),
    "bold": ("a: **x**\n", 1, "Zeichen", 'a: "**x**"'),
    "equals": ("b: 2\na = 1\n", 2, "„=“", "a: 1"),
    "no colon": ("a: 1\nb 2\nc: 3\n", 2, "fehlt der Doppelpunkt", "b: 2"),
}  # fmt: skip
"""Each a text, the line, a word of the message, and the line as it should be."""


@pytest.mark.parametrize(("text", "line", "word", "right"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_where_it_is(text: str, line: int, word: str, right: str) -> None:
    """The message names the line of the slip, what it is, and the line as it should be."""
    with pytest.raises(YamlFaultError) as told:
        read_yaml(text)

    fault = told.value
    assert (fault.line, word in fault.problem.de) == (line, True), fault.problem.de
    assert right.strip() in fault.cure.de
    assert fault.fix is not None
    assert (fault.fix.old, fault.fix.new) == (text.split("\n")[line - 1], right)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: 1\nhallo\n", 2, "Doppelpunkt"),
        ("a: [x\nb: 1\n", 1, "Klammer"),
        ("a: 1\n---\nb: 2\n", 2, "---"),
        ("a: 1\na: 2\n", 2, "in Zeile 1 und in Zeile 2"),
        ("a:\n  b: 1\n  b: 2\n", 3, "in Zeile 2 und in Zeile 3"),
        ("a: 1\nb: \x00\n", 2, "U+0000"),
        ("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n", 2, "Konflikt"),
        ("nur Text", 1, "Name: Wert"),
    ],
)
def test_what_people_must_decide_has_no_ready_line(text: str, line: int, word: str) -> None:
    """Where more than one cure is possible, the message says what is wrong and where."""
    with pytest.raises(YamlFaultError) as told:
        read_yaml(text)

    assert (told.value.line, word in told.value.problem.de) == (line, True), told.value.problem.de
    assert told.value.fix is None


@pytest.mark.parametrize(
    "text",
    [
        'a: "Eins\n  zwei"\nb: 1\n',
        'a: "Eins\n\n  zwei: drei"\n',
        "a: |\n  Eins: zwei\n  - drei\nb: 1\n",
        "a:\n- x\n- y\n",
        "a: Eins\n  zwei\n",
        "a: 'Rat''s'\n",
        'a: "x" # "y\n',
    ],
)
def test_good_yaml_stays_good(text: str) -> None:
    """Texts of several lines, lists at the left and remarks with quotation marks are taken."""
    assert read_yaml(text).values
