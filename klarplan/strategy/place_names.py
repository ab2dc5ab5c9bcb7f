"""How the page about places is called, and where on it each place stands."""

from __future__ import annotations

from klarplan.strategy.addresses import slug
from klarplan.strategy.model import Strategy
from klarplan.strategy.paper_list import PLACES_PAGE
from klarplan.words.places import your_place


def has_places(strategy: Strategy) -> bool:
    """Whether any measure acts in a place, so that there is a page about them."""
    return bool(strategy.measures_of_place)


def places_title(strategy: Strategy) -> str:
    """„In Ihrem Ortsteil“: by the word of the smallest places, else by the kind of municipality."""
    words = strategy.words
    larger = {place.parent for place in strategy.places}
    kinds = [place.kind for place in strategy.places if place.id not in larger]
    return words("place.title", your_place=your_place(kinds, words.kind, words.lang))


def place_anchor(identifier: str) -> str:
    """What the section about a place is called behind ``#``."""
    return f"ort-{slug(identifier)}"


def place_address(identifier: str) -> str:
    """Where a place stands, relative to the site: ``orte/#ort-o-01``."""
    return f"{PLACES_PAGE}#{place_anchor(identifier)}"
