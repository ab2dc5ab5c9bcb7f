"""What is offered to fetch: each file with its format and its words, for catalogues and pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from klarplan.strategy.addresses import (
    API,
    DATA,
    PACKAGE,
    PACKAGE_ZIP,
    STRATML,
    WORKBOOK,
    parquet_file,
    table_name,
)
from klarplan.strategy.load import Loaded
from klarplan.strategy.media_types import MEDIA_TYPES
from klarplan.strategy.subjects import subject_of, subjects

WHOLE = ""
"""The subject of files that hold every table."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, as the EU's list of file types has it, and its media type (IANA)."""

    name: str
    media_type: str


FORMATS: Mapping[str, Format] = {
    ending: Format(ending.upper(), MEDIA_TYPES[ending])
    for ending in ("csv", "json", "parquet", "xlsx", "xml", "zip")
}
"""By the ending of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A file below the site that programs or people fetch; its title names the format."""

    file: str
    subject: str
    title: str
    text: str

    @property
    def format(self) -> Format:
        """Its format, by its ending."""
        return FORMATS[self.file.rpartition(".")[2]]


def attribution_of(loaded: Loaded) -> str | None:
    """How the source is to be named; nothing where the licence does not ask for it."""
    settings = loaded.strategy.settings
    if not settings.source_named:
        return None
    return loaded.strategy.words("data.attribution", strategy=settings.title)


def offers(loaded: Loaded, *, parquet: bool = False) -> tuple[Offer, ...]:
    """Everything that a *public* strategy offers, tables first in the order of the descriptor.

    Without a table that has rows, that is nothing. Tables are offered as Parquet where they are
    made so.
    """
    if not loaded.strategy.offered:
        return ()
    return (*_tables(loaded, parquet=parquet), *_packages(loaded))


def _tables(loaded: Loaded, *, parquet: bool) -> Iterator[Offer]:
    words = loaded.strategy.words
    for name in loaded.strategy.offered:
        schema = loaded.descriptor.tables[name]
        files = {"csv": DATA + schema.path, "json": f"{API}{table_name(schema.path)}.json"}
        if parquet:
            files["parquet"] = parquet_file(schema.path)
        for kind, file in files.items():
            yield Offer(
                file=file,
                subject=subject_of(name),
                title=words(f"data.offer.table.{kind}", table=schema.title or name),
                text=schema.description,
            )


def _packages(loaded: Loaded) -> Iterator[Offer]:
    words = loaded.strategy.words
    text = words("data.offer.package.text")
    for subject in subjects(loaded):
        title = words("data.offer.package.title", of=subject.title)
        yield Offer(file=DATA + subject.package, subject=subject.name, title=title, text=text)
    whole = words("download.data_of", strategy=loaded.strategy.settings.title)
    title = words("data.offer.package.title", of=whole)
    yield Offer(file=PACKAGE, subject=WHOLE, title=title, text=text)
    others = [(PACKAGE_ZIP, "zip"), (WORKBOOK, "workbook")]
    if loaded.strategy.goals or loaded.strategy.measures:
        others.append((STRATML, "stratml"))
    for file, name in others:
        title, text = words(f"data.offer.{name}.title"), words(f"data.offer.{name}.text")
        yield Offer(file=file, subject=WHOLE, title=title, text=text)
