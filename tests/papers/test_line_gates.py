"""What is looked for in the lines of papers is found where it is; and any table keeps within."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst

from klarplan.papers.job import Entry
from klarplan.papers.pdf.make import make_pdf
from tests.support.pdf_rules import failures, heads_without_scope
from tests.support.print_lines import line_faults, lines, said_again
from tests.support.print_reading import plain, read, runs
from tests.support.print_site import job, printed, write_site
from tests.support.structure import structure_faults

LONG = (
    "Ein Absatz mit so vielen Buchstaben, dass er in einem Buch wiedererkannt wird, steht auch "
    "hier im Buch. "
)


def faults(folder: Path, body: str) -> list[str]:
    """What is wrong with the lines of a page in print."""
    printed(folder, f"<h1>V</h1>{body}")
    return line_faults(folder / "strategie.pdf")


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("Ver#h(0.01pt);waltungs#h(0.01pt);vorschrift", "parted without hyphen"),
        ("Akte", "short word parted"),
        ("1.234#h(0.01pt);567", "number parted"),
        ("Verwaltungsvorschrift", ""),
        ("www.ort/#h(0.01pt);Haus", ""),
        ("Haus", ""),
    ],
)
def test_wrongly_parted_words_are_found(tmp_path: Path, word: str, told: str) -> None:
    """A word without hyphen, a short one with it, a number: each at the end of a narrow line."""
    source = tmp_path / "a.typ"
    source.write_text(
        f'#set text(lang: "de", hyphenate: true, size: 12pt)\n#block(width: 22pt)[{word}]\n'
    )
    typst.compile(str(source), output=str(tmp_path / "a.pdf"))
    found = line_faults(tmp_path / "a.pdf")
    assert bool(found) is bool(told)
    assert all(told in fault for fault in found)


@pytest.mark.parametrize("level", [2, 3])
def test_a_heading_at_the_foot_is_found(tmp_path: Path, level: int) -> None:
    """A heading that nothing follows before the next page begins is told."""
    pages = {
        "a/": f"<h1>A</h1><p>Text</p><h2>B</h2><h{level}>ALLEIN</h{level}>",
        "b/": "<h1>B</h1>",
    }
    write_site(tmp_path / "site", pages)
    entries = tuple(Entry(level=1, title=path, page=path) for path in pages)
    make_pdf(job(tmp_path, entries))
    assert line_faults(tmp_path / "strategie.pdf") == ["page 3: heading at the foot: ALLEIN"]


@pytest.mark.parametrize(
    ("undivided", "zoom", "lines_before"),
    [(True, 1.0, 40), (True, 1.0, 42), (False, 1.0, 40), (False, 1.0, 42), (False, 1.6, 22)],
)
def test_no_page_has_nothing_but_a_heading(
    tmp_path: Path, undivided: bool, zoom: float, lines_before: int
) -> None:
    """A sheet that would fill its own page leaves room for the headings above it, or is parted."""
    facts = '<table class="facts"><tr><th scope="row">Ort</th><td>Nord</td></tr></table>'
    body = f"<h1>M</h1><p>{'<br>'.join(['Zeile'] * lines_before)}</p>{facts}"
    write_site(tmp_path / "site", {"a/": "<h1>A</h1><p>Text</p>", "m/": body})
    entries = (
        Entry(level=1, title="A", page="a/"),
        Entry(level=2, title="Energie, Wärme und noch sehr viel mehr " * 3, fresh=True),
        Entry(level=3, title="M", page="m/", undivided=undivided),
    )
    made = job(tmp_path, entries, zoom=zoom)
    make_pdf(made)
    assert line_faults(made.target) == []
    assert structure_faults(made.target) == []


@pytest.mark.parametrize("again", [1, 2, 3])
def test_what_is_said_again_is_found(tmp_path: Path, again: int) -> None:
    """The same paragraph twice on a page is told; in a table it may be."""
    table = f"<table>{f'<tr><td>{LONG}</td></tr>' * 3}</table>"
    printed(tmp_path, f"<h1>V</h1><p>Text</p>{f'<p>{LONG}</p>' * again}{table}")
    assert bool(said_again(tmp_path / "strategie.pdf")) is (again > 1)


@pytest.mark.parametrize("lines_before", range(28, 46, 3))
@pytest.mark.parametrize(
    "after",
    [
        f"<dl><dt>Begriff</dt><dd>{LONG * 2}</dd><dt>Anderer</dt><dd>Text</dd></dl>",
        f"<ul><li>{LONG * 3}</li><li>Text</li></ul>",
        f"<p>{LONG * 3}</p>",
        "<table><thead><tr><th>A</th></tr></thead>" + "<tr><td>Zeile</td></tr>" * 30 + "</table>",
        '<figure><svg viewBox="0 0 99 60" width="640" height="200" role="img" aria-label="B">'
        '<rect width="20" height="40"/></svg><figcaption>Bild</figcaption></figure>',
    ],
    ids=["terms", "list", "text", "table", "picture"],
)
def test_headings_stay_with_what_follows(tmp_path: Path, lines_before: int, after: str) -> None:
    """Wherever on the page a section begins, its heading is not left at the foot of it."""
    text = f"<p>{'<br>'.join(['Zeile'] * lines_before)}</p>"
    assert faults(tmp_path, f"{text}<h2>Abschnitt</h2>{after}<h3>Unter</h3>{after}") == []


@pytest.mark.parametrize(
    "word",
    [
        "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung",
        "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
        "x" * 90,
    ],
)
@pytest.mark.parametrize(
    "around", ["<h2>{}</h2><p>Text</p>", "<p>Das {0} {0}</p>", "<table><tr>{}</tr></table>"]
)
def test_the_longest_words_break_with_a_hyphen(tmp_path: Path, word: str, around: str) -> None:
    """A word that no line holds is parted with hyphens wherever it stands."""
    cells = f"<td>{word}</td>" * 5 if "table" in around else word
    assert faults(tmp_path, around.format(cells)) == []
    file = tmp_path / "strategie.pdf"
    assert plain(word) in plain(read(file).text)
    assert structure_faults(file) == []
    assert len({line.base for line in lines(file) if line.page == 2}) > 2


RIGHT = 210 / 25.4 * 72 - 20 / 25.4 * 72
"""Where lines end, in points from the left edge of the paper."""


@pytest.mark.parametrize(
    "word",
    [
        "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung",
        "Gebäudeenergieverbrauchssteuer",
        "x" * 90,
        "musterstadt.example/wo/steht/das/alles/zum/lesen",
    ],
)
@pytest.mark.parametrize(("number", "zoom"), [(4, 1.0), (60, 1.0), (4, 1.6)])
def test_the_longest_words_of_titles_keep_within_lines(
    tmp_path: Path, word: str, number: int, zoom: float
) -> None:
    """In contents of one column or two and in headings, with a page of the site or without."""
    pages = {f"m/{at}/": f"<h1>{word} {at}</h1><p>Text</p>" for at in range(number)}
    write_site(tmp_path / "site", {"a/": "<h1>A</h1><p>Text</p>", **pages})
    entries = (
        Entry(level=1, title="A", page="a/"),
        Entry(level=2, title=word),
        *(Entry(level=3, title=word, page=page, number="M-1") for page in pages),
    )
    made = job(tmp_path, entries, zoom=zoom)
    make_pdf(made)
    out = [run.text for page in runs(made.target) for run in page if run.right > RIGHT + 1]
    assert out == []
    assert plain(read(made.target).text).count(plain(word)) >= 2 * (number + 1)
    assert structure_faults(made.target) == []


@pytest.mark.long
def test_any_table_keeps_within_its_columns(tmp_path: Path) -> None:
    """Tables of 1 to 20 columns, of numbers and of text: nothing overprinted, parted or lost."""
    words = ["Schulen", "und Busse", "brauchen Akten", "der Verwaltungsvorschriften", "nicht"]
    body = ""
    for columns in range(1, 21):
        head = "".join(f"<th>Überschrift {n}</th>" for n in range(columns))
        numbers = "".join(f"<tr>{'<td>1.234.567</td>' * columns}</tr>" for _ in range(6))
        cells = [" ".join(words[n % 5 :]) for n in range(columns)]
        text = f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>" * 6
        for rows, kind in ((numbers, "numbers"), (text, "list")):
            caption = f"<caption>{kind} {columns}</caption>"
            body += f"<h2>{kind} {columns}</h2><p>Davor.</p>"
            body += f'<table class="{kind}">{caption}<thead><tr>{head}</tr></thead>{rows}</table>'
    printed(tmp_path, f"<h1>Folter</h1>{body}")
    file = tmp_path / "strategie.pdf"
    assert structure_faults(file) == []
    assert failures(file) == []
    assert heads_without_scope(file) == []
    assert read(file).text.count("1.234.567") >= 6 * sum(range(1, 21))


@pytest.mark.parametrize("before", ["Titel", "<a href='#v'>Titel</a>", "<b>T</b>"])
def test_no_line_begins_with_a_point(tmp_path: Path, before: str) -> None:
    """A point between two parts ends a line, in an element of its own or not, at any width."""
    parts = "".join(
        f"<p>{'Wort ' * number}{before} <span>·\u00a0{'strategisches Ziel ' * 4}</span> · Ende</p>"
        for number in range(6, 16)
    )
    printed(tmp_path, f"<h1>V</h1>{parts}")
    told = [line.text.strip() for line in lines(tmp_path / "strategie.pdf")]
    assert sum("·" in text for text in told) >= 10
    assert not [text for text in told if text.startswith("·")]
