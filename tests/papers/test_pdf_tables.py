"""Tables in print: heads that say what they head, widths that fit, breaks that keep the heads."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from lxml.html import fromstring

from klarplan.look.letter_widths import width_of
from klarplan.papers.grid import read_grid
from tests.support.print_lines import lines
from tests.support.print_reading import Tag, page_texts, page_widths, plain, read, runs
from tests.support.print_site import measure, printed
from tests.support.structure import painted_beside, structure_faults
from tests.support.widths import weigh


def tables_of(folder: Path, body: str) -> list[Tag]:
    """The tables of a page in print."""
    printed(folder, f"<h1>V</h1>{body}")
    return list(read(folder / "strategie.pdf").find("Table"))


def scopes(table: Tag) -> dict[str, str]:
    """Each head of a table with what it is a head of."""
    return {head.text: str(head.attributes["Scope"])[1:] for head in table.find("TH")}


def heads_of(table: Tag, text: str) -> list[str]:
    """The text of the heads that a cell names."""
    names = {head.attributes.get("ID"): head.text for head in table.find("TH")}
    cell = next(cell for cell in table.find("TD") if cell.text == text)
    return [names[str(name)] for name in cell.attributes.get("Headers", [])]


def test_heads_know_rows_and_columns(tmp_path: Path) -> None:
    """Facts have heads of rows, other tables heads of columns as well; cells name both."""
    facts, milestones, _ = tables_of(tmp_path, measure(1))
    assert set(scopes(facts).values()) == {"Row"}
    assert scopes(milestones)["Fällig"] == "Column"
    assert scopes(milestones)["Regelbetrieb"] == "Row"
    assert heads_of(milestones, "31.12.2026") == ["Fällig", "Regelbetrieb"]


FACTS = (
    ("Kennung", "M-001"),
    ("Art", "Projekt"),
    ("Federführung", "Fachbereich Bürgerdienste und Ordnung"),
    ("Fortschritt", "66\u00a0%"),
    ("Dokumente", "<ul><li>Konzept</li></ul>"),
    ("Priorität", "5 von 5"),
    ("Wirkung", "hoch"),
)


def test_short_facts_stand_two_to_a_row(tmp_path: Path) -> None:
    """A value names the head right before it, also where two facts share a row."""
    rows = "".join(f'<tr><th scope="row">{k}</th><td>{v}</td></tr>' for k, v in FACTS)
    (table,) = tables_of(tmp_path, f'<table class="facts">{rows}</table>')
    across = [[head.text for head in row.find("TH")] for row in table.find("TR")]
    alone = [["Federführung"], ["Fortschritt"], ["Dokumente"]]
    assert across == [["Kennung", "Art"], *alone, ["Priorität", "Wirkung"]]
    assert heads_of(table, "M-001") == ["Kennung"]
    assert heads_of(table, "Projekt") == ["Art"]
    assert heads_of(table, "66\u00a0%") == ["Fortschritt"]
    assert plain(table.text) == plain("".join(k + v for k, v in FACTS)).replace(
        "<ul><li>Konzept</li></ul>", "•Konzept"
    )


def test_a_fact_that_would_break_keeps_its_row(tmp_path: Path) -> None:
    """A value or a name that does not fit into a half is not parted for another fact beside it."""
    facts = (
        ("Beginn", "2026"),
        ("Zuständig", "Fachbereich Bürgerdienste"),
        ("Geld", "1.800 €"),
        ("Nachhaltigkeitsziele der Vereinten Nationen", "4"),
        ("Ende", "2028"),
        ("Ort", "Innenstadt"),
    )
    rows = "".join(f'<tr><th scope="row">{k}</th><td>{v}</td></tr>' for k, v in facts)
    (table,) = tables_of(tmp_path, f'<table class="facts">{rows}</table>')
    across = [[head.text for head in row.find("TH")] for row in table.find("TR")]
    alone = [[name] for name, _ in facts[:3]]
    assert across == [*alone, [facts[3][0], "Ende"], ["Ort"]]


@pytest.mark.parametrize(
    ("columns", "told"),
    [(3, "Rat der Kommune Bürgerstadt"), (5, "Sitzung in Bürgerstadt"), (9, "Bürgerstadt")],
)
def test_usual_words_stay_whole_where_columns_hold_them(
    tmp_path: Path, columns: int, told: str
) -> None:
    """A word of up to twelve letters begins a new line where its column has room for it."""
    row = f"<tr><td>{told}</td>" + f"<td>{'Eine Zeile Text. ' * 30}</td>" * (columns - 1) + "</tr>"
    printed(tmp_path, f"<h1>V</h1><table>{row * 3}</table>")
    parted = [line.text for line in lines(tmp_path / "strategie.pdf") if "Bürger" in line.text]
    assert len(parted) == 3
    assert all("Bürgerstadt" in text for text in parted)


@pytest.mark.parametrize(
    "told", ["Stabsstelle Digitalisierung", "Abteilung Kindertagesstätten", "Amt Grundsicherung"]
)
def test_words_stay_whole_where_another_column_has_room_to_spare(tmp_path: Path, told: str) -> None:
    """A long word is not parted beside columns that are partly empty, nor where it fits a line."""
    row = f"<tr><td>DS-15</td><td>Kita-Platz online anmelden</td><td>{told}</td>"
    row += "<td>15.&nbsp;September&nbsp;2025, wie geplant</td><td>Bildung und Schulen</td></tr>"
    printed(tmp_path, f"<h1>V</h1><table>{row * 2}</table>")
    text = " ".join(line.text for line in lines(tmp_path / "strategie.pdf"))
    assert text.count(told.rsplit(maxsplit=1)[-1]) == 2


@pytest.mark.parametrize("above", [4, 7])
def test_facts_in_large_print_leave_no_head_alone(tmp_path: Path, above: int) -> None:
    """A table of facts longer than half of a page begins below the head of its sheet."""
    value = "Ein Satz, der in großer Schrift zwei Zeilen braucht. " * 2
    rows = "".join(f'<tr><th scope="row">Angabe {n}</th><td>{value}</td></tr>' for n in range(8))
    lead = "<p>Ein Satz, der darüber steht und eine Zeile braucht.</p>" * above
    body = f'<h1>V</h1>{lead}<table class="facts">{rows}</table>'
    printed(tmp_path, body, zoom=1.6)
    first = next(text for text in page_texts(tmp_path / "strategie.pdf") if "darüber" in text)
    assert "Angabe" in first


def test_spans_keep_their_heads(tmp_path: Path) -> None:
    """A cell below a head over two columns names both heads above it and the one beside it."""
    (table,) = tables_of(
        tmp_path,
        '<table><thead><tr><th rowspan="2">Feld</th><th colspan="2" scope="colgroup">Zahl</th></tr>'
        "<tr><th>alt</th><th>neu</th></tr></thead><tbody>"
        '<tr><th scope="row" rowspan="2">Erste</th><td>eins</td><td>zwei</td></tr>'
        '<tr><td colspan="2">beide</td></tr></tbody></table>',
    )
    assert heads_of(table, "zwei") == ["Zahl", "neu", "Erste"]
    assert heads_of(table, "beide") == ["Zahl", "alt", "neu", "Erste"]
    wide = next(cell for cell in table.find("TD") if cell.text == "beide")
    assert int(wide.attributes["ColSpan"]) == 2


def test_a_table_in_a_cell_keeps_its_own_heads(tmp_path: Path) -> None:
    """An inner table is tagged as a table of its own, inside its cell."""
    outer, inner = tables_of(
        tmp_path,
        "<table><thead><tr><th>A</th><th>B</th></tr></thead><tr><td>x</td><td>"
        '<table><tr><th scope="row">Innen</th><td>1</td></tr></table></td></tr></table>'
        "<p>Danach</p>",
    )
    assert scopes(inner) == {"Innen": "Row"}
    assert scopes(outer) == {"A": "Column", "B": "Column", "Innen": "Row"}


def test_a_ragged_table_is_filled(tmp_path: Path) -> None:
    """Short rows get empty cells, spans beyond the end are cut, empty tables vanish."""
    (table,) = tables_of(
        tmp_path,
        '<table><tr></tr></table><table><tr><td>1</td></tr><tr><td>2</td><td rowspan="99">3</td>'
        '<td colspan="2">4</td></tr><tr><td rowspan="0">5</td></tr></table>',
    )
    rows = [[cell.text for cell in row.find("TD")] for row in table.find("TR")]
    assert rows == [["1", "", "", ""], ["2", "3", "4"], ["5", "", ""]]


def test_a_caption_stands_before_its_table(tmp_path: Path) -> None:
    """A caption, also that of a figure, belongs to the table and is read before it."""
    tables = tables_of(
        tmp_path,
        "<table><caption>Erste <em>Überschrift</em></caption><tr><td>a</td></tr></table>"
        "<figure><table><tr><td>b</td></tr></table><figcaption>Zweite</figcaption></figure>",
    )
    text = plain(read(tmp_path / "strategie.pdf").text)
    assert len(tables) == 2
    assert text.endswith("Tab.1:ErsteÜberschriftaTab.2:Zweiteb")


def test_a_caption_that_repeats_a_heading_is_a_number(tmp_path: Path) -> None:
    """A table counts also where its caption says no more than the heading above it.

    Only what repeats the title of a page of one row, on its sheet, has neither caption nor number.
    """
    table = "<table><caption>{}</caption><tr><td>{}</td></tr></table>"
    tables = tables_of(
        tmp_path,
        f"{table.format('Eckdaten: V', 'a')}<h2>Gremien</h2>{table.format('Gremien', 'b')}"
        f"{table.format('Ämter &amp; <em>mehr</em>', 'c')}<h2>Ämter &amp; mehr</h2>"
        f"<p>Text.</p>{table.format('Ämter &amp; <em>mehr</em>', 'd')}",
    )
    text = plain(read(tmp_path / "strategie.pdf").text)
    assert len(tables) == 4
    assert text.endswith("aGremienTab.1bTab.2:Ämter&mehrcÄmter&mehrText.Tab.3d")


def test_a_long_table_repeats_its_head(tmp_path: Path) -> None:
    """A table over many pages shows its head on each, every row once, and none over another."""
    rows = "".join(f"<tr><td>Zeile {n}</td><td>Wert {n}</td></tr>" for n in range(1, 201))
    printed(
        tmp_path,
        "<h1>V</h1><table><thead><tr><th>SPALTE</th><th>Wert</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>",
    )
    file = tmp_path / "strategie.pdf"
    pages = page_texts(file)[2:]
    assert len(pages) > 3
    assert all("SPALTE" in page for page in pages)
    (table,) = read(file).find("Table")
    assert [row.text for row in table.find("TR")][1:] == [
        f"Zeile {n}Wert {n}" for n in range(1, 201)
    ]
    for page in runs(file)[2:]:
        bases = sorted(run.base for run in page if run.text.startswith("Zeile"))
        assert all(b - a > 10 for a, b in pairwise(bases))


def test_a_huge_cell_breaks_over_pages(tmp_path: Path) -> None:
    """A cell of 100 kB is printed completely, over as many pages as it takes."""
    words = " ".join(f"Wort{n}" for n in range(11_000))
    (table,) = tables_of(tmp_path, f"<table><tr><td>Titel</td><td>{words}</td></tr></table>")
    assert plain(table.text) == plain("Titel" + words)
    for page in runs(tmp_path / "strategie.pdf")[2:]:
        assert all(run.base > 50 for run in page if run.mark is not None)


def test_long_words_stay_in_their_column(tmp_path: Path) -> None:
    """Words of 300 letters and long addresses break; no column runs into the next."""
    mail = "eine.sehr.lange.adresse.der.stadtverwaltung@buergerdienste.musterstadt.example"
    (table,) = tables_of(
        tmp_path,
        f"<table><tr><td>{'x' * 300}</td><td>{mail}</td><td>{'Wort' * 75}</td></tr></table>",
    )
    assert plain(table.text) == "x" * 300 + mail + "Wort" * 75
    page = [run for run in runs(tmp_path / "strategie.pdf")[2] if run.mark is not None]
    for run in page:
        assert run.right < 540
        for other in page:
            if abs(run.base - other.base) < 4 and run is not other:
                assert not run.left < other.left < run.right - 1


@pytest.mark.parametrize("zoom", [1.0, 1.6])
@pytest.mark.parametrize("note", ["Stadtverwaltung", "Straßenverkehrsbehörde", "Amt/Fachbereich"])
def test_what_accompanies_a_name_stays_in_its_column(
    tmp_path: Path, note: str, zoom: float
) -> None:
    """No hyphen parts it, so its column holds its widest word, or the table changes its form."""
    cells = "".join(f"<td>{text}</td>" for text in ("Fachbereich oder Amt", "Fünf", "Siebzehn"))
    row = f'<tr><th scope="row">Amt<br><span class="quiet">in: {note}</span></th>{cells * 2}</tr>'
    head = "".join(f'<th scope="col">{word}</th>' for word in ("Organisation", "Zuständigkeit"))
    table = f"<table><thead><tr>{head}{head * 2}<th>Ort</th></tr></thead><tbody>{row * 4}</tbody>"
    printed(tmp_path, f"<h1>V</h1>{table}</table>", zoom=zoom)
    file = tmp_path / "strategie.pdf"
    assert structure_faults(file) == []
    assert painted_beside(file) == []


COLUMNS = "".join(f"<th>Spaltenüberschrift{n}</th>" for n in range(9))
CELLS = "".join(f"<td>Zelleninhalt{n}</td>" for n in range(9))
WIDE = f"<table><thead><tr>{COLUMNS}</tr></thead><tbody><tr>{CELLS}</tr></tbody></table>"


LONG_AND_WIDE = WIDE.replace("</tr></tbody>", CELLS + "</tr></tbody>").replace(
    "<tbody>", "<tbody>" + "<tr><td>x</td></tr>" * 40
)


def of_measures(title: str, rows: int, columns: int = 6) -> str:
    """A list of measures in so many columns, the last one with this title."""
    cells = ("Stadtwerke Lindenau", "in Umsetzung", "30.\u00a0Dezember\u00a02027", "Energie")
    rest = "".join(f"<td>{cells[at % 4]}</td>" for at in range(columns - 2))
    names = [*["Solardächer auf Schulen"] * (rows - 1), title]
    body = "".join(
        f'<tr><td>{n}</td><th scope="row">{name}</th>{rest}</tr>' for n, name in enumerate(names)
    )
    return (
        f"<table><thead><tr>{'<th>Titel</th>' * columns}</tr></thead><tbody>{body}</tbody></table>"
    )


TITLE = "Ausbau der Wärmenetze in allen Quartieren einschließlich der Übergabestationen " * 4


@pytest.mark.parametrize(
    ("body", "turned"),
    [
        (LONG_AND_WIDE, True),
        (WIDE, False),
        (of_measures(TITLE, 10), True),
        (of_measures(TITLE, 2), False),
        (of_measures(TITLE[:60], 10), False),
        (of_measures(TITLE, 10, columns=4), False),
        (f"<ul><li>{LONG_AND_WIDE}</li></ul>", False),
        ("<table><tr>" + "<td>12</td>" * 9 + "</tr></table>", False),
    ],
)
def test_a_wide_table_turns_its_page(tmp_path: Path, body: str, turned: bool) -> None:
    """Many columns and rows that don't fit upright get a page across, unless inside a list."""
    tables_of(tmp_path, f"<p>Davor</p>{body}<p>Danach</p>")
    assert any(width > 800 for width in page_widths(tmp_path / "strategie.pdf")) is turned


def test_a_heading_goes_with_a_turned_table(tmp_path: Path) -> None:
    """The heading right before a table across stands on its page, in its place in the order."""
    printed(tmp_path, f"<h1>V</h1><p>Davor</p><h2>BREIT</h2>{LONG_AND_WIDE}<h2>Danach</h2>")
    file = tmp_path / "strategie.pdf"
    across = [text for text, w in zip(page_texts(file), page_widths(file), strict=True) if w > 800]
    assert "BREIT" in across[0]
    assert [h.text for h in read(file).find("H1", "H2")] == ["Inhalt", "V", "BREIT", "Danach"]


@pytest.mark.parametrize(
    "around", ["{}", "<div>{}</div>", "<section><div>{}</div><p>Danach</p></section>"]
)
def test_a_heading_goes_with_the_first_of_several_turned_tables(
    tmp_path: Path, around: str
) -> None:
    """Where a table becomes several, whatever holds them, no heading stays behind on its page."""
    table = around.format(of_numbers(40))
    printed(tmp_path, f"<h1>V</h1><p>Davor</p><h2>BREIT</h2>{table}")
    file = tmp_path / "strategie.pdf"
    across = [text for text, w in zip(page_texts(file), page_widths(file), strict=True) if w > 800]
    assert "BREIT" in across[0]
    assert structure_faults(file) == []


def test_given_widths_count(tmp_path: Path) -> None:
    """``data-print-columns`` sets the widths; a wrong number of them is passed over."""

    def second_column(widths: str) -> float:
        tables_of(
            tmp_path,
            f'<table data-print-columns="{widths}"><tr><td>A</td><td>ZWEI</td></tr></table>',
        )
        page = runs(tmp_path / "strategie.pdf")[2]
        return next(run.left for run in page if run.text == "ZWEI")

    assert second_column("1 3") < second_column("1 1") < second_column("3 1")
    assert second_column("3 1 1") == second_column("") == second_column("1 panic")


def test_numbers_stand_right(tmp_path: Path) -> None:
    """In a table of numbers the columns of numbers end at the same place."""
    tables_of(
        tmp_path,
        '<table class="numbers"><thead><tr><th>Jahr</th><th>Betrag</th><th>Notiz</th></tr></thead>'
        '<tr><th scope="row">2025</th><td>1.000.000 €</td><td>ja</td></tr>'
        '<tr><th scope="row">2026</th><td>5 €</td><td>nein</td></tr></table>',
    )
    page = runs(tmp_path / "strategie.pdf")[2]
    ends = {round(run.right, 1) for run in page if "€" in run.text or run.text == "Betrag"}
    begins = {round(run.left, 1) for run in page if run.text in ("ja", "nein", "Notiz")}
    assert len(ends) == len(begins) == 1


def test_small_tables_stay_whole(tmp_path: Path) -> None:
    """A table of a few rows is not torn between two pages."""
    table = "<table>" + "<tr><td>ZEILE</td></tr>" * 10 + "</table>"
    printed(tmp_path, "<h1>V</h1>" + f"<p>Text.</p>{table}" * 12)
    for page in page_texts(tmp_path / "strategie.pdf")[2:]:
        assert page.count("ZEILE") % 10 == 0


def test_numbers_with_letters_stay_in_their_column(tmp_path: Path) -> None:
    """An official number does not break, so that its column holds all of it."""
    long = "Eine Maßnahme mit einem sehr langen Namen für den Stadtrat"
    rows = "".join(
        f"<tr><td>DS-{n}</td>" + f"<td>{long}</td>" * 5 + "</tr>" for n in range(1000, 1020)
    )
    heads = "".join(f"<th>{name}</th>" for name in ("Nr.", *("Spalte",) * 5))
    printed(
        tmp_path, f"<h1>V</h1><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
    assert structure_faults(tmp_path / "strategie.pdf") == []


@pytest.mark.parametrize("columns", range(1, 21))
@pytest.mark.parametrize("cell", ["1.234.567", "12.345.678,90 €", "Akten", "Schulen", "DS-2024/13"])
def test_no_column_is_narrower_than_what_cannot_break(columns: int, cell: str) -> None:
    """Numbers and short words keep their width, however many columns there are; the page grows."""
    table = f"<table><tr>{f'<td>{cell}</td>' * columns}</tr></table>"
    fit = weigh(read_grid(fromstring(table.replace(" €", "\u00a0€"))))
    assert min(fit.widths) > width_of(cell) - 0.01
    assert fit.floor > columns * width_of(cell) - 0.01


def test_names_of_rows_keep_their_words() -> None:
    """Where room is short, a name of a row stays whole; a long head breaks at a syllable."""
    head = "".join(f"<th>Spaltenüberschrift{n}</th>" for n in range(7))
    row = '<th scope="row">Zusammen</th>' + "<td>12</td>" * 6
    table = f"<table><thead><tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table>"
    first, *others = weigh(read_grid(fromstring(table))).widths
    assert first >= width_of("Zusammen")
    assert max(others) < width_of("Spaltenüberschrift")


def _widths(*rows: tuple[str, ...]) -> list[float]:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return weigh(read_grid(fromstring(f"<table>{body}</table>"))).widths


def test_columns_get_room_by_what_they_hold() -> None:
    """A column of long texts is wider than one of short words, which keeps its longest word."""
    long = "Ein langer Text, der mehrere Zeilen braucht und deshalb viel Platz bekommt. " * 3
    widths = _widths(("M-001", long, "abgeschlossen"), ("M-002", long, "geplant"))
    assert widths[1] > 3 * widths[0]
    assert widths[0] >= 5
    assert widths[2] >= 13
    assert sum(widths) <= 98.5


@pytest.mark.parametrize("second", ["<br>verspätet", "<p>verspätet</p>"])
def test_what_begins_a_line_is_no_part_of_the_word_before(second: str) -> None:
    """A cell of two lines asks for the room of the wider one, not for both in one."""
    others = ("Digitalisierungsstrategie Bürgerbeteiligung " * 6,) * 4
    alone, two = (_widths((f"2.\u00a0Quartal\u00a02028{more}", *others)) for more in ("", second))
    assert alone[0] > width_of("2. Quartal 2028") - 0.01
    assert two == pytest.approx(alone, rel=0.03)


@pytest.mark.parametrize(
    ("columns", "told"), [(2, ["noch keine Meldung"]), (7, ["noch keine", "Meldung"])]
)
def test_a_long_badge_takes_two_lines_where_room_is_short(
    tmp_path: Path, columns: int, told: list[str]
) -> None:
    """Other columns get the room that it spares; nothing is overprinted."""
    badge = (
        '<span class="badge badge--none" data-colour="#505050"><span class="badge__symbol" '
        'aria-hidden="true">…</span> noch keine Meldung</span>'
    )
    cells = f"<td>{badge}</td>" + "<td>Fachbereich Bürgerdienste</td>" * (columns - 1)
    printed(tmp_path, f"<h1>V</h1><table><tr>{cells}</tr><tr>{cells}</tr></table>")
    file = tmp_path / "strategie.pdf"
    assert structure_faults(file) == []
    texts = [run.text.strip() for page in runs(file) for run in page]
    assert [text for text in texts if text in "noch keine Meldung" and text] == told * 2


def of_numbers(columns: int, rows: int = 12, number: str = "1.234.567") -> str:
    """A table of numbers with a head, names of rows and sums."""
    cells = f"<td>{number}</td>" * (columns - 1)
    head = "".join(f"<th>Jahr {2020 + n}</th>" for n in range(columns))
    body = "".join(f'<tr><th scope="row">Feld {n}</th>{cells}</tr>' for n in range(rows))
    foot = f'<tfoot><tr><th scope="row">Summe</th>{cells}</tr></tfoot>'
    return f'<table class="numbers"><thead><tr>{head}</tr></thead>{body}{foot}</table>'


def test_columns_beyond_a_page_are_shared_out(tmp_path: Path) -> None:
    """A table of forty columns becomes several; each names its rows, none loses a number."""
    tables = tables_of(tmp_path, of_numbers(40))
    assert len(tables) > 2
    assert sum(table.text.count("1.234.567") for table in tables) == 39 * 13
    for table in tables:
        assert {"Feld 0", "Feld 11", "Summe"} <= scopes(table).keys()
    years = [head for table in tables for head in scopes(table) if head.startswith("Jahr ")]
    assert sorted(years[1:]) == sorted(
        [f"Jahr {year}" for year in range(2021, 2060)] + ["Jahr 2020"] * (len(tables) - 1)
    )
    assert structure_faults(tmp_path / "strategie.pdf") == []


def test_what_spans_shared_columns_is_in_each_part(tmp_path: Path) -> None:
    """A head over all columns stands above the columns of each part; notes and places stay one."""
    table = of_numbers(40).replace(
        "<thead>", '<thead><tr><th rowspan="2">Feld</th><th colspan="39">ALLE</th></tr>'
    )
    table = table.replace("<th>Jahr 2020</th>", "").replace("Feld 3", '<a id="drei"></a>Feld 3')
    tables = tables_of(tmp_path, f'{table}<p><a href="#drei">drei</a></p>')
    spans = [next(h for h in t.find("TH") if h.text == "ALLE").attributes for t in tables]
    assert sum(int(span["ColSpan"]) for span in spans) == 39
    assert structure_faults(tmp_path / "strategie.pdf") == []


@pytest.mark.parametrize("columns", [11, 12])
@pytest.mark.parametrize(
    "around",
    ["{}", "<p>Davor</p>{}<p>Danach</p>", "<h2>H</h2><p>Davor:</p><div>{}</div>", "{0}{0}"],
)
def test_a_turned_table_leaves_no_page_empty(tmp_path: Path, columns: int, around: str) -> None:
    """Numbers too wide for a page turn it; its heading and short texts come along."""
    tables_of(tmp_path, around.format(of_numbers(columns, number="12.345.678")))
    file = tmp_path / "strategie.pdf"
    assert any(width > 800 for width in page_widths(file))
    assert structure_faults(file) == []
    assert all(len(text) > 200 for text in page_texts(file)[2:])


def test_rules_run_through_and_sums_are_set_off(tmp_path: Path) -> None:
    """Lines between rows are as wide as the table; the one above the sums is thicker."""
    tables_of(tmp_path, of_numbers(5, rows=3))
    with pikepdf.open(tmp_path / "strategie.pdf") as pdf:
        drawn = horizontal_lines(pdf.pages[2])
    width = (210 - 24 - 20) / 25.4 * 72
    full = [(top, weight) for top, length, weight in drawn if length > width - 1]
    assert [weight for _, weight in sorted(full, reverse=True)[1:]] == [1, 0.5, 0.5, 0.5, 1, 0.5]


def horizontal_lines(page: pikepdf.Page) -> list[tuple[float, float, float]]:
    """The level lines of a page from its top: where, how long, how thick."""
    found = []
    place, start, weight = (0.0, 0.0), (0.0, 0.0), 1.0
    saved = []
    for operands, operator in pikepdf.parse_content_stream(page, "q Q cm m l w"):
        numbers = [float(number) for number in operands]
        match str(operator):
            case "q":
                saved.append((place, weight))
            case "Q":
                place, weight = saved.pop()
            case "cm":
                place = (place[0] + numbers[4], place[1] + numbers[5])
            case "w":
                weight = numbers[0]
            case "m":
                start = (numbers[0], numbers[1])
            case "l" if abs(numbers[1] - start[1]) < 0.01:
                found.append((place[1] + numbers[1], abs(numbers[0] - start[0]), weight))
    return found
