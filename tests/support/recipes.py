"""The recipes of the handbook, read from its pages and carried out as they stand."""

from __future__ import annotations

import csv
import datetime as dt
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from lxml import html

from klarplan.check.whole_pages import WholePages
from klarplan.look.colour_css import style_sheet
from klarplan.look.typeface import typeface
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from klarplan.website.write import bake
from klarplan.words.hyphens import without
from tests.support import own
from tests.support.additions import DESCRIPTOR, SETTINGS, put_entry
from tests.support.git import committed, git
from tests.support.project import REPOSITORY, klarplan

PAGES = REPOSITORY / "docs/handbuch"
INDEX = "wie-mache-ich.md"
SEEN = "Sie sehen:"
"""Begins the line that says what a recipe leads to."""
EVERY = "*"
"""Stands for the address of every page."""
DAY = dt.date(2026, 11, 21)
NOON = str(int(dt.datetime.combine(DAY, dt.time(12), dt.UTC).timestamp()))

_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_PART = re.compile(
    r"^(?P<indent> *)```(?P<kind>\w+)\n(?P<text>.*?)^ *```$"
    r"|in `(?P<table>data/\w+\.csv)` bei `(?P<key>[^`]+)` (?P<cells>die Spalten? [^.]+?)\.(?=\s)"
    r"|nach `(?P<picture>[\w./-]+\.(?:jpg|png|svg))`",
    re.MULTILINE | re.DOTALL,
)
_CELL = re.compile(r"`(\w+)` in `([^`]*)`")
_FILE = re.compile(r"`((?:data|docs|strategy|local)/[\w/.-]+\.\w+)`")
_SEEN = re.compile(r"auf `(?P<page>[\w./-]+/)` steht (?P<text>.*)", re.IGNORECASE)
_GONE = re.compile(r"(?:die Seite )?`(?P<page>[\w./-]+/)` gibt es nicht mehr", re.IGNORECASE)
_EVERY = re.compile(r"jede Seite (?:in|mit) `(?P<text>[^`]+)`", re.IGNORECASE)
_TOLD = re.compile(r"der Befehl (?:sagt|nennt) (?P<text>.*)", re.IGNORECASE)
_QUOTED = re.compile("„([^“]+)“")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody does: a command, or a change in a file."""

    kind: str
    """``sh``, ``cells``, ``picture``, else the kind of the file's content."""
    file: str
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a recipe says that one sees: words on a page, a page that is gone, or what was told."""

    page: str
    """The address; empty for what a command says."""
    text: str
    """The words; empty where the page is gone."""
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Recipe:
    """One section of a page of recipes."""

    page: str
    title: str
    text: str

    def steps(self) -> Iterator[Step]:
        """What is to be done, in the order of the text."""
        for part in _PART.finditer(self.text):
            if part["table"]:
                yield Step("cells", part["table"], part["cells"], part["key"])
            elif part["picture"]:
                yield Step("picture", part["picture"], "")
            else:
                indent = len(part["indent"])
                lines = (line[indent:] for line in part["text"].splitlines())
                named = _FILE.findall(self.text[: part.start()])
                file = "" if part["kind"] == "sh" else named[-1]
                yield Step(part["kind"], file, "".join(f"{line}\n" for line in lines))

    def seen(self) -> tuple[Seen, ...]:
        """What one sees afterwards."""
        found: list[Seen] = []
        for line in self.text.splitlines():
            for sentence in line.partition(SEEN)[2].split(";"):
                if gone := _GONE.search(sentence):
                    found.append(Seen(gone["page"], "", absent=True))
                elif shown := _SEEN.search(sentence):
                    absent = shown["text"].startswith("nicht")
                    found += [Seen(shown["page"], t, absent) for t in _QUOTED.findall(sentence)]
                elif every := _EVERY.search(sentence):
                    found.append(Seen(EVERY, every["text"]))
                elif told := _TOLD.search(sentence):
                    found += [Seen("", text) for text in _QUOTED.findall(told["text"])]
        return tuple(found)


def recipes() -> tuple[Recipe, ...]:
    """Every recipe: a section that says what one sees, of each page that the index links to."""
    return tuple(recipe for page in pages() for recipe in sections(page) if SEEN in recipe.text)


def pages() -> tuple[str, ...]:
    """The pages with recipes, in the order of the index, which links to all of them."""
    linked = re.findall(r"\]\(([\w-]+\.md)", (PAGES / INDEX).read_text("utf-8"))
    return tuple(n for n in dict.fromkeys(linked) if SEEN in (PAGES / n).read_text("utf-8"))


def sections(page: str) -> Iterator[Recipe]:
    """The sections of a page of recipes."""
    text = (PAGES / page).read_text("utf-8")
    found = [*_HEADING.finditer(text)]
    ends = [*(heading.start() for heading in found[1:]), len(text)]
    for heading, end in zip(found, ends, strict=True):
        yield Recipe(page, heading[1], text[heading.end() : end])


def carry_out(root: Path, recipe: Recipe) -> str:
    """Do what a recipe says; returns what its commands said."""
    said = []
    steps = [*recipe.steps()]
    if any(re.search("(?m)^(git|klarplan hook)", step.text) for step in steps):
        _commit_all(root)
    for step in steps:
        if step.kind == "sh":
            said += [_run(root, line) for line in step.text.splitlines()]
        elif step.kind == "cells":
            _change(root / step.file, step)
        elif step.kind == "picture":
            own.put(root, {step.file: (REPOSITORY / "docs/assets/wappen.svg").read_bytes()})
        elif step.kind == "csv":
            _add_rows(root / step.file, step.text)
        elif step.file == DESCRIPTOR:
            put_entry(root, step.text)
        elif step.file == SETTINGS:
            set_values(root, step.text)
        else:
            own.put(root, {step.file: step.text})
    return "\n".join(said)


def _run(root: Path, line: str) -> str:
    program, *arguments = shlex.split(line)
    if program == "git":
        return git(root, *arguments)
    assert program == "klarplan", line
    done = klarplan(*arguments, cwd=root, SOURCE_DATE_EPOCH=NOON, COLUMNS="1000")
    found_errors = arguments == ["check"] and done.returncode == 1
    assert done.returncode == 0 or found_errors, f"{line}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def _commit_all(root: Path) -> None:
    if (root / ".git").exists():
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--allow-empty", "--message", "Stand")
    else:
        own.put(root, {".gitignore": b"build\n"})
        committed(root)


def _change(path: Path, step: Step) -> None:
    """Write cells of the one row that has the key in its first column."""
    head, *rows = _read(path)
    (row,) = (row for row in rows if row[0] == step.key)
    cells = _CELL.findall(step.text)
    assert cells, step.text
    for column, value in cells:
        row[head.index(column)] = value
    _write(path, [head, *rows])


def _add_rows(path: Path, text: str) -> None:
    """Put rows behind a table as they stand, without its head; the table may be new."""
    if not path.is_file():
        path.write_text(text, "utf-8", newline="\n")
        return
    head, _, rows = text.partition("\n")
    before = path.read_text("utf-8")
    assert head == before.partition("\n")[0], path.name
    path.write_text(before + rows, "utf-8", newline="\n")


def set_values(root: Path, text: str) -> None:
    """Give settings the values that a text in YAML gives them; each stands there once."""
    path = root / SETTINGS
    settings = path.read_text("utf-8")
    for name in yaml.safe_load(text):
        settings = re.sub(rf"(?m)^{name}:.*\n(?:[ -].*\n)*", "", settings)
    path.write_text(f"{settings.rstrip()}\n{text}", "utf-8", newline="\n")


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as table:
        return [*csv.reader(table)]


def _write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as table:
        csv.writer(table, lineterminator="\n").writerows(rows)


class Reader:
    """Reads pages of the public site without building it."""

    def __init__(self, root: Path) -> None:
        self._shown = public(load(root))
        self._whole = WholePages(self._shown, DAY)
        self._pages = {page.url: page for page in self._whole.baker.some(())}
        self._read: dict[str, str] = {}

    def text(self, address: str) -> str | None:
        """The words of a page as one line; ``None`` where there is no such page."""
        if address not in self._pages:
            return None
        if address not in self._read:
            path = self._pages[address].path
            (page,) = (p for p in self._whole.baker.some({path}) if p.url == address)
            shown = html.fragment_fromstring(self._whole.html(page), create_parent="div")
            self._read[address] = " ".join(without(" ".join(shown.itertext())).split())
        return self._read[address]

    @cached_property
    def _look(self) -> str:
        """What the site generator is told of the look of all pages."""
        with TemporaryDirectory() as build:
            made = bake(self._shown, DAY, Path(build))
            told = made.config.read_text("utf-8") + style_sheet(self._shown.strategy)
        settings = self._shown.strategy.settings
        return told + typeface(self._shown.root / "docs", settings.font).family

    def shows(self, seen: Seen) -> bool:
        """Whether a page shows what is said of it."""
        text = self._look if seen.page == EVERY else self.text(seen.page)
        if not seen.text:
            return text is None
        return text is not None and (seen.text in text) is not seen.absent
