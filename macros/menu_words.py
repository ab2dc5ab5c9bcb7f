"""Macros that name what the menu says, so that texts about it are right in every fork."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from klarplan.messages import Text
from klarplan.strategy.chapters import CHAPTERS
from klarplan.words.catalogue import catalogue
from macros.registry import Context, inline_macro, one_of, screen_macro

Data = Mapping[str, Any]

BELOW = "menu."
"""Where the catalogue has the words of the menu."""
BUTTONS = {"menu": "site.menu", "search": "search.title"}
"""What stands beside the menu at the top of every page, by its name."""
LAST = ("offers", "about")
"""The groups that every menu ends with."""


@inline_macro
def menu_word(ctx: Context, word: str) -> Data:
    """Nennt im Satz ein Wort, das oben auf jeder Seite steht, so wie es dort heißt: menu und search
    sind die Schaltflächen, start, strategy, progress, offers und about stehen im Menü, ebenso
    glossary, timetable und die anderen Seiten darin."""
    said = {key.removeprefix(BELOW): ctx.words(key) for key in _keys(ctx)}
    said |= {button: ctx.words(key) for button, key in BUTTONS.items()}
    return {"word": said[one_of(said, word, Text("Das Wort", "word"))]}


def _keys(ctx: Context) -> list[str]:
    return [key for key in catalogue(ctx.words.lang) if key.startswith(BELOW)]


@screen_macro
def menu_explained(ctx: Context) -> Data:
    """Zählt auf, was im Menü steht, mit einer kurzen Erklärung in einfachen Worten; was es in Ihrer
    Strategie nicht gibt, fehlt."""
    there = {CHAPTERS[name].group for name in ctx.chapters}
    groups = dict.fromkeys(c.group for c in CHAPTERS.values() if c.group in there and c.group)
    alone = [name for name in ctx.chapters if not CHAPTERS[name].group]
    rows = [(ctx.words(f"chapter.{name}.title"), _explained(ctx, name)) for name in alone]
    rows += [(title, _explained(ctx, "own")) for title in _own(ctx)]
    return {"rows": [*_ours(ctx, ("start", *groups)), *rows, *_ours(ctx, LAST)]}


def _ours(ctx: Context, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        yield ctx.words(BELOW + name), _explained(ctx, name)


def _explained(ctx: Context, name: str) -> str:
    """What is said of an entry; of a chapter that no sentence is about, as of entries of theirs."""
    key = f"simple.menu.{name}"
    return ctx.words(key if key in catalogue(ctx.words.lang) else "simple.menu.own")


def _own(ctx: Context) -> list[str]:
    """The municipality's own entries that have a title, but those that add to one of ours."""
    ours = {ctx.words(key) for key in _keys(ctx)}
    return [item.title for item in ctx.strategy.settings.menu if item.title not in {*ours, ""}]
