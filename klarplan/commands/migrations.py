"""All migrations, in the order in which they are carried out: forward only, none is ever changed.

A table of any earlier version passes through all of them; each knows by itself whether it finds
the form that it replaces, so that nobody has to say which version a table is of.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from klarplan.commands.former_tables import (
    Tables,
    move_successions,
    renew_statuses,
    split_precision,
)


class Migration(NamedTuple):
    """What the tables of earlier versions need for one version of Klarplan."""

    version: str
    change: Callable[[Tables], None]


MIGRATIONS = (
    Migration("0.1.0", split_precision),
    Migration("0.1.0", move_successions),
    Migration("0.1.0", renew_statuses),
)
