"""The examples of the handbook's page on own additions, carried out in a fork as they stand."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

from tests.support import own, word
from tests.support.project import REPOSITORY

PAGE = REPOSITORY / "docs/handbuch/ergaenzungen.md"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"`([\w-]+/[\w/.-]+\.\w+)`")
SHADOWED = "overrides/macros/as_of_date.html"
DESCRIPTOR = "data/datapackage.json"
SETTINGS = "strategy/strategy.yml"


def examples() -> list[tuple[str, str]]:
    """Each example with the file that the text before names; commands have none."""
    text = PAGE.read_text("utf-8")
    found = []
    for fence in _FENCE.finditer(text):
        named = _FILE.findall(text[: fence.start()])
        found.append(("" if fence[1] == "sh" else named[-1], fence[2]))
    return found


def put_entry(root: Path, text: str) -> None:
    """Describe a table, or a column of the measures, as an entry in JSON says."""
    described = json.loads((root / DESCRIPTOR).read_text("utf-8"))
    entry = json.loads(text)
    measures = next(r for r in described["resources"] if r["name"] == "measures")
    into = described["resources"] if "path" in entry else measures["schema"]["fields"]
    into.append(entry)
    own.put(root, {DESCRIPTOR: json.dumps(described, indent=2, ensure_ascii=False) + "\n"})


def add(root: Path) -> Path:
    """Carry out all examples in a root that has a description of its tables."""
    for file, text in examples():
        if file == DESCRIPTOR:
            put_entry(root, text)
        elif file == SETTINGS:
            settings = (root / file).read_text("utf-8")
            settings = re.sub(r"(?m)^menu:.*\n", "", settings)
            (root / file).write_text(f"{settings.rstrip()}\n{text}", "utf-8")
        elif file:
            own.put(root, {file: text})
    path = root / "data/measures.csv"
    with path.open(encoding="utf-8", newline="") as table:
        rows = list(csv.reader(table))
    with path.open("w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table, lineterminator="\n")
        writer.writerows([[*row, "room" if n == 0 else "R 12"] for n, row in enumerate(rows)])
    return own.put(root, {"local/vorlage.docx": word.template(head="Rathaus Auental")})


def first_line(said: str) -> str:
    """The line that the check asks for at the top of a template."""
    (line,) = {*re.findall(r"\{# klarplan: [0-9a-f]{12} -#\}", " ".join(said.split()))}
    return str(line)
