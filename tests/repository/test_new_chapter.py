"""A new table with a page and a macro: seven files and its words, and it stands everywhere."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from lxml import html

from klarplan.strategy.schema_changes import fingerprint, schema_changes
from tests.repository.test_repository import where_to_find
from tests.support.klein import KLEIN
from tests.support.project import REPOSITORY

ENGINE = ("klarplan", "macros", "overrides", "docs", "data", "mkdocs.yml")
TESTED = ("strategy", "tests", "pyproject.toml", "requirements.lock", "CHANGELOG.md")
"""What tests of the engine need besides."""

TABLE = {
    "name": "twinnings",
    "path": "twinnings.csv",
    "title": "Partnerstädte",
    "title_en": "Twin towns",
    "description": "Mit welchen Städten wir verbunden sind.",
    "description_en": "The towns that we are joined with.",
    "type": "table",
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
    "schema": {
        "fields": [
            {
                "name": "id",
                "title": "Kennung",
                "title_en": "ID",
                "type": "string",
                "description": "Eindeutige, bleibende Kennung.",
                "description_en": "Unique, lasting ID.",
                "constraints": {"required": True, "pattern": "^[A-Za-z][A-Za-z0-9-]{0,39}$"},
            },
            {
                "name": "title",
                "title": "Partnerstadt",
                "title_en": "Twin town",
                "type": "string",
                "description": "Name der Stadt, wie sie selbst sich nennt.",
                "description_en": "The name of the town as it calls itself.",
            },
        ],
        "missingValues": [""],
        "primaryKey": ["id"],
    },
}
ROW = '''@dataclass(frozen=True, slots=True, kw_only=True)
class Twinning(Row):
    """A town that the municipality is joined with."""

    id: str
    title: str = ""


'''
CHAPTER = """        Chapter(
            name="twinnings",
            address="partnerstaedte/",
            tables=("twinnings",),
        ),
"""
MACRO = '''"""The macro on towns that the municipality is joined with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from macros.registry import Context, macro


@macro
def twinnings(ctx: Context) -> Mapping[str, Any] | None:
    """Zeigt die Partnerstädte."""
    return {"rows": ctx.strategy.twinnings} if ctx.strategy.twinnings else None
'''
TEMPLATE = """<table class="list"><caption>{{ say("chapter.twinnings.title") }}</caption>
<thead><tr><th scope="col">{{ say("chapter.twinnings.row") }}</th></tr></thead><tbody>
{% for row in rows %}<tr><th scope="row">{{ row.title }}</th></tr>{% endfor %}
</tbody></table>
"""
WORDS = {
    "de": ("Partnerstädte", "Mit wem {it} verbunden ist.", "Partnerstadt"),
    "en": ("Twin towns", "Whom {it} is joined with.", "Twin town"),
}
SKELETON = "# {{ title }}\n\n{{ prose }}\n\n{{ twinnings() }}\n"


def insert(file: Path, before: str, text: str) -> None:
    """Put text before a place that the file has just once."""
    content = file.read_text(encoding="utf-8")
    assert content.count(before) == 1, (file, before)
    file.write_text(content.replace(before, text + before), encoding="utf-8")


def add_chapter(engine: Path) -> set[str]:
    """Change the engine as CONTRIBUTING says; returns the files that were touched."""
    descriptor = engine / "klarplan" / "strategy" / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    package["resources"].append(TABLE)
    descriptor.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    model = engine / "klarplan" / "strategy" / "model.py"
    insert(model, "MODEL: Mapping", ROW)
    insert(model, '    "documents": Document,\n', '    "twinnings": Twinning,\n')
    insert(
        model,
        "    documents: tuple[Document, ...] = ()\n",
        "    twinnings: tuple[Twinning, ...] = ()\n",
    )
    chapters = engine / "klarplan" / "strategy" / "chapters.py"
    insert(chapters, "    )\n}\n", CHAPTER)
    written = {
        engine / "macros" / "twinnings.py": MACRO,
        engine / "overrides" / "macros" / "twinnings.html": TEMPLATE,
        engine / "overrides" / "pages" / "twinnings.md": SKELETON,
    }
    for lang, (title, blurb, row) in WORDS.items():
        text = f'chapter:\n  twinnings: {{title: "{title}", blurb: "{blurb}", row: "{row}"}}\n'
        written[engine / "klarplan" / "words" / lang / "twinnings.yml"] = text
    for file, text in written.items():
        assert not file.exists()
        file.write_text(text, encoding="utf-8")
    changes = engine / "klarplan" / "strategy" / "schema_changes.csv"
    now = fingerprint(package)
    told = changes.read_text("utf-8").replace(schema_changes()[-1].fingerprint, "")
    told += f"1.1.0,2026-12-01,twinnings,,added,Partnerstädte.,Twin towns.,{now}\n"
    changes.write_text(told, "utf-8", newline="\n")
    touched = (descriptor, changes, model, chapters, *written)
    return {file.relative_to(engine).as_posix() for file in touched}


def run(engine: Path, *command: str) -> None:
    """Run a program of this engine, which must succeed."""
    theirs = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=engine,
        env={**theirs, "PYTHONPATH": str(engine)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.long
def test_a_new_table_stands_everywhere(tmp_path: Path) -> None:
    """Whoever adds a table, its page and its macro finds its rows on the site, in the menu, in the
    search, in the PDF, in the data and in the handbook, and touched no more than seven files and
    its words. The tests of tables hold."""
    engine, root = tmp_path / "engine", tmp_path / "stadt"
    engine.mkdir()
    for name in (*ENGINE, *TESTED):
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, engine / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, engine / name)
    shutil.copytree(KLEIN, root)
    (root / "docs" / "handbuch").mkdir()
    for name in ("felder", "makros"):
        text = (engine / f"docs/handbuch/{name}.md").read_text(encoding="utf-8")
        # The page on additions of one's own is not part of this small strategy.
        text = text.replace("(ergaenzungen.md#ein-baustein)", "(makros.md)")
        (root / f"docs/handbuch/{name}.md").write_text(text, encoding="utf-8")
    touched = {file.replace("twinnings", "<name>") for file in add_chapter(engine)}
    usual = where_to_find()
    assert touched == {*usual["eine Tabelle mit Seite und Baustein"], *usual["ein Wort"][:2]}
    (root / "data" / "twinnings.csv").write_text("id,title\nP-1,Żywiec am See\n", "utf-8")

    run(engine, "klarplan", "build", "--root", str(root), "--as-of", "2026-06-30")

    site = root / "site"
    page = html.parse(str(site / "partnerstaedte" / "index.html")).getroot()
    article = page.find(".//article")
    assert article is not None
    assert "Żywiec am See" in article.text_content()
    start = html.parse(str(site / "index.html")).getroot()
    assert [a.get("href") for a in start.iter("a") if a.text == "Partnerstädte"]
    fragments = [gzip.decompress(f.read_bytes()) for f in (site / "pagefind/fragment").iterdir()]
    assert [f for f in fragments if "Żywiec am See".encode() in f and b"partnerstaedte" in f]
    pdf = pypdfium2.PdfDocument(site / "strategie.pdf")
    assert any("Żywiec am See" in leaf.get_textpage().get_text_range() for leaf in pdf)
    assert "Żywiec" in (site / "daten" / "twinnings.csv").read_text("utf-8")
    package = json.loads((site / "daten" / "datapackage.json").read_text("utf-8"))
    assert "twinnings" in {table["name"] for table in package["resources"]}
    for name, words in (("felder", "Name der Stadt, wie sie"), ("makros", "Zeigt die Partnerst")):
        assert words in (site / "handbuch" / name / "index.html").read_text("utf-8").replace(
            "\u00ad", ""
        )

    run(engine, "klarplan", "migrate")
    tests = ("tests/open_data/test_dictionary.py", "tests/strategy/test_schema.py")
    run(engine, "pytest", "-n", "0", "-p", "no:cacheprovider", *tests)
