"""What changed in texts, settings and the description of the tables."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import Any

from klarplan.comparison.sides import Sides
from klarplan.comparison.state import FOLDERS, State, subject_of
from klarplan.comparison.told import Told
from klarplan.pages.source import called
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.periods import FOLDER as REPORTS
from klarplan.strategy.periods import name_of
from klarplan.strategy.schema import DESCRIPTOR
from klarplan.strategy.settings import SETTINGS
from klarplan.words.formats import NBSP

HEADING = re.compile(r"#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_HIDDEN = re.compile(r"<!--.*?-->", re.DOTALL)
MOST_NAMED = 4
"""So many sections are named in which a text differs."""
READ = re.compile(r"data/datapackage\.json|(?:strategy|docs)/.*\.md")
"""Files whose changes are told in other ways, beside the tables that are described."""


def on_texts(sides: Sides) -> Iterator[Told]:
    """A sentence on each text that came, went or changed."""
    say, new = sides.say, sides.after.texts
    old = {_now_called(sides, file): text for file, text in sides.before.texts.items()}
    for file in dict.fromkeys([*new, *old]):
        if old.get(file) == new.get(file):
            continue
        table, identifier = subject_of(file) or ("", "")
        if file not in old:
            empty = not _HIDDEN.sub("", new[file]).strip()
            begun = say.either("ausführlicher Text begonnen, noch leer", "text begun, still empty")
            kind, text = "text_added", begun if empty else say.either("neuer Text", "new text")
        elif file not in new:
            kind, text = "text_removed", say.either("Text entfällt", "text removed")
        else:
            kind, text = "text_changed", _changed(sides, old[file], new[file])
        yield Told(kind=kind, text=text, table=table, id=identifier, file=file)


def text_title(sides: Sides, file: str) -> str:
    """What a text of no row is called; empty for a file that is none."""
    text = sides.after.texts.get(file, sides.before.texts.get(file))
    if text is None:
        return ""
    words, folder, name = sides.say.words, *file.removesuffix(".md").rpartition("/")[::2]
    chapter = next((c.name for c in CHAPTERS.values() if c.prose == file), "")
    usual = words(f"chapter.{chapter}.title") if chapter else ""
    if folder == REPORTS:
        usual = words("report.title", period=name_of(words, name))
    return called(text, usual).replace(NBSP, " ")


def _now_called(sides: Sides, file: str) -> str:
    """The file of a text, which has another name since the row that it tells of was renumbered."""
    table, identifier = subject_of(file) or ("", "")
    new = sides.ids.get(table, {}).get(identifier)
    return f"{file.rpartition('/')[0]}/{new}.md" if new else file


def _changed(sides: Sides, old: str, new: str) -> str:
    """In which sections a text differs, and how many paragraphs came, went and changed."""
    say = sides.say
    before, after = _paragraphs(old), _paragraphs(new)
    counts = {"changed": 0, "new": 0, "gone": 0}
    sections: dict[str, None] = {}
    texts = [[text for _, text in side] for side in (before, after)]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, texts[0], texts[1]).get_opcodes():
        if tag == "equal":
            continue
        both = min(i2 - i1, j2 - j1)
        counts["changed"] += both
        counts["gone"] += i2 - i1 - both
        counts["new"] += j2 - j1 - both
        sections.update(dict.fromkeys(s for s, _ in (*after[j1:j2], *before[i1:i2]) if s))
    if not any(counts.values()):
        return say.either("nur Leerzeilen geändert", "only blank lines changed")
    words = {
        "changed": say.either("geändert", "changed"),
        "new": say.either("neu", "new"),
        "gone": say.either("entfallen", "removed"),
    }
    told = [f"{n} {words[kind]}" for kind, n in counts.items() if n]
    named = ", ".join(say.quoted(name) for name in [*sections][:MOST_NAMED])
    more = " …" if len(sections) > MOST_NAMED else ""
    where = f" in {named}{more}" if named else ""
    return say.either(
        f"Text{where}: Absätze: {', '.join(told)}", f"Text{where}: paragraphs: {', '.join(told)}"
    )


def _paragraphs(text: str) -> list[tuple[str, str]]:
    """The paragraphs of a Markdown text, each with the heading above it."""
    found, heading = [], ""
    for block in re.split(r"\n\s*\n", text):
        if plain := " ".join(block.split()):
            if match := HEADING.match(block.lstrip("\n")):
                heading = match[1]
            found.append((heading, plain))
    return found


def paragraphs_changed(old: str, new: str) -> list[tuple[str, str]]:
    """The paragraphs in which two texts differ, before and after; empty where there is none."""
    sides = [[b.strip("\n") for b in re.split(r"\n\s*\n", t) if b.strip()] for t in (old, new)]
    plain = [[" ".join(block.split()) for block in side] for side in sides]
    return [
        both
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, plain[0], plain[1]).get_opcodes()
        if tag != "equal"
        for both in zip_longest(sides[0][i1:i2], sides[1][j1:j2], fillvalue="")
    ]


def on_settings(sides: Sides) -> Iterator[Told]:
    """A sentence on each setting that differs."""
    old, new = sides.before.settings, sides.after.settings
    for name in dict.fromkeys([*new, *old]):
        if old.get(name) == new.get(name):
            continue
        before, after = (_setting(sides, side.get(name)) for side in (old, new))
        yield Told(kind="setting", text=f"{name}: {before} → {after}", file=SETTINGS)


def _setting(sides: Sides, value: Any) -> str:
    say = sides.say
    if value is None or value == "":
        return say.either("leer", "empty")
    if isinstance(value, bool):
        return say.either("ja", "yes") if value else say.either("nein", "no")
    if isinstance(value, int | float) or str(value).isdigit():
        return str(value)
    if isinstance(value, list):
        return say.quoted(say.beginning(", ".join(map(str, value))))
    return say.quoted(say.beginning(str(value)))


def on_schema(sides: Sides) -> Iterator[Told]:
    """A sentence on each table and column that came or went."""
    say = sides.say
    old, new = (state.descriptor.tables for state in (sides.before, sides.after))

    def told(kind: str, table: str, text: str) -> Told:
        return Told(kind=kind, text=text, table=table, file=DESCRIPTOR)

    for name, schema in new.items():
        if name not in old:
            yield told("table_added", name, say.either("Neue Tabelle", "New table"))
            continue
        for column in schema.columns.keys() - old[name].columns.keys():
            title = say.quoted(say.column(schema, column))
            yield told(
                "column_added", name, say.either(f"Neue Spalte {title}", f"New column {title}")
            )
        for column in old[name].columns.keys() - schema.columns.keys():
            title = say.quoted(say.column(old[name], column))
            text = say.either(f"Die Spalte {title} entfällt", f"Column {title} removed")
            yield told("column_removed", name, text)
    for name in old.keys() - new.keys():
        yield told("table_removed", name, say.either("Die Tabelle entfällt", "Table removed"))


def on_files(sides: Sides) -> Iterator[Told]:
    """A sentence on each other file that a town keeps and that differs: pictures, lists, words."""
    say = sides.say
    described = {
        f"data/{schema.path}"
        for state in (sides.before, sides.after)
        for schema in state.descriptor.tables.values()
    }
    old, new = (_digests(state, described) for state in (sides.before, sides.after))
    for file in sorted(old.keys() | new.keys()):
        if old.get(file) == new.get(file):
            continue
        kind, text = (
            ("file_added", say.either("neue Datei", "new file"))
            if file not in old
            else ("file_removed", say.either("Datei entfällt", "file removed"))
            if file not in new
            else ("file_changed", say.either("Datei geändert", "file changed"))
        )
        yield Told(kind=kind, text=text, file=file)


def _digests(state: State, described: Collection[str]) -> Mapping[str, str]:
    found = {}
    for folder in FOLDERS:
        for path in sorted((state.root / folder).rglob("*")):
            name = path.relative_to(state.root).as_posix()
            told = READ.fullmatch(name) or name == SETTINGS or name in described
            if path.is_file() and not told:
                found[name] = _digest(path)
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
