"""Removing what a merge has brought of the sample into the strategy of somebody else."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from klarplan.check.sample import (
    KEPT,
    found_in,
    is_row,
    is_sample,
    whole_files,
    without,
)
from klarplan.commands.targets import refuse_links
from klarplan.messages import KlarplanError, Place, Text
from klarplan.strategy.csv_rewriter import read_raw
from klarplan.strategy.csv_writer import replace_files
from klarplan.strategy.load import require_data
from klarplan.strategy.settings_file import read_settings

FOLDERS = ("data", "docs", "strategy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What is the sample's: whole files, and places in files that are otherwise one's own."""

    files: tuple[Path, ...]
    places: tuple[Place, ...]
    contents: Mapping[Path, bytes]
    """What these files hold without it."""


def of_the_sample(root: Path) -> Removed:
    """What is the sample's below ``root``; nothing is changed.

    Raises ``KlarplanError`` where the strategy is the sample itself, or a table can't be read.
    """
    require_data(root)
    refuse_links(root, FOLDERS)
    if is_sample(read_settings(root)[0]):
        raise KlarplanError(
            Text("Das ist das Beispiel selbst.", "This is the sample itself."),
            Text(
                "Ihre eigene Strategie legen Sie mit „klarplan init“ an.",
                "To begin a strategy of your own, use “klarplan init”.",
            ),
            exit_code=2,
        )
    files = tuple(whole_files(root))
    places: list[Place] = []
    contents: dict[Path, bytes] = {}
    left_out = {*files, *(root / file for file in KEPT)}
    for path, content in (*_texts(root, places, left_out), *_tables(root, places, left_out)):
        contents[path] = content
    return Removed(files=files, places=tuple(places), contents=contents)


def remove(removed: Removed, root: Path) -> None:
    """Write the files without it and delete those that are the sample's, with empty folders."""
    replace_files(removed.contents)
    for path in removed.files:
        path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # something else is there
            if path.parent.parent != root:
                path.parent.rmdir()


def _texts(root: Path, places: list[Place], left_out: set[Path]) -> Iterator[tuple[Path, bytes]]:
    for path in sorted(p for name in ("docs", "strategy") for p in (root / name).rglob("*.md")):
        if path in left_out:
            continue
        file = path.relative_to(root).as_posix()
        raw = path.read_bytes().decode("utf-8", "surrogateescape")
        kept, changed = [], False
        for number, line in enumerate(raw.splitlines(keepends=True), 1):
            some = found_in(line)
            places += (Place(file, number, None, None, sentence) for sentence in some)
            rest = without(line.rstrip("\r\n"), some) if some else ""
            changed = changed or bool(some)
            if not some:
                kept.append(line)
            elif rest:
                kept.append(rest + line[len(line.rstrip("\r\n")) :])
        if changed:
            yield path, "".join(kept).encode("utf-8", "surrogateescape")


def _tables(root: Path, places: list[Place], left_out: set[Path]) -> Iterator[tuple[Path, bytes]]:
    for path in sorted((root / "data").glob("*.csv")):
        if path in left_out:
            continue
        file = f"data/{path.name}"
        table = read_raw(path, file)
        rows, before = table.rows[:1], len(places)
        for number, row in enumerate(table.rows[1:], 2):
            if is_row(row):
                places.append(Place(file, number, None, None, row[0]))
                continue
            for position, cell in enumerate(row):
                for sentence in found_in(cell):
                    name = table.header[position] if position < len(table.header) else None
                    places.append(Place(file, number, name, None, sentence))
                    row[position] = row[position].replace(sentence, "").strip()
            rows.append(row)
        if len(places) > before:
            table.rows = rows
            yield path, table.content()
