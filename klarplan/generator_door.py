"""The door for mkdocs-macros: ``define_env`` registers every macro."""

from __future__ import annotations

import datetime as dt
import os
import sys
import threading
from collections.abc import Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from jinja2 import Environment

from klarplan.pages.destinations import doc_names
from klarplan.strategy.chapters import chapters_present
from klarplan.strategy.load import load
from klarplan.strategy.model import Strategy
from klarplan.strategy.public import public
from macros.local_macros import macros_of
from macros.registry import Context, Handbook
from macros.render import caller, environment, on_page
from macros.seal import Seal

if TYPE_CHECKING:
    from klarplan.look.row_pictures import Sizes

STARTED_ALONE = """
Klarplan schreibt erst die Seiten und ruft dann selbst das Programm auf, das Sie gestartet haben.
Tippen Sie für die Vorschau „make serve“ (klarplan serve),
für die Website „make site“ (klarplan build).
"""
"""What whoever starts the generator in the root is told."""


@lru_cache(maxsize=1)
def _prepared(
    root: Path, as_of: str, *, preview: bool, parquet: bool, papers: bool
) -> tuple[Context, Environment]:
    loaded = public(load(root))
    context = Context(
        strategy=loaded.strategy,
        descriptor=loaded.descriptor,
        as_of=dt.date.fromisoformat(as_of),
        chapters=chapters_present(loaded.strategy, root),
        macros=macros_of(root),
        docs=doc_names(root, loaded.strategy),
        parquet=parquet,
        papers=papers,
        handbook=partial(_handbook, root),
        sizes=cache(partial(_sizes, root, loaded.strategy)),
    )
    return context, environment(root, loaded.strategy.words, preview=preview)


def _handbook(root: Path) -> Handbook:
    # It takes all commands and rules, which only the handbook tells of.
    from klarplan.handbook import handbook  # noqa: PLC0415

    return handbook(root)


def _sizes(root: Path, strategy: Strategy) -> Mapping[str, Sizes]:
    # It takes what reads pictures, which few strategies have.
    from klarplan.look.row_pictures import picture_sizes  # noqa: PLC0415

    return picture_sizes(root, strategy.pictures)


def _end(told: str) -> NoReturn:
    """End the generator with a word to whoever started it, and without a traceback."""
    if threading.current_thread() is threading.main_thread():
        raise SystemExit(told)
    # Zensical calls from threads of its own, and shows where an exception came from.
    print(told, file=sys.stderr, flush=True)
    os._exit(1)


def define_env(env: Any) -> None:
    """Register the macros; the settings that ``bake`` wrote say where the strategy is."""
    settings = env.conf["extra"].get("klarplan")
    if settings is None:
        _end(STARTED_ALONE)
    context, templates = _prepared(
        Path(settings["root"]),
        str(settings["as_of"]),
        preview=bool(settings["preview"]),
        parquet=bool(settings["parquet"]),
        papers=bool(settings["papers"]),
    )

    seal = Seal(str(settings["seal"]))

    def current() -> Context:
        return on_page(context, env.page.url)

    for macro in context.macros.values():
        env.macro(caller(templates, current, macro, seal), macro.name)
