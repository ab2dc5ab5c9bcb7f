"""The door for mkdocs-macros: ``define_env`` registers every macro."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

from klarplan.handbook import handbook
from klarplan.strategy.chapters import chapters_present
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from macros.registry import MACROS, Context
from macros.render import caller, environment, on_page


@lru_cache(maxsize=1)
def _prepared(root: Path, as_of: str) -> tuple[Context, Environment]:
    loaded = public(load(root))
    context = Context(
        strategy=loaded.strategy,
        descriptor=loaded.descriptor,
        as_of=dt.date.fromisoformat(as_of),
        chapters=chapters_present(loaded.strategy, root),
        handbook=handbook(),
    )
    return context, environment(root)


def define_env(env: Any) -> None:
    """Register the macros; the settings that ``bake`` wrote say where the strategy is."""
    settings = env.conf["extra"]["klarplan"]
    context, templates = _prepared(Path(settings["root"]), str(settings["as_of"]))

    def current() -> Context:
        return on_page(context, env.page.url)

    for macro in MACROS.values():
        env.macro(caller(templates, current, macro), macro.name)
