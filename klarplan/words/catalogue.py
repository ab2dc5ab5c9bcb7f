"""The catalogue of one language, with a fork's own sentences above it, and how they are said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from klarplan.messages import KlarplanError, Text
from klarplan.words.formats import Formats
from klarplan.words.kinds import UNTOLD, Kind
from klarplan.words.municipality import forms
from klarplan.words.sentences import FORMS, Parts, Sentence, Slot, sentence

LANGUAGES: Mapping[str, str] = {"de": "Deutsch", "en": "English"}
"""The languages that site and papers speak, by their code (BCP 47)."""

Handed: TypeAlias = "str | list[str] | dict[str, str | list[str]]"
"""A sentence whose slots are open; see ``Words.handed``."""


def flat(tree: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """The sentences of a catalogue by their key, „late.intro“; forms of counting stay together."""
    for name, value in tree.items():
        key = f"{above}{name}"
        if isinstance(value, Mapping) and not set(value) <= set(FORMS):
            yield from flat(value, f"{key}.")
        else:
            yield key, value


@cache
def catalogue(lang: str) -> Mapping[str, Any]:
    """All sentences of a language as they are written, by key."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = {}
    for file in sorted(Path(__file__).with_name(lang).glob("*.yml")):
        found |= flat(yaml.load(file.read_bytes(), loader))  # noqa: S506 - a safe loader
    return found


class UnknownSentenceError(KlarplanError):
    """A sentence that the catalogue of a language lacks."""

    def __init__(self, key: str, lang: str) -> None:
        super().__init__(
            Text(
                f"Den Satz „{key}“ gibt es in klarplan/words/{lang} nicht.",
                f"There is no sentence “{key}” in klarplan/words/{lang}.",
            ),
            Text(
                "Tragen Sie ihn dort in eine der Dateien ein, ebenso in der anderen Sprache; oder "
                "nennen Sie einen, den es gibt.",
                "Add it to one of the files there, and in the other language, too; or name one "
                "that is there.",
            ),
        )


class Words(Formats):
    """Sentences, dates, numbers and money in one language, for one municipality.

    Called with a key and the values of its slots, it says the sentence. A slot ``n`` decides
    between singular and plural. Numbers and dates are written as the language does it, but for
    values whose name begins with ``year``; forms of the municipality need not be given
    (``municipality.forms``). ``UnknownSentenceError`` for an unknown key, ``KeyError`` for a
    missing value: a fault of ours, or of a template.
    """

    def __init__(
        self,
        lang: str = "de",
        *,
        name: str = "Unsere Gemeinde",
        kind: Kind = UNTOLD,
        own: Mapping[str, Sentence] | None = None,
    ) -> None:
        self.lang = lang
        self._name, self._kind, self._own = name, kind, own or {}
        self._ready: dict[str, Sentence] = {}

    @property
    def kind(self) -> Kind:
        """What the municipality is."""
        return self._kind

    @cached_property
    def _forms(self) -> Mapping[tuple[str, str], str]:
        return forms(self._name, self._kind, self.lang)

    @property
    def form_names(self) -> frozenset[str]:
        """The slots that every sentence may use: the municipality's forms."""
        return frozenset(name for name, _ in self._forms)

    @property
    def named(self) -> Mapping[str, str]:
        """The forms with an article, as authors name them: „the_municipality“, „The_town:dat“."""
        return {
            f"{name}:{case}".rstrip(":"): text
            for (name, case), text in self._forms.items()
            if name.lower().startswith("the_")
        }

    def _known(self, slot: Slot) -> str | None:
        return self._forms.get((slot.name, slot.case))

    def _sentence(self, key: str) -> Sentence:
        known = catalogue(self.lang)
        if key not in known:
            raise UnknownSentenceError(key, self.lang)
        found = self._own.get(key) or sentence(known[key])
        ready = self._ready[key] = found.with_values(self._known)
        return ready

    def pieces(self, key: str, values: Mapping[str, object]) -> list[str]:
        """The parts of a sentence in order, each value by itself: markup stays markup."""
        ready = self._ready.get(key) or self._sentence(key)
        return [
            part if isinstance(part, str) else self._shown(part.name, values[part.name])
            for part in ready.form(values, self.is_one)
        ]

    def __call__(self, key: str, /, **values: object) -> str:
        """A sentence with its values."""
        return "".join(self.pieces(key, values))

    def handed(self, key: str) -> Handed:
        """A sentence for those who put the values in themselves: scripts and print templates.

        A text; where it has slots a list, every second item of which is the name of one. A
        sentence that counts is a mapping with a text or list for each form.
        """
        forms = (self._ready.get(key) or self._sentence(key)).forms
        if len(forms) == 1:
            return _handed(forms["other"])
        return {form: _handed(parts) for form, parts in forms.items()}

    def _shown(self, name: str, value: object) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, int | Decimal) and not name.startswith("year"):
            return self.number(value)
        return self.day(value) if isinstance(value, date) else str(value)


def _handed(parts: Parts) -> str | list[str]:
    """Text and names of slots by turns, beginning and ending with text."""
    found = [""]
    for part in parts:
        if isinstance(part, Slot):
            found += (part.name, "")
        else:
            found[-1] += part
    return found if len(found) > 1 else found[0]


GERMAN = Words("de")
ENGLISH = Words("en")
"""What both say without a municipality: for messages to editors."""


def spoken(lang: str) -> Words:
    """The one of both that messages in a language take."""
    return ENGLISH if lang == "en" else GERMAN
