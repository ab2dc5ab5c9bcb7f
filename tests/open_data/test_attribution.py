"""How the source is to be named, told wherever somebody may take data from."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook

from klarplan.open_data.outputs import outputs
from klarplan.pages.gather import Baker
from klarplan.strategy.load import Loaded, load
from klarplan.strategy.public import public
from klarplan.words.hyphens import without
from macros.registry import MACROS
from macros.render import environment, render
from macros.seal import Seal
from tests.support import klein
from tests.support.project import REPOSITORY

LICENCES = {"cc-by/4.0": True, "dl-by-de/2.0": True, "cc-zero": False, "dl-zero-de/2.0": False}


def small(root: Path, licence: str) -> Loaded:
    """A small public strategy under a licence, with an address and an office that answers."""
    loaded = public(load(root))
    settings = replace(
        loaded.strategy.settings,
        licence=licence,
        published=True,
        site_url="https://s.example/",
        contact_name="Stabsstelle",
        contact_email="daten@s.example",
    )
    return replace(loaded, strategy=replace(loaded.strategy, settings=settings))


@pytest.mark.parametrize("licence", LICENCES)
def test_every_file_for_people_and_programs_tells_it(tmp_path: Path, licence: str) -> None:
    """API, llms.txt, workbook and catalogue name the source if the licence asks for it."""
    loaded = small(klein.copied(tmp_path), licence)
    source = loaded.strategy.words("data.attribution", strategy=loaded.strategy.settings.title)
    files = outputs(loaded, klein.DAY)
    about = json.loads(files["api/v1/measures.json"])["about"]
    assert about.get("attribution") == (source if LICENCES[licence] else None)
    sheet = load_workbook(io.BytesIO(files["daten/strategie-daten.xlsx"])).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    named = f"Nennen Sie bitte als Quelle: {source}."
    assert (named in cells) == LICENCES[licence]
    assert (named in files["llms.txt"].decode()) == LICENCES[licence]
    assert (source in files["catalog.ttl"].decode()) == LICENCES[licence]


@pytest.mark.parametrize("licence", LICENCES)
@pytest.mark.parametrize("macro", ["downloads", "table_about"])
def test_the_pages_of_open_data_tell_it(tmp_path: Path, macro: str, licence: str) -> None:
    """The page of open data and that of a table say licence and source; the first, whom to ask."""
    loaded = small(klein.copied(tmp_path), licence)
    context = Baker(loaded, klein.DAY, Seal.drawn()).context
    words = loaded.strategy.words
    given = {"table": "measures"} if macro == "table_about" else {}
    shown = html.fromstring(
        f"<div>{render(environment(REPOSITORY, words), context, MACROS[macro], **given)}</div>"
    )
    text = without(shown.text_content())
    settings = loaded.strategy.settings
    assert f"Lizenz: {settings.licence_name}." in text
    source = words("data.attribution", strategy=settings.title)
    assert (f"Nennen Sie bitte als Quelle: {source}." in text) == LICENCES[licence]
    if macro == "downloads":
        assert "Fragen zu den Daten: Stabsstelle, daten@s.example" in text
