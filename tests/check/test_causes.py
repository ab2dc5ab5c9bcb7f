"""One cause, one message: what follows from a mistake is not told as well."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from klarplan.check.causes import MANY, told_once
from klarplan.check.run import check, examine
from klarplan.cli.findings import as_github, as_json, print_text
from klarplan.messages import Finding, Text
from klarplan.strategy.schema import ENGINE_DESCRIPTOR
from tests.support.klein import DAY, append, copied, replace


def errors(root: Path) -> list[Finding]:
    """The errors of a strategy."""
    return [f for f in check(root, DAY) if f.severity == "error"]


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "words"),
    [
        ("data/measures.csv", "*", "", "KP004", "leer"),
        ("data/measures.csv", "id,title", "id,Maßnahme", "KP020", "title"),
        ("data/measures.csv", "id,title", "nummer,name", "KP020", "id"),
        ("data/statuses.csv", "id,label", "Kennung;label", "KP020", "id"),
        ("data/bodies.csv", "id,name,task,cycle,chair_role,order\n", "", "KP020", "keine Spalten"),
        ("data/measures.csv", "*", "Titel\n", "KP020", "keine Spalten"),
        ("data/organisations.csv", "Stadtwerke", '"Stadtwerke', "KP005", "schließt"),
        ("data/statuses.csv", "id,label", "<<<<<<< HEAD\nid,label", "KP707", "zwei Fassungen"),
        ("strategy/strategy.yml", "title:", "  title:", "KP010", ""),
    ],
)
def test_what_can_not_be_read_is_one_error(  # noqa: PLR0917
    file: str, old: str, new: str, rule: str, words: str, tmp_path: Path
) -> None:
    """A table or settings that can't be read are one error; no rule guesses what they held."""
    root = copied(tmp_path)
    path = root / file
    text = path.read_text("utf-8")
    path.write_text(new if old == "*" else text.replace(old, new, 1), "utf-8")
    if old != "*":
        assert old in text

    (error,) = errors(root)

    assert (error.rule, error.file) == (rule, file)
    assert words in error.problem.de


@pytest.mark.parametrize(
    ("name", "other"), [("measures", "Measures"), ("statuses", "status"), ("goals", "Goals")]
)
def test_a_table_under_another_name_is_one_error(name: str, other: str, tmp_path: Path) -> None:
    """A renamed table is told with the name that it has now, and what it lacks is not."""
    root = copied(tmp_path)
    (root / f"data/{name}.csv").rename(root / f"data/{other}.csv")

    (error,) = errors(root)

    assert error.file in (f"data/{name}.csv", f"data/{other}.csv")
    told = {error.file, *(place.file for place in error.also), *error.cure.de.split()}
    assert {f"data/{name}.csv", f"data/{other}.csv"} <= told or f"{name}.csv" in error.cure.de


def test_a_renamed_id_is_told_once_at_its_table(tmp_path: Path) -> None:
    """What many rows name and no row is called is missing there, and the new name is guessed."""
    root = copied(tmp_path)
    replace(root, "data/statuses.csv", "\nlaeuft,", "\ninarbeit,")

    (error,) = errors(root)

    assert (error.rule, error.file) == ("KP037", "data/statuses.csv")
    assert "„laeuft“ fehlt in statuses.csv" in error.problem.de
    assert "„inarbeit“" in error.cure.de
    assert {p.file for p in error.also} == {"data/status_reports.csv"}


def test_a_deleted_measure_is_told_once_with_tables_and_texts(tmp_path: Path) -> None:
    """Rows, links, macro calls and the text of a deleted measure are places of one error."""
    root = copied(tmp_path)
    path = root / "data/measures.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not x.startswith("A-2,")), "utf-8")
    append(root, "docs/mehr.md", '# Mehr\n\n{{ status_badge("A-2") }}\n')

    (error,) = errors(root)

    assert (error.rule, error.file, error.value) == ("KP037", "data/measures.csv", "A-2")
    assert ("docs/mehr.md", 3) in {(p.file, p.line) for p in error.also}


def test_a_table_without_rows_is_one_error(tmp_path: Path) -> None:
    """Where only the header is left, all that refers to its rows has one cause."""
    root = copied(tmp_path)
    path = root / "data/measures.csv"
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")

    found = [f for f in errors(root) if f.file.startswith("data/")]

    assert [(f.rule, f.file) for f in found] == [("KP037", "data/measures.csv")]
    assert "hat keine Zeilen" in found[0].problem.de


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("A-l", "Buchstabe „l“ statt der Ziffer „1“"),
        ("A-\u200b1", "unsichtbares Zeichen (U+200B)"),
        ("А-1", "kyrillisch"),
        ("a-1", ""),
        ("A-01", ""),
    ],
)
def test_letters_that_only_look_right_are_named(written: str, words: str, tmp_path: Path) -> None:
    """An id that reads like another one tells what is odd about it."""
    root = copied(tmp_path)
    replace(root, "data/measure_goals.csv", "A-1,", f"{written},")

    (error,) = errors(root)

    assert words in error.problem.de
    assert "A-1" in error.cure.de


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("rat;Rat;;;", "mit Semikolon"),
        ("rat\tRat\t\t\t", "mit Tabulator"),
        ("rat,„Rat, Stadt“,,,,,", "typografischen"),
    ],
)
def test_a_row_in_another_manner_is_named(row: str, words: str, tmp_path: Path) -> None:
    """A row that is delimited or quoted in another way than the file says so."""
    root = copied(tmp_path)
    path = root / "data/bodies.csv"
    path.write_text(f"id,name,task,cycle,chair_role\n{row}\n", "utf-8")

    found = [f for f in errors(root) if f.file == "data/bodies.csv"]

    assert any(words in f.problem.de for f in found)


@pytest.mark.parametrize(
    ("values", "rules"),
    [
        (["31.12.2027", "30.06.2025", "46752"], {"KP029"}),
        (["31.12.2027", "########", "Dez 26"], {"KP029"}),
        (["31.12.2027", "########"], {"KP030"}),
        (["bald", "später", "31.12.2027"], {"KP030"}),
    ],
)
def test_what_a_spreadsheet_program_did_is_one_error(
    values: list[str], rules: set[str], tmp_path: Path
) -> None:
    """From three cells on that a spreadsheet program has changed, it is named as the cause."""
    root = copied(tmp_path)
    for old, new in zip(("2027-06-30", "2025-03-31", "2027-03-31"), values, strict=False):
        replace(root, "data/measures.csv", f",{old},", f",{new},")

    found = errors(root)

    assert {f.rule for f in found} == rules
    if rules == {"KP029"}:
        (error,) = found
        assert "(etwa Excel) hat 3 Zellen umgeformt" in error.problem.de
        assert {p.value for p in error.also} == set(values)
        assert "klarplan repair measures" in error.cure.de
        lost = sum(v.startswith(("#", "D", "4")) for v in values)
        assert f"Bei {lost} ist der Inhalt verloren" in error.cure.de


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"resources": [', '"resources" [', "Doppelpunkt"),
        ('"profile":', '"profil"x:', "Doppelpunkt"),
        ('"type": "string",', '"type": "string"', "Komma"),
        ('"type": "string",', '"type": „string“,', "geraden Anführungszeichen"),
        ('"type": "string",', '"type": "string,', "Anführungszeichen"),
    ],
)
def test_a_broken_description_of_tables_is_named_in_words(
    old: str, new: str, words: str, tmp_path: Path
) -> None:
    """A comma, colon or quotation mark that is missing is named at its line, in German."""
    root = copied(tmp_path)
    text = ENGINE_DESCRIPTOR.read_text("utf-8")
    old = old if old in text else '"name":'
    broken = text.replace(old, new, 1)
    (root / "data/datapackage.json").write_text(broken, "utf-8")

    (error,) = check(root, DAY)

    assert (error.rule, error.file) == ("KP040", "data/datapackage.json")
    assert error.line == text[: text.index(old)].count("\n") + 1
    assert words in error.problem.de
    assert "Expecting" not in error.problem.de


def _finding(line: int, value: str, **more: object) -> Finding:
    given = {"rule": "KP032", "file": "data/x.csv", "column": "c", "problem": Text(value, value)}
    return Finding(**{**given, **more}, line=line, value=value)  # type: ignore[arg-type]


@pytest.mark.parametrize(("count", "told"), [(MANY - 1, MANY - 1), (MANY, 1), (94, 1)])
def test_many_faults_of_a_column_are_one_message(count: int, told: int) -> None:
    """From six on, the faults of one rule in one column are told once, with all places."""
    found = told_once(_finding(n, str(n)) for n in range(2, count + 2))

    assert len(found) == told
    assert sum(1 + len(f.also) for f in found) == count


def test_errors_come_first_and_causes_before_consequences() -> None:
    """What can't be read comes before faults of cells, errors before warnings."""
    warning = _finding(2, "a", rule="KP001", severity="warning")
    cell = _finding(2, "b")
    header = _finding(1, "c", rule="KP020", file="data/z.csv")

    assert told_once([warning, cell, header]) == (header, cell, warning)


def test_all_places_are_told_in_every_format() -> None:
    """People get some places and the number of the others, programs get all."""
    (finding,) = told_once(_finding(n, f"Wert {n}") for n in range(2, 12))
    out = io.StringIO()
    print_text([finding], Console(file=out, soft_wrap=True, highlight=False), "de")

    assert "Ebenso: Zeile 3 (Wert 3), " in out.getvalue()
    assert "und 4 weitere" in out.getvalue()
    assert len(json.loads(as_json([finding]))[0]["places"]) == 10
    assert as_github([finding], "en").count("::error") == 1
    assert "and 4 more" in as_github([finding], "en")


def test_single_findings_stay_available(tmp_path: Path) -> None:
    """Who answers or mends findings one by one gets each at its own place."""
    root = copied(tmp_path)
    replace(root, "data/statuses.csv", "\nlaeuft,", "\ninarbeit,")
    append(root, "docs/mehr.md", "# Mehr\n\n![](a.png) ![](b.png)\n")

    checked = examine(root, DAY)

    assert len(checked.single) >= len(checked.findings)


@pytest.mark.parametrize(("written", "shown"), [("f-1", "F-1"), ("F‑1", "F-1")])
def test_many_rows_with_an_id_in_other_letters_are_told_the_id(
    tmp_path: Path, written: str, shown: str
) -> None:
    """Nothing is missing there: it is written otherwise, which is told once and repaired."""
    root = copied(tmp_path)
    path = root / "data/measures.csv"
    text = path.read_text("utf-8")
    assert text.count(",F-1,") >= 3
    path.write_text(text.replace(",F-1,", f",{written},"), "utf-8", newline="")
    [error] = errors(root)
    assert (error.rule, error.file) == ("KP037", "data/measures.csv")
    assert error.cure.de == f"Schreiben Sie {shown}."
    assert error.fix
    assert len(error.also) == text.count(",F-1,") - 1
