"""The data dictionary and ``llms.txt``: what is there, in words."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest

from klarplan.open_data.dictionary import dictionaries
from klarplan.open_data.llms import LLMS, llms
from klarplan.open_data.offers import offers
from klarplan.strategy.addresses import DICTIONARY, SCHEMA_CHANGES
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from klarplan.strategy.renewal import engine_package
from klarplan.strategy.schema_changes import fingerprint, schema_changes
from tests.support.project import REPOSITORY

SAMPLE = public(load(REPOSITORY))


@pytest.mark.parametrize("lang", DICTIONARY)
def test_every_published_column_is_explained(lang: str) -> None:
    """Each column of each table has a line with a title and, where it has codes, their labels."""
    text = dictionaries(SAMPLE)[DICTIONARY[lang]].decode("utf-8")
    header, *rows = csv.reader(io.StringIO(text))
    told = {(row[0], row[2]): row for row in rows}
    columns = [
        (schema.path, name)
        for schema in (SAMPLE.descriptor.tables[t] for t in SAMPLE.strategy.tables)
        for name in schema.columns
        if name in SAMPLE.strategy.tables[schema.name].header
    ]
    assert list(told) == columns
    assert all(len(row) == len(header) and row[3] for row in rows)
    measure = told["measures.csv", "type"]
    assert ("project = Projekt" if lang == "de" else "project = ") in measure[7]


def test_english_is_english() -> None:
    """Titles of tables and columns differ from the German ones."""
    made = dictionaries(SAMPLE)
    files = [made[place].decode("utf-8") for place in DICTIONARY.values()]
    german, english = (list(csv.reader(io.StringIO(text))) for text in files)
    assert german[0] != english[0]
    pairs = zip(german[1:], english[1:], strict=True)
    assert [one[4] for one, other in pairs if one[4] and one[4] == other[4]] == []


def test_llms_names_pages_api_and_tables() -> None:
    """It begins with title and summary; every link is below the site; each table is named."""
    text = llms(SAMPLE, offers(SAMPLE))[LLMS].decode("utf-8")
    settings = SAMPLE.strategy.settings
    assert text.startswith(f"# {settings.title}\n\n> ")
    links = re.findall(r"^- \[.+?\]\((\S+)\)", text, re.MULTILINE)
    assert all(link.startswith(settings.site_url) for link in links)
    assert len(links) == len(set(links))
    for table in SAMPLE.strategy.tables.values():
        assert f"{settings.site_url}daten/{table.name}.csv" in links
    for measure in SAMPLE.strategy.measures:
        assert f"{settings.site_url}massnahmen/{measure.id.lower()}/" in links
    assert f"{settings.site_url}api/v1/openapi.json" in links


@pytest.mark.parametrize("parquet", [False, True])
def test_what_is_offered_has_a_name_of_its_own_that_tells_the_format_once(*, parquet: bool) -> None:
    """Two files of a table have two titles; none names its format twice."""
    made = offers(SAMPLE, parquet=parquet)
    titles = [offer.title for offer in made]
    assert len(set(titles)) == len(titles) > len(SAMPLE.strategy.tables)
    for offer in made:
        ending = offer.file.rpartition(".")[2]
        if offer.file.removeprefix("daten/").partition(".")[0] in SAMPLE.strategy.tables:
            assert offer.title.lower().endswith(f" ({ending})")
    text = llms(SAMPLE, made)[LLMS].decode("utf-8")
    for offer in made:
        assert text.count(f"- [{offer.title}](") == 1
    assert not re.search(r"\((\w+)\) \(\1\)", text)


@pytest.mark.parametrize("change", [{"site_url": ""}, {"published": False}])
def test_drafts_and_sites_without_address_have_none(change: dict[str, object]) -> None:
    """What nobody is to find is not announced."""
    settings = replace(SAMPLE.strategy.settings, **change)  # type: ignore[arg-type]
    loaded = replace(SAMPLE, strategy=replace(SAMPLE.strategy, settings=settings))
    assert llms(loaded, ()) == {}


@pytest.mark.parametrize("lang", SCHEMA_CHANGES)
def test_changes_of_the_tables_are_told(lang: str) -> None:
    """Each change of a table that the strategy has is told with version, day and sentence."""
    text = dictionaries(SAMPLE)[SCHEMA_CHANGES[lang]].decode("utf-8")
    header, *rows = csv.reader(io.StringIO(text))
    assert len(header) == 6
    told = [c for c in schema_changes() if c.table in SAMPLE.strategy.tables]
    assert len(rows) == len(told)
    assert {row[5] for row in rows} == {c.told.en if lang == "en" else c.told.de for c in told}
    assert [row[1] for row in rows] == sorted((row[1] for row in rows), reverse=True)


def test_no_change_of_the_tables_goes_untold() -> None:
    """Who changes the engine's tables writes down what; the last line tells their fingerprint."""
    package = engine_package()
    now = fingerprint(package)
    assert schema_changes()[-1].fingerprint == now, (
        "Die Tabellen haben sich geändert: Tragen Sie am Ende von klarplan/strategy/"
        f"schema_changes.csv ein, was neu ist; die letzte Spalte der letzten Zeile ist {now}."
    )
    assert [c for c in schema_changes()[:-1] if c.fingerprint] == []
    columns = {(t["name"], f["name"]) for t in package["resources"] for f in t["schema"]["fields"]}
    tables = {name for name, _ in columns}
    for change in schema_changes():
        there = (
            (change.table, change.column) in columns if change.column else change.table in tables
        )
        assert there == (change.change != "removed"), change
