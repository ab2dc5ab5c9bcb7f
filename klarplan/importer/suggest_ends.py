"""Columns with a new end of measures beside the planned one, or instead of it."""

from __future__ import annotations

from dataclasses import replace

from klarplan.importer.guess import Guess, key_of, moved_end, positions_of
from klarplan.importer.headers import Header
from klarplan.importer.moved_ends import is_foreseen, told_end
from klarplan.strategy.schema import TableSchema

_ALONE = (("", "planned"), ("", "expected"))
_REPORTED = frozenset({"status", "progress", "text"})


def with_only_end(found: Guess, reports: TableSchema | None) -> Guess:
    """The guess with an end that is only “voraussichtlich” as the planned one.

    That is so where a list of measures tells no other end and nothing that a report could hold.
    """
    if found.table != "measures" or "planned_end" in found.positions or reports is None:
        return found
    told, _ = positions_of(reports, ends_in_full(found.header))
    position = told.get("expected_end")
    if position is None or _REPORTED & told.keys() or position in found.positions.values():
        return found
    if not is_foreseen(key_of(found.header.titles[position])):
        return found
    return replace(found, positions={**found.positions, "planned_end": position})


def ends_in_full(header: Header) -> list[str]:
    """The headers of a list; “alt” and “neu” after what stands over them: “Zieltermin neu”."""
    return [
        header.full(position) if told_end(key_of(title)) in _ALONE else title
        for position, title in enumerate(header.titles)
    ]


def with_spanned_end(found: Guess, schema: TableSchema) -> Guess:
    """The guess with “alt” below “Zieltermin” as the planned end, where no other column is."""
    if found.table != "measures" or "planned_end" in found.positions:
        return found
    position = positions_of(schema, ends_in_full(found.header))[0].get("planned_end")
    if position is None or position in found.positions.values():
        return found
    return replace(found, positions={**found.positions, "planned_end": position})


def no_plan(title: str) -> str:
    """A note on a list that tells a new end but no planned one."""
    return (
        f"Einen ursprünglichen Termin nennt die Liste nicht; ist „{title}“ der geplante, gehört er "
        "bei den Maßnahmen zu „planned_end“."
    )


def unread_end(title: str) -> str:
    """Why a column with a new end is not assigned; empty for other columns."""
    end = moved_end(title)
    if end == "both":
        return " (zwei Termine in einer Spalte; „planned_end“ und „expected_end“ brauchen je eine)"
    if end == "expected":
        return " (neuer Termin; eine Meldung liest ihn als „expected_end“)"
    return ""
