"""The sections that Klarplan's own pages are made of: each has one anchor, however it is worded.

An anchor follows the German sentence that Klarplan ships, so that neither the language of the
strategy nor a fork's own words change an address that people have passed on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, TemplateError, nodes
from markupsafe import Markup

from klarplan.strategy.addresses import anchor
from klarplan.words.catalogue import GERMAN
from klarplan.words.hyphens import without


class Section(str):
    """A heading in words, with the ``anchor`` of its section."""

    anchor: str

    def __new__(cls, words: str, key: str) -> Section:
        """The words of a heading that stands under ``key`` in the catalogue."""
        made = super().__new__(cls, words)
        made.anchor = section_anchor(key)
        return made


@cache
def section_anchor(key: str) -> str:
    """What a section is called behind ``#``: its German heading without what is filled in."""
    said = GERMAN.handed(key)
    if isinstance(said, dict):
        said = said["other"]
    return anchor(without(said if isinstance(said, str) else "".join(said[::2])))


def as_sections(say: Callable[..., str]) -> Callable[..., str]:
    """The same as ``say``, whose sentences know their anchor."""

    def say_section(key: str, /, **values: object) -> str:
        said = say(key, **values)
        return said if isinstance(said, Markup) else Section(said, key)

    return say_section


@cache
def sections(file: Path) -> tuple[str, ...]:
    """The anchors of a skeleton's sections in their order; none where it can't be read."""
    try:
        tree = Environment(autoescape=True).parse(file.read_text("utf-8"))
    except (OSError, ValueError, TemplateError):
        return ()
    headings = [word.value for word in tree.find_all(nodes.Keyword) if word.key == "heading"]
    # A heading may be one of several sentences: each is said by a call of its own.
    said = [call for value in headings for call in _within(value)]
    keys = [call.args[0] for call in (*said, *_calls(tree, "section")) if call.args]
    return tuple(
        dict.fromkeys(section_anchor(key.value) for key in keys if isinstance(key, nodes.Const))
    )


def _within(value: nodes.Node) -> list[nodes.Call]:
    return [value] if isinstance(value, nodes.Call) else [*value.find_all(nodes.Call)]


def _calls(tree: nodes.Node, name: str) -> list[nodes.Call]:
    calls = tree.find_all(nodes.Call)
    return [c for c in calls if isinstance(c.node, nodes.Name) and c.node.name == name]
