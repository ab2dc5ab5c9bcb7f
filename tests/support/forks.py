"""Five strategies as others would keep them, each made with ``klarplan init`` from the sample.

A Gemeinde with a climate plan, a Landkreis with a mobility plan, a Land, prose without any
measure, and a digital strategy in English. What they say themselves shares no word with the
sample, so that whatever pages say of it comes from the program.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from klarplan.strategy.settings import SETTINGS
from klarplan.strategy.settings_file import read_settings
from klarplan.strategy.settings_text import EXPLAINED, settings_text
from tests.support.project import REPOSITORY, BuiltSample, copy_of_sample, klarplan
from tests.support.sites import kept

FORK_FILES = REPOSITORY / "tests" / "fixtures" / "forks"
"""The tables and texts of each, in a folder of its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """One strategy: what ``init`` is told, and what its office enters then."""

    name: str
    init: tuple[str, ...]
    settings: Mapping[str, Any]

    def write(self, root: Path) -> None:
        """Make it below ``root``."""
        copy_of_sample(root)
        done = klarplan("init", "--root", str(root), "--yes", *self.init)
        assert done.returncode == 0, done.stdout + done.stderr
        given, findings = read_settings(root)
        assert not findings
        values = {name: getattr(given, name) for name in EXPLAINED}
        (root / SETTINGS).write_text(settings_text({**values, **self.settings}), "utf-8")
        shutil.copytree(FORK_FILES / self.name, root, dirs_exist_ok=True)

    def built(self, *, papers: bool = False) -> BuiltSample:
        """Its site; with papers as well where asked for."""
        options = () if papers else ("--no-pdf",)
        return kept(f"{self.name}{'-papers' if papers else ''}", self.write, *options)


def _public(**more: Any) -> dict[str, Any]:
    """What every public site tells."""
    return {
        "published": True,
        "review_months": 12,
        "accessibility_state": "partial",
        "accessibility_exceptions": ["Alte Karten haben keine Beschreibung."],
        "accessibility_tested": dt.date(2026, 5, 4),
        "server_log_days": 7,
        **more,
    }


GEMEINDE = Fork(
    name="gemeinde-climate",
    init=(
        *("--name", "Gemeinde Auental", "--key", "08415099", "--topic", "climate"),
        *("--usual-fields", "--title", "Klimaplan Auental"),
    ),
    settings=_public(
        summary="Auental will 2040 klimaneutral sein. Hier steht, was dafür geschieht.",
        contact_name="Klimaschutzmanagement",
        contact_email="klima@auental.example",
        contact_phone="+49 7000 100",
        street="Kirchgasse 2",
        postcode="72800",
        town="Auental",
        represented_by="den Bürgermeister",
        supervisory_authority="Landratsamt Albtal, Bahnhofstraße 1, 72700 Albtal",
        privacy_contact="datenschutz@auental.example",
        hosting="Rechenzentrum Albtal, Ringstraße 3, 72700 Albtal",
        accessibility_method="Selbstbewertung",
        enforcement_body="Überwachungsstelle, Ruppmannstraße 21, 70565 Stuttgart",
        period_start=2024,
        period_end=2040,
    ),
)

KREIS = Fork(
    name="kreis-mobility",
    init=(
        *("--name", "Landkreis Heidemark", "--key", "03399", "--topic", "mobility"),
        *("--usual-fields", "--title", "Mobilitätsplan Heidemark"),
    ),
    settings=_public(
        summary="Jedes Dorf soll stündlich erreichbar sein. So kommen wir dahin.",
        contact_name="Fachdienst Mobilität",
        contact_email="mobil@heidemark.example",
        contact_phone="+49 5000 200",
        street="Am Schloss 4",
        postcode="29900",
        town="Heidenau",
        represented_by="die Landrätin",
        supervisory_authority="Ministerium für Inneres, Lavesallee 6, 30169 Hannover",
        privacy_contact="datenschutz@heidemark.example",
        hosting="IT-Verbund Heide, Amtsweg 1, 29900 Heidenau",
        accessibility_method="Selbstbewertung",
        enforcement_body="Überwachungsstelle, Hannah-Arendt-Platz 2, 30159 Hannover",
        resolution="Beschlossen vom Kreistag am 12. März 2025",
    ),
)

LAND = Fork(
    name="land",
    init=(
        *("--name", "Land Nordmark", "--key", "01", "--topic", "inclusion"),
        *("--usual-fields", "--title", "Aktionsplan Teilhabe"),
    ),
    settings=_public(
        summary="Alle sollen überall dabei sein können. Das tut das Land dafür.",
        contact_name="Referat Teilhabe",
        contact_email="teilhabe@nordmark.example",
        contact_phone="+49 4000 300",
        street="Hafenallee 9",
        postcode="24100",
        town="Kiel",
        represented_by="die Staatssekretärin",
        privacy_contact="datenschutz@nordmark.example",
        hosting="Dataport, Altenholzer Straße 10, 24161 Altenholz",
        accessibility_method="Selbstbewertung",
        enforcement_body="Beschwerdestelle, Karolinenweg 1, 24105 Kiel",
    ),
)

PROSE = Fork(
    name="prose",
    init=("--name", "Markt Oberwald", "--key", "09199999", "--title", "Leitbild Oberwald"),
    settings=_public(
        summary="Wie wir in zwanzig Jahren leben wollen.",
        contact_name="Hauptamt",
        contact_email="rathaus@oberwald.example",
        contact_phone="+49 8000 400",
        street="Marktplatz 1",
        postcode="94100",
        town="Oberwald",
        represented_by="die Erste Bürgermeisterin",
        supervisory_authority="Landratsamt, Domplatz 11, 94030 Passau",
        privacy_contact="datenschutz@oberwald.example",
        hosting="AKDB, Hansastraße 12, 80686 München",
        accessibility_method="Selbstbewertung",
        enforcement_body="Landesamt, St.-Martin-Straße 47, 81541 München",
    ),
)

ENGLISH = Fork(
    name="english",
    init=(
        *("--name", "Stadt Rheinau", "--key", "07399999", "--topic", "digital"),
        *("--language", "en", "--usual-fields", "--title", "Digital Rheinau"),
    ),
    settings=_public(
        subtitle="Simple, safe and open",
        summary="Rheinau makes its services simple. See what we do, and how far we are.",
        contact_name="Digital Office",
        contact_email="digital@rheinau.example",
        contact_phone="+49 6000 500",
        street="3 Harbour Lane",
        postcode="55900",
        town="Rheinau",
        represented_by="the mayor",
        supervisory_authority="District office, 1 Castle Road, 55800 Burgau",
        privacy_contact="privacy@rheinau.example",
        hosting="Shared Computing Centre, 7 Mill Street, 55900 Rheinau",
        accessibility_method="Self-assessment",
        accessibility_exceptions=("Documents by others may not be accessible.",),
        enforcement_body="Monitoring body, 2 Palace Square, 55116 Mainz",
        resolution="Adopted by the council on 4 June 2024",
        period_start=2024,
        period_end=2029,
        measure_pdfs=True,
    ),
)
