"""Authors name settings, and the municipality with its article, within their sentences."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from klarplan.strategy.load import load
from klarplan.strategy.settings import Settings
from klarplan.words.catalogue import Words
from klarplan.words.municipality import kind_of
from macros.registry import MACROS, Context, MacroError
from macros.render import environment, render
from tests.support.klein import KLEIN
from tests.support.project import REPOSITORY


def told(settings: Settings, name: str) -> str:
    """What the macro says for a name."""
    loaded = load(KLEIN)
    kind = settings.kind or kind_of(settings.municipality)
    words = Words(settings.lang, name=settings.municipality, kind=kind)
    strategy = replace(loaded.strategy, settings=settings, words=words)
    context = Context(strategy=strategy, descriptor=loaded.descriptor, as_of=dt.date(2026, 6, 30))
    return render(environment(REPOSITORY), context, MACROS["setting"], name).strip()


@pytest.mark.parametrize(
    ("municipality", "lang", "name", "expected"),
    [
        ("Landkreis Harz", "de", "the_municipality", "der Landkreis Harz"),
        ("Landkreis Harz", "de", "The_municipality", "Der Landkreis Harz"),
        ("Landkreis Harz", "de", "the_municipality:gen", "des Landkreises Harz"),
        ("Landkreis Harz", "de", "the_town:dat", "dem Kreis"),
        ("Landkreis Harz", "en", "The_municipality", "The district of Harz"),
        ("Stadt Mainz", "de", "municipality", "Stadt Mainz"),
        ("Stadt Mainz", "de", "town", "Mainz am Rhein"),
    ],
)
def test_authors_name_the_municipality_with_its_article(
    municipality: str, lang: str, name: str, expected: str
) -> None:
    """A form of the catalogue says name or kind with article, in its case; settings stay theirs."""
    settings = Settings(municipality=municipality, lang=lang, town="Mainz am Rhein")
    assert told(settings, name) == expected


@pytest.mark.parametrize("name", ["the_municipaltiy", "the_town:abl", "its"])
def test_unknown_names_are_refused(name: str) -> None:
    """What is neither a setting nor a form with an article is named as unknown."""
    with pytest.raises(MacroError) as caught:
        told(Settings(), name)
    assert f"„{name}“" in caught.value.problem.de


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("contact_email", "a@b.example", '<a href="mailto:a@b.example">a@<wbr>b.example</a>'),
        ("contact_phone", "030 123456", '<a href="tel:+4930123456">030 123456</a>'),
        ("contact_phone", "12-34", "12-34"),  # without area code nobody can dial it
        (
            "participation_url",
            "https://x.example/",
            '<a href="https://x.example/" rel="external">https://x.example/</a>',
        ),
        ("contact_email", "", '<em class="missing">(noch nicht angegeben)</em>'),
    ],
)
def test_ways_to_reach_someone_are_links(name: str, value: str, shown: str) -> None:
    """Within a sentence an address, a number and a website can be followed."""
    assert told(Settings(**{name: value}), name) == shown
