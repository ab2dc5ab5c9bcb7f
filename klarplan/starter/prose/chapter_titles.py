"""Which chapter of a strategy the title of a text names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from klarplan.strategy.chapters import CHAPTERS
from klarplan.words.catalogue import LANGUAGES, Words

_TABLE = Path(__file__).with_name("chapters.yml")
_NUMBER = re.compile(
    r"(?:(?:(?:kapitel|teil|abschnitt|chapter|part|section)\s+|§\s*)(?:\d+(?:\.\d+)*|[ivx]+|[a-z])"
    r"|\(?(?:\d+(?:\.\d+)*|[ivx]+)|\(?[a-z](?=[.:)]))"
    r"(?:[.:)]*\s*[–—-]\s+|[.:)]*\s+|[.:)]+(?=[^\W\d]))"
)
_ARTICLE = re.compile(r"(?:der|die|das|unser|unsere|the|our)\s+")
_OF = re.compile(
    r"\s+(?:de[rs]|dieser|dieses|unserer|unseres|für|of|for)\s+(?:(?:die|das|den|the|our)\s+)?"
    r"(?:\S*(?:strategie|konzepte?s?|plane?s?|programme?s?|strategy|plan)"
    r"|stadt|gemeinde|kommune|kreise?s|landkreise?s|amte?s|region|town|city|municipality)(?:\s+\S+)?"
)
"""What a title may say of which it is: „Ziele der Strategie“, „Leitbild für die Stadt Süd“."""
_FOREWORD = re.compile(r"(vorwort|grußwort|geleitwort|foreword)\s+(?:de[rs]|von|by|of)\s.+")
_AND = re.compile(r"\s+(?:und|and|&)\s+|,\s*|\s*/\s*")


@cache
def _names() -> Mapping[str, str]:
    """Each title in small letters with its chapter."""
    told = yaml.safe_load(_TABLE.read_text("utf-8"))
    found = {title: chapter for chapter, titles in told.items() for title in titles}
    for lang in LANGUAGES:
        words = Words(lang)
        found |= {words(f"chapter.{name}.title").lower(): name for name in CHAPTERS}
    return found


def chapter_of(title: str) -> str:
    """The chapter that a title names; empty where it names none, or more than one."""
    text = " ".join(title.split()).lower().strip(" .:")
    text = _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text
    text = _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text
    text = _FOREWORD.sub(r"\1", text)
    names = _names()
    if text not in names and (told := re.fullmatch(rf"(.+?){_OF.pattern}", text)):
        text = told[1]
    if text in names:
        return names[text]
    first, *others = _AND.split(text)
    chapter = names.get(first, "")
    return chapter if others and {names.get(o, chapter) for o in others} == {chapter} else ""
