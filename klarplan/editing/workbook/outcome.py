"""What comes of a workbook that came back: what was decided, what is written, what is told."""

from __future__ import annotations

from dataclasses import dataclass, field

from klarplan.editing.workbook.read import BackRow, BackSheet
from klarplan.editing.workbook.remarks import Remark
from klarplan.strategy.csv_editor import Edits


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decided beforehand."""

    overwrite: bool = False
    """Whether the workbook wins where both sides changed a cell."""
    delete: bool = False
    """Whether rows that the workbook lost are deleted."""
    again: bool = False
    """Whether a new row is one of its own where the table has the same under another id."""
    renamed: bool = False
    """Whether the strategy that the workbook was made of is this one, by another name."""


@dataclass(kw_only=True)
class Merged:
    """What is to be written, and what is to be told."""

    edits: dict[str, Edits] = field(default_factory=dict)
    conflicts: list[Remark] = field(default_factory=list)
    gone: list[Remark] = field(default_factory=list)
    """Rows that the workbook changed and the files no longer have: nobody's decision mends that."""
    lost: list[Remark] = field(default_factory=list)
    """Rows that the workbook has no longer, and that are deleted when somebody says so."""
    kept: list[Remark] = field(default_factory=list)
    """Such rows that somebody has changed in the files; the workbook does not delete them."""
    removed: set[str] = field(default_factory=set)
    """The ids of rows that are to be deleted."""
    faults: list[Remark] = field(default_factory=list)
    given: list[Remark] = field(default_factory=list)
    """Ids that new rows got."""
    kept_ends: list[Remark] = field(default_factory=list)
    """Expected ends that still hold, since new reports say nothing else."""
    places: dict[tuple[str, int], tuple[BackSheet, BackRow]] = field(default_factory=dict)
    """Where in the workbook rows stand, by file and place in it after the changes."""
