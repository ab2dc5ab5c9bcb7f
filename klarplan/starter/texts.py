"""The texts of a new strategy in ``docs/``, and its usual fields of action."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from klarplan.letters import plain_letters
from klarplan.strategy.paper_list import GLOSSARY
from klarplan.words.catalogue import Words

_HERE = Path(__file__).parent
EASY_LANGUAGE = "docs/leichte-sprache.md"
"""German only: no translation of it would be Leichte Sprache."""


@cache
def _read(name: str) -> Mapping[str, Any]:
    found = yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def _by_alphabet(term: str) -> str:
    """Where a term stands among others: signs and spaces don't count (DIN 5007)."""
    return "".join(letter for letter in plain_letters(term) if letter.isalnum())


def glossary(words: Words, topic: str) -> str:
    """The page of the glossary: terms of every strategy and those of the topic, by alphabet."""
    told = _read(f"glossary_{words.lang}.yml")
    terms: dict[str, str] = {**told["general"], **told.get(topic, {})}
    parts = [
        f"---\ndescription: {told['description'][topic]}\n---\n\n# {words('menu.glossary')}\n\n"
        f"{told['introduction'][topic]}\n{words('glossary.here')}\n{words('glossary.missing')}\n"
    ]
    for term in sorted(terms, key=_by_alphabet):
        lines = terms[term].replace("{example_field}", told["example_field"][topic]).splitlines()
        parts.append(f"\n{term}\n:   " + "\n    ".join(lines) + "\n")
    return "".join(parts)


def pages(words: Words, topic: str) -> dict[str, str]:
    """Texts of ``docs/`` by file: the glossary, and in English every page."""
    folder = _HERE / "pages" / words.lang
    found = {f"docs/{file.name}": file.read_text(encoding="utf-8") for file in folder.glob("*.md")}
    return {**dict(sorted(found.items())), GLOSSARY: glossary(words, topic)}


def fields(
    words: Words, topic: str, titles: Collection[str] | None = None
) -> tuple[dict[str, str], ...]:
    """Usual fields of action of a topic as rows of their table; none for ``general``.

    Where there are ``titles``, only those are taken.
    """
    found = (entry[words.lang] for entry in _read("fields.yml").get(topic, ()))
    rows = (row for row in found if titles is None or row[0] in titles)
    return tuple(
        {"id": f"HF-{n:02}", "title": title, "summary": summary}
        for n, (title, summary) in enumerate(rows, start=1)
    )
