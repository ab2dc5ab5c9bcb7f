"""The names that DCAT-AP.de takes from others: licences, places, themes, frequencies, formats."""

from __future__ import annotations

from collections.abc import Mapping

from klarplan.strategy.settings import Settings
from klarplan.strategy.subjects import OWN
from klarplan.strategy.time_spans import days_of_label

DCATDE = "http://dcat-ap.de/def/dcatde/"
DCATAP = "http://data.europa.eu/r5r/"
LICENCE = "http://dcat-ap.de/def/licenses/"
GEOCODING = "http://dcat-ap.de/def/politicalGeocoding/"
CONTRIBUTOR = "http://dcat-ap.de/def/contributors/"
EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
SWISS_MUNICIPALITY = "https://ld.admin.ch/municipality/"
"""Before the BFS number: the municipality in the linked data of the Swiss administration."""
PUBLISHER_TYPE = "http://purl.org/adms/publishertype/"

LANGUAGE: Mapping[str, str] = {"de": "DEU", "en": "ENG"}
"""Languages as the EU's list has them."""

_KEYS: Mapping[int, tuple[str, str]] = {
    2: ("stateKey", "state"),
    3: ("governmentDistrictKey", "administrativeDistrict"),
    5: ("districtKey", "administrativeDistrict"),
    8: ("municipalityKey", "municipality"),
    9: ("municipalAssociationKey", "municipality"),
    12: ("regionalKey", "municipality"),
}
"""German keys by their digits: the list that has them, and the level of government."""

_THEME_OF_TOPIC: Mapping[str, str] = {
    "digital": "TECH",
    "climate": "ENVI",
    "mobility": "TRAN",
    "inclusion": "SOCI",
}
_THEME_OF_SUBJECT: Mapping[str, str] = {"money": "ECON"}

_LONGEST: tuple[tuple[int, str], ...] = (
    (8, "WEEKLY"),
    (31, "MONTHLY"),
    (92, "QUARTERLY"),
    (184, "ANNUAL_2"),
    (366, "ANNUAL"),
    (731, "BIENNIAL"),
)
"""How often there is a report, by the days of its period."""


def geocoding(settings: Settings) -> tuple[str, str]:
    """The addresses of the place and of its level (politicalGeocodingURI and -LevelURI).

    Empty without a German key: the lists hold no others.
    """
    found = _KEYS.get(len(settings.german_key))
    if found is None:
        return "", ""
    name, level = found
    return f"{GEOCODING}{name}/{settings.key}", f"{GEOCODING}Level/{level}"


def place(settings: Settings) -> str:
    """The address of the municipality as a place (``dct:spatial``), empty where no list has it."""
    if settings.key and settings.country == "CH":
        return SWISS_MUNICIPALITY + settings.key
    return geocoding(settings)[0]


def themes(settings: Settings, subject: str) -> list[str]:
    """The themes of a dataset (EU, data-theme): government, and what it is about."""
    more = (_THEME_OF_TOPIC.get(settings.topic), _THEME_OF_SUBJECT.get(subject))
    return [f"{EU}data-theme/{name}" for name in ("GOVE", *more) if name]


def keywords(settings: Settings, subject: str) -> list[str]:
    """The keys of a dataset's keywords in the catalogue of words."""
    names = ("strategy", settings.topic, *([subject] if subject and subject != OWN else []))
    return [f"data.keyword.{name}" for name in names]


def frequency(newest_period: str) -> str:
    """How often the data is renewed (EU, frequency), by the period of the newest report."""
    days = days_of_label(newest_period) if newest_period else None
    length = (days[1] - days[0]).days + 1 if days else None
    fits = (name for most, name in _LONGEST if length is not None and length <= most)
    return f"{EU}frequency/{next(fits, 'IRREG')}"


def contributor(settings: Settings) -> str:
    """The address of the portal's provider (contributorID); empty where none is set."""
    written = settings.contributor_id
    return written if not written or "/" in written else CONTRIBUTOR + written
