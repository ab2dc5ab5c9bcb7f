"""The rule on the official key, by which portals know which place data is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.strategy.official_keys import COUNTRIES
from klarplan.strategy.settings import SETTINGS

_SOURCE: Mapping[str, Text] = {
    "DE": Text(
        "Er steht im Gemeindeverzeichnis des Statistischen Bundesamtes (www.destatis.de).",
        "It stands in the Gemeindeverzeichnis of the Statistisches Bundesamt (www.destatis.de).",
    ),
    "AT": Text(
        "Sie steht bei Statistik Austria (www.statistik.at).",
        "Statistik Austria knows it (www.statistik.at).",
    ),
    "CH": Text(
        "Sie steht im Gemeindeverzeichnis des Bundesamtes für Statistik (www.bfs.admin.ch).",
        "It stands in the register of the Bundesamt für Statistik (www.bfs.admin.ch).",
    ),
}
"""Who gives the keys, by country."""


@rule(
    "KP059",
    title=Text("Kein amtlicher Schlüssel", "No official key"),
    de="Eine öffentliche Strategie mit Adresse nennt den amtlichen Schlüssel der Kommune; nach ihm "
    "ordnen Datenportale die Daten einem Ort zu. Wer keinen hat, etwa ein Zweckverband, braucht "
    "keinen.",
    severity="notice",
)
def no_key(subject: Subject) -> Iterator[Finding]:
    """A public strategy with an address names the official key, by which portals know the place.

    Who usually has none, such as a Zweckverband, is told nothing.
    """
    settings = subject.strategy.settings
    if settings.key or not settings.sort.has_key or not (settings.published and settings.site_url):
        return
    source, needed = _SOURCE[settings.country], COUNTRIES[settings.country].key_needed
    yield subject.setting(
        "key",
        Text(
            "Der amtliche Schlüssel der Kommune fehlt; Datenportale finden die Daten dann nicht "
            "unter ihrem Ort.",
            "The official key of the municipality is missing; data portals can't find the data by "
            "place.",
        ),
        Text(
            f"Tragen Sie in {SETTINGS} „key“ ein. {needed.de} {source.de}",
            f"Enter “key” in {SETTINGS}. {needed.en} {source.en}",
        ),
    )
