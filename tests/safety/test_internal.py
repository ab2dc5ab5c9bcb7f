"""What is internal, or described by nobody, is in nothing that a build makes."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from klarplan.check.run import check
from klarplan.own_files import PACKAGE
from klarplan.papers.svg import NAMESPACE
from tests.support import klein
from tests.support.print_reading import page_texts
from tests.support.project import BuiltSample
from tests.support.sites import kept

SECRETS = ("Vertraulich", "vertraulich")


def _add_column(root: Path, table: str, name: str, value: str) -> None:
    """A further column at the end of a table, the same in every row that ends on its line."""
    path = root / f"data/{table}.csv"
    lines = path.read_text("utf-8").splitlines()
    ends = [n for n, line in enumerate(lines) if n and line.count('"') % 2 == 0 and line]
    lines[0] += f",{name}"
    for n in ends:
        lines[n] += f",{value}"
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _field(package: dict[str, list[dict[str, object]]], table: str) -> list[dict[str, object]]:
    (resource,) = (r for r in package["resources"] if r["name"] == table)
    schema = resource["schema"]
    assert isinstance(schema, dict)
    fields: list[dict[str, object]] = schema["fields"]
    return fields


def write(root: Path) -> None:
    """The small strategy with one secret of each kind."""
    target = klein.copied(root.parent / "quelle")
    for path in target.iterdir():
        path.rename(root / path.name)
    package = json.loads((PACKAGE.parent / "data/datapackage.json").read_text("utf-8"))
    marked = {"type": "string", "visibility": "internal"}
    _add_column(root, "bodies", "Vertrauliche Notiz", "Vertraulich 1")
    _add_column(root, "decisions", "vertraulich", "Vertraulich 2")
    _field(package, "decisions").append(
        {"name": "vertraulich", "title": "Vertraulicher Beschluss", **marked}
    )
    _field(package, "decisions")[-1]["description"] = "Vertraulich 3"
    (root / "data/vertraulich.csv").write_text("id,a\n1,Vertraulich 4\n", "utf-8")
    (root / "data/vertraulich2.csv").write_text("id,a\nv1,Vertraulich 5\n", "utf-8")
    plain = {"type": "string"}
    package["resources"] += [
        {
            "name": "vertraulich2",
            "path": "vertraulich2.csv",
            "title": "Vertraulich 6",
            "visibility": "internal",
            "schema": {
                "fields": [{"name": "id", **plain}, {"name": "a", **plain}],
                "primaryKey": "id",
            },
        },
        {
            "name": "sitzungen",
            "path": "sitzungen.csv",
            "title": "Sitzungen",
            "schema": {
                "fields": [
                    {"name": "id", **plain},
                    {"name": "grund", **plain},
                    {"name": "kreis", **plain, "visibility": "internal"},
                ],
                "primaryKey": ["id", "kreis"],
                "foreignKeys": [
                    {
                        "fields": "grund",
                        "reference": {"resource": "vertraulich2", "fields": "id"},
                    }
                ],
            },
        },
    ]
    rows = (
        "id,grund,kreis,visibility\n"
        "s1,,Vertraulich 7,\n"
        "Vertraulich8,v1,x,\n"
        "Vertraulich9,,y,intern\n"
    )
    (root / "data/sitzungen.csv").write_text(rows, "utf-8")
    (root / "data/datapackage.json").write_text(json.dumps(package), "utf-8")


def write_with_texts(root: Path) -> None:
    """The same with an internal measure, its text and pictures, and a public text with comments."""
    write(root)
    path = root / "data/measures.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = [*dict.fromkeys((*rows[0], "visibility"))]
    rows.append({**rows[0], "id": "M-VERTRAULICH", "title": "Vertraulich 10"})
    rows[-1]["visibility"] = "internal"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    folder = root / "strategy/measures"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("plan", "vertraulich"):
        (folder / f"{name}.svg").write_text(f'<svg xmlns="{NAMESPACE}"/>', "utf-8")
    (folder / "M-VERTRAULICH.md").write_text("Vertraulich\n\n![Plan](vertraulich.svg)\n", "utf-8")
    shown = "Text <!-- Vertraulich 11 --> hier.\n\n<!-- Vertraulich\n\n## Vertraulich 12 -->\n"
    (folder / f"{rows[0]['id']}.md").write_text(f"{shown}\n[Plan](plan.svg)\n", "utf-8")
    pictures = root / "strategy/pictures"
    pictures.mkdir()
    for name in ("offen", "vertraulich", "vertraulich-ohne-zeile"):
        content = f'<svg xmlns="{NAMESPACE}"><desc>{name}</desc></svg>'
        (pictures / f"{name}.svg").write_text(content, "utf-8")
    (root / "data/pictures.csv").write_text(
        "id,owner_table,owner,file,alt,credit,licence\n"
        f"B-1,measures,{rows[0]['id']},offen.svg,Ein Bild,Amt,CC0\n"
        "B-VERTRAULICH,measures,M-VERTRAULICH,vertraulich.svg,Vertraulich 15,Amt,CC0\n",
        "utf-8",
    )
    promised = "/massnahmen/m-vertraulich/\tVertraulich 13\n- /massnahmen/v/\tVertraulich 14\n"
    (root / "strategy/adressen.txt").write_text(promised, "utf-8")
    led = "old,new\n/alt/,/massnahmen/\n/daten/alt.csv,/daten/measures.csv\n"
    (root / "strategy/redirects.csv").write_text(led, "utf-8")


@pytest.fixture(scope="session")
def built() -> BuiltSample:
    """The site of that strategy, with its papers."""
    return kept("internal", write_with_texts, "--as-of", klein.DAY.isoformat())


def _texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """A published file as text, and what is packed in it."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from _texts(f"{name}/{member}", archive.read(member))
    else:
        yield name, content.decode("utf-8", "replace")


def test_nothing_internal_is_published(built: BuiltSample) -> None:
    """Neither name nor content of an internal or undescribed column, table or file is published."""
    leaks = []
    for path in sorted(built.site.rglob("*")):
        name = path.relative_to(built.site).as_posix()
        if path.is_file():
            told = [*_texts(name, path.read_bytes()), (name, name)]
            if path.suffix == ".pdf":
                told += [(name, text) for text in page_texts(path)]
            leaks += [part for part, text in told if any(s in text for s in SECRETS)]
    assert leaks == []


def test_the_public_rest_is_published(built: BuiltSample) -> None:
    """A table of the fork's own is data, without its internal column, rows and references."""
    package = json.loads((built.site / "daten/datapackage.json").read_text("utf-8"))
    (own,) = (r for r in package["resources"] if r["name"] == "sitzungen")
    assert own["schema"]["fields"] == [
        {"name": "id", "type": "string"},
        {"name": "grund", "type": "string"},
    ]
    assert set(own["schema"]) == {"fields"}
    assert (built.site / "daten/sitzungen.csv").read_text("utf-8") == "id,grund\ns1,\n"
    assert (built.site / "bilder/measures/plan.svg").is_file()
    pictures = (built.site / "assets/bilder/eigene").iterdir()
    assert [path.name for path in pictures] == ["B-1.svg"]
    rows = (built.site / "daten/pictures.csv").read_text("utf-8").splitlines()
    assert [row.partition(",")[0] for row in rows] == ["id", "B-1"]


def test_old_addresses_lead_on(built: BuiltSample) -> None:
    """An address that is gone says where to go and goes there; a file is there as it was."""
    page = html.parse(str(built.site / "alt/index.html")).getroot()
    (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
    assert refresh == "0; url=../massnahmen/"
    assert page.xpath("//a/@href") == ["../massnahmen/"]
    assert page.xpath("//link[@rel='canonical']/@href")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.get("lang") == "de"
    assert "umgezogen" in page.findtext(".//h1")
    same = [(built.site / f"daten/{name}.csv").read_bytes() for name in ("alt", "measures")]
    assert same[0] == same[1]
    sitemap = built.site / "sitemap.xml"
    assert not sitemap.is_file() or "/alt/" not in sitemap.read_text("utf-8")


def test_only_what_nobody_described_is_told(tmp_path: Path) -> None:
    """Described as internal is no finding; undescribed is one for each table and file."""
    root = tmp_path / "stadt"
    root.mkdir()
    write(root)
    found = [(f.rule, f.file) for f in check(root, klein.DAY) if f.severity != "notice"]
    assert found == [
        ("KP021", "data/bodies.csv"),
        ("KP021", "data/sitzungen.csv"),
        ("KP744", "data/vertraulich.csv"),
    ]
