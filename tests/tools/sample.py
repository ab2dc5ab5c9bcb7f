"""Writes the list of the sample's files, rows and sentences, by which ``check`` knows them.

What earlier versions of the sample had stays in the list, since it may come with any merge; what
Klarplan gives to everybody leaves it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from klarplan.check.sample import (
    FOLDERS,
    KEPT,
    LIST,
    digest,
    row_digest,
    sentence_digests,
)
from klarplan.strategy import csv_reader
from klarplan.strategy.schema import DESCRIPTOR
from tests.support.project import REPOSITORY

EVERYBODYS = ("docs/**/*.md", "klarplan/starter/**/*", "overrides/pages/*.md")
"""Texts that every strategy begins with."""


def of_the_sample() -> Iterator[str]:
    """The hashes of all that is in the sample now."""
    for name in FOLDERS:
        for path in sorted((REPOSITORY / name).rglob("*")):
            file = path.relative_to(REPOSITORY).as_posix()
            if path.is_file() and file not in (*KEPT, DESCRIPTOR):
                yield from of_a_file(path, file)


def of_a_file(path: Path, file: str) -> Iterator[str]:
    """The hashes of a file and what is in it; none for a table without rows."""
    if path.suffix == ".csv":
        table, _ = csv_reader.read(path, path.stem, file)
        records = table.records if table else ()
        for record in records:
            row = row_digest(record)
            yield from () if row is None else (row,)
            for cell in record:
                yield from sentence_digests(cell)
        if not records:
            return
    elif path.suffix == ".md":
        yield from sentence_digests(path.read_text("utf-8"))
    yield digest(path.read_bytes())


def everybodys() -> set[str]:
    """The hashes of sentences that are no sample."""
    paths = (path for pattern in EVERYBODYS for path in REPOSITORY.glob(pattern))
    texts = (path.read_text("utf-8") for path in paths if path.suffix in (".md", ".yml"))
    return {found for text in texts for found in sentence_digests(text)}


def main() -> None:
    """Write the list."""
    former = LIST.read_text("utf-8").split() if LIST.is_file() else []
    found = {*former, *of_the_sample()} - everybodys()
    LIST.write_text("".join(f"{one}\n" for one in sorted(found)), "utf-8")
    print(LIST)


if __name__ == "__main__":
    main()
