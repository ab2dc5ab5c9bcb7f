"""How pictures of measures, fields and events stand on pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from klarplan.look.row_pictures import Sizes
from klarplan.strategy.model import ParticipationEvent, Picture
from macros.registry import MACROS, Context, MacroError
from macros.render import environment, render
from tests.support.entwined import context_of
from tests.support.klein import KLEIN
from tests.support.project import REPOSITORY

SMALL = context_of(KLEIN)
PHOTO = Sizes(800, 450, "b/B-800.jpg", ((400, "b/B-400.jpg"), (800, "b/B-800.jpg")))
DRAWING = Sizes(600, 400, "b/B.svg", ((600, "b/B.svg"),))


def picture(identifier: str = "B", owner: str = "A-1", **more: object) -> Picture:
    """A picture of a measure."""
    values = {
        "owner_table": "measures",
        "file": "f.jpg",
        "alt": "Ein „Amt“ <b>",
        "credit": "A. B.",
        "licence": "CC BY 4.0",
        **more,
    }
    return Picture(id=identifier, owner=owner, **values)  # type: ignore[arg-type]


def with_pictures(*pictures: Picture, sizes: Sizes = PHOTO) -> Context:
    """The small strategy with these pictures, seen from the page of a measure."""
    strategy = replace(SMALL.strategy, pictures=pictures)
    known = {each.id: sizes for each in pictures}
    return replace(SMALL, strategy=strategy, sizes=lambda: known, page_url="massnahmen/a-1/")


def shown(context: Context, table: str = "measures", owner: str = "A-1") -> html.HtmlElement:
    """What the macro shows."""
    markup = render(environment(REPOSITORY), context, MACROS["pictures"], table, owner)
    return html.fromstring(f"<div>{markup}</div>")


def test_a_photo_keeps_its_room_and_comes_in_the_size_needed() -> None:
    """Sides against jumps, all sizes to choose from, loaded when it comes near."""
    (image,) = shown(with_pictures(picture())).iter("img")
    assert (image.get("width"), image.get("height")) == ("800", "450")
    assert image.get("src") == "../../b/B-800.jpg"
    assert image.get("srcset") == "../../b/B-400.jpg 400w, ../../b/B-800.jpg 800w"
    assert image.get("sizes")
    assert image.get("loading") == "lazy"
    assert image.get("alt") == "Ein „Amt“ <b>"


def test_a_drawing_has_one_size() -> None:
    """A drawing fits any screen: there is nothing to choose."""
    (image,) = shown(with_pictures(picture(), sizes=DRAWING)).iter("img")
    assert image.get("src") == "../../b/B.svg"
    assert "srcset" not in image.attrib


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "Bild: A. B., CC BY 4.0"),
        ({"caption": "Das Amt."}, "Das Amt. Bild: A. B., CC BY 4.0"),
        ({"licence_url": "https://x.example/l"}, "Bild: A. B., CC BY 4.0"),
    ],
)
def test_maker_and_licence_stand_below(more: dict[str, str], said: str) -> None:
    """Creator and licence are named below each picture, the licence as a link where it has one."""
    (caption,) = shown(with_pictures(picture(**more))).iter("figcaption")
    assert " ".join(caption.text_content().split()) == said
    assert caption.xpath("descendant::a/@href") == [*filter(None, [more.get("licence_url")])]


def test_pictures_stand_in_their_order() -> None:
    """Several pictures follow their numbers; those without one come last, as they are entered."""
    rows = [picture("C"), picture("D", order=2), picture("E", order=1), picture("F")]
    found = with_pictures(*rows).strategy.pictures_of["measures", "A-1"]
    assert [each.id for each in found] == ["E", "D", "C", "F"]


@pytest.mark.parametrize(
    ("table", "owner"), [("measures", "A-2"), ("fields_of_action", "F-1"), ("participation", "A-1")]
)
def test_without_a_picture_nothing_is_shown(table: str, owner: str) -> None:
    """No frame, no heading, no room is left for what there is not."""
    markup = render(
        environment(REPOSITORY), with_pictures(picture()), MACROS["pictures"], table, owner
    )
    assert not markup


def test_a_picture_without_sizes_is_not_shown() -> None:
    """What can't be read leaves no broken picture."""
    context = replace(with_pictures(picture()), sizes=dict)
    assert not render(environment(REPOSITORY), context, MACROS["pictures"], "measures", "A-1")


def test_an_unknown_table_is_told() -> None:
    """Whoever calls it with another table is told which there are."""
    with pytest.raises(MacroError, match="measure"):
        shown(with_pictures(picture()), table="measure")


def test_an_event_shows_its_pictures_beside_its_summary() -> None:
    """The list of events has pictures only where an event has some."""
    context = with_pictures(picture(owner="T-1", owner_table="participation"))
    events = tuple(ParticipationEvent(id=name, title=name) for name in ("T-1", "T-2"))
    context = replace(context, strategy=replace(context.strategy, participation=events))
    markup = render(environment(REPOSITORY), context, MACROS["participation"])
    listed = html.fromstring(markup).findall(".//li")
    assert [len(list(item.iter("figure"))) for item in listed] == [1, 0]
