"""Whole pages, with what templates and macros add to a text: only where a link asks for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from klarplan.check.own_rules import rules_of
from klarplan.strategy.load import Loaded

if TYPE_CHECKING:
    from jinja2 import Environment
    from selectolax.lexbor import LexborNode

    from klarplan.pages.gather import Baker
    from klarplan.pages.page import Page
    from klarplan.pages.rendering import Renderer


@dataclass(frozen=True, slots=True)
class Goals:
    """What links to a page may name behind „#“."""

    ids: frozenset[str]
    renamed: Mapping[str, str]
    """What Klarplan called headings before it kept umlauts, to what it calls them now."""


def goals(nodes: Iterable[LexborNode]) -> Goals:
    """The goals among elements; headings have their sign ¶, or none."""
    from markdown.extensions.toc import slugify  # noqa: PLC0415 (slow import)

    found: set[str] = set()
    renamed: dict[str, str] = {}
    for node in nodes:
        name = node.attributes.get("id") or ""
        found.add(name)
        if (node.tag or "") in HEADINGS:
            renamed[slugify(node.text(deep=True).replace("¶", ""), "-")] = name
    return Goals(frozenset(found), renamed)


HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNKNOWN_HERE = "command_reference"
"""The macro whose content is known to the command line only, which lies above the check."""


class WholePages:
    """Pages of the public site as the build will make them, each made when it is asked for."""

    def __init__(self, shown: Loaded, as_of: dt.date) -> None:
        self._shown = shown
        self._as_of = as_of
        self._made: dict[str, Goals | None] = {}

    def goals(self, file: str) -> Goals | None:
        """What links to the page of a file may name; ``None`` where it can't be made.

        Why it can't be made, other findings tell.
        """
        if file not in self._made:
            try:
                self._made[file] = self._goals(file)
            except Exception:
                self._made[file] = None
        return self._made[file]

    def _goals(self, file: str) -> Goals | None:
        from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 (slow import)

        page = self.baker.page_of(file)
        if page is None or f"{UNKNOWN_HERE}(" in page.body:
            return None
        return goals(LexborHTMLParser(self.html(page)).css("[id]"))

    def html(self, page: Page) -> str:
        """A page with what its macros show.

        Raises what macros raise, and what the renderer does, where the page can't be made.
        """
        from macros.registry import Handbook  # noqa: PLC0415 (slow import)
        from macros.render import on_page  # noqa: PLC0415

        handbook = partial(Handbook, rules=rules_of(self._shown.root))
        self._context = replace(on_page(self.baker.context, page.url), handbook=handbook)
        body = self._calls.from_string(page.body).render()
        seal = self.baker.seal
        source = f"{seal.source(page.source)}\n" if page.source.endswith(".md") else ""
        return self._renderer.html(f"{source}{body}")

    @cached_property
    def baker(self) -> Baker:
        """Gathers the pages."""
        from klarplan.pages.gather import Baker  # noqa: PLC0415
        from macros.seal import Seal  # noqa: PLC0415

        return Baker(self._shown, self._as_of, Seal.drawn())

    @cached_property
    def _renderer(self) -> Renderer:
        from klarplan.pages.rendering import Renderer  # noqa: PLC0415

        baker = self.baker
        return Renderer(baker.root, baker.places, seal=baker.seal, check=False)

    @cached_property
    def _calls(self) -> Environment:
        """Answers the macro calls of authors as the generator does."""
        from jinja2 import Environment, StrictUndefined  # noqa: PLC0415

        from macros.render import caller, environment  # noqa: PLC0415

        seal = self.baker.seal
        marks = {name.removeprefix("j2_"): mark for name, mark in seal.delimiters().items()}
        env = Environment(undefined=StrictUndefined, autoescape=False, **marks)  # type: ignore[arg-type]  # noqa: S701
        templates = environment(self.baker.root, self.baker.context.words)
        for macro in self.baker.context.macros.values():
            env.globals[macro.name] = caller(templates, lambda: self._context, macro, seal)
        return env
