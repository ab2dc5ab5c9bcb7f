"""The handbook's recipes do what they say, as they stand."""

from __future__ import annotations

import re
from itertools import takewhile
from pathlib import Path
from unittest import mock

import pytest
import yaml

from klarplan.check.run import check
from klarplan.own_files import PACKAGE
from tests.support import recipes as cookbook
from tests.support.project import copy_of_sample
from tests.support.recipes import DAY, PAGES, SEEN, Reader, Recipe, carry_out, sections

RECIPES = cookbook.recipes()
MOST_LINES = 10


def told(root: Path) -> set[tuple[str, str, str | None]]:
    """What the check finds, without the lines, which change."""
    return {(f.rule, f.file, f.value) for f in check(root, DAY)}


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str, str | None]]:
    """What the check finds in the sample as it is."""
    return told(copy_of_sample(tmp_path_factory.mktemp("untouched") / "fork"))


BEGINS = "klarplan new measure"


def lacking(root: Path, recipe: Recipe) -> list[str]:
    """What a recipe says of its commands, and they don't say, when they are carried out."""
    said = carry_out(root, recipe)
    return [seen.text for seen in recipe.seen() if not seen.page and seen.text not in said]


@pytest.mark.parametrize("page", cookbook.pages())
def test_no_recipe_is_left_out(page: str) -> None:
    """Whoever is told to do something in steps is told what he sees, and does and sees something.

    Steps in a page of recipes that say nothing of what is seen are told of no file and no command.
    """
    for section in sections(page):
        if SEEN in section.text:
            assert [*section.steps()], section.title
            assert section.seen(), section.title
        else:
            assert [*section.steps()] == [], section.title
            assert not page.startswith("rezepte-"), section.title


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.title)
def test_recipes_are_short(recipe: Recipe) -> None:
    """A recipe is no longer than ten lines, what stands in its files and calls not counted."""
    prose = re.sub(r"(?ms)^ *```.*?^ *```$", "", recipe.text)
    assert sum(bool(line.strip()) for line in prose.splitlines()) <= MOST_LINES
    assert "\n1. " in recipe.text


def test_the_handbook_begins_with_the_recipes() -> None:
    """The start page of the handbook names them before all else."""
    links = re.findall(r"\]\(([\w-]+\.md)", (PAGES / "index.md").read_text("utf-8"))
    assert links[0] == cookbook.INDEX


@pytest.mark.parametrize("page", ["rezepte-massnahmen.md", "rezepte-inhalte.md"])
def test_tasks_of_the_form_are_called_as_it_calls_them(page: str) -> None:
    """What a page of recipes says of the form names what stands on its first page."""
    said = (PAGES / page).read_text("utf-8").partition("Lieber ohne Befehle?")[2]
    named = re.findall("„([^“]+)“", said.partition("\n## ")[0])
    form = yaml.safe_load((PACKAGE / "words/de/form.yml").read_text("utf-8"))["form"]
    assert len(named) >= 6
    assert set(named) <= {
        one for one in (*form.values(), *form["new"].values()) if isinstance(one, str)
    }


@pytest.mark.long
def test_recipes_lead_to_what_they_say(copy: Path) -> None:
    """All of them, one after the other: the check finds nothing new, and each result is seen."""
    seen = [(recipe.title, s) for recipe in RECIPES for s in recipe.seen() if s.page]
    before, untouched = told(copy), Reader(copy)
    assert [one for one in seen if untouched.shows(one[1])] == []
    with mock.patch("klarplan.commands.new.new_findings", return_value=((), ())):  # once below
        assert [(r.title, text) for r in RECIPES for text in lacking(copy, r)] == []
    assert told(copy) - before == set()
    after = Reader(copy)
    assert [one for one in seen if not after.shows(one[1])] == []


@pytest.mark.long
@pytest.mark.turns(3)
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.title)
def test_each_recipe_stands_alone(
    copy: Path, recipe: Recipe, untouched: set[tuple[str, str, str | None]]
) -> None:
    """Nothing has to be done before; ids that a recipe names as new are those that it gets.

    Where two begin a measure, the later one's id follows that of the earlier one.
    """
    if BEGINS in recipe.text:
        for earlier in takewhile(lambda one: one is not recipe, RECIPES):
            if BEGINS in earlier.text:
                assert lacking(copy, earlier) == []
        untouched = told(copy)
    assert lacking(copy, recipe) == []
    assert told(copy) - untouched == set()
    after = Reader(copy)
    assert [seen for seen in recipe.seen() if seen.page and not after.shows(seen)] == []
