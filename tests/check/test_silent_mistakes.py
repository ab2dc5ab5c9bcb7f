"""Mistakes that could be published without a word: each kind is told, what is fine is not."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from klarplan.check.run import check
from klarplan.pages.used_ids import used_before
from klarplan.strategy.schema import engine_descriptor
from tests.pages.test_files import docx, odt, put
from tests.support.git import committed
from tests.support.klein import DAY, append, copied, errors, replace

STATUSES = "data/statuses.csv"
MEASURES = "data/measures.csv"
MILESTONES = "data/milestones.csv"
REPORTS = "data/status_reports.csv"
INDICATORS = "data/indicators.csv"
TARGETS = "data/indicator_targets.csv"
VISION = "strategy/vision.md"
START = "docs/index.md"
SETTINGS = "strategy/strategy.yml"
FEEDBACK = "data/feedback.csv"
FEEDBACK_HEAD = "id,participation,date,contribution,answer,outcome,measure\n"


class Case(NamedTuple):
    """One change of one cell, and the warning that it must lead to."""

    file: str
    old: str
    new: str
    rule: str
    line: int
    column: str
    cure: str


CELLS = {
    "two statuses of one label": Case(
        STATUSES, "fertig,fertig,", "fertig,läuft,", "KP217", 4, "label", "„fertig“ oder „laeuft“"
    ),
    "labels alike but for capitals": Case(
        STATUSES, "offen,offen,", "offen,Beendet,", "KP217", 5, "label", "„beendet“ oder „offen“"
    ),
    "two statuses of one English label": Case(
        STATUSES, ",done,Die", ",running,Die", "KP217", 4, "label_en", "einen anderen Namen"
    ),
    "two organisations of one name": Case(
        "data/organisations.csv",
        "schulamt,Schulamt",
        "schulamt,Bürgerdienste",
        "KP217",
        4,
        "name",
        "behalten Sie nur eine",
    ),
    "two indicators of one title": Case(
        INDICATORS, "K-2,Wasserverlust", "K-2,Anträge im Netz", "KP217", 3, "title", "K-1"
    ),
    "milestone past and planned": Case(
        MILESTONES, "2027-06-30,,planned", "2025-06-30,,planned", "KP118", 3, "state", "reached"
    ),
    "milestone past without a state": Case(
        MILESTONES, "2027-06-30,,planned", "2025-11-30,,", "KP118", 3, "due", "den neuen Termin"
    ),
    "milestone of an ended measure": Case(
        MILESTONES,
        "A-4,Erste Schule angeschlossen,2025-09-01,2025-08-20,reached",
        "A-2,Alles zahlt online,2024-12-01,,planned",
        "KP118",
        4,
        "state",
        "dropped",
    ),
    "all targets against the direction": Case(
        INDICATORS,
        "output,increase",
        "output,decrease",
        "KP404",
        2,
        "direction",
        "Schreiben Sie increase",
    ),
    "unit left out": Case(
        INDICATORS, "Verlusts,Prozent", "Verlusts,", "KP405", 3, "unit", "Prozent, Tage"
    ),
    "baseline without its day": Case(
        INDICATORS, "2023-12-31,2,", ",2,", "KP406", 2, "baseline_value", "„baseline_date“"
    ),
    "baseline without its value": Case(
        INDICATORS, "2023-12-31,2,", "2023-12-31,,", "KP406", 2, "baseline_date", "„baseline_value“"
    ),
    "period as a spreadsheet writes it": Case(
        REPORTS, "A-3,2026-01-20,2025,", "A-3,2026-01-20,Nov 25,", "KP324", 6, "period", "2025-11"
    ),
    "period with a point": Case(
        REPORTS, "A-3,2026-01-20,2025,", "A-3,2026-01-20,Dez. 25,", "KP324", 6, "period", "2025-12"
    ),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_that_nobody_can_mean_is_told(name: str, tmp_path: Path) -> None:
    """A cell that its column allows and nobody can mean is one warning at its place."""
    case = CELLS[name]
    root = copied(tmp_path)
    replace(root, case.file, case.old, case.new)
    [finding] = check(root, DAY)
    assert (finding.rule, finding.severity) == (case.rule, "warning")
    assert (finding.file, finding.line, finding.column) == (case.file, case.line, case.column)
    assert case.cure in finding.cure.de


def test_one_target_of_several_against_the_direction_is_told_at_its_cell(tmp_path: Path) -> None:
    """Where other targets go the right way, the one that does not is wrong, not the direction."""
    root = copied(tmp_path)
    line = append(root, TARGETS, "K-1,2028-12-31,1,\n")
    [finding] = check(root, DAY)
    assert (finding.rule, finding.file, finding.line) == ("KP404", TARGETS, line)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("K-2,Wasserverlust,Anteil des Verlusts,Prozent", "K-2,Verlust in %,Anteil,"),
        ("K-2,Wasserverlust,Anteil des Verlusts,Prozent", "K-2,Zahl der Lecks,Lecks,"),
        (
            "outcome,decrease,0,100,Werke,Messung,,,",
            "outcome,maintain,0,100,Werke,Messung,2024-12-31,3,",
        ),
    ],
)
def test_an_indicator_whose_title_tells_its_unit_is_fine(
    old: str, new: str, tmp_path: Path
) -> None:
    """A title may tell the unit, and what is to stay has no direction."""
    root = copied(tmp_path)
    replace(root, INDICATORS, old, new)
    assert not check(root, DAY)


@pytest.mark.parametrize("state", ["planned", ""])
def test_a_milestone_that_nobody_could_report_on_yet_is_fine(state: str, tmp_path: Path) -> None:
    """A milestone due after the latest report is told by the missing report, if at all."""
    root = copied(tmp_path)
    replace(root, MILESTONES, "2027-06-30,,planned", f"2026-05-30,,{state}")
    assert not check(root, DAY)


def _with_numbers(root: Path, numbers: dict[str, str]) -> None:
    """Gives measures an official number."""
    path = root / MEASURES
    rows = path.read_text("utf-8").replace(",next_review\n", ",next_review,official_id\n")
    for identifier in (f"A-{n}" for n in range(1, 9)):
        begin = rows.index(f"\n{identifier},")
        end = (
            rows.index("\nA-", begin + 1)
            if f"\nA-{int(identifier[2:]) + 1}," in rows
            else len(rows) - 1
        )
        rows = f"{rows[:end]},{numbers.get(identifier, '')}{rows[end:]}"
    path.write_text(rows, "utf-8")


def test_an_official_number_of_two_measures_is_told(tmp_path: Path) -> None:
    """The second measure with a number is told, and which measure bears it already."""
    root = copied(tmp_path)
    _with_numbers(root, {"A-2": "1.2", "A-3": "1.3", "A-6": "1.2"})
    [finding] = check(root, DAY)
    assert (finding.rule, finding.column, finding.value) == ("KP218", "official_id", "1.2")
    assert "A-2" in finding.problem.de


@pytest.mark.parametrize("other", ["ds-27", "Ds-27", "DS-27 "])
def test_an_official_number_is_the_same_in_any_letters(tmp_path: Path, other: str) -> None:
    """Nobody tells two numbers apart that differ in capitals or blanks only."""
    root = copied(tmp_path)
    _with_numbers(root, {"A-2": "DS-27", "A-6": other})
    assert [f.rule for f in check(root, DAY) if f.severity != "error"] == ["KP218"]


@pytest.mark.parametrize("other", ["DS-027", "ds 27", "DS27"])
def test_an_official_number_that_is_written_otherwise_is_told_so(
    tmp_path: Path, other: str
) -> None:
    """Both spellings are named, and that they are one number."""
    root = copied(tmp_path)
    _with_numbers(root, {"A-2": "DS-27", "A-6": other})
    (finding,) = (f for f in check(root, DAY) if f.rule == "KP218")
    assert f"Nummer „{other}“ trägt auch A-2" in finding.problem.de
    assert "„DS-27“ geschrieben" in finding.problem.de


@pytest.mark.parametrize("number", ["A-2", "a-2", " A-02 ", "A 2", "A002"])
def test_an_official_number_that_is_the_id_of_another_is_told(tmp_path: Path, number: str) -> None:
    """Reports on one would go to the other; a measure's own id, and numbers of a plan, are none."""
    root = copied(tmp_path)
    _with_numbers(root, {"A-6": number, "A-3": "A-3", "A-4": "A-22"})
    (finding,) = (f for f in check(root, DAY) if f.rule == "KP223")
    assert (finding.column, finding.severity) == ("official_id", "warning")


def test_numbers_of_a_list_that_look_like_ids_stop_no_build(tmp_path: Path) -> None:
    """A town counts its measures in another order than the import does: told once, no error."""
    root = copied(tmp_path)
    before = errors(root)
    _with_numbers(root, {"A-2": "A-3", "A-3": "A-4", "A-4": "A-2"})
    (finding,) = (f for f in check(root, DAY) if f.rule == "KP223")
    assert [place.value for place in finding.also] == ["A-4", "A-2"]
    assert errors(root) == before


@pytest.mark.parametrize("number", ["A-9", "A 9", "a09"])
def test_no_id_is_given_that_is_an_official_number(tmp_path: Path, number: str) -> None:
    """The next id lies behind it, however it is written, so that a new measure is not told."""
    root = copied(tmp_path)
    _with_numbers(root, {"A-6": number})
    assert used_before(root, engine_descriptor()).last("measures", "A-") == 9


@pytest.mark.parametrize(("column", "length"), [("title", 301), ("title", 30_000)])
def test_a_title_is_no_text(tmp_path: Path, column: str, length: int) -> None:
    """A text in the column of titles is told; one of many words is not."""
    root = copied(tmp_path)
    replace(root, MEASURES, "A-4,Glasfaser", f"A-4,{'Wort ' * 60}")
    assert "KP620" not in [f.rule for f in check(root, DAY)]
    replace(root, MEASURES, f"A-4,{'Wort ' * 60}", f"A-4,{'x' * length}")
    (finding,) = (f for f in check(root, DAY) if f.rule == "KP620")
    assert (finding.rule, finding.column) == ("KP620", column)


def test_a_successor_may_bear_the_number_of_what_it_takes_over(tmp_path: Path) -> None:
    """A number goes on with the measure that takes over."""
    root = copied(tmp_path)
    rows = (root / "data/successions.csv").read_text("utf-8").splitlines()
    former, heir = rows[1].split(",")[:2]
    _with_numbers(root, {former: "1.2", heir: "1.2"})
    assert not check(root, DAY)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("F-1,,,Mehr Bänke.,,adopted,\n", True),
        ("F-1,,,Mehr Bänke.,,rejected,\n", True),
        ("F-1,,,Mehr Bänke.,,open,\n", False),
        ("F-1,,,Mehr Bänke.,,,\n", False),
        ("F-1,,,Mehr Bänke.,Sie kommen 2027.,adopted,\n", False),
    ],
)
def test_a_settled_contribution_has_an_answer(row: str, told: bool, tmp_path: Path) -> None:
    """Who asked is told why, once it is settled what becomes of the contribution."""
    root = copied(tmp_path)
    append(root, FEEDBACK, FEEDBACK_HEAD + row)
    assert [f.rule for f in check(root, DAY)] == ["KP619"] * told


TEXTS = {
    "box whose text is not indented": (
        '!!! note "Wichtig"\nBitte anmelden.',
        "KP770",
        2,
        "4 Leerzeichen",
    ),
    "box without title, text after a blank line": (
        "!!! note\n\nBitte anmelden.",
        "KP770",
        3,
        "4 Leerzeichen",
    ),
    "box of a German kind": ('!!! Tipp "Lieber so"\n    Text.', "KP770", 1, '!!! tip "Lieber so"'),
    "box of a German kind without title": (
        "??? Achtung\n    Text.",
        "KP770",
        1,
        '??? warning "Achtung"',
    ),
    "box of no kind": ('!!! hinweisbox "A"\n    Text.', "KP770", 1, "Möglich sind: note"),
    "title of a box in curly quotes": (
        "!!! tip „Lieber so“\n    Text.",
        "KP770",
        1,
        '!!! tip "Lieber so"',
    ),
    "title of a box without quotes": (
        "!!! note Bitte melden\n    Text.",
        "KP770",
        1,
        '!!! note "Bitte melden"',
    ),
    "abbreviation without colon": (
        "Das OZG gilt.\n\n*[OZG] Onlinezugangsgesetz",
        "KP770",
        3,
        "*[OZG]: Onlinezugangsgesetz",
    ),
    "abbreviation without blank": (
        "*[BMI]Innenministerium",
        "KP770",
        1,
        "*[BMI]: Innenministerium",
    ),
    "abbreviation with a dash": ("*[KI] – künstliche Intelligenz", "KP770", 1, "*[KI]: künstliche"),
    "language in words": (
        'Wir nutzen <span lang="englisch">open source</span>.',
        "KP755",
        1,
        'lang="en"',
    ),
    "language of a paragraph": ('<p lang="polnisch">Dzień dobry.</p>', "KP755", 1, 'lang="pl"'),
    "block within a sentence": ("Hier {{ schedule() }} steht alles.", "KP808", 1, "Zeile für sich"),
    "block behind a sentence": (
        "Alles auf einen Blick: {{ schedule() }}",
        "KP808",
        1,
        "Zeile für sich",
    ),
    "macro in square brackets": (
        'Stand: [[ status_badge("A-1") ]]',
        "KP766",
        1,
        'Schreiben Sie {{ status_badge("A-1") }}',
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_slip_in_a_text_is_told_with_what_belongs_there(name: str, tmp_path: Path) -> None:
    """What would be published otherwise than it was meant is one finding at its line."""
    text, rule, line, cure = TEXTS[name]
    root = copied(tmp_path)
    begin = append(root, VISION, f"\n{text}\n") + 1
    [finding] = check(root, DAY)
    assert (finding.rule, finding.line) == (rule, begin + line - 1)
    assert cure in finding.cure.de


@pytest.mark.parametrize(
    "text",
    [
        '!!! note "Titel"\n    Text.',
        '!!! note "Nur ein Titel"\n\nText darunter.',
        "!!! warning inline end\n    Text.",
        "??? question\n\n    Text.",
        "*[OZG]: Onlinezugangsgesetz\n\nDas OZG gilt.",
        "Das *[OZG]* gilt.",
        '<p lang="de-simple">Das ist leicht.</p>\n\n<p lang="uk">Добрий день.</p>',
        "- {{ schedule() }}\n\n{{ schedule() }}",
        '{{ status_badge("A-1") }} mitten im Satz.',
    ],
)
def test_what_is_meant_so_is_not_told(text: str, tmp_path: Path) -> None:
    """Boxes, abbreviations, languages and macros as they should be have no finding."""
    root = copied(tmp_path)
    append(root, VISION, f"\n{text}\n")
    assert not check(root, DAY)


@pytest.mark.parametrize(
    ("setting", "rule", "severity"),
    [
        ("privacy_contact: Herr Klaus Weber", "KP608", "warning"),
        ("contact_name: Petra Müller, Amt 10", "KP608", "warning"),
        ("supervisory_authority: Frau Landrätin Eva Muster", "KP608", "warning"),
        ("contact_phone: Zentrale", "KP012", "error"),
        ("contact_phone: auf Anfrage", "KP012", "error"),
        ("vat_id: 123", "KP012", "error"),
        ("vat_id: DE12345678", "KP012", "error"),
        ("vat_id: noch keine", "KP012", "error"),
    ],
)
def test_a_setting_that_is_none_is_told(
    setting: str, rule: str, severity: str, tmp_path: Path
) -> None:
    """People in place of offices, and numbers that are none, are told at their line."""
    root = copied(tmp_path)
    line = append(root, SETTINGS, f"{setting}\n")
    [finding] = check(root, DAY)
    assert (finding.rule, finding.severity, finding.line) == (rule, severity, line)


@pytest.mark.parametrize(
    "setting",
    [
        "represented_by: Bürgermeisterin Eva Muster",
        "privacy_contact: datenschutz@kleinstadt.example",
        "contact_name: Stabsstelle Digitalisierung",
        "supervisory_authority: Landratsamt Musterland",
        "contact_phone: '115'",
        "contact_phone: +49 9999 123-450 (Zentrale)",
        "vat_id: DE 123 456 789",
        "vat_id: ATU12345678",
        "vat_id: CHE-123.456.789 MWST",
        'vat_id: ""',
    ],
)
def test_a_setting_as_offices_write_it_is_fine(setting: str, tmp_path: Path) -> None:
    """The law asks who represents a town; numbers may be written in groups."""
    root = copied(tmp_path)
    append(root, SETTINGS, f"{setting}\n")
    assert not check(root, DAY)


@pytest.mark.parametrize(
    ("file", "text"),
    [(VISION, ""), (VISION, '---\ndescription: "Wohin."\n---\n'), ("docs/mitmachen.md", "\n\n")],
)
def test_an_empty_page_is_told_and_what_git_still_has(file: str, text: str, tmp_path: Path) -> None:
    """A page that lost its text can be fetched again; one that never had any is to be written."""
    root = copied(tmp_path)
    committed(root)
    (root / file).write_text(text, "utf-8")
    append(root, "strategy/fields/F-2.md", "")
    found = {f.file: f.cure.de for f in check(root, DAY) if f.rule == "KP759"}
    assert found == {
        file: f"Holen Sie den Text zurück: git checkout HEAD -- {file}",
        "strategy/fields/F-2.md": "Schreiben Sie den Text, oder löschen Sie die Datei.",
    }


@pytest.mark.parametrize("name", ["Konzept.docx", "Konzept.odt"])
def test_a_document_that_nothing_leads_to_is_told(name: str, tmp_path: Path) -> None:
    """A document of a word processor below docs/ is no page; with a link it is a download."""
    root = copied(tmp_path)
    put(root, f"docs/{name}", docx() if name.endswith(".docx") else odt())
    assert [(f.rule, f.file) for f in check(root, DAY)] == [("KP749", f"docs/{name}")]
    append(root, START, f"\n[Das Konzept]({name})\n")
    assert not check(root, DAY)


@pytest.mark.parametrize(
    ("file", "cure"),
    [
        ("data/alt/measures.csv", "Gelesen wird data/measures.csv."),
        ("data/2024/ziele.xlsx", "Verschieben Sie sie nach data/ziele.xlsx."),
    ],
)
def test_a_table_below_data_is_told(file: str, cure: str, tmp_path: Path) -> None:
    """Tables in folders below data/ are not read; where the read one is, that is told."""
    root = copied(tmp_path)
    append(root, file, "id,title\n")
    [finding] = check(root, DAY)
    assert (finding.rule, finding.file) == ("KP055", file)
    assert cure in finding.cure.de


def test_a_column_that_lost_its_values_is_told_and_nothing_that_follows(tmp_path: Path) -> None:
    """An emptied column has one warning with the way back, until the change is committed."""
    root = copied(tmp_path)
    committed(root)
    text = (root / MEASURES).read_text("utf-8")
    for cell in (",month,month,", ",day,day,", ",quarter,quarter,", ",year,year,"):
        text = text.replace(cell, f",{cell.split(',')[1]},,")
    (root / MEASURES).write_text(text, "utf-8")
    [finding] = check(root, DAY)
    assert (finding.rule, finding.column) == ("KP052", "end_precision")
    assert "git show HEAD:data/measures.csv" in finding.cure.de


@pytest.mark.parametrize("emptied", ["end_precision", "official_id"])
def test_the_last_version_of_another_municipality_is_not_missed(
    emptied: str, tmp_path: Path
) -> None:
    """A fork that has just entered its own name is not told what the sample had."""
    root = copied(tmp_path)
    _with_numbers(root, {"A-1": "1", "A-2": "2", "A-3": "3"})
    committed(root)
    file = root / MEASURES
    header, *rows = csv.reader(file.read_text("utf-8").splitlines())
    place = header.index(emptied)
    rows = [[*row[:place], "", *row[place + 1 :]] for row in rows]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([header, *rows])
    assert "KP052" in {f.rule for f in check(root, DAY)}
    replace(root, SETTINGS, "Stadt Kleinstadt", "Stadt Neustadt")
    assert "KP052" not in {f.rule for f in check(root, DAY)}


@pytest.mark.parametrize("new", ["geplantes_ende", "planned-end", "Planned_End"])
def test_a_renamed_column_is_told_once(new: str, tmp_path: Path) -> None:
    """What depends on a renamed column is not told beside it."""
    root = copied(tmp_path)
    replace(root, MEASURES, ",planned_end,", f",{new},")
    [finding] = check(root, DAY)
    assert (finding.rule, finding.column) == ("KP021", new)
    assert "„planned_end“" in finding.cure.de


def test_a_column_of_ones_own_hides_no_warnings(tmp_path: Path) -> None:
    """A column that is only called like one that is missing keeps no rule from looking."""
    root = copied(tmp_path)
    _with_numbers(root, {"A-2": "x"})
    replace(root, MEASURES, "official_id", "official")
    committed(root)
    replace(root, "data/responsibilities.csv", "A-2,rathaus,lead", "A-2,rathaus,partner")
    assert {f.rule for f in check(root, DAY)} >= {"KP021", "KP208"}
