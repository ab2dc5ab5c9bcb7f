"""Whose workbook it is: that of another strategy has the same ids and means something else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from klarplan.messages import KlarplanError, Text, argument
from klarplan.strategy.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """By what a strategy is known: its name, whose it is, and the official key of that body."""

    title: str
    municipality: str
    key: str = ""

    def is_same(self, other: Whose) -> bool:
        """Whether both are one strategy: of one body, by key where both have one, and one name.

        A body may have several strategies, and it may have got its key only later.
        """
        if self.key and other.key:
            one_body = self.key == other.key
        else:
            one_body = _bare(self.municipality) == _bare(other.municipality)
        return one_body and _bare(self.title) == _bare(other.title)


def whose(settings: Settings) -> Whose:
    """Whose the strategy with these settings is."""
    return Whose(title=settings.title, municipality=settings.municipality, key=settings.key)


def refuse_others(path: Path, held: Whose, here: Whose) -> None:
    """Raise ``KlarplanError`` (exit code 2) where a workbook was made of another strategy."""
    if held.is_same(here):
        return
    with_key = (held.title, held.municipality) == (here.title, here.municipality)
    one, other = (_named(side, with_key=with_key) for side in (held, here))
    again = f"klarplan import {argument(path)} --renamed"
    raise KlarplanError(
        Text(
            f"Die Mappe gehört zu einer anderen Strategie: {one.de}. Hier ist es {other.de}.",
            f"The workbook belongs to another strategy: {one.en}. This one is {other.en}.",
        ),
        Text(
            "Nennen Sie den Ordner ihrer Strategie mit --root. Ist es dieselbe, die seitdem nur "
            f"anders heißt: {again}",
            "Name the folder of its strategy with --root. If it is the same one, which only got "
            f"another name since then: {again}",
        ),
        file=path.name,
        exit_code=2,
    )


def _named(side: Whose, *, with_key: bool) -> Text:
    of = ", ".join(filter(None, (side.municipality, side.key if with_key else "")))
    return Text(f"„{side.title}“ ({of})", f"“{side.title}” ({of})")


def _bare(name: str) -> str:
    """A name without capitals and spaces, in which nobody sees another one."""
    return "".join(name.casefold().split())
