"""The front matter of a text written for another generator: what of it a page can have."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from klarplan.messages import Text
from klarplan.pages.front_matter import KEYS, head
from klarplan.pages.languages import is_language
from klarplan.starter.prose.remarks import Remarks
from klarplan.strategy.yaml_reader import YamlFaultError, read_yaml

_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?\n)??\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_NAME = re.compile(r"\s*\[{0,2}\s*[\"']?([\w-]{1,100})")
_KEY = Text("Angabe im Kopf der Seite", "key of the front matter")
_UNREADABLE = Text("Kopf der Seite, der sich nicht lesen lässt", "front matter that can't be read")


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before a text, and where the text begins."""

    title: str = ""
    description: str = ""
    lang: str = ""
    end: int = 0
    first_line: int = 1
    """The line of the file on which the text begins."""


def front(text: str, remarks: Remarks) -> Front:
    """The front matter of a text with Unix line ends, in YAML or TOML; other keys are told."""
    if found := _TOML.match(text):
        inner, end = found[1] or "", found.end()
        try:
            values: Mapping[str, Any] = tomllib.loads(inner)
        except (tomllib.TOMLDecodeError, RecursionError, ValueError):
            remarks.add(1, _UNREADABLE)
            values = {}
        lines = _lines(inner)
    else:
        told = head(text)
        end = told.end
        try:
            read = read_yaml(told.text)
            values, lines = (
                read.values,
                {n: at + told.first_line - 1 for n, at in read.lines.items()},
            )
        except YamlFaultError as fault:
            remarks.add((fault.line or 1) + told.first_line - 1, _UNREADABLE)
            values, lines = {}, {}
    for name in values:
        if name not in KEYS:
            remarks.piece(lines.get(name), _KEY, str(name))
    lang = _text(values, "lang")
    if lang and not is_language(lang):
        remarks.piece(lines.get("lang"), _KEY, f"lang: {lang}")
        lang = ""
    first = text.count("\n", 0, end) + 1
    return Front(_text(values, "title"), _text(values, "description"), lang, end, first)


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _lines(text: str) -> Mapping[str, int]:
    """The line of the file on which each name of a TOML text stands first."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=2):
        if name := _NAME.match(line):
            found.setdefault(name[1], number)
    return found
