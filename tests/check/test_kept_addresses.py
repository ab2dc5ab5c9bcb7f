"""Addresses of an adopted version stay: check, adoption and redirects."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from klarplan.check.run import examine
from klarplan.commands.adopt import adopt
from klarplan.messages import Finding, KlarplanError
from klarplan.pages.adopted import ADOPTED, read_adopted
from klarplan.pages.site_addresses import site_addresses
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from klarplan.strategy.redirects import REDIRECTS
from tests.support.klein import DAY, append, copied, replace
from tests.support.project import AS_OF, BuiltSample, klarplan

HEADER = "old,new\n"


@pytest.fixture
def adopted(tmp_path: Path) -> Path:
    """The small strategy, just adopted."""
    root = copied(tmp_path)
    adopt(root, DAY)
    return root


def without(root: Path, identifier: str) -> None:
    """Take a row, and all that refers to it, out of every table."""
    for path in (root / "data").glob("*.csv"):
        lines = path.read_text("utf-8").split("\n")
        kept = [line for line in lines if identifier not in line.split(",")]
        path.write_text("\n".join(kept), encoding="utf-8")


def renamed(root: Path, old: str, new: str) -> None:
    """Give a row another id, wherever it occurs."""
    for path in (root / "data").glob("*.csv"):
        lines = [line.split(",") for line in path.read_text("utf-8").split("\n")]
        told = [",".join(new if cell == old else cell for cell in line) for line in lines]
        path.write_text("\n".join(told), encoding="utf-8")


def found(root: Path, rule: str) -> list[Finding]:
    """What is open of one rule."""
    return [f for f in examine(root, DAY).findings if f.rule == rule]


def rows_of(finding: Finding) -> list[str]:
    """The lines of a table that a cure names."""
    return [part.split("“")[0] for part in finding.cure.de.split("„")[1:]]


def test_what_was_adopted_is_complete(adopted: Path) -> None:
    """Right after adoption nothing is missed, and a second adoption changes nothing."""
    assert examine(adopted, DAY).findings == ()
    before = (adopted / ADOPTED).read_bytes()
    again = adopt(adopted, DAY)
    assert (again.changed, again.new, again.given_up) == (False, 0, ())
    assert (adopted / ADOPTED).read_bytes() == before


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("indicator_values", "K-1,2026"),
        ("measures", "A-99"),
        ("status_reports", 'A-4,2026-01-12,"offen'),
    ],
)
def test_a_table_that_cannot_be_read_is_missed_nowhere(adopted: Path, table: str, row: str) -> None:
    """What is wrong is told once: nobody is told to lead the table's address elsewhere."""
    append(adopted, f"data/{table}.csv", f"{row}\n")
    findings = examine(adopted, DAY).findings
    assert [f for f in findings if f.severity == "error"]
    assert [f for f in findings if f.rule == "KP756"] == []


@pytest.mark.long
def test_every_adopted_address_is_on_the_site(sample: BuiltSample) -> None:
    """Pages, sections and files that are promised are there, and every page but the handbook is."""
    shown = public(load(sample.root))
    addresses = site_addresses(shown, dt.date.fromisoformat(AS_OF))
    plain = [a for a in addresses if "#" not in a]
    for address in plain:
        place = f"{address}index.html" if not address or address.endswith("/") else address
        assert (sample.site / place).is_file(), address
    pages = {p.parent.relative_to(sample.site).as_posix() for p in sample.site.rglob("index.html")}
    pages = {"" if page == "." else f"{page}/" for page in pages if not page.startswith("handbuch")}
    assert pages == {a for a in plain if not a or a.endswith("/")}
    named = [a.partition("#") for a in addresses if "#" in a]
    for page, _, section in named:
        texts = (file.read_text("utf-8") for file in sample.site.glob(f"{page}index.html"))
        assert any(f'id="{section}"' in text for text in texts), (page, section)


def test_a_gone_page_is_told_with_the_line_that_mends_it(adopted: Path) -> None:
    """The line that the warning names is what is needed: with it nothing is missed any more."""
    without(adopted, "A-3")
    (warning,) = found(adopted, "KP756")
    assert warning.severity == "warning"
    assert (warning.file, warning.value) == (ADOPTED, "/massnahmen/a-3/")
    lines = (adopted / ADOPTED).read_text("utf-8").splitlines()
    assert lines[(warning.line or 0) - 1].startswith("/massnahmen/a-3/\tLesesaal")
    assert rows_of(warning) == ["old,new", "/massnahmen/a-3/,/massnahmen/"]
    append(adopted, REDIRECTS, "\n".join((*rows_of(warning), "")))
    assert found(adopted, "KP756") == found(adopted, "KP757") == []
    assert "/massnahmen/a-3/,/massnahmen/" in warning.cure.en


def test_a_row_under_another_id_is_where_its_old_address_leads(adopted: Path) -> None:
    """What has the same title is most likely the same thing."""
    renamed(adopted, "A-3", "A-33")
    (warning,) = found(adopted, "KP756")
    assert "/massnahmen/a-3/,/massnahmen/a-33/" in rows_of(warning)


def test_a_table_that_is_gone_is_one_warning(adopted: Path) -> None:
    """A table is missed once in all its forms, each with a line that names a file of its kind."""
    (adopted / "data/dependencies.csv").unlink()
    (warning,) = found(adopted, "KP756")
    rows = [row.split(",") for row in rows_of(warning)[1:]]
    assert {old for old, _ in rows} >= {"/daten/dependencies.csv", "/api/v1/dependencies.json"}
    assert all(old[-4:] == new[-4:] for old, new in rows if not old.endswith("/"))
    assert all(new.endswith("/") for old, new in rows if old.endswith("/"))


def test_a_chapter_that_is_gone_is_one_warning(adopted: Path) -> None:
    """A chapter is missed with all its rows at once."""
    (adopted / "data/decisions.csv").unlink()
    values = [f.value for f in found(adopted, "KP756")]
    assert [v for v in values if v and v.startswith("/beschluesse/")] == ["/beschluesse/"]


def test_internal_rows_are_neither_listed_nor_missed(adopted: Path) -> None:
    """A row that was always internal is in no list; one that becomes internal is not missed."""
    assert "Leitstelle" not in (adopted / ADOPTED).read_text("utf-8")
    path = adopted / "data/measures.csv"
    lines = path.read_text("utf-8").split("\n")
    place = lines[0].split(",").index("visibility")
    for number, line in enumerate(lines):
        cells = line.split(",")
        if cells[0] == "A-5":
            cells[place] = "internal"
            lines[number] = ",".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8")
    assert found(adopted, "KP756") == []
    assert adopt(adopted, DAY).given_up == ()
    assert "a-5/" not in (adopted / ADOPTED).read_text("utf-8")


@pytest.mark.parametrize(
    ("table", "head", "rows", "address"),
    [
        ("feedback", "id,contribution,outcome", ("F-1,Mehr Bänke,open", "F-2,Nein,open"), "f-2"),
        ("places", "id,name", ("O-1,Süd", "O-2,Nord"), "o-2"),
        ("places", "id,name", ("O-1,Süd", "Mitte,Mitte"), "mitte"),
    ],
)
def test_a_contribution_or_a_place_that_is_gone_is_told_with_its_row(
    tmp_path: Path, table: str, head: str, rows: tuple[str, ...], address: str
) -> None:
    """Each has an address on its page; a table that is gone is told as such, not row by row."""
    root = copied(tmp_path)
    append(root, f"data/{table}.csv", "\n".join((head, *rows, "")))
    if table == "places":
        append(root, "data/measure_places.csv", "measure,place\nA-1,O-1\n")
    adopt(root, DAY)
    page = {"feedback": "/beteiligung/#beitrag-", "places": "/orte/#ort-"}[table]
    assert f"{page}{address}\n" in (root / ADOPTED).read_text("utf-8")
    replace(root, f"data/{table}.csv", f"{rows[1]}\n", "")
    (warning,) = found(root, "KP756")
    assert warning.value == f"{page}{address}"
    assert address.upper() in warning.cure.de
    assert f"data/{table}.csv" in warning.cure.en
    (root / f"data/{table}.csv").unlink()
    (root / "data/measure_places.csv").unlink(missing_ok=True)
    assert not [f.value for f in found(root, "KP756") if f.value and "#" in f.value]


def test_adoption_waits_until_what_is_gone_leads_on_or_is_given_up(adopted: Path) -> None:
    """Nothing is dropped in silence: adopt refuses, until the warning is answered."""
    without(adopted, "A-3")
    before = (adopted / ADOPTED).read_bytes()
    with pytest.raises(KlarplanError) as error:
        adopt(adopted, DAY)
    assert "/massnahmen/a-3/" in error.value.problem.de
    assert (adopted / ADOPTED).read_bytes() == before
    answer = f"KP756,{ADOPTED},,,/massnahmen/a-3/,Der Rat hat sie gestrichen.\n"
    append(adopted, "strategy/acknowledged.csv", "rule,table,id,column,value,reason\n" + answer)
    assert adopt(adopted, DAY).given_up == ("massnahmen/a-3/",)
    assert [p.title for p in read_adopted(adopted).promises if p.given_up] == ["Lesesaal"]


@pytest.mark.parametrize("how", ["given up", "redirected"])
def test_an_id_that_was_given_up_may_not_come_back_as_something_else(
    adopted: Path, how: str
) -> None:
    """An old id with another title is a warning with a free id; with the old title it is none."""
    row = next(
        line
        for line in (adopted / "data/measures.csv").read_text("utf-8").split("\n")
        if line.startswith("A-3,")
    )
    without(adopted, "A-3")
    if how == "redirected":
        append(adopted, REDIRECTS, HEADER + "/massnahmen/a-3/,/massnahmen/\n")
    else:
        answer = f"KP756,{ADOPTED},,,/massnahmen/a-3/,Gestrichen.\n"
        append(adopted, "strategy/acknowledged.csv", "rule,table,id,column,value,reason\n" + answer)
    adopt(adopted, DAY)
    (adopted / REDIRECTS).unlink(missing_ok=True)
    append(adopted, "data/measures.csv", row.replace("Lesesaal", "Freibad") + "\n")
    (warning,) = found(adopted, "KP758")
    assert (warning.column, warning.value) == ("id", "A-3")
    assert "Lesesaal" in warning.problem.de
    assert "A-9" in warning.cure.de
    replace(adopted, "data/measures.csv", "Freibad", "Lesesaal")
    assert found(adopted, "KP758") == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("/massnahmen/a-1/,/massnahmen/", "gibt es; sie braucht keine"),
        ("/massnahmen/A-1/,/massnahmen/", "gibt es; sie braucht keine"),
        ("/massnahmen/a-77/,/massnamen/", "gibt es auf dieser Website nicht"),
        ("/massnahmen/a-77/,/massnahmen/a-8/", "gibt es auf dieser Website nicht"),
        ("/massnahmen/a-77/,https://example.org/", "gibt es auf dieser Website nicht"),
        ("/massnahmen/a-77,/massnahmen/", "weder eine Seite"),
        ("/massnahmen/a-77/#x,/massnahmen/", "keine Adresse dieser Website"),
        ("/../a-77/,/massnahmen/", "keine Adresse dieser Website"),
        ("/alt.csv,/massnahmen/", "nicht von gleicher Art"),
        ("/alt.csv,/daten/datapackage.json", "nicht von gleicher Art"),
        ("/alt/,/daten/measures.csv", "nicht von gleicher Art"),
        ("/pagefind/x/,/massnahmen/", "Dateien von Klarplan"),
        ("/a/,/massnahmen/\n/a/,/ziele/", "zweimal weitergeleitet"),
        ("/a/,/b/\n/b/,/ziele/", "führt selbst weiter"),
        ("/a/,", "Es fehlt die Adresse, zu der sie führt"),
        (",/ziele/", "Es fehlt die Adresse, die es nicht mehr gibt"),
    ],
)
def test_a_redirect_that_does_not_work_is_an_error(tmp_path: Path, row: str, told: str) -> None:
    """Each fault of a redirect is told at its line, with what is wrong."""
    root = copied(tmp_path)
    append(root, REDIRECTS, f"{HEADER}{row}\n")
    errors = found(root, "KP757")
    assert [told in f.problem.de for f in errors].count(True) >= 1
    assert {f.severity for f in errors} == {"error"}
    assert {f.file for f in errors} == {REDIRECTS}
    assert all((f.line or 0) >= 2 for f in errors)


@pytest.mark.parametrize(
    "row",
    [
        "/massnahmen/a-77/,/massnahmen/a-1/",
        "massnahmen/a-77/,massnahmen/a-1/#eckdaten",
        "/alt/,/",
        "/alte%20Seite/,/ziele/",
        "/daten/alt.csv,/daten/measures.csv",
    ],
)
def test_redirects_that_work_are_left_alone(tmp_path: Path, row: str) -> None:
    """Pages lead to pages or their sections, files to files; with or without the first slash."""
    root = copied(tmp_path)
    append(root, REDIRECTS, f"{HEADER}{row}\n")
    assert found(root, "KP757") == []


def test_columns_of_redirects_are_named(tmp_path: Path) -> None:
    """A file without the two columns says which it needs."""
    root = copied(tmp_path)
    append(root, REDIRECTS, "alt,neu\n/a/,/ziele/\n")
    (error,) = found(root, "KP757")
    assert error.line == 1
    assert "old,new" in error.cure.de


def test_what_is_no_address_in_the_list_is_told(adopted: Path) -> None:
    """A list that somebody changed by hand is told by its line."""
    line = append(adopted, ADOPTED, "<<<<<<< HEAD\n")
    assert [(f.line, f.value) for f in found(adopted, "KP756")] == [(line, "<<<<<<< HEAD")]


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    """The command counts the addresses, in either language, and refuses a faulty strategy."""
    root = copied(tmp_path)
    told = klarplan("adopt", "--root", str(root), "--as-of", DAY.isoformat())
    assert told.returncode == 0
    assert "Adressen, davon" in told.stdout
    replace(root, "data/measures.csv", "A-2,Bezahlen", "A-1,Bezahlen")
    told = klarplan("adopt", "--root", str(root), "--lang", "en")
    assert told.returncode == 1
    assert "Nothing was written down." in told.stderr


def test_machines_read_the_warning(adopted: Path) -> None:
    """As JSON the warning names file, line and value."""
    without(adopted, "A-3")
    day = DAY.isoformat()
    told = klarplan("check", "--root", str(adopted), "--as-of", day, "--format", "json")
    rules = {f["rule"]: f for f in json.loads(told.stdout)}
    assert rules["KP756"]["value"] == "/massnahmen/a-3/"
