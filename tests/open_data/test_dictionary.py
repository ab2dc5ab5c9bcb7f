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
from klarplan.strategy.addresses import DICTIONARY
from klarplan.strategy.load import load
from klarplan.strategy.public import public
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
    files = [text.decode("utf-8") for text in dictionaries(SAMPLE).values()]
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


@pytest.mark.parametrize("change", [{"site_url": ""}, {"published": False}])
def test_drafts_and_sites_without_address_have_none(change: dict[str, object]) -> None:
    """What nobody is to find is not announced."""
    settings = replace(SAMPLE.strategy.settings, **change)  # type: ignore[arg-type]
    loaded = replace(SAMPLE, strategy=replace(SAMPLE.strategy, settings=settings))
    assert llms(loaded, ()) == {}
