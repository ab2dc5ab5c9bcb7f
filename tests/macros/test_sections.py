"""The sections of Klarplan's own pages keep their anchors, however they are worded."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from klarplan.words.catalogue import ENGLISH
from macros.render import headed
from macros.sections import Section, section_anchor, sections
from tests.support.project import REPOSITORY

KEPT: Mapping[str, tuple[str, ...]] = {
    "assessment": (
        "staerken-schwaechen-chancen-risiken",
        "bausteine-der-digitalen-verwaltung",
        "bausteine-und-ihr-stand",
    ),
    "brief": (
        "auf-einen-blick",
        "wie-weit-wir-sind",
        "was-wir-erreichen-wollen",
        "was-wir-vor-allem-tun",
        "was-es-kostet",
        "wo-mehr-steht",
        "kontakt",
        "reden-sie-mit",
    ),
    "field": (
        "ziele",
        "massnahmen",
        "auch-in-diesem-handlungsfeld",
        "ausgangslage-in-diesem-handlungsfeld",
    ),
    "fields": ("was-geschieht-wo",),
    "figures": (
        "massnahmen-nach-handlungsfeld-und-status",
        "sind-die-kennzahlen-auf-kurs",
        "geld-nach-jahren",
    ),
    "goal": (
        "woran-wir-das-ziel-messen",
        "aufwand-und-wirkung",
        "was-wir-dafuer-tun",
    ),
    "governance": (
        "gremien",
        "beteiligte-organisationen",
    ),
    "implementation": (
        "verzoegerte-oder-ueberfaellige-massnahmen-und-die-gruende",
        "was-eingestellt-wurde",
        "seit-dem-letzten-bericht",
        "stand-nach-handlungsfeld",
        "massnahmen-ohne-aktuelle-meldung",
        "sind-die-kennzahlen-auf-kurs",
        "wie-viel-geld-ist-ausgegeben",
        "was-nicht-gelang-und-was-wir-daraus-lernen",
        "risiken-fuer-die-umsetzung",
        "was-in-unseren-angaben-noch-fehlt",
    ),
    "indicator": ("entwicklung",),
    "measure": (
        "teilmassnahmen",
        "was-ist-bisher-geschehen",
        "meilensteine",
        "wann-geschieht-es",
        "was-kostet-das",
        "warum-machen-wir-das",
        "aufwand-und-wirkung",
        "wer-macht-mit",
        "abhaengigkeiten",
        "beschluesse-und-dokumente",
        "eckdaten",
        "aehnliche-massnahmen",
        "rueckmeldung-geben",
    ),
    "participation": (
        "was-aus-den-beitraegen-wurde",
        "veranstaltungen-und-befragungen",
        "beitraege-und-antworten",
        "wen-wir-einbeziehen",
    ),
    "report": (
        "das-wichtigste-in-kuerze",
        "stand-nach-handlungsfeld",
        "was-erreicht-wurde",
        "was-sich-verzoegert-und-warum",
        "was-eingestellt-wurde",
        "was-wir-gelernt-haben",
        "geld",
        "was-beschlossen-wurde",
        "was-als-naechstes-kommt",
    ),
    "resources": (
        "geld-nach-jahren",
        "geld-nach-handlungsfeldern",
        "woher-das-geld-kommt",
        "foerderprogramme",
        "personal",
    ),
    "table": (
        "die-ersten-zeilen",
        "was-in-den-spalten-steht",
        "so-nutzen-sie-die-tabelle",
    ),
}
"""The anchors that people have passed on, by kind of page. One may be added; none goes."""


@pytest.mark.parametrize("kind", KEPT)
def test_no_anchor_of_a_section_goes(kind: str) -> None:
    """Links to a section still lead there: its anchor stays when its heading is reworded.

    Who rewords a heading gives it its former anchor (``section_anchor``).
    """
    file = REPOSITORY / f"overrides/pages/{kind}.md"
    found = {*sections(file, "digital"), *sections(file, "general")}
    assert [anchor for anchor in KEPT[kind] if anchor not in found] == []


def test_the_language_changes_no_anchor() -> None:
    """An English heading has the same address as the German one, and so have words of one's own."""
    key = "measure.heading.cost"
    said = Section(ENGLISH(key), key)
    assert said == ENGLISH(key)
    assert headed(said) == f"## {ENGLISH(key)} {{ #{section_anchor(key)} }}\n\n"
    assert headed(Section("Das Geld", key), screen_only=True) == (
        f"## Das Geld {{ #{section_anchor(key)} .screen-only }}\n\n"
    )
    assert headed("Frei") == "## Frei\n\n"


@pytest.mark.parametrize(
    ("topic", "anchor"),
    [
        ("digital", "bausteine-der-digitalen-verwaltung"),
        ("climate", "bausteine-und-ihr-stand"),
    ],
)
def test_a_heading_may_follow_the_topic(topic: str, anchor: str) -> None:
    """Of a heading with a choice only the one that is shown has an address."""
    found = sections(REPOSITORY / "overrides/pages/assessment.md", topic)
    assert [name for name in found if name.startswith("bausteine")] == [anchor]
