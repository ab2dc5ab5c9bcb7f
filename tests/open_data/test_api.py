"""The JSON API, read by programs that others wrote."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource

from klarplan.open_data.api import api
from klarplan.open_data.changes import Changes
from klarplan.strategy.addresses import slug
from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.strategy.load import Loaded, load
from klarplan.strategy.public import public
from klarplan.words.catalogue import Words
from tests.support.project import REPOSITORY

AS_OF = dt.date(2026, 11, 21)
CHANGES = Changes(dt.date(2025, 3, 1), dt.date(2026, 11, 20))
SAMPLE = public(load(REPOSITORY))
BASE = SAMPLE.strategy.settings.site_url


def without_address() -> Loaded:
    """The sample without an address."""
    settings = replace(SAMPLE.strategy.settings, site_url="")
    return replace(SAMPLE, strategy=replace(SAMPLE.strategy, settings=settings))


@cache
def files(*, site: bool = True) -> Mapping[str, Any]:
    """What the API holds, parsed, by its place below ``api/v1/``."""
    made = api(SAMPLE if site else without_address(), AS_OF, CHANGES)
    return {name.removeprefix("api/v1/"): json.loads(text) for name, text in made.items()}


def validator(schema: str) -> Draft202012Validator:
    """What judges a file by one of the published schemas, which refer to each other."""
    schemas = {n: s for n, s in files().items() if n.startswith("schemas/")}
    registry: Registry[Any] = Registry().with_resources(
        (s["$id"], Resource.from_contents(s)) for s in schemas.values()
    )
    return Draft202012Validator(
        schemas[f"schemas/{schema}.json"], registry=registry, format_checker=FormatChecker()
    )


def test_openapi_is_valid() -> None:
    """openapi-spec-validator finds nothing, with and without an address of the site."""
    for site in (True, False):
        assert list(OpenAPIV31SpecValidator(files(site=site)["openapi.json"]).iter_errors()) == []


def test_a_fault_in_the_description_would_be_found() -> None:
    """The validation can fail: a description without a title is not valid."""
    described = json.loads(json.dumps(files()["openapi.json"]))
    del described["info"]["title"]
    assert list(OpenAPIV31SpecValidator(described).iter_errors())


def test_every_file_is_in_the_description_and_the_other_way_round() -> None:
    """OpenAPI names each list and each kind of detail; what it names is there."""
    paths = set(files()["openapi.json"]["paths"])
    lists = {f"/{n}" for n in files() if "/" not in n} - {"/openapi.json", "/index.json"}
    details = {f"/{n.split('/')[0]}/{{id}}.json" for n in files() if n.count("/") == 1}
    assert paths == lists | (details - {"/schemas/{id}.json"})


@pytest.mark.parametrize("table", sorted(SAMPLE.strategy.tables))
def test_lists_and_details_follow_their_schema(table: str) -> None:
    """jsonschema finds each list and each row with a page as its published schema says."""
    validator(f"{table}-list").validate(files()[f"{table}.json"])
    rows = files()[f"{table}.json"]["rows"]
    assert len(rows) == len(SAMPLE.strategy.tables[table].records)
    if table in ROW_CHAPTERS:
        detail = validator(f"{table}-detail")
        for row in rows:
            found = files()[f"{table}/{slug(row['id'])}.json"]
            detail.validate(found)
            assert {name: found[name] for name in row} == row


@pytest.mark.parametrize(
    "change", [{"id": None}, {"planned_end": "31.12.2026"}, {"priority": 9}, {"neu": 1}]
)
def test_a_row_that_is_wrong_would_be_found(change: dict[str, object]) -> None:
    """The schemas are strict: an id that is missing, a German date, a bound, an unknown name."""
    row = {**files()["measures.json"]["rows"][0], **change}
    assert list(validator("measures").iter_errors(row))


def test_schemas_are_schemas() -> None:
    """Each is valid for JSON Schema 2020-12 and known by its address."""
    for name, schema in files().items():
        if name.startswith("schemas/"):
            Draft202012Validator.check_schema(schema)
            assert schema["$id"] == f"{BASE}api/v1/{name}"


def described(schema: Mapping[str, Any], place: str = "") -> dict[str, str]:
    """What a schema says of each property, with those within properties, by their place."""
    found: dict[str, str] = {}
    for name, prop in schema.get("properties", {}).items():
        found[f"{place}/{name}"] = prop.get("description", "")
        if name not in ("referring", "licence"):
            found |= described(prop, f"{place}/{name}")
    return found


@pytest.mark.parametrize("part", ["measures", "goals-detail", "measures-list"])
def test_every_property_is_explained_in_the_language_of_the_strategy(part: str) -> None:
    """What is derived, where more is told and what holds for a list: nothing goes unexplained."""
    german = described(files()[f"schemas/{part}.json"])
    assert [place for place, text in german.items() if not text] == []
    strategy = replace(SAMPLE.strategy, words=Words("en", name="Stadt Musterstadt"))
    loaded = replace(SAMPLE, strategy=strategy, descriptor=SAMPLE.descriptor.said("en"))
    made = api(loaded, AS_OF, CHANGES)
    english = described(json.loads(made[f"api/v1/schemas/{part}.json"]))
    assert list(english) == list(german)
    assert [place for place, text in english.items() if text == german[place]] == []


def test_the_codes_of_the_schedule_are_told_in_words() -> None:
    """Who reads ``on_time`` finds what the site says for it, and so for every other case."""
    current = files()["schemas/measures.json"]["properties"]["current"]["properties"]
    told = current["timeliness"]["description"]
    for case in current["timeliness"]["enum"]:
        assert f"{case} = " in told
    assert "on_time = im Zeitplan" in told


def test_a_measure_tells_all_that_belongs_to_it() -> None:
    """Reports, money, milestones, goals and places of a measure are in its file."""
    strategy = SAMPLE.strategy
    for measure in strategy.measures:
        about = files()[f"measures/{slug(measure.id)}.json"]["referring"]
        for name, rows in (
            ("status_reports", strategy.reports_of_measure),
            ("milestones", strategy.milestones_of_measure),
            ("budget", strategy.budget_of_measure),
            ("goals", strategy.goals_of_measure),
            ("places", strategy.places_of_measure),
        ):
            assert len(about.get(name, ())) == len(rows.get(measure.id, ())), (measure.id, name)


def test_a_measure_tells_how_it_stands() -> None:
    """Status, progress and expected end are those of the newest report on the as-of date."""
    rows = {row["id"]: row for row in files()["measures.json"]["rows"]}
    for identifier, reports in SAMPLE.strategy.days_of_reports.items():
        newest = next((r for day, r in reports if day <= AS_OF), None)
        current = rows[identifier]["current"]
        assert current["status"] == (newest.status if newest else None)
        assert current["progress"] == (newest.progress if newest else None)
        expected = newest.expected_end if newest else None
        assert current["expected_end"] == (expected.isoformat() if expected else None)


def test_numbers_and_days_have_their_type() -> None:
    """Money is a number, a day a text in ISO 8601, an empty cell null."""
    budget = files()["budget.json"]["rows"]
    assert all(isinstance(row["year"], int) for row in budget)
    assert {type(row["planned"]) for row in budget} <= {int, float, type(None)}
    ends = [row["planned_end"] for row in files()["measures.json"]["rows"]]
    assert all(end is None or dt.date.fromisoformat(end) for end in ends)


def test_every_link_leads_to_a_file() -> None:
    """The index and the details name full addresses, or relative ones without a site."""
    for name, address in files()["index.json"]["files"].items():
        assert address == f"{BASE}api/v1/{name}.json"
        assert f"{name}.json" in files()
    for row in files()["measures.json"]["rows"]:
        assert row["links"]["detail"].removeprefix(f"{BASE}api/v1/") in files()
        assert row["links"]["page"] == f"{BASE}massnahmen/{slug(row['id'])}/"
    assert files(site=False)["index.json"]["files"]["measures"] == "measures.json"
    (first, *_) = files(site=False)["measures.json"]["rows"]
    assert first["links"]["detail"] == f"api/v1/measures/{slug(first['id'])}.json"


def test_the_same_day_makes_the_same_bytes() -> None:
    """Nothing depends on when or where it was built."""
    assert api(SAMPLE, AS_OF, CHANGES) == api(public(load(Path(REPOSITORY))), AS_OF, CHANGES)
