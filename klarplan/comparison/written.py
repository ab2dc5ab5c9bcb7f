"""A comparison as plain text for people, as Markdown for a pull request, as JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from klarplan.comparison.compare import Comparison, Group
from klarplan.comparison.speech import Speech

_MARKS = re.compile(
    r"([\\`*\[\]<>|~{}$])"  # code, emphasis, links, tags, tables, strikes, attributes, formulas
    r"|((?<!\w)_|_(?!\w))"  # emphasis; within a word it means nothing
    r"|(:)(?=//|[\w+-]+:)"  # addresses and names of pictures
    r"|(\.)(?<=www\.)",  # addresses
    re.IGNORECASE,
)
"""What means something to Markdown wherever it stands (CommonMark, GitHub, GitLab)."""
_BEGIN = re.compile(r"^(?:([#=+-])|(\d+)([.)])(?=\s|$))")
"""What means something to Markdown where a line begins: headings, lists."""
_CALLS = re.compile(r"([@#!~%$&^]|\bGH-)(?=\w)", re.IGNORECASE)
"""What forges take for names of people and numbers of things, even where Markdown does not."""


def as_text(comparison: Comparison) -> Iterator[str]:
    """Lines for people: what to look at first, then everything by section."""
    say = Speech(comparison.lang)
    yield _headline(comparison, say)
    if comparison.look:
        yield ""
        yield say.either("Bitte ansehen", "Please look at this")
        yield from _text_groups(comparison.look)
    for title, groups in comparison.sections:
        yield ""
        yield title
        yield from _text_groups(groups)


def _text_groups(groups: tuple[Group, ...]) -> Iterator[str]:
    for group in groups:
        yield f"  {group.name}"
        yield from (f"    - {told.text}" for told in group.told)


def as_markdown(comparison: Comparison) -> Iterator[str]:
    """Lines of Markdown in which everything that people wrote is plain text."""
    say = Speech(comparison.lang)
    yield plain(_headline(comparison, say))
    if comparison.look:
        yield ""
        yield f"## {say.either('Bitte ansehen', 'Please look at this')}"
        yield from _markdown_groups(comparison.look)
    for title, groups in comparison.sections:
        yield ""
        yield f"## {plain(title)}"
        yield from _markdown_groups(groups)


def _markdown_groups(groups: tuple[Group, ...]) -> Iterator[str]:
    yield ""
    for group in groups:
        yield f"- **{plain(group.name)}**"
        yield from (f"    - {plain(told.text)}" for told in group.told)


def plain(text: str) -> str:
    """A text on one line whose signs mean nothing to Markdown, HTML or a forge."""
    seen = "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))
    apart = _CALLS.sub("\\1\u200b", seen)
    escaped = _MARKS.sub(lambda found: f"\\{found[0]}", apart)
    return _BEGIN.sub(
        lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", escaped
    )


def as_json(comparison: Comparison) -> str:
    """What ``as_object`` gives, as JSON."""
    return json.dumps(as_object(comparison), ensure_ascii=False, indent=2)


def as_object(comparison: Comparison) -> Mapping[str, object]:
    """An object with ``before``, ``after``, and ``changes``: what to look at, then all else."""
    changes = [
        {
            "kind": told.kind,
            "look": told.look,
            "table": told.table or None,
            "id": told.id or None,
            "file": told.file or None,
            "text": told.text,
        }
        for told in comparison.told
    ]
    return {"before": comparison.before, "after": comparison.after, "changes": changes}


def _headline(comparison: Comparison, say: Speech) -> str:
    """One line: how much changed between which states."""
    between = f"{comparison.before} → {comparison.after}"
    if not comparison.told:
        return say.either(
            f"{between}: Es hat sich nichts geändert.", f"{between}: Nothing has changed."
        )
    measures = {told.id for told in comparison.told if told.table == "measures"}
    number = sum(1 for told in comparison.told if not told.look)
    changes = say.words.count(
        number, say.either("Änderung", "change"), say.either("Änderungen", "changes")
    )
    count = say.words.count(
        len(measures), say.either("Maßnahme", "measure"), say.either("Maßnahmen", "measures")
    )
    of = say.either(f", davon betroffen: {count}", f", on {count}") if measures else ""
    return f"{between}: {changes}{of}"
