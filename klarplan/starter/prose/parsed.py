"""Texts as pandoc reads them, in its sandbox: nodes of its tree, each with its line."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypandoc

from klarplan.messages import KlarplanError, Text

Node = dict[str, Any]
"""A node of pandoc's tree: ``t`` says what it is, ``c`` is its content, ``line`` where it stands;
nothing but lists, texts and numbers besides."""

MARKDOWN = (
    "commonmark+pipe_tables+footnotes+definition_lists+attributes+strikeout+task_lists"
    "+autolink_bare_uris+fenced_divs+alerts+gfm_auto_identifiers+sourcepos"
)
WORD = "docx"

LONGEST = 120
"""Seconds after which a text is given up."""
MEMORY = "-M2G"
DEEPEST = 200
"""So many lists and nodes may lie within one another: far more than any text has."""

_START = re.compile(r"(?:^|;)(?:[^@;]*@)?(\d+):")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text as it was read: its blocks, and the title that a document has of its own."""

    blocks: list[Node]
    title: str = ""


def parsed(content: bytes, form: str, file: str, numbers: Sequence[int] = ()) -> Parsed:
    """The tree of a text in a format of pandoc; ``KlarplanError`` where it can't be read.

    ``numbers`` are those of its lines in the file.
    """
    command = [pypandoc.get_pandoc_path(), "+RTS", MEMORY, "-RTS", "--sandbox"]
    try:
        done = subprocess.run(  # noqa: S603 (fixed arguments; the text comes as input)
            [*command, "--from", form, "--to", "json"],
            input=content,
            capture_output=True,
            check=True,
            timeout=LONGEST,
        )
        read = json.loads(done.stdout)
        _refuse_depth(read)
    except (subprocess.SubprocessError, OSError, ValueError, RecursionError) as error:
        raise KlarplanError(
            Text("Der Text lässt sich nicht lesen.", "The text can't be read."),
            Text(
                "Öffnen Sie ihn mit seinem Programm, und speichern Sie ihn neu.",
                "Open it with its program, and save it again.",
            ),
            file=file,
        ) from error
    blocks = list(_nodes(read["blocks"], None, numbers))
    title = read["meta"].get("title", {}).get("c", [])
    return Parsed(blocks, plain(_nodes(title, None)) if isinstance(title, list) else "")


def _refuse_depth(value: Any) -> None:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for each in level
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return
    raise RecursionError


def _nodes(found: list[Any], line: int | None, numbers: Sequence[int] = ()) -> Iterator[Node]:
    """Nodes without the wrappers that tell of places, each with its line."""
    for node in found:
        told = _line(node)
        here = line if told is None else told
        if told is not None and numbers:
            here = numbers[min(told, len(numbers)) - 1]
        if node["t"] in ("Div", "Span") and ["wrapper", "1"] in node["c"][0][2]:
            yield from _nodes(node["c"][1], here, numbers)
        else:
            yield {"t": node["t"], "c": _inner(node.get("c"), here, numbers), "line": here}


def _inner(value: Any, line: int | None, numbers: Sequence[int]) -> Any:
    if not isinstance(value, list):
        return value
    if value and all(isinstance(item, dict) and "t" in item for item in value):
        return list(_nodes(value, line, numbers))
    return [_inner(item, line, numbers) for item in value]


_ATTRIBUTES = {
    **dict.fromkeys(("Div", "Span", "Link", "Image", "Code", "CodeBlock", "Table", "Figure"), 0),
    "Header": 1,
}
"""Where nodes have their attributes."""


def _line(node: Node) -> int | None:
    """The line on which a node begins, where its attributes tell it."""
    if node["t"] not in _ATTRIBUTES:
        return None
    pairs = node["c"][_ATTRIBUTES[node["t"]]][2]
    told = [text for name, text in pairs if name == "data-pos"]
    return min((int(found) for text in told for found in _START.findall(text)), default=None)


def plain(nodes: Iterable[Node]) -> str:
    """The words of inline nodes, on one line, without notes."""
    return " ".join("".join(_words(nodes)).split())


def _words(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        kind, content = node["t"], node["c"]
        if kind == "Str":
            yield content
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            yield " "
        elif kind in ("Code", "Math"):
            yield content[1]
        elif kind not in ("Note", "RawInline"):
            yield from _words(inlines(node))


def inlines(node: Node) -> list[Node]:
    """The inline nodes within an inline node."""
    kind, content = node["t"], node["c"]
    if kind in ("Link", "Image", "Span", "Quoted", "Cite"):
        found: list[Node] = content[1]
        return found
    return content if isinstance(content, list) else []
