"""The description of the tables: titles, descriptions and labels in German and English."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from klarplan.messages import KlarplanError
from klarplan.strategy.load import load, strategy_from
from klarplan.strategy.schema import (
    DESCRIPTOR,
    ENGINE_DESCRIPTOR,
    read_descriptor,
    table_schema,
)
from klarplan.words.catalogue import Words
from tests.support.klein import copied

ENGINE: dict[str, Any] = json.loads(ENGINE_DESCRIPTOR.read_text("utf-8"))
TABLES = {resource["name"]: resource for resource in ENGINE["resources"]}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_of_the_engine_is_told_in_english(name: str) -> None:
    """Table, columns and categories have an English wording."""
    resource = TABLES[name]
    described = [resource, *resource["schema"]["fields"]]
    assert [
        d["name"] for d in described if not (d.get("title_en") and d.get("description_en"))
    ] == []
    choices = [c for field in described[1:] for c in field.get("categories", ())]
    assert [choice["value"] for choice in choices if not choice.get("label_en")] == []


def test_a_table_is_told_in_the_language_that_is_spoken() -> None:
    """English where English is spoken, German where German is."""
    measures = table_schema(TABLES["measures"])
    english, german = measures.said("en"), measures.said("de")
    assert (english.title, german.title) == ("Measures", "Maßnahmen")
    assert english.columns["type"].title == "Type"
    assert english.columns["type"].description == "Type of measure."
    assert dict(english.columns["type"].categories)["permanent"] == "permanent task"
    assert measures.columns["type"].label("pilot", "en") == "pilot project"
    assert german == measures


def test_what_has_no_english_stays_as_it_is() -> None:
    """A column, a category or a table of a municipality's own keeps its wording."""
    column = {
        "name": "ampel",
        "title": "Ampel",
        "description": "Wie es steht.",
        "categories": [
            {"value": "rot", "label": "Rot"},
            {"value": "x", "label": "Y", "label_en": "Z"},
        ],
    }
    table = table_schema({"name": "eigene", "title": "Eigenes", "schema": {"fields": [column]}})
    said = table.said("en")
    assert (said.title, said.columns["ampel"].title) == ("Eigenes", "Ampel")
    assert said.columns["ampel"].description == "Wie es steht."
    assert said.columns["ampel"].categories == (("rot", "Rot"), ("x", "Z"))


def test_further_columns_are_called_in_english_too(tmp_path: Path) -> None:
    """What pages show of a column beyond the model is headed in the language spoken."""
    root = copied(tmp_path)
    package = json.loads(json.dumps(ENGINE))
    (fields,) = (r["schema"]["fields"] for r in package["resources"] if r["name"] == "goals")
    fields.append({"name": "leiter", "title": "Leiter", "title_en": "Ladder"})
    fields.append({"name": "pate", "title": "Pate"})
    (root / DESCRIPTOR).write_text(json.dumps(package), "utf-8")
    file = root / "data" / "goals.csv"
    head, *rows = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([f"{head},leiter,pate", *(f"{row},a,b" for row in rows)]), "utf-8")
    read = load(root)
    spoken = read.strategy
    english = strategy_from(spoken.settings, spoken.tables, read.descriptor, Words("en"))
    assert [title for title, _ in spoken.goals[0].extra] == ["Leiter", "Pate"]
    assert [title for title, _ in english.goals[0].extra] == ["Ladder", "Pate"]


@pytest.mark.parametrize("wrong", [5, ["a"], {"en": "a"}])
def test_an_english_title_is_a_text(tmp_path: Path, wrong: object) -> None:
    """Anything else is named with its table and column, as for the German title."""
    package = json.loads(json.dumps(ENGINE))
    package["resources"][0]["schema"]["fields"][0]["title_en"] = wrong
    (tmp_path / "data").mkdir()
    (tmp_path / DESCRIPTOR).write_text(json.dumps(package), "utf-8")
    with pytest.raises(KlarplanError, match=r"fields_of_action.*„id“"):
        read_descriptor(tmp_path)
