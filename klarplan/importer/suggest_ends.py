"""Columns with a new end of measures beside the planned one, or instead of it."""

from __future__ import annotations

from dataclasses import replace

from klarplan.importer.guess import Guess, key_of, moved_end, positions_of
from klarplan.importer.moved_ends import is_foreseen
from klarplan.strategy.schema import TableSchema

_REPORTED = frozenset({"status", "progress", "text"})


def with_only_end(found: Guess, reports: TableSchema | None) -> Guess:
    """The guess with an end that is only “voraussichtlich” as the planned one.

    That is so where a list of measures tells no other end and nothing that a report could hold.
    """
    if found.table != "measures" or "planned_end" in found.positions or reports is None:
        return found
    told, _ = positions_of(reports, found.header.titles)
    position = told.get("expected_end")
    if position is None or _REPORTED & told.keys() or position in found.positions.values():
        return found
    if not is_foreseen(key_of(found.header.titles[position])):
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
