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
def sections(file: Path, topic: str) -> tuple[str, ...]:
    """The anchors of a skeleton's sections in their order; none where it can't be read.

    A heading may follow the ``topic`` of the strategy: ``say(…) if topic == "digital" else …``.
    """
    try:
        tree = Environment(autoescape=True).parse(file.read_text("utf-8"))
    except (OSError, ValueError, TemplateError):
        return ()
    headings = [word.value for word in tree.find_all(nodes.Keyword) if word.key == "heading"]
    said = [call for value in headings for call in _within(_chosen(value, topic))]
    keys = [call.args[0] for call in (*said, *_calls(tree, "section")) if call.args]
    return tuple(
        dict.fromkeys(section_anchor(key.value) for key in keys if isinstance(key, nodes.Const))
    )


def _chosen(value: nodes.Expr, topic: str) -> nodes.Node:
    """The sentence that a heading is for strategies of a topic."""
    if not isinstance(value, nodes.CondExpr) or value.expr2 is None:
        return value
    env = Environment(autoescape=True)
    test = nodes.Template([nodes.Output([value.test])], lineno=1)
    test.set_environment(env)
    asked = env.from_string(test).render(topic=topic)
    return value.expr1 if asked == str(True) else value.expr2


def _within(value: nodes.Node) -> list[nodes.Call]:
    return [value] if isinstance(value, nodes.Call) else [*value.find_all(nodes.Call)]


def _calls(tree: nodes.Node, name: str) -> list[nodes.Call]:
    calls = tree.find_all(nodes.Call)
    return [c for c in calls if isinstance(c.node, nodes.Name) and c.node.name == name]
