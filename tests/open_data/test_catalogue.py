"""The catalogue for open-data portals, judged by the shapes of DCAT-AP.de."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache

import pyshacl
import pytest
from rdflib import DCAT, DCTERMS, FOAF, OWL, RDF, SKOS, Graph, Literal, URIRef

from klarplan.open_data.changes import Changes
from klarplan.open_data.dcat import catalogue
from klarplan.open_data.dcat.vocabulary import DCATDE, IANA, frequency
from klarplan.open_data.offers import offers
from klarplan.strategy.load import Loaded, load
from klarplan.strategy.public import public
from tests.support.project import REPOSITORY

STANDARDS = REPOSITORY.parent / "shared/standards"
SAMPLE = public(load(REPOSITORY))
BASE = SAMPLE.strategy.settings.site_url
CHANGES = Changes(dt.date(2025, 3, 1), dt.date(2026, 11, 20))


def changed(**settings: object) -> Loaded:
    """The sample with other settings."""
    told = replace(SAMPLE.strategy.settings, **settings)  # type: ignore[arg-type]
    return replace(SAMPLE, strategy=replace(SAMPLE.strategy, settings=told))


def graph_of(loaded: Loaded = SAMPLE, name: str = "catalog.rdf", *, parquet: bool = False) -> Graph:
    """The catalogue as a program reads it."""
    forms = {"catalog.rdf": "xml", "catalog.ttl": "turtle", "catalog.jsonld": "json-ld"}
    text = catalogue(loaded, offers(loaded, parquet=parquet), CHANGES)[name]
    return Graph().parse(data=text, format=forms[name])


@cache
def shapes() -> Graph:
    """What DCAT-AP.de 3.0 asks for."""
    if not STANDARDS.is_dir():
        pytest.skip("the shapes of DCAT-AP.de are not here (../shared/standards)")
    found = Graph()
    for file in sorted(STANDARDS.glob("*dcat-ap*.ttl")):
        found.parse(file)
    found.remove((None, OWL.imports, None))
    return found


def violations(graph: Graph) -> str:
    """What pyshacl finds; empty where the catalogue is valid."""
    known = Graph().parse(shapes() and STANDARDS / "vocab-stubs.ttl")
    valid, _, text = pyshacl.validate(graph + known, shacl_graph=shapes(), allow_warnings=True)
    return "" if valid else str(text)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"municipality": "Stadt Münster", "key": "05515000", "contributor_id": "openNRW"},
        {"municipality": "Kreis Borken", "key": "05554", "licence": "dl-zero-de/2.0"},
        {"municipality": "Stadt Zürich", "country": "CH", "key": "261", "topic": "climate"},
        {"key": "", "period_start": None, "period_end": None, "contact_email": "", "summary": ""},
    ],
    ids=["sample", "muenster", "kreis", "zuerich", "bare"],
)
def test_the_catalogue_is_valid(settings: dict[str, object]) -> None:
    """A city, a Kreis, a Swiss town, and one without a key publish a valid catalogue."""
    assert violations(graph_of(changed(**settings))) == ""


def _without(graph: Graph, kind: URIRef, name: URIRef) -> Graph:
    for thing in list(graph.subjects(RDF.type, kind)):
        graph.remove((thing, name, None))
    return graph


@pytest.mark.parametrize(
    ("kind", "name"),
    [(DCAT.Dataset, DCTERMS.title), (DCAT.Distribution, DCAT.accessURL), (FOAF.Agent, FOAF.name)],
)
def test_a_planted_fault_is_found(kind: URIRef, name: URIRef) -> None:
    """What is mandatory and missing is a violation, so that the validation can fail."""
    assert violations(_without(graph_of(), kind, name)) != ""


def test_the_three_forms_say_the_same() -> None:
    """RDF/XML, Turtle and JSON-LD hold equal statements."""
    first, *others = (
        set(graph_of(name=n)) for n in ("catalog.rdf", "catalog.ttl", "catalog.jsonld")
    )
    assert len(first) > 300
    assert all(other == first for other in others)


def test_every_table_is_a_distribution() -> None:
    """Each table stands in the dataset of its subject once, with address, format and licence."""
    graph = graph_of()
    addresses = [str(address) for address in graph.objects(None, DCAT.downloadURL)]
    base = SAMPLE.strategy.settings.site_url
    for name in SAMPLE.strategy.tables:
        assert addresses.count(f"{base}daten/{SAMPLE.descriptor.tables[name].path}") == 1
    distributions = set(graph.subjects(RDF.type, DCAT.Distribution))
    assert distributions == set(graph.objects(None, DCAT.distribution))
    for distribution in distributions:
        for name in (DCTERMS["format"], DCTERMS.license, DCTERMS.title, DCAT.accessURL):
            assert graph.value(distribution, name)


@pytest.mark.parametrize("parquet", [False, True])
def test_parquet_is_listed_where_it_is_made(*, parquet: bool) -> None:
    """Each table is a distribution as Parquet, by the EU's and IANA's names, or none is."""
    graph = graph_of(parquet=parquet)
    kind = URIRef("http://publications.europa.eu/resource/authority/file-type/PARQUET")
    found = list(graph.subjects(DCTERMS["format"], kind))
    base = SAMPLE.strategy.settings.site_url
    names = SAMPLE.strategy.offered if parquet else ()
    files = {f"{base}daten/{name}.parquet" for name in names}
    assert {str(graph.value(one, DCAT.downloadURL)) for one in found} == files
    media = f"{IANA}application/vnd.apache.parquet"
    assert {str(graph.value(one, DCAT.mediaType)) for one in found} == (
        {media} if parquet else set()
    )
    assert violations(graph) == ""


def test_days_are_those_of_the_data() -> None:
    """Catalogue, datasets and files were changed when the tables were, not when built."""
    graph = graph_of()
    assert set(graph.objects(None, DCTERMS.modified)) == {Literal(CHANGES.last)}
    assert set(graph.objects(None, DCTERMS.issued)) == {Literal(CHANGES.first)}


@pytest.mark.parametrize(
    ("key", "country", "place", "level"),
    [
        ("05515000", "DE", "municipalityKey/05515000", "municipality"),
        ("055150000000", "DE", "regionalKey/055150000000", "municipality"),
        ("05554", "DE", "districtKey/05554", "administrativeDistrict"),
        ("05", "DE", "stateKey/05", "state"),
        ("097", "DE", "governmentDistrictKey/097", "administrativeDistrict"),
        ("010605024", "DE", "municipalAssociationKey/010605024", "municipality"),
        ("60101", "AT", "", ""),
        ("261", "CH", "", ""),
        ("", "DE", "", ""),
    ],
)
def test_the_place_follows_from_the_key(key: str, country: str, place: str, level: str) -> None:
    """A German key names place and level; another country's names none of the German lists."""
    graph = graph_of(changed(key=key, country=country))
    base = "http://dcat-ap.de/def/politicalGeocoding/"
    places = {str(o) for o in graph.objects(None, URIRef(f"{DCATDE}politicalGeocodingURI"))}
    levels = {str(o) for o in graph.objects(None, URIRef(f"{DCATDE}politicalGeocodingLevelURI"))}
    assert places == ({base + place} if place else set())
    assert levels == ({f"{base}Level/{level}"} if level else set())
    if country == "DE":
        assert set(map(str, graph.objects(None, DCTERMS.spatial))) == places


@pytest.mark.parametrize(
    ("key", "country", "place"),
    [
        ("261", "CH", "https://ld.admin.ch/municipality/261"),
        ("1", "CH", "https://ld.admin.ch/municipality/1"),
        ("60101", "AT", f"{BASE}daten/#ort"),
        ("", "CH", ""),
        ("", "AT", ""),
    ],
)
def test_a_key_of_another_country_names_the_place(key: str, country: str, place: str) -> None:
    """A Swiss town is the place that its administration knows; an Austrian one, one of its own."""
    graph = graph_of(changed(key=key, country=country, municipality="Stadt Süd"))
    places = set(graph.objects(None, DCTERMS.spatial))
    assert set(map(str, places)) == ({place} if place else set())
    for one in places:
        assert graph.value(one, SKOS.prefLabel) == Literal("Stadt Süd", lang="de")
        assert graph.value(one, SKOS.notation) == (Literal(key) if country == "AT" else None)
    assert violations(graph) == ""


@pytest.mark.parametrize(
    ("licence", "named"),
    [("cc-by/4.0", True), ("dl-by-de/2.0", True), ("cc-zero", False), ("dl-zero-de/2.0", False)],
)
def test_a_licence_that_asks_for_the_name_gets_it(licence: str, *, named: bool) -> None:
    """The text of attribution stands where the licence asks for it, and nowhere else."""
    graph = graph_of(changed(licence=licence))
    texts = set(graph.objects(None, URIRef(f"{DCATDE}licenseAttributionByText")))
    assert bool(texts) == named
    found = set(map(str, graph.objects(None, DCTERMS.license)))
    assert found == {f"http://dcat-ap.de/def/licenses/{licence}"}


@pytest.mark.parametrize(
    ("period", "name"),
    [
        ("2025-H2", "ANNUAL_2"),
        ("2025-Q3", "QUARTERLY"),
        ("2025", "ANNUAL"),
        ("2024/25", "BIENNIAL"),
        ("", "IRREG"),
        ("Herbst", "IRREG"),
    ],
)
def test_the_frequency_is_that_of_the_reports(period: str, name: str) -> None:
    """The newest report's period says how often there is one."""
    assert frequency(period).endswith(f"/frequency/{name}")


@pytest.mark.parametrize("settings", [{"site_url": ""}, {"published": False}])
def test_nothing_is_offered_that_portals_should_not_fetch(settings: dict[str, object]) -> None:
    """Without an address, and for a draft, there is no catalogue."""
    assert catalogue(changed(**settings), (), CHANGES) == {}


def test_datasets_are_known_again_after_a_move() -> None:
    """Another address or title changes no identifier: portals would import the data twice."""
    moved = graph_of(changed(site_url="https://neu.example/plan/", title="Anders"))
    before, after = (set(g.objects(None, DCTERMS.identifier)) for g in (graph_of(), moved))
    assert len(before) == len(set(graph_of().subjects(RDF.type, DCAT.Dataset)))
    assert before == after


def test_the_bytes_do_not_depend_on_the_run() -> None:
    """Python's hashes differ from run to run; the catalogue does not."""
    code = (
        "import hashlib\nfrom tests.open_data.test_catalogue import *\n"
        "files = catalogue(SAMPLE, offers(SAMPLE), CHANGES)\n"
        "print({n: hashlib.sha256(c).hexdigest() for n, c in files.items()})"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
