"""When the tables changed, as git tells it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from klarplan.open_data.changes import Changes
from klarplan.processes import git


def changes_of(root: Path) -> Changes | None:
    """The days of the first and the last commit that changed ``data/`` below ``root``.

    ``None`` outside of git and where git knows a part of its history only: there the newest commit
    seems to have changed everything.
    """
    if git(root, "rev-parse", "--is-shallow-repository") != b"false\n":
        return None
    told = git(root, "log", "--format=%cs", "--", "data")
    days = [dt.date.fromisoformat(line) for line in (told or b"").decode().split()]
    return Changes(min(days), max(days)) if days else None
