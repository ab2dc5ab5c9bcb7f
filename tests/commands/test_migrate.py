"""Tables of an earlier version get the form of this one, and what is the fork's own stays."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from klarplan import __version__
from klarplan.check.run import check
from klarplan.commands.former_tables import Tables
from klarplan.commands.migrate import migrate
from klarplan.commands.migrations import MIGRATIONS, Migration
from klarplan.messages import KlarplanError
from klarplan.strategy.csv_reader import read
from klarplan.strategy.renewal import engine_package, package_bytes, renewed
from klarplan.strategy.schema import DESCRIPTOR, ENGINE_DESCRIPTOR
from klarplan.strategy.settings import SETTINGS
from klarplan.update.version import number_of
from tests.support.klein import append, copied, replace
from tests.support.project import AS_OF, REPOSITORY, SAMPLE, klarplan

DAY = dt.date.fromisoformat(AS_OF)
BEFORE = Path(__file__).resolve().parents[1] / "fixtures" / "vorher"
WRITTEN_BEFORE = (BEFORE,)
"""Strategies as earlier versions wrote them; a migration that comes adds what it needs."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A strategy as it was before, which a test may change."""
    shutil.copytree(BEFORE, tmp_path / "vorher")
    return tmp_path / "vorher"


def files(root: Path) -> dict[str, bytes]:
    """Every file below a folder with its content, but for what only this machine needs."""
    paths = (p for p in root.rglob("*") if p.is_file() and root / "build" not in p.parents)
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in paths}


def errors_of(root: Path) -> list[str]:
    """The errors in tables, their description and the settings."""
    found = check(root, DAY, pages=False)
    return [f"{f.rule} {f.file}" for f in found if f.severity == "error"]


def rows(root: Path, name: str) -> list[dict[str, str]]:
    """A table as a list of records."""
    table, _ = read(root / "data" / f"{name}.csv", name, name)
    assert table is not None
    return [dict(zip(table.header, record, strict=True)) for record in table.records]


def measures(root: Path, text: str) -> None:
    """Write the table of measures."""
    (root / "data" / "measures.csv").write_bytes(text.encode())


def test_former_columns_are_one_error_with_one_cure(root: Path) -> None:
    """All old columns together are one error that names file and columns; its cure: migrate."""
    (finding,) = [f for f in check(root, DAY, pages=False) if f.severity == "error"]
    assert (finding.rule, finding.file, finding.line) == ("KP026", "data/measures.csv", 1)
    assert finding.value == "date_precision, superseded_by"
    assert "klarplan migrate" in finding.cure.de
    assert "klarplan migrate" in finding.cure.en


def test_former_columns_below_a_new_description_are_the_same_error(root: Path) -> None:
    """If git has brought the new description already, the old columns are still one error."""
    shutil.copy(ENGINE_DESCRIPTOR, root / DESCRIPTOR)
    assert errors_of(root) == ["KP026 data/measures.csv"]
    assert not any(f.rule == "KP021" for f in check(root, DAY, pages=False))


def test_a_former_description_alone_is_the_same_error(root: Path) -> None:
    """If only the description is old, the error names its file."""
    table = (REPOSITORY / "tests/fixtures/klein/data/measures.csv").read_text("utf-8")
    measures(root, table.splitlines()[0] + "\n")
    assert "KP026 data/datapackage.json" in errors_of(root)


def test_a_migrated_strategy_has_no_errors(root: Path) -> None:
    """The strategy as it was before passes the check afterwards, with the same measures."""
    before = rows(root, "measures")
    done = klarplan("migrate", "--root", str(root))
    assert done.returncode == 0, done.stderr
    assert errors_of(root) == []
    after = rows(root, "measures")
    assert [m["id"] for m in after] == [m["id"] for m in before]
    for old, new in zip(before, after, strict=True):
        assert new["end_precision"] == (old["date_precision"] if old["planned_end"] else "")
        assert new["start_precision"] == (old["date_precision"] if old["planned_start"] else "")
    assert [(x["from"], x["to"]) for x in rows(root, "successions")] == [
        (m["id"], m["superseded_by"]) for m in before if m["superseded_by"]
    ]
    kinds = {s["id"]: s["category"] for s in rows(root, "statuses")}
    assert (kinds["delayed"], kinds["paused"], kinds["running"]) == ("delayed", "paused", "active")


def test_what_was_changed_is_said(root: Path) -> None:
    """Each file that changes is named, in German or English; so is what to do next."""
    shutil.copytree(root, root.parent / "zweite")
    german = klarplan("migrate", "--root", str(root)).stdout
    english = klarplan("migrate", "--root", str(root.parent / "zweite"), "--lang", "en").stdout
    for file in ("data/measures.csv", DESCRIPTOR, "data/statuses.csv", SETTINGS):
        assert file in german
        assert file in english
    assert "2 Ablösungen stehen jetzt in data/successions.csv" in german
    assert "Check the result" in english


def test_twice_is_once(root: Path) -> None:
    """A second run changes no byte and says that there is nothing to do."""
    migrate(root)
    once = files(root)
    again = klarplan("migrate", "--root", str(root))
    assert files(root) == once
    assert "Nichts zu tun" in again.stdout


def test_a_current_strategy_stays_as_it_is(tmp_path: Path) -> None:
    """A strategy of this version is not touched, a draft stays a draft."""
    root = copied(tmp_path)
    before = files(root)
    assert migrate(root).done == ()
    assert files(root) == before


def test_own_columns_and_tables_stay_where_they_are(root: Path) -> None:
    """Columns, tables, paths, choices and marks of the fork and their order are kept."""
    package = json.loads((root / DESCRIPTOR).read_text("utf-8"))
    tables = {t["name"]: t for t in package["resources"]}
    own = {"name": "stadtteil", "title": "Stadtteil", "type": "string", "visibility": "internal"}
    schema = tables["measures"]["schema"]
    schema["fields"].insert(2, own)
    schema["foreignKeys"].append(
        {"fields": ["stadtteil"], "reference": {"resource": "viertel", "fields": ["id"]}}
    )
    kind = next(f for f in tables["organisations"]["schema"]["fields"] if f["name"] == "kind")
    kind["constraints"]["enum"].append("stiftung")
    kind["categories"].append({"value": "stiftung", "label": "Stiftung"})
    tables["risks"]["path"] = "risiken.csv"
    quarters = {
        "name": "viertel",
        "path": "viertel.csv",
        "schema": {"fields": [{"name": "id", "type": "string"}], "primaryKey": ["id"]},
    }
    package["resources"].insert(1, quarters)
    (root / DESCRIPTOR).write_bytes(package_bytes(package))
    (root / "data/risks.csv").rename(root / "data/risiken.csv")
    (root / "data/viertel.csv").write_text("id\nSüd\n", "utf-8")
    path = root / "data/measures.csv"
    lines = path.read_text("utf-8").splitlines()
    lines[0] += ",stadtteil"
    path.write_text("".join(f"{line},Süd\n" if n else f"{line}\n" for n, line in enumerate(lines)))
    migrate(root)
    new = json.loads((root / DESCRIPTOR).read_text("utf-8"))
    tables = {t["name"]: t for t in new["resources"]}
    assert [t["name"] for t in new["resources"]][1] == "viertel"
    assert tables["viertel"] == quarters
    assert tables["risks"]["path"] == "risiken.csv"
    fields = tables["measures"]["schema"]["fields"]
    assert fields[2] == own
    assert {"parent", "start_precision", "end_precision"} <= {f["name"] for f in fields}
    kind = next(f for f in tables["organisations"]["schema"]["fields"] if f["name"] == "kind")
    assert "stiftung" in kind["constraints"]["enum"]
    assert kind["categories"][-1] == {"value": "stiftung", "label": "Stiftung"}
    assert rows(root, "measures")[0]["stadtteil"] == "Süd"
    assert rows(root, "measures")[0]["next_review"] == rows(BEFORE, "measures")[0]["next_review"]
    assert errors_of(root) == []


def test_what_was_called_otherwise_is_told(root: Path) -> None:
    """Titles are renewed, and a title that thereby changes is named with both."""
    replace(root, DESCRIPTOR, '"title": "Amtliche Nummer"', '"title": "Lfd. Nr."')
    said = [text.de for text in migrate(root).done]
    assert any("„Amtliche Nummer“ (bisher „Lfd. Nr.“)" in text for text in said)


@pytest.mark.parametrize(
    ("saved", "written"),
    [
        pytest.param(
            "id;title;field;date_precision;planned_end;superseded_by\r\n"
            'M-1;"Grün; ""schön""\r\nund breit";F-1;year;2027-12-31;\r\n'
            "M-2;Straße;F-1;month;;M-1\r\n",
            "id;title;field;start_precision;end_precision;planned_end\r\n"
            'M-1;"Grün; ""schön""\r\nund breit";F-1;;year;2027-12-31\r\n'
            "M-2;Straße;F-1;;;\r\n",
            id="semicolons, line breaks and quotes of a spreadsheet",
        ),
        pytest.param(
            '\ufeff"id","title","date_precision"\n"M-1","Ämter",""\n',
            '\ufeff"id","title","start_precision","end_precision"\n"M-1","Ämter","",""\n',
            id="every cell in quotes, with a byte order mark",
        ),
        pytest.param(
            "id,date_precision,planned_end,eigen,superseded_by\nM-1,day,2027-01-01,x\n\nM-2\n",
            "id,start_precision,end_precision,planned_end,eigen\nM-1,,day,2027-01-01,x\n\nM-2\n",
            id="short rows and blank lines",
        ),
        pytest.param(
            "id,start_precision,end_precision,planned_end,date_precision\nM-1,,,2027-01-01,day\n",
            "id,start_precision,end_precision,planned_end\nM-1,,day,2027-01-01\n",
            id="the new columns are there already",
        ),
    ],
)
def test_a_table_is_written_as_it_was_saved(root: Path, saved: str, written: str) -> None:
    """Delimiter, line ends, quotes, umlauts and the order of the columns stay as they are."""
    measures(root, saved)
    migrate(root)
    assert (root / "data/measures.csv").read_bytes().decode() == written


def test_a_table_in_windows_letters_stays_so(root: Path) -> None:
    """A file that a spreadsheet saved in Windows-1252 is not turned into another encoding."""
    text = "id;title;date_precision;superseded_by\r\nM-1;Straße;;M-2\r\n"
    (root / "data/measures.csv").write_bytes(text.encode("cp1252"))
    migrate(root)
    assert "Straße".encode("cp1252") in (root / "data/measures.csv").read_bytes()
    assert (root / "data/successions.csv").read_bytes() == b"from;to\r\nM-1;M-2\r\n"


def test_successions_that_are_there_are_not_doubled(root: Path) -> None:
    """A table of successions is added to; what it says already is not said twice."""
    (root / "data/successions.csv").write_text("to,from,note\nM-006,M-005,bekannt\n", "utf-8")
    migrate(root)
    text = (root / "data/successions.csv").read_text("utf-8")
    assert text == "to,from,note\nM-006,M-005,bekannt\nM-031,M-032,\n"


def test_what_is_a_guess_is_told_and_not_done(root: Path) -> None:
    """A status that only sounds late or paused keeps its category and is named."""
    for line in (
        "a1,läuft mit Verzug,,x,active,!,#9c4500\n",
        "rot,Rot,red,x,active,!,#9c4500\n",
        "warten,zurückgestellt,,x,open,–,#6b3fa0\n",
    ):
        append(root, "data/statuses.csv", line)
    made = migrate(root)
    kinds = {s["id"]: s["category"] for s in rows(root, "statuses")}
    assert (kinds["a1"], kinds["rot"], kinds["warten"]) == ("active", "active", "open")
    assert len(made.doubts) == 3
    assert all("„delayed“" in text.de for text in made.doubts)


@pytest.mark.parametrize(
    ("row", "category"),
    [
        ("critical,Ampel rot,,x,active,!,#9c4500", "delayed"),
        ("s3,Gefährdet,,x,active,!,#9c4500", "delayed"),
        ("s4,pausiert,,x,active,–,#6b3fa0", "paused"),
        ("s5,Pause,on hold,x,active,–,#6b3fa0", "paused"),
    ],
)
def test_a_clear_word_gets_its_category(root: Path, row: str, category: str) -> None:
    """The usual ids and the own words for late and paused, in any case of letters, are clear."""
    append(root, "data/statuses.csv", row + "\n")
    migrate(root)
    assert rows(root, "statuses")[-1]["category"] == category


def test_settings_keep_every_line(root: Path) -> None:
    """Only the new key with its comment comes in; comments and values stay."""
    before = (root / SETTINGS).read_text("utf-8").splitlines()
    migrate(root)
    after = (root / SETTINGS).read_text("utf-8").splitlines()
    added = [line for line in after if line not in before]
    assert added[-1] == "published: true"
    assert all(line.startswith("#") for line in added[:-1])
    assert [line for line in after if line not in added and line] == [x for x in before if x]


@pytest.mark.parametrize("said", ["published: false", '"published": true', "published:"])
def test_who_says_something_of_publishing_is_not_overruled(root: Path, said: str) -> None:
    """A strategy that says whether it is public keeps that."""
    append(root, SETTINGS, f"\n{said}\n")
    before = (root / SETTINGS).read_bytes()
    migrate(root)
    assert (root / SETTINGS).read_bytes() == before


def test_settings_in_any_form_get_the_key(root: Path) -> None:
    """Settings without our headings, with line ends of Windows, get it at their end."""
    (root / SETTINGS).write_bytes(b'title: "X"\r\nmunicipality: "Y"')
    migrate(root)
    text = (root / SETTINGS).read_bytes()
    assert text.startswith(b'title: "X"\r\nmunicipality: "Y"\r\n\r\n# ')
    assert text.endswith(b"\r\npublished: true\r\n")


def test_a_broken_table_stops_it_and_nothing_is_changed(root: Path) -> None:
    """A table that can't be read is named with its line; no file was changed."""
    measures(root, 'id,title,date_precision\nM-1,"offen,day\n')
    before = files(root)
    with pytest.raises(KlarplanError) as told:
        migrate(root)
    assert (told.value.file, told.value.line) == ("data/measures.csv", 2)
    assert files(root) == before


def test_a_link_is_not_followed(root: Path, tmp_path: Path) -> None:
    """A table that is a link to a file elsewhere is named; neither file is changed."""
    elsewhere = tmp_path / "anderswo.csv"
    table = root / "data/measures.csv"
    table.rename(elsewhere)
    table.symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    with pytest.raises(KlarplanError, match=r"measures\.csv"):
        migrate(root)
    assert elsewhere.read_bytes() == before


def test_nothing_is_changed_where_a_file_cannot_be_written(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk fails midway, every file is as it was."""
    before = files(root)
    replaced = Path.replace

    def failing(source: Path, target: Path) -> Path:
        if target.name == "statuses.csv":
            raise OSError(28, "No space left on device")
        return replaced(source, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(KlarplanError, match=r"statuses\.csv"):
        migrate(root)
    assert files(root) == before


def test_without_a_strategy_it_says_so(tmp_path: Path) -> None:
    """In a folder without data it is told where to call it."""
    done = klarplan("migrate", "--root", str(tmp_path))
    assert done.returncode == 2
    assert "keinen Ordner „data“" in done.stderr


def test_the_engine_knows_its_own_tables() -> None:
    """The engine's description is in data/datapackage.json; a fork may only have added to it.

    Where this fails: change klarplan/strategy/datapackage.json and call ``klarplan migrate``.
    """
    own = json.loads((REPOSITORY / DESCRIPTOR).read_text("utf-8"))
    assert renewed(own, engine_package()) == own
    if SAMPLE in (REPOSITORY / SETTINGS).read_text("utf-8"):
        assert own == engine_package()


def test_migrations_go_forward_in_the_order_of_versions() -> None:
    """No migration stands before one of an earlier version, and none is for a later Klarplan."""
    numbers = [number_of(migration.version) or (0, 0, 0) for migration in MIGRATIONS]
    assert (0, 0, 0) not in numbers
    assert [*numbers, number_of(__version__)] == sorted([*numbers, number_of(__version__) or ()])


@pytest.mark.parametrize("migration", MIGRATIONS, ids=lambda one: one.change.__name__)
def test_each_migration_has_what_came_before_it(migration: Migration) -> None:
    """Among the strategies kept from earlier versions, each migration has one that needs it."""
    changed = []
    for before in WRITTEN_BEFORE:
        tables = Tables(before / "data", {})
        migration.change(tables)
        changed += tables.changed
    assert changed
