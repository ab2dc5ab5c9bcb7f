"""Two states of a strategy are told apart in sentences, and what is doubtful comes first."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klarplan.comparison.compare import Comparison, compare
from klarplan.comparison.state import read_state
from klarplan.comparison.written import as_json, as_markdown, as_text, plain
from klarplan.messages import Lang
from klarplan.strategy.csv_writer import write_table
from tests.support.klein import KLEIN, append, copied, replace

M, R, B = "data/measures.csv", "data/status_reports.csv", "data/budget.csv"
Change = Callable[[Path], object]


def edit(file: str, old: str, new: str) -> Change:
    """One place of a file changes."""
    return lambda root: replace(root, file, old, new)


def add(file: str, text: str) -> Change:
    """A file gets more lines, or is new."""
    return lambda root: append(root, file, text)


def drop(file: str, beginning: str) -> Change:
    """The line of a file that begins so is gone."""

    def do(root: Path) -> None:
        lines = (root / file).read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(beginning)]
        assert len(kept) == len(lines) - 1
        (root / file).write_text("".join(kept), "utf-8", newline="")

    return do


def compared(folder: Path, *changes: Change, lang: Lang = "de") -> Comparison:
    """The small strategy before and after some changes."""
    root = copied(folder)
    for change in changes:
        change(root)
    return compare(read_state(KLEIN, "alt"), read_state(root, "neu"), lang)


def said(comparison: Comparison) -> list[tuple[str, str]]:
    """What is told, with the thing that it is told of; first what to look at."""
    groups = [*comparison.look, *(g for _, groups in comparison.sections for g in groups)]
    return [(group.name, told.text) for group in groups for told in group.told]


A1, A2, A4 = "A-1 „Formulare“", "A-2 „Bezahlen“", "A-4 „Glasfaser“"
OF_MEASURES: Sequence[tuple[Change, list[tuple[str, str]]]] = [
    (
        add(R, "A-4,2026-06-20,2026,beendet,10,Kein Kabel.,,,,Schulamt\n"),
        [
            (
                A4,
                "Neue Meldung 2026 vom 20. Juni 2026: beendet (zuvor läuft), 10 % (zuvor 45 %) – "
                "„Kein Kabel.“; Meldende Stelle: „Schulamt“",
            )
        ],
    ),
    (
        edit(M, "A-4,Glasfaser,Alle Schulen bekommen", "A-4,Glasfaser,Alle Klassen bekommen"),
        [
            (
                A4,
                "Kurzbeschreibung: „Alle Schulen bekommen Glasfaser.“ → "
                "„Alle Klassen bekommen Glasfaser.“",
            )
        ],
    ),
    (
        edit(B, "A-1,2025,60000,60000,58000.50", "A-1,2025,60000,65000,58000.50"),
        [(A1, "Geld 2025 (eigene Mittel): bewilligt 60.000 € → 65.000 €")],
    ),
    (
        add(B, "A-2,2026,1000,,,EUR,,,\n"),
        [(A2, "Geld 2026 neu: geplant 1.000 €")],
    ),
    (
        drop(B, "A-4,2025"),
        [
            (
                A4,
                "Geld 2025 (Land, Schulnetz) entfällt: geplant 200.000 €; bewilligt 180.000 €; "
                "ausgegeben 170.000 €",
            )
        ],
    ),
    (
        edit(
            "data/milestones.csv",
            "S-2,A-1,Zwölf Anträge online,2027-06-30",
            "S-2,A-1,Zwölf Anträge online,2027-12-31",
        ),
        [
            (
                A1,
                "Meilenstein „Zwölf Anträge online“: Fällig am: 30. Juni 2027 → 31. Dezember 2027, "
                "6 Monate später",
            )
        ],
    ),
    (
        add("data/responsibilities.csv", "A-2,werke,partner\n"),
        [(A2, "zuständig: „Stadtwerke Kleinstadt“ (beteiligt)")],
    ),
    (
        drop("data/measure_goals.csv", "A-4,G-3"),
        [(A4, "trägt nicht mehr bei zu G-3 „Schnelle Netze“")],
    ),
    (
        add("data/successions.csv", "A-2,A-1\n"),
        [(A2, "abgelöst durch A-1 „Formulare“")],
    ),
    (
        add("strategy/measures/A-1.md", "\n## Ganz neu\n\nEin Absatz.\n"),
        [(A1, "Text in „Ganz neu“: Absätze: 2 neu")],
    ),
]


@pytest.mark.parametrize(("change", "told"), OF_MEASURES)
def test_a_change_is_told_with_its_measure(
    tmp_path: Path, change: Change, told: list[tuple[str, str]]
) -> None:
    """Reports, money, dates, links and texts are told with the measure that they are about."""
    comparison = compared(tmp_path, change)
    assert comparison.look == ()
    assert said(comparison) == told


def test_an_end_is_told_as_exactly_as_it_is_planned(tmp_path: Path) -> None:
    """A plan that moves is told in its own exactness, with the time between."""
    comparison = compared(tmp_path, edit(M, "2024-06-01,2027-03-31,", "2024-06-01,2027-09-30,"))
    text = "Geplantes Ende: 1. Quartal 2027 → 3. Quartal 2027, 6 Monate später"
    assert (A4, text) in said(comparison)


def test_a_new_measure_splits_the_one_that_it_is_part_of(tmp_path: Path) -> None:
    """A part is told with itself and with the whole."""

    def split(root: Path) -> None:
        path = root / M
        head, _, rest = path.read_text("utf-8").partition("\n")
        width = head.count(",")
        row = ["A-9", "Teil", "", "F-1", *[""] * (width - 3), "A-1"]
        path.write_text(f"{head},parent\n{rest}{','.join(row)}\n", "utf-8", newline="")

    told = said(compared(tmp_path, split))
    assert (A1, "aufgeteilt; neuer Teil: A-9 „Teil“") in told
    assert (
        "A-9 „Teil“",
        "Neue Maßnahme; Teil von A-1 „Formulare“; Handlungsfeld: F-1 „Rathaus“",
    ) in told


NEW: Sequence[tuple[Change, str]] = [
    (
        add(R, f"A-4,2026-06-20,2026,laeuft,,{'Kabel. ' * 30},Frost,Früher beginnen,,\n"),
        f"{'Kabel. ' * 29}Kabel.“; Hemmnisse: „Frost“; Lehren: „Früher beginnen“",
    ),
    (
        add("data/milestones.csv", "S-9,A-4,Am Netz,2026-06-30,2026-06-01,reached\n"),
        "Neuer Meilenstein „Am Netz“, Termin 30. Juni 2026; Erreicht am: 1. Juni 2026; "
        "Stand: erreicht",
    ),
    (
        add("data/organisations.csv", "hafen,Hafenamt,werke,department,,hafen@klein.example\n"),
        "Funktionspostfach: „hafen@klein.example“",
    ),
]


@pytest.mark.parametrize(("change", "end"), NEW, ids=["report", "milestone", "any other row"])
def test_a_new_row_is_told_whole(tmp_path: Path, change: Change, end: str) -> None:
    """All that a new row would publish is told before it is published."""
    ((_, text),) = said(compared(tmp_path, change))
    assert text.endswith(end)


@pytest.mark.parametrize(("cell", "told"), [("30 %", "30 %"), ("0.5", "0,5 %"), ("55", "55 %")])
def test_progress_has_one_sign(tmp_path: Path, cell: str, told: str) -> None:
    """What is no number stands as it was written, a number in the language of the reader."""
    ((_, text),) = said(compared(tmp_path, add(R, f"A-4,2026-06-20,2026,laeuft,{cell},,,,,\n")))
    assert text.endswith(f"läuft, {told} (zuvor 45 %)")


LOOKS: Sequence[tuple[Change, str, str]] = [
    (
        edit(R, "A-1,2024-12-15,2024,laeuft,20", "A-1,2024-12-15,2024,laeuft,30"),
        "report_rewritten",
        "A-1",
    ),
    (
        edit(R, "A-1,2024-12-15,2024,laeuft,20", "A-1,2024-12-16,2024,laeuft,20"),
        "report_rewritten",
        "A-1",
    ),
    (drop(R, "A-4,2025-01-10"), "report_rewritten", "A-4"),
    (
        edit("data/indicator_values.csv", "K-1,2024-12-31,5", "K-1,2024-12-31,6"),
        "value_rewritten",
        "K-1",
    ),
    (drop("data/indicator_values.csv", "K-1,2024-12-31"), "value_rewritten", "K-1"),
    (
        edit("data/indicator_targets.csv", "K-1,2027-12-31,12", "K-1,2027-12-31,11"),
        "target_lowered",
        "K-1",
    ),
    (
        edit("data/indicator_targets.csv", "K-2,2027-12-31,8", "K-2,2027-12-31,9"),
        "target_lowered",
        "K-2",
    ),
    (
        edit("data/indicator_targets.csv", "K-2,2027-12-31", "K-2,2028-12-31"),
        "target_lowered",
        "K-2",
    ),
    (
        edit("data/goals.csv", "strategic,F-1,2027-12-31", "strategic,F-1,2028-12-31"),
        "target_lowered",
        "G-2",
    ),
    (edit(M, "2024-06-01,2027-03-31", "2024-06-01,2027-06-30"), "plan_moved", "A-4"),
    (edit(M, "A-4,Glasfaser,", "A-4,Eine neue Turnhalle,"), "id_reused", "A-4"),
    (edit(M, "A-4,Glasfaser,", "A-44,Glasfaser,"), "id_gone", "A-44"),
]


@pytest.mark.parametrize(("change", "kind", "about"), LOOKS)
def test_what_should_not_happen_silently_comes_first(
    tmp_path: Path, change: Change, kind: str, about: str
) -> None:
    """History that is rewritten, ids that are gone, softer targets, plans without a decision."""
    comparison = compared(tmp_path, change)
    found = {(told.kind, told.id) for group in comparison.look for told in group.told}
    assert (kind, about) in found
    assert comparison.told[0].look


@pytest.mark.parametrize(
    "change",
    [
        edit("data/indicator_targets.csv", "K-1,2027-12-31,12", "K-1,2027-12-31,13"),
        edit("data/indicator_targets.csv", "K-2,2027-12-31,8", "K-2,2027-12-31,7"),
        add("data/indicator_values.csv", "K-1,2026-05-31,9,\n"),
        edit(R, "https://www.kleinstadt.example/antraege", "https://www.kleinstadt.example/neu"),
        edit(M, "A-4,Glasfaser,", "A-4,Glasfaser für alle,"),
    ],
)
def test_what_is_usual_needs_no_look(tmp_path: Path, change: Change) -> None:
    """Higher targets, new values, a mended link and a clearer title are told, no more."""
    comparison = compared(tmp_path, change)
    assert comparison.look == ()
    assert said(comparison)


def test_a_decision_lets_the_plan_move(tmp_path: Path) -> None:
    """A plan that moves with a decision on the measure needs no look."""
    comparison = compared(
        tmp_path,
        edit(M, "2024-06-01,2027-03-31", "2024-06-01,2027-06-30"),
        add("data/decisions.csv", "B-9,2026-06-01,rat,Neuer Plan,,,,A-4\n"),
    )
    assert comparison.look == ()
    text = "Neuer Beschluss („Rat“, 1. Juni 2026), zu A-4 „Glasfaser“"
    assert ("B-9 „Neuer Plan“", text) in said(comparison)


def test_a_row_that_becomes_public_is_told(tmp_path: Path) -> None:
    """What was internal and is to be published is told before all else."""
    before = copied(tmp_path / "alt")
    replace(before, M, "month,month,4,false,public,", "month,month,4,false,internal,")
    comparison = compare(read_state(before, "alt"), read_state(KLEIN, "neu"))
    assert [(t.kind, t.id) for g in comparison.look for t in g.told] == [("made_public", "A-1")]


def test_an_address_that_is_gone_is_told_unless_it_leads_on(tmp_path: Path) -> None:
    """The page of a row that is gone or renamed is missed, unless it is redirected."""
    rename = edit(M, "A-4,Glasfaser,", "A-44,Glasfaser,")
    lead = add("strategy/redirects.csv", "old,new\n/massnahmen/a-4/,/massnahmen/a-44/\n")
    for changes, missed in (((rename,), True), ((rename, lead), False)):
        comparison = compared(tmp_path / str(missed), *changes)
        kinds = {told.kind for group in comparison.look for told in group.told}
        assert ("address_gone" in kinds) is missed


def test_an_id_that_was_given_up_is_not_given_again(tmp_path: Path) -> None:
    """An id whose address was adopted once is missed when it comes back for something else."""
    before, after = copied(tmp_path / "alt"), copied(tmp_path / "neu")
    for root in (before, after):
        append(root, "strategy/adressen.txt", "- /massnahmen/a-9/\tSchwimmhalle\n")
    add(M, "A-9,Breitband im Tal,,F-1,,,,,,,,,,,,\n")(after)
    comparison = compare(read_state(before, "alt"), read_state(after, "neu"))
    assert [(t.kind, t.id) for g in comparison.look for t in g.told] == [("id_reused", "A-9")]


def test_order_and_form_of_files_do_not_count(tmp_path: Path) -> None:
    """Rows in another order, semicolons, another encoding and line ends are no change."""

    def shuffle(root: Path) -> None:
        for path in (root / "data").glob("*.csv"):
            text = path.read_text("utf-8")
            if '"' in text:
                continue
            head, *lines = text.splitlines()
            turned = "\r\n".join([head, *reversed(lines), ""]).replace(",", ";")
            path.write_bytes(
                turned.encode("cp1252", "xmlcharrefreplace")
                if "○" not in turned
                else turned.encode("utf-8-sig")
            )

    comparison = compared(tmp_path, shuffle)
    assert said(comparison) == []
    assert list(as_text(comparison)) == ["alt → neu: Es hat sich nichts geändert."]


def test_settings_texts_and_files_are_told(tmp_path: Path) -> None:
    """A setting, a chapter, a page and a picture are told by name."""
    comparison = compared(
        tmp_path,
        edit("strategy/strategy.yml", "review_months: 12", "review_months: 6"),
        add("strategy/vision.md", "\nNoch ein Absatz.\n"),
        add("docs/neu.md", "# Neu\n"),
        add("docs/bild.svg", "<svg/>"),
    )
    told = said(comparison)
    assert ("strategy/strategy.yml", "review_months: 12 → 6") in told
    assert ("Neu (docs/neu.md)", "neuer Text") in told
    assert ("docs/bild.svg", "neue Datei") in told
    assert any(name == "Vision (strategy/vision.md)" and "1 neu" in text for name, text in told)


def test_all_is_told_in_english(tmp_path: Path) -> None:
    """With English asked for, sentences, titles, dates and amounts are English."""
    changes = [change for change, _ in OF_MEASURES]
    comparison = compared(tmp_path, *changes, lang="en")
    text = "\n".join(as_text(comparison))
    assert "New report 2026 of 20 June 2026: stopped (before: running), 10 %" in text
    assert "Money 2025 (own funds): approved €60,000 → €65,000" in text
    for word in ("Neue", "zuvor", "Geld", "entfällt", "Absätze", "später"):
        assert word not in text


def test_markdown_of_strangers_stays_text(tmp_path: Path) -> None:
    """Titles with tags, links, mentions and numbers become plain text in a pull request."""
    nasty = "@alle <img src=x> [x](javascript:1) #1 `a` | **b**"
    comparison = compared(tmp_path, edit(M, "A-4,Glasfaser,", f"A-4,{nasty},"))
    lines = list(as_markdown(comparison))
    pytest.importorskip("markdown")
    from markdown import markdown  # noqa: PLC0415

    made = markdown("\n".join(lines))
    assert "<img" not in made
    assert "href" not in made
    assert "@alle" not in made
    assert "<code>" not in made


PLAIN: Sequence[tuple[str, str]] = [
    ("bis 31.08.2026 (M-004)", "bis 31.08.2026 (M-004)"),
    ("31. August", "31\\. August"),
    ("- kein Punkt", "\\- kein Punkt"),
    ("expected_end _schräg_ *fett* `x`", "expected_end \\_schräg\\_ \\*fett\\* \\`x\\`"),
    ("[x](y) <b> a|b &amp; A & B", "\\[x\\](y) \\<b\\> a\\|b &\u200bamp; A & B"),
    ("https://x.example www.x.example", "https\\://x.example www\\.x.example"),
    (":smile: 3:1", "\\:smile: 3:1"),
]


@pytest.mark.parametrize(("text", "marked"), PLAIN)
def test_only_what_means_something_to_markdown_is_escaped(text: str, marked: str) -> None:
    """Dates, ids and brackets stay as they are read."""
    assert plain(text) == marked


@pytest.mark.parametrize("name", ["notizen.csv", "kosten 2026.csv", "ärzte.CSV"])
def test_a_table_that_is_described_nowhere_is_told_as_a_file(tmp_path: Path, name: str) -> None:
    """Nobody reads it as a table, but it is in the folder of the data."""
    comparison = compared(tmp_path, add(f"data/{name}", "a,b\n1,2\n"))
    assert said(comparison) == [(f"data/{name}", "neue Datei")]


def test_programs_get_every_change(tmp_path: Path) -> None:
    """The JSON names kind, row, file and sentence of each change."""
    comparison = compared(tmp_path, edit(M, "2024-06-01,2027-03-31", "2024-06-01,2027-06-30"))
    made = json.loads(as_json(comparison))
    assert (made["before"], made["after"]) == ("alt", "neu")
    kinds = [(c["kind"], c["look"], c["table"], c["id"], c["file"]) for c in made["changes"]]
    assert kinds == [
        ("plan_moved", True, "measures", "A-4", M),
        ("end", False, "measures", "A-4", M),
    ]


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELL, CELL), max_size=6))
def test_any_rows_are_told_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    """Whatever stands in new rows: the comparison ends, and the way back tells as many rows."""
    root = copied(tmp_path_factory.mktemp("s"))
    table = [(f"R-{n}", title, cell) for n, (title, cell) in enumerate(rows)]
    write_table(root / "data/risks.csv", ("id", "title", "counter_measure"), table)
    old, new = read_state(KLEIN, "alt"), read_state(root, "neu")
    there = [t for t in compare(old, new).told if t.table == "risks" and t.id.startswith("R-")]
    back = [t for t in compare(new, old).told if t.table == "risks" and t.id.startswith("R-")]
    assert len(there) == len(back) == len(rows)
    list(as_markdown(compare(old, new)))


FORMS: dict[str, Callable[[str], bytes]] = {
    "lines as Windows ends them": lambda text: (
        b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    ),
    "lines as an old Mac ends them": lambda text: text.replace("\n", "\r").encode(),
    "accents as a Mac writes them": lambda text: unicodedata.normalize("NFD", text).encode(),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_how_a_file_is_written_is_no_change(tmp_path: Path, form: Callable[[str], bytes]) -> None:
    """Neither in texts nor within the cells of a table: no report is told as rewritten."""
    root = copied(tmp_path)
    for path in (*root.rglob("*.csv"), *root.rglob("*.md")):
        path.write_bytes(form(path.read_text("utf-8")))
    assert said(compare(read_state(KLEIN, "alt"), read_state(root, "neu"))) == []


@pytest.mark.parametrize("broken", [M, R, "data/goals.csv"])
def test_a_table_that_cannot_be_read_is_told_and_not_compared(tmp_path: Path, broken: str) -> None:
    """Its rows are not told as gone, and all else is compared."""
    text = f'{(KLEIN / broken).read_text("utf-8")}"offen'
    comparison = compared(tmp_path, lambda root: (root / broken).write_text(text, "utf-8"))
    (told,) = said(comparison)
    assert told[0] == broken
    assert told[1].startswith(f"{broken} ist nicht lesbar (neu) und deshalb nicht verglichen")


def test_two_rows_with_one_id_are_not_told_as_an_id_given_again(tmp_path: Path) -> None:
    """They are an error of the check; what comes anew is told as such."""
    comparison = compared(tmp_path, add(M, "A-4,Anderes,,F-2,,,,,,,,,,,,\n"))
    assert not any("gab es schon einmal" in text for _, text in said(comparison))
