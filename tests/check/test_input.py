"""Files as town halls and strangers hand them in: never a traceback, always place and cure."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from klarplan.check.rules.cells import constraint_fault
from klarplan.check.run import check
from klarplan.messages import Finding, KlarplanError
from klarplan.own_files import PACKAGE
from klarplan.strategy.load import load
from tests.support.klein import DAY, append, copied, errors, replace

ROLES = "data/responsibilities.csv"
MEASURES = "data/measures.csv"
REPORTS = "data/status_reports.csv"
DESCRIPTOR = "data/datapackage.json"


def only(root: Path, severity: str = "error") -> Finding:
    """The one finding of a severity."""
    (finding,) = (f for f in check(root, DAY) if f.severity == severity)
    return finding


def recode(root: Path, file: str, encoding: str) -> None:
    """Save a file in another encoding."""
    path = root / file
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))


def descriptor(root: Path) -> dict[str, object]:
    """Klarplan's own description of the tables, put into the strategy to be changed."""
    shutil.copy(PACKAGE.parent / DESCRIPTOR, root / DESCRIPTOR)
    found: dict[str, object] = json.loads((root / DESCRIPTOR).read_text(encoding="utf-8"))
    return found


def field(package: dict[str, object], table: str, name: str) -> dict[str, object]:
    """One field of a description."""
    resources = package["resources"]
    assert isinstance(resources, list)
    (resource,) = (r for r in resources if r["name"] == table)
    (found,) = (f for f in resource["schema"]["fields"] if f["name"] == name)
    assert isinstance(found, dict)
    return found


def save(root: Path, package: object) -> None:
    """Write the description of the tables."""
    (root / DESCRIPTOR).write_text(json.dumps(package), encoding="utf-8")


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    """An empty table is one error, not one for each row that refers to it."""
    root = copied(tmp_path)
    (root / "data/organisations.csv").write_bytes(b"")

    finding = only(root)

    assert (finding.rule, finding.file) == ("KP004", "data/organisations.csv")


def test_a_header_alone_is_a_valid_table(tmp_path: Path) -> None:
    """A table without rows is no mistake."""
    root = copied(tmp_path)
    (root / "data/documents.csv").write_text("id,owner_table,owner,title,url\n", encoding="utf-8")

    assert errors(root) == []


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    """A file that Excel saved as "CSV UTF-8" is read as it is."""
    root = copied(tmp_path)
    recode(root, MEASURES, "utf-8-sig")

    assert check(root, DAY) == ()


def test_windows_1252_is_read_with_a_notice(tmp_path: Path) -> None:
    """A file in Windows-1252 is read right, and the notice names the first such line."""
    root = copied(tmp_path)
    recode(root, MEASURES, "cp1252")

    finding = only(root, "notice")

    assert errors(root) == []
    assert (finding.rule, finding.file, finding.line) == ("KP003", MEASURES, 2)
    assert load(root).strategy.measure_by_id["A-6"].title == "Zähler"


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp437"])
def test_encodings_of_mac_and_dos_are_refused(tmp_path: Path, encoding: str) -> None:
    """A file whose umlauts would read as “Ma§nahme” or “Gr”áe” is refused, and a word is shown."""
    root = copied(tmp_path)
    path = root / MEASURES
    text = path.read_text("utf-8").replace("ü", "ö")
    path.write_bytes(text.replace("Zähler", "Große Gewöchse").encode(encoding))

    finding = only(root)

    assert (finding.rule, finding.file) == ("KP002", MEASURES)
    assert "Umlauten" in finding.problem.de
    assert finding.value


def test_a_quotation_mark_within_a_word_is_no_other_encoding(tmp_path: Path) -> None:
    """Windows-1252 with umlauts stays Windows-1252, whatever signs stand between letters."""
    root = copied(tmp_path)
    path = root / MEASURES
    path.write_bytes(path.read_text("utf-8").replace("Zähler", "Zähler„neu“").encode("cp1252"))

    assert errors(root) == []


def test_utf_16_is_refused(tmp_path: Path) -> None:
    """A file in UTF-16 is refused with the way to save it right."""
    root = copied(tmp_path)
    recode(root, ROLES, "utf-16")

    finding = only(root)

    assert (finding.rule, finding.file) == ("KP002", ROLES)
    assert "CSV UTF-8" in finding.cure.de


def test_nul_bytes_are_refused(tmp_path: Path) -> None:
    """A file with NUL bytes is no text file."""
    root = copied(tmp_path)
    path = root / ROLES
    path.write_bytes(path.read_bytes() + b"A-1,\x00,lead\n")

    assert only(root).rule == "KP002"


@pytest.mark.parametrize(
    ("delimiter", "first"), [(";", ""), ("\t", ""), (";", "sep=;\r\n"), (",", "SEP=,\n")]
)
def test_other_delimiters_are_read(delimiter: str, first: str, tmp_path: Path) -> None:
    """Semicolons, tabs and Excel's line "sep=" are read, and lines still count from the top."""
    root = copied(tmp_path)
    path = root / ROLES
    text = path.read_text(encoding="utf-8").replace(",", delimiter)
    path.write_text(first + text, encoding="utf-8", newline="")
    assert check(root, DAY) == ()

    replace(root, ROLES, f"A-3{delimiter}rathaus", f"A-3{delimiter}ratshaus")

    assert only(root).line == (5 if first else 4)


def test_windows_line_ends_are_read(tmp_path: Path) -> None:
    """Carriage returns at the end of lines belong to no cell."""
    root = copied(tmp_path)
    path = root / ROLES
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert check(root, DAY) == ()


def test_blank_lines_are_skipped_and_counted(tmp_path: Path) -> None:
    """Blank lines and lines of empty cells are no rows, but lines after them stay right."""
    root = copied(tmp_path)
    replace(root, ROLES, "A-2,rathaus,lead\n", "\n,,\nA-2,rathaus,leader\n")

    finding = only(root)

    assert (finding.line, finding.column, finding.value) == (5, "role", "leader")


def test_a_missing_optional_column_is_fine(tmp_path: Path) -> None:
    """A table may leave out columns that may be empty."""
    root = copied(tmp_path)
    (root / "data/bodies.csv").write_text("id,name\nrat,Rat\n", encoding="utf-8")

    assert check(root, DAY) == ()


def test_a_missing_id_column_is_one_error(tmp_path: Path) -> None:
    """Without its id column a table is one error; references to it are not looked up."""
    root = copied(tmp_path)
    replace(root, "data/organisations.csv", "id,name", "kennung,name")

    finding = only(root)

    assert (finding.rule, finding.line, finding.value) == ("KP020", 1, "kennung")
    assert "Vorhanden sind: kennung, name" in finding.problem.de


def test_an_extra_column_is_a_warning_with_the_way_to_describe_it(tmp_path: Path) -> None:
    """A column that nobody described is told once, with the way to describe it."""
    root = copied(tmp_path)
    (root / "data/bodies.csv").write_text("id,name,haus\nrat,Rat,=Altbau\n", encoding="utf-8")

    finding = only(root, "warning")

    assert errors(root) == []
    assert (finding.rule, finding.line, finding.column) == ("KP021", 1, "haus")
    assert "nirgends veröffentlicht" in finding.problem.de
    assert '"name": "haus"' in finding.cure.de
    assert '"visibility": "internal"' in finding.cure.de


def test_an_extra_column_of_visibility_must_not_be_deleted(tmp_path: Path) -> None:
    """Its internal rows stay internal; the cure does not make them public."""
    root = copied(tmp_path)
    text = "id,name,visibility\nrat,Rat,\nstab,Krisenstab,internal\n"
    (root / "data/bodies.csv").write_text(text, encoding="utf-8")

    finding = only(root, "warning")

    assert (finding.rule, finding.column) == ("KP021", "visibility")
    assert "löschen Sie „visibility“ nicht" in finding.cure.de
    assert "Sonst löschen" not in finding.cure.de


def test_several_extra_columns_of_a_table_are_one_warning(tmp_path: Path) -> None:
    """However many columns of a table nobody described, they are told together."""
    root = copied(tmp_path)
    text = "id,name,haus,cycl,Notiz\nrat,Rat,Altbau,oft,x\nzwei,Zwei,Neubau,nie,y\n"
    (root / "data/bodies.csv").write_text(text, encoding="utf-8")

    finding = only(root, "warning")

    assert (finding.rule, finding.value) == ("KP021", "haus, cycl, Notiz")
    assert "Meinten Sie „cycle“?" in finding.cure.de


@pytest.mark.parametrize(
    ("table", "column", "seen", "value"),
    [
        ("bodies", "task", "geheim", "bodies"),
        ("measures", "title", "internal", "measures"),
        ("decisions", "id", "internal", "decisions"),
        ("measures", None, "internal", "measures"),
        ("bodies", None, "intern", "bodies"),
    ],
)
def test_what_pages_need_is_not_internal(
    table: str, column: str | None, seen: str, value: str, tmp_path: Path
) -> None:
    """Columns and tables are public or internal, and nothing that pages need is internal."""
    root = copied(tmp_path)
    package = descriptor(root)
    resources = package["resources"]
    assert isinstance(resources, list)
    (marked,) = (r for r in resources if r["name"] == table)
    for field in marked["schema"]["fields"]:
        if field["name"] == column:
            marked = field
    marked["visibility"] = seen
    save(root, package)

    finding = only(root)

    assert (finding.rule, finding.column, finding.value) == ("KP045", column, value)


def test_a_described_extra_column_is_checked(tmp_path: Path) -> None:
    """A column that the fork describes is checked like any other."""
    root = copied(tmp_path)
    package = descriptor(root)
    resources = package["resources"]
    assert isinstance(resources, list)
    (bodies,) = (r for r in resources if r["name"] == "bodies")
    bodies["schema"]["fields"].append({"name": "sitze", "title": "Sitze", "type": "integer"})
    save(root, package)
    (root / "data/bodies.csv").write_text("id,name,sitze\nrat,Rat,viele\n", encoding="utf-8")

    finding = only(root)

    assert (finding.rule, finding.column, finding.value) == ("KP030", "sitze", "viele")


def test_lines_stay_right_after_cells_with_line_breaks(tmp_path: Path) -> None:
    """A mistake after a cell of four lines is told at its line in the file."""
    root = copied(tmp_path)
    replace(root, REPORTS, "Drei Anträge sind online.", '"Eins\nzwei\r\ndrei\nvier"')
    replace(root, REPORTS, "A-3,2026-01-20", "A-3,20.1.2026")

    finding = only(root)

    assert (finding.line, finding.column) == (9, "date")


def test_a_quotation_mark_that_is_not_closed_is_told_where_it_opens(tmp_path: Path) -> None:
    """A missing quotation mark is one error at the line where the reading stops making sense."""
    root = copied(tmp_path)
    replace(root, "data/milestones.csv", "Zwölf Anträge online", '"Zwölf Anträge online')

    finding = only(root)

    assert (finding.rule, finding.file, finding.line) == ("KP005", "data/milestones.csv", 3)


def test_a_cell_of_100_kb_is_told_and_cut_off(tmp_path: Path) -> None:
    """A text longer than a spreadsheet cell is an error that does not print all of it."""
    root = copied(tmp_path)
    replace(root, REPORTS, "Die Ausleihe läuft.", "Lang " * 20_000)

    finding = only(root)

    assert (finding.rule, finding.line, finding.column) == ("KP605", 6, "text")
    assert finding.value is not None
    assert len(finding.value) <= 120


@pytest.mark.parametrize("piece", ["a", "@", "a.", "<", "< ", "{{", "é", "-", "1", "=\t"])
def test_a_cell_of_1_mb_is_checked(piece: str, tmp_path: Path) -> None:
    """A cell of a megabyte in any column ends in findings, whatever it is made of."""
    root = copied(tmp_path)
    replace(root, REPORTS, "Die Ausleihe läuft.", piece * (1_000_000 // len(piece)))
    replace(root, "data/documents.csv", "D-2,goals,G-2", "D-2,goals," + piece * 100_000)

    rules = {f.rule for f in errors(root)}

    assert "KP605" in rules


def test_a_million_digits_are_no_number(tmp_path: Path) -> None:
    """A number that nothing can hold is told as a value that does not fit."""
    root = copied(tmp_path)
    replace(root, "data/budget.csv", "A-7,2025,20000", "A-7," + "9" * 100_000 + ",1e999999")

    assert {f.file for f in errors(root)} == {"data/budget.csv"}


def test_a_missing_table_is_one_finding(tmp_path: Path) -> None:
    """References to a table that is not there are told once, with the rows that make them."""
    root = copied(tmp_path)
    (root / "data/bodies.csv").unlink()

    finding = only(root)

    assert (finding.file, finding.line) == ("data/bodies.csv", None)
    assert "bodies.csv fehlt" in finding.problem.de
    assert [(p.file, p.cell) for p in finding.also] == [
        ("data/decisions.csv", "C2"),
        ("data/decisions.csv", "C3"),
    ]
    assert "decisions.csv body" in finding.cure.de


def test_a_missing_required_table_is_told(tmp_path: Path) -> None:
    """Without measures there is no strategy."""
    root = copied(tmp_path)
    for name in ("statuses", "status_reports"):
        (root / f"data/{name}.csv").unlink()

    finding = only(root)

    assert (finding.rule, finding.file) == ("KP001", "data/statuses.csv")


def test_a_strategy_of_three_tables_is_valid(tmp_path: Path) -> None:
    """Fields of action, measures and statuses are enough."""
    root = tmp_path / "klein"
    (root / "data").mkdir(parents=True)
    tables = {
        "fields_of_action": "id,title\nF,Feld\n",
        "measures": "id,title,field\nM,Maßnahme,F\n",
        "statuses": "id,label,meaning,category\noffen,offen,Noch nichts.,open\n",
    }
    for name, text in tables.items():
        (root / f"data/{name}.csv").write_text(text, encoding="utf-8")

    assert check(root, DAY) == ()


def test_a_folder_without_data_is_used_wrongly(tmp_path: Path) -> None:
    """Where there is no folder "data", the command was called in the wrong place."""
    with pytest.raises(KlarplanError) as raised:
        check(tmp_path, DAY)

    assert raised.value.exit_code == 2
    assert "--root" in raised.value.cure.de


def test_an_undescribed_file_is_a_warning(tmp_path: Path) -> None:
    """A CSV file that nobody described is not silently left out."""
    root = copied(tmp_path)
    append(root, "data/organisation.csv", "id,name\n")

    finding = only(root, "warning")

    assert (finding.rule, finding.file) == ("KP744", "data/organisation.csv")
    assert "organisations.csv" in finding.cure.de


def test_broken_json_names_its_line(tmp_path: Path) -> None:
    """A missing comma in the description is told with the line where reading stopped."""
    root = copied(tmp_path)
    (root / DESCRIPTOR).write_text('{\n "resources": [\n {} {}\n]}', encoding="utf-8")

    finding = only(root)

    assert (finding.rule, finding.file, finding.line) == ("KP040", DESCRIPTOR, 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "3",
        '{"resources": null}',
        '{"resources": {"a": 1}}',
        '{"resources": "abc"}',
        '{"resources": [1]}',
        '{"resources": [{"name": "x", "path": "../x.csv", "schema": {"fields": []}}]}',
        '{"resources": [{"name": "x", "schema": {"fields": [{"name": 3}]}}]}',
        '{"resources": [{"name": "x", "schema": {"fields": [3]}}]}',
        '{"resources": [{"name": "x", "schema": {"fields": {}}}]}',
        '{"resources": [{"name": "x", "schema": {"fields": [], "foreignKeys": [3]}}]}',
        '{"resources": [{"name": "x", "schema": {"fields": [], "primaryKey": 3}}]}',
        "[" * 100_000,
        "\x00",
        '{"resources": [], "resources": [], "name": ' + "9" * 5000 + "}",
    ],
)
def test_a_description_of_any_wrong_shape_is_told(text: str, tmp_path: Path) -> None:
    """Whatever the description holds, it is told as the file that is wrong."""
    root = copied(tmp_path)
    (root / DESCRIPTOR).write_text(text, encoding="utf-8")

    assert {f.file for f in errors(root)} & {DESCRIPTOR, MEASURES}


@pytest.mark.parametrize(
    ("name", "change", "rule"),
    [
        ("summary", {"type": "wort"}, "KP040"),
        ("summary", {"type": 5}, "KP040"),
        ("summary", {"constraints": {"pattern": "("}}, "KP040"),
        ("summary", {"constraints": {"maximum": 5}}, "KP040"),
        ("summary", {"constraints": {"wunsch": 5}}, "KP040"),
        ("summary", {"constraints": {"enum": "a"}}, "KP040"),
        ("priority", {"constraints": {"minimum": "viel"}}, "KP040"),
        ("type", {"categories": [{"value": "projekt", "label": "Projekt"}]}, "KP041"),
        ("planned_end", {"type": "string"}, "KP044"),
        ("planned_end", {"format": "%d.%m.%Y"}, "KP044"),
        ("priority", {"type": "number"}, "KP044"),
    ],
)
def test_a_broken_schema_names_table_and_column(
    name: str, change: dict[str, object], rule: str, tmp_path: Path
) -> None:
    """A type, pattern or constraint that can't be used is told with its table and column."""
    root = copied(tmp_path)
    package = descriptor(root)
    field(package, "measures", name).update(change)
    save(root, package)

    found = [f for f in errors(root) if f.file == DESCRIPTOR]

    assert rule in {f.rule for f in found}
    assert any("measures" in f.problem.de and name in f.problem.de for f in found)


@pytest.mark.parametrize(
    ("key", "rule", "named"),
    [
        ({"fields": "lead", "reference": {"resource": "org", "fields": "id"}}, "KP042", "org"),
        (
            {"fields": "lead", "reference": {"resource": "organisations", "fields": "key"}},
            "KP043",
            "key",
        ),
        (
            {"fields": "leader", "reference": {"resource": "organisations", "fields": "id"}},
            "KP043",
            "leader",
        ),
    ],
)
def test_a_foreign_key_without_target_is_told(
    key: dict[str, object], rule: str, named: str, tmp_path: Path
) -> None:
    """A foreign key to a table or column that is not described names what it looked for."""
    root = copied(tmp_path)
    package = descriptor(root)
    resources = package["resources"]
    assert isinstance(resources, list)
    resources[0]["schema"]["foreignKeys"] = [key]
    save(root, package)

    finding = only(root)

    assert (finding.rule, finding.file) == (rule, DESCRIPTOR)
    assert f"„{named}“" in finding.problem.de
    assert "fields_of_action" in finding.problem.de


def test_a_unique_column_and_its_key_are_one_finding(tmp_path: Path) -> None:
    """Where an id is both unique and the key, its double is told once."""
    root = copied(tmp_path)
    package = descriptor(root)
    field(package, "milestones", "id")["constraints"] = {"required": True, "unique": True}
    save(root, package)
    replace(root, "data/milestones.csv", "S-2,A-1", "S-1,A-1")

    finding = only(root)

    assert (finding.rule, finding.line, finding.value) == ("KP036", 3, "S-1")


def test_a_bad_type_breaks_no_constraint_as_well(tmp_path: Path) -> None:
    """A cell that is no number is told once, not also as out of bounds or as a double."""
    root = copied(tmp_path)
    replace(root, "data/budget.csv", "A-1,2025,60000,60000", "A-1,bald,60000,60000")
    replace(root, "data/budget.csv", "A-1,2024,50000", "A-1,eben,50000")

    found = errors(root)

    assert [(f.line, f.column) for f in found] == [(2, "year"), (3, "year")]


def test_a_short_row_hides_no_id(tmp_path: Path) -> None:
    """A row with too few cells is one finding; what refers to its id is not told as well."""
    root = copied(tmp_path)
    replace(
        root, "data/organisations.csv", "werke,Stadtwerke Kleinstadt,,company,,", "werke,Werke,"
    )
    replace(root, "data/organisations.csv", "post@werke.example", "")

    finding = only(root)

    assert (finding.rule, finding.line) == ("KP024", 5)


@pytest.mark.parametrize(
    ("short", "told"),
    [
        ("K-1,2026-05-01,9", "fehlt die Zelle „note“ (Anmerkung)."),
        ("2026-05-01,9,", "fehlt die Zelle „indicator“ (Kennzahl); was dahinter steht"),
        ("K-1,9", "fehlen die Zellen „date“ (Stichtag), „note“ (Anmerkung); was dahinter"),
    ],
)
def test_a_short_row_names_the_cells_that_it_lacks(tmp_path: Path, short: str, told: str) -> None:
    """Where the other rows leave one way only, the message names columns and shows the row."""
    root = copied(tmp_path)
    append(root, "data/indicator_values.csv", f"{short}\n")
    finding = only(root)
    assert finding.rule == "KP024"
    assert told in finding.problem.de


def test_a_short_row_of_texts_is_shown_its_columns(tmp_path: Path) -> None:
    """Where several cells may be the missing one, the cure lists the columns."""
    root = copied(tmp_path)
    append(root, "data/feedback.csv", "id,date,contribution,answer,outcome\nFB-1,Mehr Bänke\n")
    finding = only(root)
    assert "id,date,contribution,answer,outcome" in finding.cure.de


def test_a_column_without_name_is_told(tmp_path: Path) -> None:
    """Content below an empty heading is not dropped in silence."""
    root = copied(tmp_path)
    (root / "data/bodies.csv").write_text("id,name,\nrat,Rat,Altbau\n", encoding="utf-8")

    finding = only(root)

    assert (finding.rule, finding.line) == ("KP023", 1)
    assert finding.problem.de.startswith("Die 3. Spalte")


def test_empty_columns_at_the_end_do_no_harm(tmp_path: Path) -> None:
    """Delimiters that a spreadsheet adds at the end of each line mean nothing."""
    root = copied(tmp_path)
    (root / "data/bodies.csv").write_text("id,name,,\nrat,Rat,,\n", encoding="utf-8")

    assert check(root, DAY) == ()


def test_a_text_of_the_wrong_length_is_told(tmp_path: Path) -> None:
    """A sign for a status has two characters at most."""
    root = copied(tmp_path)
    replace(root, "data/statuses.csv", "active,▶", "active,weiter")

    finding = only(root)

    assert (finding.rule, finding.line, finding.value) == ("KP035", 3, "weiter")
    assert finding.cure.de == "Nötig sind höchstens 2."


def test_a_row_of_unknown_columns_alone_has_no_id(tmp_path: Path) -> None:
    """A row that only fills the fork's own column is one error."""
    root = copied(tmp_path)
    text = "id,name,haus\nrat,Rat,Altbau\n,,Neubau\n"
    (root / "data/bodies.csv").write_text(text, encoding="utf-8")

    finding = only(root)

    assert (finding.rule, finding.line) == ("KP031", 3)


def test_a_constraint_that_klarplan_has_no_words_for_is_named() -> None:
    """What a later Frictionless may check is told with the name of the constraint."""
    fault = constraint_fault({"name": "a", "constraints": {"multipleOf": 5}}, "multipleOf", "3")

    assert fault.rule == "KP039"
    assert "multipleOf" in fault.problem.de
    assert "5" in fault.cure.de


@pytest.mark.parametrize("cell", ["1_000", "NaN", "inf", "２０", "1e999", "1" * 40])
def test_a_number_that_only_some_programs_read_is_told(cell: str, tmp_path: Path) -> None:
    """Numbers in forms that other readers of the open data would not take are refused."""
    root = copied(tmp_path)
    replace(root, "data/indicator_values.csv", "11.5", cell)

    finding = only(root)

    assert (finding.rule, finding.line, finding.value) == ("KP030", 4, cell)


def test_a_date_without_leading_zeros_is_told(tmp_path: Path) -> None:
    """A date must have its zeros, and the cure shows them."""
    root = copied(tmp_path)
    replace(root, "data/milestones.csv", "2027-06-30", "2027-6-3")

    finding = only(root)

    assert (finding.rule, finding.line) == ("KP030", 3)
    assert finding.cure.de == "Schreiben Sie 2027-06-03."


def test_ids_with_paths_in_them_are_refused(tmp_path: Path) -> None:
    """An id can't lead out of the folder that its page is written to."""
    root = copied(tmp_path)
    append(root, "data/goals.csv", "../../x,Ziel,,,,,,\n..,Ziel,,,,,,\na/b,Ziel,,,,,,\n")

    assert [(f.rule, f.value) for f in errors(root)] == [
        ("KP033", "../../x"),
        ("KP033", ".."),
        ("KP033", "a/b"),
    ]


def test_ids_with_paths_are_refused_even_if_the_description_allows_them(tmp_path: Path) -> None:
    """A changed description can't make an id lead out of the folder either."""
    root = copied(tmp_path)
    package = descriptor(root)
    field(package, "goals", "id")["constraints"] = {"required": True}
    save(root, package)
    line = append(root, "data/goals.csv", "../../x,Ziel,,,,,,\n")

    finding = only(root)

    assert (finding.rule, finding.line, finding.value) == ("KP202", line, "../../x")
