"""What is told of two states: one sentence for one change, with what it is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One change in a sentence."""

    kind: str
    """What kind of change, for programs: ``status``, ``end``, ``report_rewritten`` …"""
    text: str
    table: str = ""
    """The table of the row that it is about; empty where it is about no row."""
    id: str = ""
    """The id of that row; empty where the table has none."""
    file: str = ""
    """The file that was changed, relative to the root."""
    look: bool = False
    """Whether somebody should look at it, since it should not happen silently."""
