"""Markdown that readers would see as it was typed, or not at all, is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarplan.check.literal.find import slips
from klarplan.check.texts import Page
from klarplan.messages import Finding
from klarplan.pages.rendering import Renderer
from klarplan.pages.source import Source
from tests.support.fuzz import examples
from tests.support.klein import KLEIN
from tests.support.many_pages import examined, repaired

RENDERER = Renderer(KLEIN, {})

LIST, NESTING, NUMBER, TABLE, CELLS = "KP761", "KP762", "KP763", "KP764", "KP765"
LINK, EMPHASIS, HEADING, CODE, REST = "KP766", "KP767", "KP768", "KP769", "KP770"
VANISHED = "KP771"

MENDED: dict[str, tuple[str, int, str, str]] = {
    "list behind a sentence": (LIST, 2, "Es gilt:\n- eins\n- zwei", "Es gilt:\n\n- eins\n- zwei"),
    "list of stars": (
        LIST,
        2,
        "Drei:\n* eins\n  weiter\n* zwei",
        "Drei:\n\n* eins\n  weiter\n* zwei",
    ),
    "one point behind a colon": (LIST, 3, "Ein\nPunkt:\n- eins", "Ein\nPunkt:\n\n- eins"),
    "numbers behind a sentence": (LIST, 2, "Das:\n1. eins\n2. zwei", "Das:\n\n1. eins\n2. zwei"),
    "list with a call": (
        LIST,
        2,
        "Stand:\n- am {{ as_of_date() }}\n- **fett** [L](#x)",
        "Stand:\n\n- am {{ as_of_date() }}\n- **fett** [L](#x)",
    ),
    "round bullets": (LIST, 1, "• eins\n• zwei", "- eins\n- zwei"),
    "bullets of a text program": (
        LIST,
        2,
        "Das:\n\uf0b7 eins\n\uf0b7 zwei",
        "Das:\n\n- eins\n- zwei",
    ),
    "bullets in paragraphs": (LIST, 1, "• eins\n\n• zwei\n\n• drei", "- eins\n\n- zwei\n\n- drei"),
    "dashes as bullets": (LIST, 1, "– eins\n– zwei", "- eins\n- zwei"),
    "numbers with brackets": (LIST, 1, "1) eins\n2) zwei", "1. eins\n2. zwei"),
    "numbers in brackets": (LIST, 2, "Erst:\n(1) eins\n(2) zwei", "Erst:\n\n1. eins\n2. zwei"),
    "numbers with point and bracket": (LIST, 1, "1.) eins\n2.) zwei", "1. eins\n2. zwei"),
    "letters o as bullets": (LIST, 1, "o eins\no zwei", "- eins\n- zwei"),
    "fixed blank behind the dash": (LIST, 1, "-\xa0eins\n-\xa0zwei", "- eins\n- zwei"),
    "no blank behind the dash": (LIST, 1, "-eins\n-zwei", "- eins\n- zwei"),
    "no blank behind the number": (LIST, 1, "1.Eins\n2.Zwei", "1. Eins\n2. Zwei"),
    "two blanks": (NESTING, 2, "- a\n  - b\n  - c\n- d", "- a\n    - b\n    - c\n- d"),
    "three blanks below a number": (NESTING, 2, "1. a\n   - b\n2. c", "1. a\n    - b\n2. c"),
    "three levels of two blanks": (
        NESTING,
        2,
        "- a\n  - b\n    - c\n- d",
        "- a\n    - b\n        - c\n- d",
    ),
    "call with backslashes": (
        REST,
        1,
        r"Heute: \{\{ as_of_date() \}\}.",
        "Heute: {{ as_of_date() }}.",
    ),
    "call with backslashes everywhere": (
        REST,
        2,
        "Stand\n" + r"am \{\{ as\_of\_date\(\) \}\}.",
        "Stand\nam {{ as_of_date() }}.",
    ),
    "call with backslashes in a list": (
        REST,
        3,
        "Es gilt:\n\n" + r"- Stand \{\{ as_of_date() \}\}",
        "Es gilt:\n\n- Stand {{ as_of_date() }}",
    ),
    "quarter": (NUMBER, 1, "3. Quartal: Beginn.", "3\\. Quartal: Beginn."),
    "day": (
        NUMBER,
        3,
        "Text.\n\n31. Dezember ist Schluss.",
        "Text.\n\n31\\. Dezember ist Schluss.",
    ),
    "year": (NUMBER, 1, "2026. Das Jahr.", "2026\\. Das Jahr."),
    "table behind a sentence": (
        TABLE,
        2,
        "Zahlen:\n| a | b |\n|---|---|\n| 1 | 2 |",
        "Zahlen:\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    ),
    "table without rule": (TABLE, 1, "| a | b |\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
    "table with long dashes": (
        TABLE,
        2,
        "| a | b |\n|–––|–––|\n| 1 | 2 |",
        "| a | b |\n|---|---|\n| 1 | 2 |",
    ),
    "table pasted from a spreadsheet": (
        TABLE,
        3,
        "Text\n\na\tb\n1\t2",
        "Text\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    ),
    "rule with a column too few": (
        TABLE,
        2,
        "| a | b | c |\n|---|---|\n| 1 | 2 | 3 |",
        "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |",
    ),
    "sentence below a table": (
        CELLS,
        4,
        "| a | b |\n|---|---|\n| 1 | 2 |\nQuelle: Amt.",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\nQuelle: Amt.",
    ),
    "blank in a link": (LINK, 1, "[x] (https://a.example)", "[x](https://a.example)"),
    "two links on a line": (
        LINK,
        1,
        "[x] (https://a.example) und (Plan)[https://a.example/b] da",
        "[x](https://a.example) und [Plan](https://a.example/b) da",
    ),
    "link the other way round": (
        LINK,
        1,
        "(Plan)[https://a.example/b]",
        "[Plan](https://a.example/b)",
    ),
    "link without ]": (LINK, 1, "Der [Plan(plan.pdf) ist da.", "Der [Plan](plan.pdf) ist da."),
    "link without )": (
        LINK,
        1,
        "Der [Plan](https://a.example/b",
        "Der [Plan](https://a.example/b)",
    ),
    "link without brackets round the address": (
        LINK,
        1,
        "Der [Plan]https://a.example/b.",
        "Der [Plan](https://a.example/b).",
    ),
    "picture the other way round": (LINK, 1, "!(Kreise)[kreise.svg]", "![Kreise](kreise.svg)"),
    "blank in a picture": (LINK, 1, "![Kreise] (kreise.svg)", "![Kreise](kreise.svg)"),
    "blank before the end": (EMPHASIS, 1, "Das **ist ** so.", "Das **ist** so."),
    "blank behind the beginning": (EMPHASIS, 1, "Das ** ist** so.", "Das **ist** so."),
    "blank in italics": (EMPHASIS, 1, "Das *ist * so.", "Das *ist* so."),
    "stars in words": (
        EMPHASIS,
        1,
        "Bürger*innen und Lehrer*innen",
        "Bürger\\*innen und Lehrer\\*innen",
    ),
    "struck out": (EMPHASIS, 1, "Das ~~ist~~ war.", "Das <del>ist</del> war."),
    "marked": (EMPHASIS, 1, "Das ==ist== so.", "Das <mark>ist</mark> so."),
    "no blank behind ##": (HEADING, 1, "##Titel\n\nText", "## Titel\n\nText"),
    "no blank behind ###": (HEADING, 3, "## A\n\n###Titel", "## A\n\n### Titel"),
    "blank before ##": (HEADING, 1, " ## Titel\n\nText", "## Titel\n\nText"),
    "line of dashes below a sentence": (HEADING, 1, "Ein Satz.\n---\n", "Ein Satz.\n\n---\n"),
    "list as code": (CODE, 3, "Es gilt:\n\n    - eins\n    - zwei", "Es gilt:\n\n- eins\n- zwei"),
    "backslash": (REST, 1, "Das \\„Ding\\“ hier", "Das „Ding“ hier"),
    "backtick as apostrophe": (REST, 1, "Geht`s gut?", "Geht’s gut?"),
    "no semicolon": (REST, 1, "10&nbsp km und 5&nbsp m", "10&nbsp; km und 5&nbsp; m"),
}
TOLD: dict[str, tuple[str, int, str]] = {
    "number for a footnote": (LINK, 1, "Das stimmt [1].\n\n[1] Bericht des Amtes"),
    "numbers for footnotes with colons": (
        LINK,
        1,
        "Eins[1] und zwei[2].\n\n[1]: Bericht des Amtes\n\n[2]: Beschluss von 2024",
    ),
    "number for a footnote in a list": (
        LINK,
        3,
        "Es gilt:\n\n- Frist [3]\n- Ort\n\n[3] nach § 5 Absatz 2",
    ),
    "letters": (LIST, 2, "Erstens:\na) eins\nb) zwei"),
    "list in a quotation": (LIST, 2, "> Es gilt:\n> - eins\n> - zwei"),
    "list that goes on with 2": (NUMBER, 5, "1. eins\n\nText\n\n2. zwei"),
    "list from 4 on": (NUMBER, 1, "4. vier\n5. fünf"),
    "cell too many": (CELLS, 3, "| a | b |\n|---|---|\n| 1 | 2 | 3 |"),
    "bar in a cell": (CELLS, 4, "a | b\n--|--\n1 | 2\nx | y | z"),
    "cell too few": (CELLS, 3, "| a | b |\n|---|---|\n| 1 |\n| 1 | 2 |"),
    "empty line below the head": (TABLE, 3, "| a | b |\n\n|---|---|\n| 1 | 2 |"),
    "opening hours": (TABLE, 2, "Geöffnet:\nMo | 8–12\nDi | 8–16"),
    "link over two lines": (LINK, 1, "Der [Plan]\n(https://a.example/b) ist da."),
    "link without [": (LINK, 1, "Der Plan](https://a.example/b) ist da."),
    "name without address": (LINK, 1, "Der [Plan][haushalt] ist da."),
    "numbers behind points": (NUMBER, 4, "- eins\n- zwei\n\n1. drei\n2. vier"),
    "numbers directly behind points": (NUMBER, 2, "* eins\n1. zwei"),
    "points behind numbers": (NUMBER, 4, "1. eins\n2. zwei\n\n- drei\n- vier"),
    "numbers behind points below a point": (NUMBER, 4, "- eins\n    - zwei\n\n    1. drei"),
    "wiki": (LINK, 1, "Siehe [[Haushalt]] dazu."),
    "open bracket": (LINK, 1, "Siehe [Haushalt und mehr."),
    "open footnote": (LINK, 1, "Satz[^1 und mehr.\n\nNoch[^1].\n\n[^1]: Note"),
    "link in HTML": (LINK, 2, "<details><summary>S</summary>\n[x](https://a.example)\n</details>"),
    "bold left open": (EMPHASIS, 1, "Das **ist so."),
    "bold lines": (EMPHASIS, 1, "Das __ist __ so."),
    "bold line as heading": (HEADING, 3, "## A\n\n**Kontakt**\n\nText"),
    "bold line above a list": (HEADING, 1, "**Ziele**\n\n- eins"),
    "long text over dashes": (HEADING, 1, "Stand März 2026 im Rathaus\n---\n\nText"),
    "empty bullet below a text": (HEADING, 1, "Der Text\n-\n\nText"),
    "paragraph as code": (CODE, 3, "Text\n\n    Dies ist ein Absatz, eingerückt."),
    "code without end": (CODE, 3, "Text\n\n```\nx\n{{ as_of_date() }}\n\nmehr"),
    "other code without end": (CODE, 1, "~~~\nx\n\nmehr"),
    "line with a name in brackets": (VANISHED, 3, "Text\n\n[Stand]: 2026"),
    "note without ^": (VANISHED, 3, "Der Plan gilt.\n\n[1]: Haushaltsplan"),
    "one point without a blank": (LIST, 2, "- eins\n-zwei\n- drei"),
    "hidden note left open": (REST, 3, "Text\n\n<!-- noch prüfen\n\nmehr"),
    "address left open": (REST, 1, "Siehe <https://a.example/b und mehr"),
    "backtick left open": (REST, 1, "Rufen Sie `make check auf."),
    "braces": (REST, 1, "Liebe {Anrede}, guten Tag"),
    "attributes alone": (REST, 1, "Ein Satz {: .klasse } und mehr"),
    "call without its beginning": (REST, 1, 'Ist status_badge("A-1") }} da'),
    "call without braces": (REST, 3, 'Text\n\nIst status_badge("A-1") da'),
    "boxes to tick": (REST, 1, "- [ ] offen\n- [x] fertig"),
    "box of a note": (REST, 1, "!!hinweis Das ist wichtig"),
    "backslash at the end": (REST, 1, "Straße 1\\\nStadt"),
    "sign twice": (REST, 1, "B&amp;uuml;rger"),
    "one row": (REST, 1, "| a | b |"),
}
LEGAL = [
    "1. Eins:\n    1. Wir beginnen mit A.\n2. Zwei.\n\nX.\n\n1. Auch.\n2. Wir beginnen mit B.",
    r"In geschweiften Klammern: \{\{ name() \}\} und \{x\}.",
    "[1] Eine Zeile, die mit einer Zahl beginnt, auf die niemand verweist.",
    "Zwei [1] Zahlen [2] ohne Anmerkung.",
    "Es sind 5 * 3 * 2 und 2 ** 3 und 2**3.",
    "Das Zitat [sic] (siehe oben) und [1] und [2][3], (und/oder) [x] (s. o.).",
    "A | B in einem Satz.\nImpressum | Datenschutz | Kontakt",
    "Am Ende\n1. Quartal 2026 und der Rat - so der Beschluss - sagt ja.",
    "Preis* ohne Steuer\n\n\\* zzgl. Mehrwertsteuer",
    "Bürger*innen sind da, Bürger\\*innen und Lehrer\\*innen auch, Kolleg:innen, Freund_innen.",
    "Bürger(innen), f(x) und budget() sind keine Bausteine.",
    "Das Intervall [0, 10[ ist offen, ]0, 1] auch.",
    "Name: ____________ Datum: ____",
    "- eins\n\n    Absatz im Punkt\n\n    - zwei\n- drei",
    "1. eins\n1. zwei\n1. drei",
    "- eins\n- zwei\n\nDanach:\n\n1. drei\n2. vier",
    "- eins\n- zwei\n\n## Danach\n\n1. drei\n2. vier",
    "- eins\n    1. zwei\n    2. drei\n- vier\n    - fünf",
    "1. eins\n    - zwei\n2. drei\n\n    1. vier",
    "- eins\n\nAm\n1. Quartal.\n\n- zwei",
    "1. eins\n2. zwei\n\n    ```\n    x\n    ```\n\n3. drei",
    "```\n| a |\n- **x**\n[x] (y.md)\n```\n\n`**x**` und `{ x }`",
    "    klarplan check\n    make test",
    "Der [Plan][1] gilt, [Stand] auch.\n\n[1]: https://a.example/b\n[Stand]: https://a.example/c",
    "````\n```\nx\n```\n````\n\n~~~\n```\n~~~",
    "| a | b |\n|:-:|--:|\n| `x|y` | a\\|b |\n| {{ as_of_date() }} | |",
    "**Wichtig:** Text.\n\n**Das ist ein ganzer Satz.**\n\nText\n\n**Hinweis:**\n\nText",
    "Überschrift\n===========\n\nZwei\n----",
    "Begriff\n:   Erklärung - mit Strich",
    "R&D, AT&T; B&B und § 5 Abs. 1 [BauGB].",
    "Der Pfad C:\\Temp\\ und \\\\server\\ordner liegen dort.",
    "Text\n- 5 Prozent - so der Rat - sind es.",
    "[x](https://a.example/(y)) und ![Kreise](../../strategy/kreise.svg){ width=300 }",
    "Zeile eins  \nZeile zwei<br>\nZeile drei",
    "Am 1.1.2026 und\n2.Mai 2027.",
    "Der Satz endet mit\n2026.\nUnd weiter.",
    "<details markdown><summary>S</summary>\n\n- a\n- **b**\n\n</details>",
    '!!! note "Titel"\n\n    Text - mit **fett**.\n\n    - eins',
    '=== "Eins"\n\n    Text\n\n=== "Zwei"\n\n    Text',
    "## Titel {#anker}\n\n[dorthin](#anker){ .md }",
]


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """What the check finds on a page of each case."""
    texts = {name: case[2] for name, case in (MENDED | TOLD).items()}
    texts |= {text: text for text in LEGAL}
    return examined(tmp_path_factory.mktemp("literal"), texts)


def of_markup(found: list[Finding]) -> list[tuple[str, int | None]]:
    """Rule and line of the findings on Markdown that is shown as it stands."""
    return [(f.rule, f.line) for f in found if "KP761" <= f.rule <= "KP771"]


@pytest.mark.parametrize("name", [*MENDED, *TOLD])
def test_it_is_told_once_at_its_line(name: str, findings: dict[str, list[Finding]]) -> None:
    """What would be published as it was typed is one finding, at its line, with a cure."""
    case = MENDED.get(name) or TOLD[name]

    assert of_markup(findings[name]) == [(case[0], case[1])]
    assert all(f.cure.de and f.cure.en for f in findings[name])


@pytest.mark.parametrize("name", MENDED)
def test_what_has_one_reading_is_mended(name: str, findings: dict[str, list[Finding]]) -> None:
    """Where only one text can be meant, the finding carries it."""
    assert repaired(MENDED[name][2], findings[name]) == MENDED[name][3]


def test_the_mended_texts_are_right(tmp_path_factory: pytest.TempPathFactory) -> None:
    """After the repair nothing is found any more."""
    texts = {name: case[3] for name, case in MENDED.items()}

    found = examined(tmp_path_factory.mktemp("mended"), texts)

    assert {name: of_markup(f) for name, f in found.items() if of_markup(f)} == {}


@pytest.mark.parametrize("name", TOLD)
def test_what_has_two_readings_is_left(name: str, findings: dict[str, list[Finding]]) -> None:
    """Where more than one text may be meant, people decide."""
    assert [f.fix for f in findings[name] if "KP761" <= f.rule <= "KP771"] == [None]


@pytest.mark.parametrize("text", LEGAL)
def test_odd_but_legal_prose_is_left_alone(text: str, findings: dict[str, list[Finding]]) -> None:
    """Mathematics, insertions, stars, lists within sentences, code and paths are no slips."""
    assert of_markup(findings[text]) == []


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("cell too many", "error"),
        ("quarter", "error"),
        ("stars in words", "error"),
        ("call without its beginning", "error"),
        ("call without braces", "error"),
        ("cell too few", "warning"),
        ("list behind a sentence", "warning"),
        ("blank in a link", "warning"),
    ],
)
def test_what_hides_or_changes_something_is_an_error(
    name: str, severity: str, findings: dict[str, list[Finding]]
) -> None:
    """Text that vanishes or changes, and calls in public, are errors; what shows badly is not."""
    assert [f.severity for f in findings[name] if "KP761" <= f.rule <= "KP771"] == [severity]


PIECES = st.lists(
    st.sampled_from(
        [
            *("- ", "* ", "1. ", "2) ", "• ", "– ", "  ", "    ", "\n", "\n\n", "| a | b |", "|"),
            *("|---|---|", "**", "*", "__", "`", "```", "[x]", "(y.md)", "[", "]", "(", ")", "{"),
            *(
                "}",
                "#",
                "## ",
                "---",
                "\\",
                "&nbsp",
                "<!--",
                "<div>",
                "> ",
                "a",
                "Ä ",
                "wort ",
                "\t",
            ),
            *("[^1]", "[^1]: n", ": ", "!!! note", "==", "~~", "https://a.example", "\xa0", "3. "),
        ]
    ),
    max_size=30,
).map("".join)


@examples(100)
@given(PIECES)
def test_a_cure_names_what_stands_there_and_changes_it(text: str) -> None:
    """Whatever a page holds, a cure begins with the finding's line and is another text."""
    lines = text.split("\n")
    page = Page(
        path=Path("docs/a.md"),
        file="docs/a.md",
        source=Source(text),
        renderer=lambda: RENDERER,
        answer=lambda _file, _line, _call, seal: seal.made("x"),
    )

    for slip in slips(page):
        if slip.fix:
            old = slip.fix.old.split("\n")
            assert lines[slip.line - 1 :][: len(old)] == old
            assert slip.fix.new != slip.fix.old
