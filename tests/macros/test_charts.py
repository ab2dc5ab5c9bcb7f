"""Charts of any numbers and names: nothing is cut, nothing lies upon another, every part is told.

The same is looked for in the charts of the built sample.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from klarplan.look.colour import contrast, legible
from klarplan.look.colour_css import style_sheet
from klarplan.look.letter_widths import pixels
from klarplan.strategy.derive import Money
from klarplan.strategy.model import StatusReport
from klarplan.words.catalogue import Words
from macros.bar_charts import EDGE, Bullet, Part, band, bars, bullets, stacks
from macros.line_chart import NARROW, WIDTH, Chart, line_chart
from macros.registry import MACROS
from macros.render import environment, render
from macros.resources import charts_of
from macros.small_multiples import sparkline
from macros.word_lines import lines_of
from tests.support.charts import drawn, faults, wide
from tests.support.entwined import context_of
from tests.support.klein import DAY, KLEIN
from tests.support.project import REPOSITORY, BuiltSample

GERMAN = Words("de")
SPARK = 200
"""Pixels of a small multiple on a phone."""

SIGNS = "aeinrstu mlMW ÄÖß/-.,&<\"'%€(0123456789"
LETTERS = st.text(st.sampled_from(SIGNS), min_size=1, max_size=90)
LONG = st.text(st.sampled_from("abcdefghilmnorstuäöüßMW"), min_size=30, max_size=60)
NAMES = st.one_of(LETTERS, LONG).filter(str.strip)
AMOUNTS = st.one_of(
    st.decimals(-(10**10), 10**10, places=2, allow_nan=False),
    st.sampled_from([Decimal(n) for n in (0, 1, 47_000_000, 1_700_000)]),
)
COLOURS = st.from_regex(r"\A#[0-9a-f]{6}\Z")
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))
POINTS = st.lists(
    st.tuples(DAYS, st.decimals(-(10**9), 10**9, places=1, allow_nan=False)),
    max_size=12,
    unique_by=lambda point: point[0],
)
BULLETS = st.lists(
    st.builds(
        Bullet,
        name=NAMES,
        planned=st.none() | AMOUNTS,
        approved=st.none() | AMOUNTS,
        spent=st.none() | AMOUNTS,
        says=NAMES,
    ),
    min_size=1,
    max_size=4,
)


def wrong(chart: Chart, *widths: float) -> list[str]:
    """What is wrong with a chart on a phone and on a desk."""
    svg = drawn(chart)
    return [fault for width in widths or (NARROW, WIDTH) for fault in faults(svg, width)]


@given(BULLETS)
def test_bars_of_money_hold_for_any_amounts(rows: Sequence[Bullet]) -> None:
    """Every bar begins at zero, has the length of its amount, and is seen unless that is zero."""
    chart = bullets(GERMAN, rows, "Geld")
    assert not wrong(chart)
    amounts = [n for r in rows for n in (r.planned, r.approved, r.spent) if n is not None]
    low, high = min([*amounts, Decimal(0)]), max([*amounts, Decimal(0)])
    zero = EDGE + float(-low / (high - low or 1)) * (100 - 2 * EDGE)
    for area in chart.areas:
        assert min(abs(area.x - zero), abs(area.end - zero)) < 0.5
    drawn_amounts = [n for r in rows for n in (r.planned, r.spent) if n is not None]
    for amount, area in zip(drawn_amounts, chart.areas, strict=True):
        assert (area.width > 0) == bool(amount)
        assert abs(area.width - float(abs(amount) / (high - low or 1)) * 99.6) < 0.5


@given(st.lists(st.tuples(NAMES, AMOUNTS, NAMES), min_size=1, max_size=4), st.booleans())
def test_plain_bars_hold_for_any_numbers(
    rows: Sequence[tuple[str, Decimal, str]], framed: bool
) -> None:
    """Bars of plain numbers begin at zero, and their words are whole."""
    whole = max([abs(n) for _, n, _ in rows]) if framed else None
    chart = bars(GERMAN, rows, "Zahlen", whole=whole)
    assert not wrong(chart)
    assert bool(chart.lines) == any(n < 0 for _, n, _ in rows)
    shown = "".join(re.sub(r"[\s-]", "", w.text) for w in chart.words)
    assert shown == "".join(re.sub(r"[\s-]", "", name + says) for name, _, says in rows)


PARTS = st.lists(
    st.builds(
        Part,
        count=st.integers(0, 3000),
        colour=COLOURS.map(legible),
        sign=st.sampled_from(["", "✓", "!", "…"]),
    ),
    max_size=12,
)


@given(st.lists(st.tuples(NAMES, NAMES, PARTS), min_size=1, max_size=3))
def test_parts_are_told_apart_whatever_their_colours(
    rows: Sequence[tuple[str, str, Sequence[Part]]],
) -> None:
    """Between neighbours is a gap that stands out from both, and each has another texture; all
    fill the bar, in proportion but for the smallest, which can be seen."""
    chart = stacks(GERMAN, rows, "Teile")
    assert not wrong(chart)
    for _, _, parts in rows:
        there = band(parts, 0, 30)
        assert [part for part, _ in there] == [part for part in parts if part.count]
        for (one, a), (other, b) in combinations(there, 2):
            assert a.texture != b.texture
            assert (a.width <= b.width + 0.02) if one.count <= other.count else True
        assert all(area.width * NARROW / 100 >= 10 for _, area in there)


@given(POINTS, POINTS, st.sampled_from([None, "%", "Stück", "Kilowattstunden je Einwohnerin"]))
def test_lines_hold_for_any_values(
    values: list[tuple[dt.date, Decimal]], path: list[tuple[dt.date, Decimal]], unit: str | None
) -> None:
    """Numbers of the axis, years and the words at the ends of lines leave each other free, and an
    axis that does not begin at zero has its sign and says where it begins."""
    if not (values or path):
        return
    chart = line_chart(GERMAN, values, path, unit, "Verlauf")
    assert not wrong(chart)
    marks = [w.text for w in chart.words if w.kind == "axis" and w.x == 0]
    broken = any(line.kind == "break" for line in chart.lines)
    assert broken == (chart.begins is not None) == (marks[0][0] not in "0\u2212")
    assert len({len(mark.partition(",")[2]) for mark in marks}) == 1
    spark = sparkline(values, path, "Verlauf")
    assert spark
    assert not wrong(spark, SPARK)
    assert any(line.kind == "break" for line in spark.lines) == (spark.begins is not None)


@pytest.mark.parametrize(
    ("numbers", "begins"),
    [
        ([40, 45, 52], "40"),
        ([5, 45, 52], None),
        ([50, 50, 50], None),
        ([50], None),
        ([-50, -45], None),
        ([0, 0], None),
    ],
    ids=["narrow", "wide", "equal", "one", "negative", "zero"],
)
def test_an_axis_begins_at_zero_unless_that_hides_the_course(
    numbers: Sequence[int], begins: str | None
) -> None:
    """Only where all values lie close together far above zero, the axis begins elsewhere."""
    points = [(dt.date(2020 + n, 12, 31), Decimal(number)) for n, number in enumerate(numbers)]
    for chart in (line_chart(GERMAN, points, [], "%", ""), sparkline(points, [], "")):
        assert chart
        assert (chart.begins is None) == (begins is None)


def test_years_close_together_leave_each_other_free() -> None:
    """Two points around new year and one long after: the last of the two years is left."""
    days = (dt.date(2020, 12, 1), dt.date(2021, 1, 15), dt.date(2040, 12, 31))
    chart = line_chart(GERMAN, [(day, Decimal(3)) for day in days], [], None, "")
    assert not wrong(chart)
    assert {w.text for w in chart.words if w.anchor == "middle"} >= {"2021", "2040"}


@given(NAMES, st.integers(60, 300))
def test_words_in_lines_are_whole(text: str, room: int) -> None:
    """No line is wider than its room, and nothing of a text is lost but spaces."""
    lines = lines_of(GERMAN, text, room)
    assert all(pixels(line) <= room for line in lines)
    assert re.sub(r"[\s-]", "", "".join(lines)) == re.sub(r"[\s-]", "", text)


@given(st.one_of(LETTERS, LONG))
def test_letters_are_not_wider_than_charts_believe(text: str) -> None:
    """What charts take for the width of a text is not less than the typeface needs, bold too."""
    assert wide(text, bold=True) <= pixels(text) * 1.04
    assert wide(text, bold=False) <= pixels(text) * 1.04


def variables(sheet: str, scheme: str) -> dict[str, str]:
    """The colours of a style sheet in the light or the dark display."""
    found = re.search(rf"{re.escape(scheme)}\s*\{{([^}}]*)\}}", sheet)
    assert found
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})", found.group(1)))


SMALL = context_of(KLEIN, DAY).strategy
CHARTS = (REPOSITORY / "overrides/assets/charts_and_details.css").read_text("utf-8")
GROUNDS = {":root": "#ffffff", '[data-md-color-scheme="slate"]': "#181b24"}


@settings(max_examples=60)
@given(COLOURS, COLOURS)
def test_the_towns_colours_stand_out_in_charts(primary: str, accent: str) -> None:
    """Whatever colours a town has, its bars and lines stand out from the ground and from the frame
    of what was planned, light and dark and on paper; very pale ones become darker."""
    own = replace(SMALL.settings, primary_colour=primary, accent_colour=accent)
    sheet = style_sheet(replace(SMALL, settings=own))
    for scheme, ground in GROUNDS.items():
        own_colours, soft = variables(sheet, scheme), variables(CHARTS, scheme)["chart-soft"]
        for name in ("klarplan-link", "klarplan-strong"):
            assert contrast(own_colours[name], ground) >= 4.5
            assert contrast(own_colours[name], soft) >= 3


def test_charts_take_the_towns_colours() -> None:
    """Bars and lines have the town's first colour, paths and marks its second, in both displays
    and on paper."""
    for scheme in GROUNDS:
        block = CHARTS.partition(scheme)[2].partition("}")[0]
        assert "--chart-value: var(--klarplan-link" in block
        assert "--chart-path: var(--klarplan-strong" in block


@pytest.mark.parametrize("scheme", GROUNDS)
def test_gaps_stand_out_from_every_part(scheme: str) -> None:
    """The gap between parts is three times as light as the palest colour behind white letters."""
    gap = variables(CHARTS.replace("#fff;", "#ffffff;"), scheme)["chart-gap"]
    assert contrast(gap, legible("#ffff00")) >= 3
    assert contrast(gap, "#767676") >= 3


SOUND = drawn(
    stacks(
        GERMAN,
        [("Alle", "9", [Part(5, "#1b6e3c", "✓"), Part(4, "#9c4500", "!")])],
        "Teile",
    )
)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('x="0%" y="14"', 'x="96%" y="14"', "cut"),
        (">Alle<", f">{'Alle ' * 12}<", "upon each other"),
        ('y="20" width', 'y="6" width', "hidden by a bar"),
        ('stroke-width="2"', 'stroke-width="1"', "no gap"),
        ('stroke="#ffffff" stroke-width="2"', 'stroke="#1b7e4c" stroke-width="2"', "no gap"),
        ('width="44.44%"', 'width="30%"', "parts make up"),
        ('width="44.44%"', 'width="NaN%"', "no number"),
        ('<line class="chart__texture"', '<line class="chart__none"', "not told apart"),
        ('fill="#1b6e3c"', 'fill="#e0e0e0"', "letters too pale"),
        (">! 4<", ">! 4000000000000000000000000000000000000<", "wider than its part"),
    ],
)
def test_a_planted_fault_is_found(old: str, new: str, told: str) -> None:
    """A label cut, upon another or under a bar, parts without gap or texture, a wrong sum."""
    markup = html.tostring(SOUND, encoding="unicode")
    assert not faults(SOUND, NARROW)
    assert old in markup
    found = faults(html.fragment_fromstring(markup.replace(old, new)), NARROW)
    assert any(fault.startswith(told) for fault in found), found


def test_no_chart_of_the_sample_has_a_fault(sample: BuiltSample) -> None:
    """On a phone and on a desk, every chart of the website is whole and its parts told apart."""
    seen = 0
    for path in sorted(sample.site.rglob("index.html")):
        for svg in html.parse(str(path)).getroot().find_class("chart__picture"):
            small = svg.get("width") == "280"
            for width in (SPARK,) if small else (NARROW, 576):
                assert not faults(svg, width), (path, width)
            seen += 1
    assert seen > 60


def test_more_statuses_than_textures_have_a_key() -> None:
    """With fourteen statuses every part has its sample in the key, and the brochure puts those
    that it has no room for together, so that no part is without a name."""
    many = replace(SMALL.statuses[0], symbol="")
    statuses = tuple(replace(many, id=f"s-{n}", label=f"Stufe {n}") for n in range(14))
    measures = tuple(
        replace(SMALL.measures[0], id=f"m-{n}", parent=None, actual_end=None) for n in range(14)
    )
    reports = tuple(
        StatusReport(measure=f"m-{n}", date=DAY, status=f"s-{n}", text="Es geht voran.")
        for n in range(14)
    )
    strategy = replace(SMALL, statuses=statuses, measures=measures, status_reports=reports)
    context = replace(context_of(KLEIN, DAY), strategy=strategy)
    for name, keys in (("status_by_field", 14), ("brief_status", 9), ("brief_figures", 9)):
        markup = render(environment(REPOSITORY), context, MACROS[name])
        assert markup.count("chart__swatch") == keys, name
        shown = html.fromstring(f"<div>{markup}</div>")
        (bar, *_) = [*shown.find_class("chart__picture"), *shown.find_class("glance__bar")]
        first = [n for n in bar.find_class("chart__part") if n.get("y") == bar[0].get("y")]
        assert len(first) == keys, name


@pytest.mark.parametrize("small", ["591360", "99000", "1", "810000"])
def test_amounts_of_a_figure_have_one_form(small: str) -> None:
    """Millions stand beside millions, or all amounts are written out."""
    rows = [
        ("A", Money("EUR", Decimal(8_800_000), None, Decimal(1_300_000))),
        ("B", Money("EUR", Decimal(small), None, None)),
    ]
    ((chart, _),) = charts_of(GERMAN, rows, "Geld")
    says = [text.text for text in chart.words if "€" in text.text]
    assert len({"Mio." in one for one in says}) == 1


def test_a_unit_stands_once_above_a_bar() -> None:
    """What was planned and what was spent share their unit, and none reads as the other."""
    money = Money("EUR", Decimal(22_100_000), None, Decimal(12_460_000))
    ((chart, _),) = charts_of(GERMAN, [("A", money)], "Geld")
    told = [text.text for text in chart.words]
    assert "geplant 22,1, ausgegeben 12,5\u00a0Mio.\u00a0€" in told
