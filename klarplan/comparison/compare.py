"""Compares two states of a strategy, and brings all that is told of it into one order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from klarplan.comparison.looks import worth_a_look
from klarplan.comparison.measures import on_measures
from klarplan.comparison.others import on_others
from klarplan.comparison.prose import on_files, on_schema, on_settings, on_texts, text_title
from klarplan.comparison.rows import changed_rows, renumbered
from klarplan.comparison.sides import Sides
from klarplan.comparison.speech import Speech
from klarplan.comparison.state import State
from klarplan.comparison.told import Told
from klarplan.messages import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Sentences on one thing; ``name`` is a row with its title, a table, or a file."""

    table: str
    id: str
    name: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed between two states, which ``before`` and ``after`` name."""

    lang: Lang
    before: str
    after: str
    look: tuple[Group, ...]
    """What somebody should look at."""
    sections: tuple[tuple[str, tuple[Group, ...]], ...]
    """All else, by title: a table, texts, settings."""

    @property
    def told(self) -> tuple[Told, ...]:
        """All sentences in their order."""
        groups = chain(self.look, *(groups for _, groups in self.sections))
        return tuple(told for group in groups for told in group.told)


def compare(before: State, after: State, lang: Lang = "de") -> Comparison:
    """What changed from one state to another, told in one language.

    The order of rows, columns and files does not count, nor how a file is written.
    """
    say = Speech(lang)
    tables = dict.fromkeys([*after.descriptor.tables, *before.descriptor.tables])
    unread = {name for name in tables if name in (*before.unread, *after.unread)}
    ids = renumbered(before, after, (name for name in tables if name not in unread))
    rows = {
        table: () if table in unread else tuple(changed_rows(before, after, table, ids))
        for table in tables
    }
    sides = Sides(before, after, say, rows, ids)
    told = [
        *chain(on_measures(sides), on_others(sides), on_texts(sides), on_schema(sides)),
        *on_settings(sides),
        *on_files(sides),
    ]
    sections = []
    for table in ("measures", *(name for name in tables if name != "measures")):
        if groups := _groups(sides, [t for t in told if t.table == table]):
            sections.append((sides.table(table), groups))
    for title, kinds in (
        (say.either("Texte", "Texts"), ("text_added", "text_removed", "text_changed")),
        (say.either("Einstellungen", "Settings"), ("setting",)),
        (
            say.either("Weitere Dateien", "Other files"),
            ("file_added", "file_removed", "file_changed"),
        ),
    ):
        if groups := _groups(sides, [t for t in told if not t.table and t.kind in kinds]):
            sections.append((title, groups))
    return Comparison(
        lang=lang,
        before=before.name,
        after=after.name,
        look=_groups(sides, [*worth_a_look(sides), *map(sides.unread, sorted(unread))]),
        sections=tuple(sections),
    )


def _groups(sides: Sides, told: Sequence[Told]) -> tuple[Group, ...]:
    """Sentences on the same thing together; rows in the order of their table, those gone last."""
    found: dict[tuple[str, str, str], list[Told]] = {}
    for one in told:
        key = (one.table, one.id, "" if one.table else one.file)
        found.setdefault(key, []).append(one)
    places: dict[tuple[str, str], int] = {}
    for table in ("measures", *dict.fromkeys(table for table, _, _ in found)):
        for identifier in (*sides.after.by_id.get(table, ()), *sides.before.by_id.get(table, ())):
            places.setdefault((table, identifier), len(places))
    found = dict(sorted(found.items(), key=lambda item: places.get(item[0][:2], len(places))))
    return tuple(
        Group(
            table=table, id=identifier, name=_name(sides, table, identifier, file), told=tuple(of)
        )
        for (table, identifier, file), of in found.items()
    )


def _name(sides: Sides, table: str, identifier: str, file: str) -> str:
    if identifier:
        return sides.named(table, identifier)
    if table:
        return sides.table(table)
    title = text_title(sides, file)
    return f"{title} ({file})" if title else file
