"""Texts that people write: front matter, headings, fences, and whether macros are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
HEADING = re.compile(r"#{2,6}\s")
FENCE = re.compile(r"^\s{0,3}(```|~~~)")


def has_macros(text: str) -> bool:
    """Whether Jinja would do anything with a text."""
    return any(mark in text for mark in ("{{", "{%", "{#"))


def split_front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    """Front matter and body of a page; broken front matter counts as none."""
    match = FRONT_MATTER.match(text)
    if not match:
        return {}, text
    try:
        meta = yaml.safe_load(match.group(1))
    except yaml.YAMLError:
        meta = None
    return (meta if isinstance(meta, dict) else {}), text[match.end() :]


def parts(text: str) -> tuple[str, str]:
    """What stands before the first heading of a text, and the rest."""
    lines = text.splitlines(keepends=True)
    fenced = False
    for number, line in enumerate(lines):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced and HEADING.match(line):
            return "".join(lines[:number]), "".join(lines[number:])
    return text, ""
