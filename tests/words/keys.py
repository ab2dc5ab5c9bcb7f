"""Finds the keys of sentences that sources use: whole, or as patterns where a value is put in."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, nodes
from pygments.lexers.javascript import JavascriptLexer
from pygments.token import String

from tests.words.outside import walked
from tests.words.typst_text import TypstText

SAYING = frozenset(("say", "section", "words", "said", "GERMAN", "ENGLISH"))
"""What is called with a key, by its own name or as an attribute; in the formats it is ``self``."""
PRINTED, SEARCHED, SEARCH = "print.", "search.told.", "search."
"""What stands before the keys that print templates and the script of the search use."""


@dataclass(frozen=True, slots=True)
class Use:
    """A text that may be a key; ``asked`` where something is called with it, so that it must be."""

    key: str
    asked: bool = False
    pattern: bool = False
    """Whether ``\\0`` in it stands for any value."""

    def fits(self, key: str) -> bool:
        """Whether it is this key, or can become it."""
        if not self.pattern:
            return self.key == key
        return bool(_pattern(self.key).fullmatch(key))


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(".+".join(map(re.escape, key.split("\0"))))


def in_python(source: str) -> Iterator[Use]:
    """All strings of a module; those that something is called with first may be asked for."""
    asked: set[int] = set()
    pieces: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name in SAYING or (name == "self" and isinstance(node.func, ast.Name)):
                asked.add(id(first))
        if isinstance(node, ast.JoinedStr):
            pieces.update(id(value) for value in node.values)
            parts = [v.value if isinstance(v, ast.Constant) else "\0" for v in node.values]
            yield Use("".join(map(str, parts)), id(node) in asked, pattern=True)
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in pieces
        ):
            yield Use(node.value, id(node) in asked)


def in_template(source: str) -> Iterator[Use]:
    """All constants of a template; what ``say`` is called with or asked for must be keys."""
    asked: set[int] = set()
    for node in walked(Environment().parse(source)):
        if isinstance(node, nodes.Call) and node.args:
            if getattr(node.node, "name", "") in SAYING:
                asked.add(id(node.args[0]))
        elif isinstance(node, nodes.Getitem):
            named = {getattr(node.node, "name", ""), getattr(node.node, "attr", "")}
            if named & {"say", "words"}:
                asked.add(id(node.arg))
        elif isinstance(node, nodes.Concat):
            parts = [str(n.value) if isinstance(n, nodes.Const) else "\0" for n in node.nodes]
            yield Use("".join(parts), id(node) in asked, pattern=True)
        elif isinstance(node, nodes.Const) and isinstance(node.value, str):
            yield Use(node.value, id(node) in asked)


def in_typst(source: str) -> Iterator[Use]:
    """The strings of a print template, as keys of papers."""
    read = TypstText(source)
    for _, text in read.strings:
        yield Use(PRINTED + text, text in read.asked)


def in_script(source: str) -> Iterator[Use]:
    """The strings of a script, as keys that the search is handed."""
    for _, kind, text in JavascriptLexer().get_tokens_unprocessed(source):
        if kind in String:
            yield Use(SEARCHED + text.strip("\"'`"))
            yield Use(SEARCH + text.strip("\"'`"))


READERS: Mapping[str, Callable[[str], Iterator[Use]]] = {
    ".py": in_python,
    ".html": in_template,
    ".md": in_template,
    ".typ": in_typst,
    ".js": in_script,
}
