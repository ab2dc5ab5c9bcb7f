"""Badges: how a measure stands, as a picture for other pages."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from lxml import etree

from klarplan.look.colour import contrast
from klarplan.open_data.badges import SVG, badges
from klarplan.strategy.load import Loaded, load
from klarplan.strategy.model import Measure, Status, StatusReport
from klarplan.strategy.public import public
from tests.support.klein import KLEIN
from tests.support.project import REPOSITORY

AS_OF = dt.date(2026, 11, 21)
SAMPLE = public(load(REPOSITORY))
SMALL = public(load(KLEIN))


def one(**of_status: str) -> etree._Element:
    """The badge of a measure with a report of a status."""
    status = Status(id="s", **{"label": "läuft", "category": "active", **of_status})
    rows = {
        "measures": (Measure(id="M-1", title="A <b> & C", field="F-1"),),
        "status_reports": (StatusReport(measure="M-1", date=AS_OF, status="s"),),
        "statuses": (status,),
    }
    loaded: Loaded = replace(SMALL, strategy=replace(SMALL.strategy, **rows))  # type: ignore[arg-type]
    return etree.fromstring(badges(loaded, AS_OF)["badges/m-1.svg"])


def texts(badge: etree._Element, name: str) -> list[str | None]:
    """What elements of a name say."""
    return [element.text for element in badge.iter(f"{{{SVG}}}{name}")]


def test_each_measure_has_a_badge_that_names_itself() -> None:
    """Each is a picture with title and description, which tell status and day in words."""
    found = badges(SAMPLE, AS_OF)
    assert len(found) == len(SAMPLE.strategy.measures)
    for text in found.values():
        badge = etree.fromstring(text)
        assert badge.get("role") == "img"
        ids = {element.get("id"): element.text for element in badge if element.get("id")}
        assert set(ids) == set((badge.get("aria-labelledby") or "").split())
        assert all(ids.values())
        assert "2026" in (ids["d"] or "")


def test_status_is_told_by_symbol_and_word() -> None:
    """Never by colour alone."""
    assert texts(one(symbol="▶", colour="#1a5fb4"), "text") == ["M-1", "▶ läuft"]


@pytest.mark.parametrize("colour", ["#ffff00", "#1a5fb4", "#fff", "rot", ""])
def test_letters_stand_out(colour: str) -> None:
    """White letters are readable on the status's colour, whatever was entered."""
    (style,) = texts(one(colour=colour), "style")
    found = re.search(r"\.s\{fill:(#[0-9a-f]{6})\}", style or "")
    assert found
    assert contrast(found[1], "#ffffff") >= 4.5


def test_light_and_dark_follow_the_reader() -> None:
    """The style has colours for dark surroundings; nothing is loaded, nothing runs."""
    badge = one()
    (style,) = texts(badge, "style")
    assert "prefers-color-scheme:dark" in (style or "")
    assert "url(" not in (style or "")
    assert {etree.QName(e).localname for e in badge.iter()} == {
        *("svg", "title", "desc", "style", "rect", "text")
    }


def test_a_measure_without_a_report_says_so() -> None:
    """In grey, never as a guess."""
    loaded = replace(SMALL, strategy=replace(SMALL.strategy, status_reports=()))
    badge = etree.fromstring(next(iter(badges(loaded, AS_OF).values())))
    assert texts(badge, "text")[1] == "noch keine Meldung"
