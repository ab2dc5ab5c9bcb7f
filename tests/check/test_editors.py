"""Slips of editors who know Excel and a text editor: one message each, and its cure mends it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.commands.repair import repair, write
from klarplan.messages import Finding
from klarplan.strategy.schema import ENGINE_DESCRIPTOR
from tests.support.klein import DAY, append, copied, replace

MEASURES, BUDGET = "data/measures.csv", "data/budget.csv"
REPORTS, ORGANISATIONS = "data/status_reports.csv", "data/organisations.csv"
SETTINGS, START, VISION = "strategy/strategy.yml", "docs/index.md", "strategy/vision.md"


@dataclasses.dataclass(frozen=True)
class Slip:
    """What stood there, what an editor made of it, and what the message asks for instead."""

    name: str
    file: str
    old: str
    new: str
    rule: str
    line: int
    cure: str
    """A part of the cure."""
    mended: bool = False
    """Whether ``klarplan repair`` writes back what stood there."""


def day(name: str, new: str, cure: str = "Schreiben Sie 2027-06-30.", mended: bool = True) -> Slip:
    """A slip in the planned end of the first measure."""
    return Slip(name, MEASURES, "2027-06-30", new, "KP030", 2, cure, mended)


CELLS = [
    day("slashes, month first", "06/30/2027"),
    day("slashes, year first", "2027/06/30"),
    day("dashes of a word processor", "2027–06–30"),
    day("with midnight", "2027-06-30 00:00:00"),
    day("month in words", "30. Juni 2027"),
    day("month cut short", "30. Jun. 2027"),
    day(
        "two readings",
        "05/06/2027",
        "Gemeint ist 2027-06-05 oder 2027-05-06; schreiben Sie den richtigen Tag.",
        False,
    ),
    day("not known", "laufend", "Was noch nicht bekannt ist, bleibt leer.", False),
    Slip("year as a day", BUDGET, "A-1,2024,", "A-1,01.01.2024,", "KP030", 2, "2024.", True),
    Slip("year with decimals", BUDGET, "A-1,2024,", "A-1,2024.0,", "KP030", 2, "2024.", True),
    Slip("year in words", BUDGET, "A-1,2024,", "A-1,2024/25,", "KP030", 2, "eine Jahreszahl"),
    Slip(
        "share in per cent",
        BUDGET,
        "44000,EUR,own,,0.5",
        "44000,EUR,own,,50 %",
        "KP030",
        2,
        "Meinten Sie 0.5?",
    ),
    Slip("thousands", BUDGET, ",50000,", ",50 T€,", "KP030", 2, "Meinten Sie 50000?"),
    Slip("no money", REPORTS, "2025,laeuft,40", "2025,laeuft,40 €", "KP030", 6, "Meinten Sie 40?"),
    Slip("millions", BUDGET, ",200000,", ',"0,2 Mio. €",', "KP030", 4, "Meinten Sie 200000?"),
    Slip("letters O", BUDGET, ",50000,", ",5OOOO,", "KP030", 2, "Meinten Sie 50000?"),
    Slip("about", BUDGET, ",50000,", ",ca. 50000,", "KP030", 2, "Meinten Sie 50000?"),
    Slip("dash for nothing", BUDGET, ",45000,44000", ",-,44000", "KP030", 2, "bleibt leer."),
    Slip("point between thousands", BUDGET, ",50000,", ",50.000,", "KP503", 2, "Sie 50000."),
    Slip("share for per cent", REPORTS, "2025,laeuft,40", "2025,laeuft,0.4", "KP030", 6, "Sie 40?"),
    Slip(
        "priority in words",
        MEASURES,
        "pilot,3,2025-01",
        "pilot,hoch,2025-01",
        "KP030",
        6,
        "1 bis 5",
    ),
    Slip("option in other words", MEASURES, "F-1,pilot", "F-1,Pilotprojekt", "KP032", 6, "„pilot“"),
    Slip(
        "role in words",
        "data/responsibilities.csv",
        "A-3,rathaus,lead",
        "A-3,rathaus,Federführung",
        "KP032",
        4,
        "Meinten Sie „lead“?",
    ),
    Slip("no #", "data/statuses.csv", "#4a5568", "4a5568", "KP033", 2, "#4a5568.", True),
    Slip("list with commas", "data/goals.csv", "11 16", '"11, 16"', "KP033", 3, "11 16.", True),
    Slip(
        "address without scheme",
        REPORTS,
        "https://www.kleinstadt.example/antraege",
        "www.kleinstadt.example/antraege",
        "KP030",
        3,
        "Schreiben Sie https://www.kleinstadt.example/antraege",
        True,
    ),
    Slip(
        "one slash too few",
        REPORTS,
        "https://www.kleinstadt.example/antraege",
        "https:/www.kleinstadt.example/antraege",
        "KP604",
        3,
        "Schreiben Sie https://www.kleinstadt.example/antraege",
        True,
    ),
    Slip(
        "blank in an address",
        REPORTS,
        "https://www.kleinstadt.example/antraege",
        "https://www.kleinstadt.example/alle antraege",
        "KP604",
        3,
        "schreiben Sie https://www.kleinstadt.example/alle%20antraege",
    ),
    Slip(
        "path in the office",
        REPORTS,
        "https://www.kleinstadt.example/antraege",
        "N:\\Digital\\Antraege.pdf",
        "KP604",
        3,
        "Nötig ist eine Adresse, die alle öffnen können",
    ),
    Slip(
        "(at)",
        ORGANISATIONS,
        "post@werke.example",
        "post(at)werke.example",
        "KP030",
        5,
        "Schreiben Sie post@werke.example",
        True,
    ),
    Slip(
        "two mail addresses",
        ORGANISATIONS,
        "post@werke.example",
        "post@werke.example; info@werke.example",
        "KP030",
        5,
        "nur eine Adresse",
    ),
    Slip(
        "lost reference",
        "data/responsibilities.csv",
        "A-3,rathaus",
        "A-3,#NV",
        "KP037",
        4,
        "Tragen Sie es neu ein.",
    ),
    Slip(
        "line in quotation marks",
        BUDGET,
        "A-7,2025,20000,20000,19000,EUR,own,,0.2",
        '"A-7,2025,20000,20000,19000,EUR,own,,0.2"',
        "KP024",
        5,
        "Löschen Sie das Anführungszeichen",
        True,
    ),
    Slip("year far ahead", BUDGET, "A-7,2025,", "A-7,2205,", "KP034", 5, "höchstens 2100"),
]


@pytest.mark.parametrize("slip", CELLS, ids=lambda slip: slip.name)
def test_a_slip_in_a_cell_is_told_once_with_what_belongs_there(slip: Slip, tmp_path: Path) -> None:
    """A cell in another form has one finding; ``repair`` writes it back only if it is certain."""
    root = copied(tmp_path)
    before = (root / slip.file).read_text("utf-8")
    replace(root, slip.file, slip.old, slip.new)
    [finding] = check(root, DAY)
    assert (finding.rule, finding.file, finding.line) == (slip.rule, slip.file, slip.line)
    assert slip.cure in finding.cure.de
    planted = (root / slip.file).read_text("utf-8")
    write(repair(root, DAY))
    assert (root / slip.file).read_text("utf-8") == (before if slip.mended else planted)


def lines(file: str, change: Callable[[list[str]], list[str]]) -> Callable[[Path], None]:
    """A change of the lines of a file."""

    def plant(root: Path) -> None:
        path = root / file
        path.write_text("".join(change(path.read_text("utf-8").splitlines(keepends=True))), "utf-8")

    return plant


ROWS: dict[str, tuple[Callable[[Path], None], str, int, str]] = {
    "sum": (lines(BUDGET, lambda t: [*t, "Summe,,330000,,,,,,\n"]), "KP025", 6, "Löschen Sie"),
    "total with colon": (
        lines(BUDGET, lambda t: [*t, "Gesamt:,,9,,,,,,\n"]),
        "KP025",
        6,
        "Löschen",
    ),
    "note": (lines(BUDGET, lambda t: [*t, "# Stand Mai,,,,,,,,\n"]), "KP025", 6, "Löschen Sie"),
    "names again": (lines(REPORTS, lambda t: [*t, t[0]]), "KP025", 13, "Löschen Sie die Zeile."),
    "title above": (lines(BUDGET, lambda t: ["Budget,,,,,,,,\n", *t]), "KP020", 1, "über Zeile 2"),
    "two lines above": (
        lines(BUDGET, lambda t: ["Budget,,,,,,,,\n", "Stand,Mai,,,,,,,\n", *t]),
        "KP020",
        1,
        "über Zeile 3",
    ),
    "all in quotation marks": (
        lines(BUDGET, lambda t: [f'"{line.strip()}"\n' for line in t]),
        "KP020",
        1,
        "Löschen Sie am Anfang und am Ende jeder Zeile",
    ),
    "other delimiter": (
        lines(BUDGET, lambda t: [line.replace(",", "|") for line in t]),
        "KP020",
        1,
        "mit dem Komma als Trennzeichen",
    ),
    "some in quotation marks": (
        lines(BUDGET, lambda t: [t[0], *(f'"{line.strip()}"\n' for line in t[1:])]),
        "KP024",
        2,
        "Löschen Sie das Anführungszeichen",
    ),
    "column moved without its name": (
        lines(
            "data/milestones.csv",
            lambda t: [t[0].replace("measure,title", "title,measure"), *t[1:]],
        ),
        "KP037",
        1,
        "Tauschen Sie in Zeile 1 die Namen",
    ),
    "name of a column twice": (
        lines("data/milestones.csv", lambda t: [t[0].replace("completed", "due"), *t[1:]]),
        "KP022",
        1,
        "Benennen Sie die in E1 um (completed fehlt)",
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_line_that_is_no_row_has_one_message(name: str, tmp_path: Path) -> None:
    """Sums, notes, titles, names and quotation marks are told as what they are, once."""
    root = copied(tmp_path)
    plant, rule, line, cure = ROWS[name]
    plant(root)
    [finding] = check(root, DAY)
    assert (finding.rule, finding.line) == (rule, line)
    assert cure in finding.cure.de


def test_repair_does_not_fill_up_rows_of_which_cells_are_missing(tmp_path: Path) -> None:
    """Which cells are missing is not known, so a row stays as short as it is."""
    root = copied(tmp_path)
    replace(root, BUDGET, "A-7,2025,20000,20000,19000,EUR,own,,0.2", "A-7,2025,20000")
    replace(root, BUDGET, "A-1,2024,50000", "A-1,2024,50000 €")
    write(repair(root, DAY))
    written = (root / BUDGET).read_text("utf-8").splitlines()
    assert written[-1] == "A-7,2025,20000"
    assert written[1].startswith("A-1,2024,50000,")


TEXTS = {
    "[Vision]()": ("KP711", 1, "Schreiben Sie in die runden Klammern"),
    "[Vision](#)": ("KP711", 1, "Schreiben Sie in die runden Klammern"),
    "![Das Rathaus von vorn.]()": ("KP712", 1, "wo das Bild liegt"),
    "[Rat](www.rat.example)": ("KP711", 1, "(https://www.rat.example)"),
    "[Rat](rat.kleinstadt.de/sitzung)": ("KP711", 1, "(https://rat.kleinstadt.de/sitzung)"),
    "[Rat](“https://rat.example”)": ("KP711", 1, "(https://rat.example)"),
    "[Schreiben Sie uns](rat@kleinstadt.example)": ("KP711", 1, "(mailto:rat@"),
    "[Tabelle](../data/measures.csv)": ("KP711", 1, "docs/daten.md"),
    "![Rathaus](C:\\Users\\petra\\Rathaus.png)": ("KP734", 1, "neben die Seite"),
    "Das ist _wichtig hier.": ("KP767", 1, "_wichtig_"),
    "Das ist * wichtig * hier.": ("KP767", 1, "*wichtig*"),
    "Das ist ***wichtig** hier.": ("KP767", 1, "**wichtig**"),
    "Das ist **wichtig* hier.": ("KP767", 1, "**wichtig**"),
    "·\u00a0\u00a0eins\n·\u00a0\u00a0zwei": ("KP761", 1, "- eins"),
    "Text[^2] da.\n\n[^2]: Eins.\n[^2]: Zwei.": ("KP718", 4, "eine andere Nummer"),
    '!!! note "Hinweis"\n  Text.': ("KP770", 2, "4 Leerzeichen"),
    '??? note "Hinweis"\n   Text.\n   Mehr.': ("KP770", 2, "4 Leerzeichen"),
    "####### Sprung\n\nText.": ("KP768", 1, "## Sprung"),
    "<<<<<<< HEAD\nAlt.\n=======\nNeu.\n>>>>>>> neu": ("KP707", 1, "eine der beiden Fassungen"),
    '{{ status_badge "A-1" }}': ("KP801", 1, '{{ status_badge("A-1") }}'),
    '{{{ status_badge("A-1") }}}': ("KP801", 1, '{{ status_badge("A-1") }}'),
    "{{ status_badge(&quot;A-1&quot;) }}": ("KP801", 1, '{{ status_badge("A-1") }}'),
    "{{ status_badge(\"A-1') }}": ("KP801", 1, '{{ status_badge("A-1") }}'),
    '{{ measures_table(field: "F-1") }}': ("KP801", 1, '{{ measures_table(field="F-1") }}'),
    '{{ measures_table(field="F-1"; status="laeuft") }}': ("KP801", 1, 'field="F-1", status='),
}


@pytest.mark.parametrize("text", TEXTS, ids=[f"text {n}" for n in range(len(TEXTS))])
def test_a_slip_in_a_text_is_told_once_with_what_to_write(text: str, tmp_path: Path) -> None:
    """Each slip has one finding at its line; where ``repair`` mends it, nothing is left."""
    root = copied(tmp_path)
    begin = append(root, START, f"\n{text}\n")
    [finding] = check(root, DAY)
    rule, line, cure = TEXTS[text]
    assert (finding.rule, finding.file, finding.line) == (rule, START, begin + line)
    assert cure in finding.cure.de
    if finding.fix:
        write(repair(root, DAY))
        assert not check(root, DAY)


@pytest.mark.parametrize(
    "text",
    [
        "Der Preis* steht fest.\n\n*inkl. Steuer",
        "Drei * vier * fünf ist sechzig, und 3 * 4 * 5 auch.",
        "Die Datei heißt `_index.md`, das Feld planned_end.",
        "Alle Bürger*innen sind eingeladen.",
    ],
)
def test_stars_and_lines_that_are_meant_are_not_told(text: str, tmp_path: Path) -> None:
    """Notes on prices, products, names of files and words with a star are no emphasis."""
    root = copied(tmp_path)
    append(root, START, f"\n{text}\n")
    assert not [f for f in check(root, DAY) if f.value and "wichtig" in f.value]


def moved(old: str, new: str) -> Callable[[Path], None]:
    """A file or folder under another name."""

    def plant(root: Path) -> None:
        (root / old).rename(root / new)

    return plant


def setting(old: str, new: str) -> Callable[[Path], None]:
    """Another text in the settings."""
    return lambda root: replace(root, SETTINGS, old, new)


def added(file: str, text: str) -> Callable[[Path], None]:
    """A text at the end of a file, which may be new."""

    def plant(root: Path) -> None:
        append(root, file, text)

    return plant


FILES: dict[str, tuple[Callable[[Path], None], str, str, str]] = {
    "table among the texts": (
        moved("data/milestones.csv", "strategy/milestones.csv"),
        "KP744",
        "strategy/milestones.csv",
        "Verschieben Sie sie nach data/milestones.csv.",
    ),
    "table in docs": (
        moved("data/budget.csv", "docs/budget.csv"),
        "KP744",
        "docs/budget.csv",
        "data/budget.csv",
    ),
    "table beside data": (moved("data/budget.csv", "budget.csv"), "KP744", "budget.csv", "data/"),
    "text in a wrong folder": (
        moved("strategy/measures/A-1.md", "strategy/A-1.md"),
        "KP706",
        "strategy/A-1.md",
        "Verschieben Sie sie nach strategy/measures/A-1.md.",
    ),
    "folder with a German name": (
        moved("strategy/measures", "strategy/massnahmen"),
        "KP706",
        "strategy/massnahmen/A-1.md",
        "Benennen Sie den Ordner um in strategy/measures",
    ),
    "settings in the root": (
        moved(SETTINGS, "strategy.yml"),
        "KP009",
        SETTINGS,
        "Verschieben Sie strategy.yml in den Ordner strategy/.",
    ),
    "years turned": (
        setting("period_end: 2028", "period_end: 2018"),
        "KP012",
        SETTINGS,
        "period_start und period_end",
    ),
    "title commented out": (setting("title:", "# title:"), "KP046", SETTINGS, "Tragen Sie ihn ein"),
    "menu names a folder": (
        added(SETTINGS, "menu:\n  - docs/\n"),
        "KP754",
        SETTINGS,
        "einzeln auf",
    ),
    "menu the wrong way round": (
        added(SETTINGS, "menu:\n  - docs/mitmachen.md: Mitmachen\n"),
        "KP754",
        SETTINGS,
        "Schreiben Sie: - Mitmachen: docs/mitmachen.md",
    ),
    "conflict in the descriptor": (
        added("data/datapackage.json", "<<<<<<< HEAD\n{}\n"),
        "KP040",
        "data/datapackage.json",
        "<<<<<<<, ======= und >>>>>>>",
    ),
    "empty descriptor": (
        added("data/datapackage.json", ""),
        "KP040",
        "data/datapackage.json",
        "Holen Sie sie zurück",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_in_a_wrong_place_is_told_once_with_its_right_one(name: str, tmp_path: Path) -> None:
    """Files, folders and settings that went astray have one message, not one for each result."""
    root = copied(tmp_path)
    plant, rule, file, cure = FILES[name]
    plant(root)
    found = check(root, DAY)
    if rule == "KP744":  # links of the moved table are told where they are
        found = tuple(f for f in found if f.rule == rule)
    [finding] = found
    assert (finding.rule, finding.file) == (rule, file)
    assert cure in finding.cure.de


@pytest.mark.parametrize(
    ("cells", "cure"),
    [
        ("KP116,measures.csv,A-1,planned_end,2072-06-30", "Schreiben Sie measures."),
        ("KP116,measures,A-1,planned_end,30.06.2072", "Schreiben Sie 2072-06-30."),
        ("KP116,measures,A-1,planned_ende,2072-06-30", "Schreiben Sie planned_end."),
    ],
)
def test_an_answer_with_one_wrong_cell_says_which(cells: str, cure: str, tmp_path: Path) -> None:
    """An answer that misses its warning by one cell is told, and not the warning as well."""
    root = copied(tmp_path)
    replace(root, MEASURES, "2027-06-30", "2072-06-30")
    append(root, "strategy/acknowledged.csv", f"rule,table,id,column,value,reason\n{cells},So.\n")
    found: list[Finding] = list(check(root, DAY))
    assert [(f.rule, f.line, f.cure.de) for f in found] == [("KP018", 2, cure)]


@pytest.mark.parametrize(
    "text",
    [
        "TODO: Zahlen nachtragen",
        "Wir haben [XX] Anträge.",
        "Lorem ipsum dolor.",
        "Der Rat hat am […] beschlossen.",
        "Es bleibt bei „ja“ und [...] dazu.",
    ],
)
def test_a_placeholder_is_told_in_texts_and_cells(text: str, tmp_path: Path) -> None:
    """What was to be filled in later is told, in a page and in a cell."""
    root = copied(tmp_path)
    begin = append(root, START, f"\n{text}\n")
    replace(root, MEASURES, "Gebühren werden online bezahlt.", text)
    found = [(f.rule, f.file, f.line) for f in check(root, DAY)]
    assert found == [("KP616", MEASURES, 5), ("KP616", START, begin + 1)]


def test_a_placeholder_is_told_in_alternative_texts(tmp_path: Path) -> None:
    """What a picture shows, to be written later, is told with its line."""
    root = copied(tmp_path)
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    (root / "docs/feld.svg").write_text(drawing, "utf-8")
    begin = append(root, START, "\n![TODO: Alternativtext](feld.svg)\n")
    found = [(f.rule, f.file, f.line) for f in check(root, DAY)]
    assert found == [("KP616", START, begin + 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Kapitel XXIX und XX.",
        "Der Todo-Zettel ist leer: `TODO`.",
        "[Name](mitmachen.md)",
        "Das Land schreibt: „Der Antrag […] ist zu stellen.“",
        "Es heißt »ja, [...] aber **bald**«.",
    ],
)
def test_what_is_meant_is_no_placeholder(text: str, tmp_path: Path) -> None:
    """Roman numbers, code, the text of a link and what a quotation leaves out are meant."""
    root = copied(tmp_path)
    append(root, START, f"\n{text}\n")
    assert not check(root, DAY)


@pytest.mark.parametrize("icon", ["material/hausx", "haus", "material/schule"])
def test_an_icon_that_does_not_exist_is_told(icon: str, tmp_path: Path) -> None:
    """An icon that would not appear is told at its cell."""
    root = copied(tmp_path)
    replace(root, "data/fields_of_action.csv", "material/school", icon)
    assert [(f.rule, f.line, f.column) for f in check(root, DAY)] == [("KP617", 3, "icon")]


def test_symbols_lost_on_saving_are_told_once(tmp_path: Path) -> None:
    """A table whose symbols all became question marks has one finding with all its places."""
    root = copied(tmp_path)
    for symbol in "○▶✓✗":
        replace(root, "data/statuses.csv", f",{symbol},", ",?,")
    [finding] = check(root, DAY)
    assert (finding.rule, len(finding.also)) == ("KP332", 3)


def test_a_table_that_the_descriptor_calls_otherwise_is_told_once(tmp_path: Path) -> None:
    """A new name in the descriptor leads to one error that names the file to be renamed."""
    root = copied(tmp_path)
    text = ENGINE_DESCRIPTOR.read_text("utf-8").replace('"measures.csv"', '"massnahmen.csv"', 1)
    (root / "data/datapackage.json").write_text(text, "utf-8")
    [finding] = check(root, DAY)
    assert finding.rule == "KP001"
    assert finding.cure.de == "Benennen Sie data/measures.csv um in massnahmen.csv."


@pytest.mark.parametrize("written", ["1067", '"1067"', "D-01067"])
def test_a_postcode_has_five_digits(written: str, tmp_path: Path) -> None:
    """A postcode that lost its zero, or has more than digits, is told."""
    root = copied(tmp_path)
    line = append(root, SETTINGS, f"postcode: {written}\n")
    [finding] = check(root, DAY)
    assert (finding.rule, finding.line) == ("KP012", line)
