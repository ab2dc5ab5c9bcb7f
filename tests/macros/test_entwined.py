"""Parts, further fields, splits, merges and places: told everywhere, and counted once."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from klarplan.papers.card_texts import Card, cards_of
from klarplan.strategy import derive, slips
from macros.registry import MACROS, Context
from macros.render import environment, render
from tests.support.entwined import context_of, write_entwined
from tests.support.project import REPOSITORY


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """The public part of the entwined strategy."""
    return context_of(write_entwined(tmp_path_factory.mktemp("entwined")))


def select(context: Context, name: str, **arguments: Any) -> Any:
    """What a macro selects."""
    return MACROS[name].select(context, **arguments)


def shown(context: Context, name: str, **arguments: Any) -> str:
    """What a macro shows, as one line of plain text."""
    found = render(environment(REPOSITORY), context, MACROS[name], **arguments)
    found = found.replace("</t", " </t")
    return " ".join(html.fromstring(f"<div>{found}</div>").text_content().split())


def links(context: Context, name: str, **arguments: Any) -> set[str]:
    """The texts of all links that a macro shows."""
    found = render(environment(REPOSITORY), context, MACROS[name], **arguments)
    return {str(a.text_content()) for a in html.fromstring(f"<div>{found}</div>").iter("a")}


def cards(context: Context) -> dict[str, Card]:
    """The cards by title."""
    return {card.title: card for card in cards_of(context)}


# -- every row counts once


def test_every_figure_adds_up(context: Context) -> None:
    """Each measure counts once and under its leading field, in every list, figure and paper."""
    strategy = context.strategy
    every = {m.id for m in strategy.measures}
    whole = len(every)
    assert whole == 12
    glance = select(context, "at_a_glance")
    assert glance["measures"] == sum(s["count"] for s in glance["statuses"]) == whole
    fields = [select(context, "field_summary", field=f.id) for f in strategy.fields_of_action]
    assert sum(f["measures"] for f in fields) == whole
    assert sum(s["count"] for f in fields for s in f["statuses"]) == whole
    assert sum(card["measures"] for card in select(context, "field_cards")["cards"]) == whole
    table = select(context, "status_by_field")
    assert table["total"] == sum(table["sums"]) == sum(r["total"] for r in table["rows"]) == whole
    by_status = {b.id: n for b, n in zip(table["badges"], table["sums"], strict=True)}
    assert by_status == {s["badge"].id: s["count"] for s in glance["statuses"]}
    brief = select(context, "brief_status")
    assert sum(n for n in brief["rows"][0][2]) == whole
    overview = [row["link"].id for row in select(context, "measures_overview")["rows"]]
    assert sorted(overview) == sorted(every)
    listed = [
        row["link"].id
        for f in strategy.fields_of_action
        for row in select(context, "measures_table", field=f.id)["rows"]
    ]
    assert sorted(listed) == sorted(every)
    bars = [r["link"].id for g in select(context, "schedule")["groups"] for r in g["rows"]]
    assert sorted(bars) == sorted(every)
    assert len(cards_of(context)) == len(cards(context)) == whole
    places = select(context, "place_index")
    there = {row["link"].id for place in places["rows"] for row in place["rows"]}
    assert len(there) + places["everywhere"] == whole


def test_the_number_of_a_field_is_that_of_its_filter(context: Context) -> None:
    """Card and overview of a field tell its own measures and those of others; together they are
    what the filter shows, and what its page lists."""
    strategy = context.strategy
    rows = select(context, "measures_overview")["rows"]
    cards = {c["field"].id: c["counts"][-1:] for c in select(context, "field_cards")["cards"]}
    told = {}
    for field in strategy.fields_of_action:
        summary = select(context, "field_summary", field=field.id)
        found = sum(field.id in row["fields"] for row in rows)
        assert summary["measures"] + summary["further"] == found
        further = select(context, "further_measures", field=field.id)
        assert summary["further"] == len(further["rows"] if further else ())
        told[field.id] = [int(n) for said in cards[field.id] for n in re.findall("[0-9]+", said)]
        assert sum(told[field.id]) == found
        seen = shown(context, "field_summary", field=field.id)
        assert ("dazu" in seen) == bool(summary["further"])
    assert sorted(map(len, told.values())) == [1, 2, 2]


def test_late_measures_are_one_number(context: Context) -> None:
    """The number of late measures is the same in glance, fields, list and report."""
    late = {m.id for m in derive.late(context.strategy, context.as_of)}
    assert late == {"T-5"}
    assert select(context, "at_a_glance")["late"] == 1
    summaries = [
        select(context, "field_summary", field=f.id) for f in context.strategy.fields_of_action
    ]
    assert sum(s["late"] for s in summaries) == 1
    assert [row["link"].id for row in select(context, "late_measures")["rows"]] == ["T-5"]


def test_money_adds_up(context: Context) -> None:
    """Money is summed as entered, once, and stands under the leading field only."""
    planned = Decimal(25500)
    assert derive.totals(context.strategy.budget)[0].planned == planned
    assert select(context, "at_a_glance")["money"][0].planned == planned
    for by in ("year", "field"):
        found = select(context, "budget", by=by)
        assert sum(r["money"].planned for r in found["rows"]) == planned
        assert found["totals"][0].planned == planned
    fields = {
        f.id: select(context, "field_summary", field=f.id)["money"]
        for f in context.strategy.fields_of_action
    }
    sums = {field: money[0].planned for field, money in fields.items()}
    assert sums == {"F-1": 1100, "F-2": 5200, "F-3": 19200}
    drawn = select(context, "budget_drawn")
    assert sum(r["money"].planned for r in drawn["rows"]) == planned
    assert sum(m.planned for _, m in select(context, "brief_money")["rows"]) == planned


def test_the_report_adds_up(context: Context) -> None:
    """The report on a period counts each measure once, as the site does on that day."""
    status = select(context, "report_status", period="2025")
    assert status["total"] == sum(r["total"] for r in status["rows"]) == 12
    figures = select(context, "report_figures", period="2025")
    assert figures["total"] == 12
    assert figures["reported"] == len(context.strategy.status_reports) == 9
    assert status["done"] == sum(r["done"] for r in status["rows"]) == figures["done"] == 2
    money = select(context, "report_money", period="2025")
    assert sum(r["money"].planned for r in money["rows"]) == money["totals"][0].planned == 23900
    late = select(context, "report_late", period="2025")
    assert not late or "T-1" not in {link.id for link in late["silent"]}


def test_nothing_leads_to_an_internal_measure(tmp_path: Path) -> None:
    """Parts, fields, places and successions of an internal measure stay internal."""
    root = write_entwined(
        tmp_path,
        measures=("I-2,Öffentlicher Teil,F-3,I-1,,,",),
        measure_fields=("I-1,F-1",),
        successions=("N-1,I-1", "I-1,S-2"),
        measure_places=("I-1,O-1",),
        budget=("I-1,2025,5,,,EUR,own",),
    )
    context = context_of(root)
    strategy = context.strategy
    assert strategy.measure_by_id["I-2"].parent is None
    assert "N-1" not in strategy.successors_of_measure
    for name in ("measure_fields", "successions", "measure_places", "budget", "measures"):
        rows = strategy.tables[name].records
        assert not any("I-1" in record for record in rows)
    assert select(context, "at_a_glance")["money"][0].planned == 25500
    assert "Leitstelle" not in shown(context, "place_index")
    assert select(context, "further_measures", field="F-1")["rows"]
    assert "Leitstelle" not in shown(context, "further_measures", field="F-1")


# -- further fields


def test_another_field_lists_a_measure_with_its_leading_one(context: Context) -> None:
    """The page of a further field names the measure, its status and „federführend: …“."""
    said = shown(context, "further_measures", field="F-1")
    assert "Radweg zur Schule" in said
    assert "federführend: Schule" in said
    assert "Suche" in said
    assert "Suche" in shown(context, "further_measures", field="F-3")
    assert select(context, "further_measures", field="F-2") is None


def test_a_measure_names_its_further_fields(context: Context) -> None:
    """Page, list and card name them; a measure in one field only says nothing."""
    assert {"Wege", "Wasser"} <= links(context, "measure_facts", measure="S-2")
    assert "Weitere Handlungsfelder" in shown(context, "measure_facts", measure="S-2")
    assert "Weiteres Handlungsfeld" in shown(context, "measure_facts", measure="T-3")
    assert "Weitere" not in shown(context, "measure_facts", measure="S-3")
    assert "auch: Wege, Wasser" in shown(context, "measures_table")
    assert dict(cards(context)["Suche"].facts)["also_in"] == "Wege und Wasser"


def test_the_filter_by_field_finds_it_too(context: Context) -> None:
    """The list of all measures can be narrowed to any of a measure's fields."""
    rows = {row["link"].id: row for row in select(context, "measures_overview")["rows"]}
    assert rows["S-2"]["fields"] == ["F-2", "F-1", "F-3"]
    page = render(environment(REPOSITORY), context, MACROS["measures_overview"])
    assert 'data-feld="F-2 F-1 F-3"' in page


def test_the_leading_field_is_no_further_one(tmp_path: Path) -> None:
    """A row that names the leading field, twice or with an unknown id, adds nothing."""
    rows = ("S-2,F-2", "S-2,F-1", "X-9,F-1", "S-2,F-9")
    strategy = context_of(write_entwined(tmp_path, measure_fields=rows)).strategy
    assert [f.id for f in strategy.further_fields_of_measure["S-2"]] == ["F-1", "F-3"]
    assert "F-2" not in strategy.further_measures_of_field


# -- parts


def test_a_measure_and_its_parts_name_each_other(context: Context) -> None:
    """The page of the whole lists the parts with their status; each part names the whole."""
    said = shown(context, "measure_parts", measure="T-1")
    assert "3 Teilmaßnahmen" in said
    for part in ("Radweg Nord", "Radweg zur Schule", "Radweg Süd"):
        assert part in said
    assert "abgeschlossen" in said
    assert select(context, "measure_parts", measure="T-2") is None
    assert "Radnetz" in links(context, "measure_facts", measure="T-2")
    assert dict(cards(context)["Brücke"].facts)["part_of"] == "T-4 Radweg Süd"


@pytest.mark.parametrize("chapters", [("measures",), ("fields", "measures")])
def test_the_whole_list_is_in_the_annex_where_no_field_has_its_own(
    context: Context, chapters: tuple[str, ...]
) -> None:
    """Where fields of action have pages, their tables tell all measures, and the list of all is
    for the screen alone."""
    with_chapters = replace(context, chapters=chapters)
    page = render(environment(REPOSITORY), with_chapters, MACROS["measures_overview"])
    (papers,) = html.fromstring(f"<div>{page}</div>").xpath(
        ".//*[@data-papers][.//table[contains(@class, 'measures')]]/@data-papers"
    )
    assert papers == ("" if "fields" in chapters else "annex")


def test_parts_stand_for_a_measure_without_report(context: Context) -> None:
    """Page, list, card and brief version tell the parts' status instead of „noch keine Meldung“.

    A part that has only parts itself is stood for by those.
    """
    words = "3\u00a0Teilmaßnahmen: 2 in Umsetzung, 1 abgeschlossen"
    plain = words.replace("\u00a0", " ")
    strategy = context.strategy
    assert context.badge_of(strategy.measure_by_id["T-1"]).label == words
    assert plain in shown(context, "measure_lead", measure="T-1")
    assert plain in shown(context, "measures_overview")
    assert cards(context)["Radnetz"].status.label == "in Teilmaßnahmen"
    assert dict(cards(context)["Radnetz"].facts)["parts"] == "2 in Umsetzung, 1 abgeschlossen"
    for name in ("measure_lead", "measure_facts", "status_timeline"):
        assert "noch keine" not in shown(context, name, measure="T-1")
    groups = select(context, "brief_measures")["groups"]
    rows = {row["link"].id: row for group in groups for row in group}
    assert rows["T-1"]["badge"].label == "in Teilmaßnahmen"


def test_counts_have_a_column_for_it(context: Context) -> None:
    """Sums name such measures apart from those on which nothing is known."""
    statuses = {s["badge"].label: s["count"] for s in select(context, "at_a_glance")["statuses"]}
    assert statuses["in Teilmaßnahmen"] == 2
    assert statuses["noch keine Meldung"] == 1


def test_an_own_report_comes_first(tmp_path: Path) -> None:
    """A measure that is reported on shows that report, parts or not."""
    rows = ("T-1,2026-02-01,2025,laeuft,40,Selbst gemeldet.",)
    context = context_of(write_entwined(tmp_path, status_reports=rows))
    assert context.badge_of(context.strategy.measure_by_id["T-1"]).label == "in Umsetzung"


def test_unreported_parts_are_told(tmp_path: Path) -> None:
    """Parts without any report are counted as such."""
    rows = ("N-2,Netz A,F-2,N-1,,,", "N-3,Netz B,F-2,N-1,,,")
    context = context_of(write_entwined(tmp_path, measures=rows))
    label = context.badge_of(context.strategy.measure_by_id["N-1"]).label
    assert label == "2\u00a0Teilmaßnahmen: 2 noch ohne Meldung"


def test_a_measure_whose_parts_are_all_done_is_not_overdue(tmp_path: Path) -> None:
    """Past its planned end it counts as done when its parts are, and as overdue until then."""
    rows = ("T-6,Ring,F-1,,2024-01-01,2025-12-31,", "T-7,Ring Ost,F-1,T-6,,,")
    done = ("T-7,2026-01-10,2025,fertig,100,Fertig.",)
    context = context_of(write_entwined(tmp_path / "a", measures=rows, status_reports=done))
    ring = context.strategy.measure_by_id["T-6"]
    assert derive.timeliness(context.strategy, ring, context.as_of) == "done"
    open_ = context_of(write_entwined(tmp_path / "b", measures=rows))
    assert derive.timeliness(open_.strategy, ring, open_.as_of) == "overdue"
    assert slips.wording(open_.strategy, ring, open_.as_of).startswith("überfällig seit")


def test_a_measure_whose_first_parts_are_done_goes_on(tmp_path: Path) -> None:
    """While its own plan runs, or if it is permanent, more parts may follow: it is not done."""
    rows = ("T-6,Ring,F-1,,2024-01-01,2027-12-31,", "T-7,Ring Ost,F-1,T-6,,,")
    done = ("T-7,2026-01-10,2025,fertig,100,Fertig.",)
    context = context_of(write_entwined(tmp_path, measures=rows, status_reports=done))
    ring = context.strategy.measure_by_id["T-6"]
    assert derive.timeliness(context.strategy, ring, context.as_of) == "on_time"


def test_parts_in_a_circle_do_no_harm(tmp_path: Path) -> None:
    """A circle of parts, an error of the check, neither hangs nor counts anything twice."""
    rows = ("K-1,Eins,F-1,K-2,,,", "K-2,Zwei,F-1,K-1,,,", "K-3,Selbst,F-1,K-3,,,")
    context = context_of(write_entwined(tmp_path, measures=rows))
    for measure in context.strategy.measures:
        assert context.badge_of(measure).label
    assert select(context, "at_a_glance")["measures"] == 15


def test_a_long_chain_of_parts_is_followed(tmp_path: Path) -> None:
    """A part of a part of a part, 2,000 times, is no trouble."""
    chain = [f"K-{n},Glied,F-1,{f'K-{n - 1}' if n else ''},,," for n in range(2000)]
    report = ("K-1999,2026-01-10,2025,laeuft,1,Es läuft.",)
    context = context_of(write_entwined(tmp_path, measures=chain, status_reports=report))
    label = context.badge_of(context.strategy.measure_by_id["K-0"]).label
    assert label == "1\u00a0Teilmaßnahme: 1 in Umsetzung"


# -- split and merged


def test_a_superseded_measure_leads_to_its_successors(context: Context) -> None:
    """Wherever it is listed, links lead on to what took it over."""
    both = {"Suche", "Telefon"}
    assert both <= links(context, "measure_lead", measure="S-1")
    assert both <= links(context, "measure_facts", measure="S-1")
    for name in ("measures_overview", "schedule", "stopped_measures"):
        assert "abgelöst durch s-2 suche und s-3 telefon" in shown(context, name).lower()
        assert both <= links(context, name)
    assert dict(cards(context)["Chatbot"].facts)["superseded_by"] == "S-2 Suche und S-3 Telefon"
    assert "Abgelöst durch S-2 Suche und S-3 Telefon" in shown(context, "place_index")
    assert "abgelöst durch Q-3 Pegel" in shown(context, "measures_table", field="F-3")
    assert "abgelöst durch S-2 Suche und S-3 Telefon" in shown(
        context, "report_stopped", period="2025"
    )


def test_successors_name_their_predecessors(context: Context) -> None:
    """A merged measure names all that went into it, a part of a split the one it came from."""
    assert {"Pegel Ost", "Pegel West"} <= links(context, "measure_facts", measure="Q-3")
    assert "Chatbot" in links(context, "measure_facts", measure="S-2")
    assert "Chatbot" in links(context, "measure_facts", measure="S-3")


def test_superseded_measures_are_neither_similar_nor_important(context: Context) -> None:
    """Nobody is sent to a superseded measure, nor is it among the most important ones."""
    similar = select(context, "similar_measures", measure="Q-3")
    assert not similar or not {"Q-1", "Q-2", "S-1"} & {r["link"].id for r in similar["rows"]}
    groups = select(context, "brief_measures")["groups"]
    chosen = {row["link"].id for group in groups for row in group}
    assert not {"Q-1", "Q-2", "S-1"} & chosen


def test_the_brief_leads_on_where_all_are_superseded(tmp_path: Path) -> None:
    """Where there is nothing but superseded measures, the brief version names their successors."""
    rows = [f"{m},I-1" for m in ("T-1", "T-2", "T-3", "T-4", "T-5", "S-2", "S-3", "Q-3")]
    rows += ["N-1,S-1"]
    context = context_of(write_entwined(tmp_path, successions=rows))
    assert "abgelöst durch" not in shown(context, "brief_measures")
    from_all = [f"{m.id},N-1" for m in context.strategy.measures if m.id != "N-1"]
    every = context_of(write_entwined(tmp_path / "b", successions=[*from_all, "N-1,S-1"]))
    assert "abgelöst durch N-1 Netz" in shown(every, "brief_measures")


# -- places


def test_a_measure_names_its_places(context: Context) -> None:
    """Its page names each place with those around it; its card names the place."""
    said = shown(context, "measure_facts", measure="T-5")
    assert "Orte Hafen (Süd, Stadt), Nord (Stadt)" in said
    assert "Ort Nord (Stadt)" in shown(context, "measure_facts", measure="T-2")
    assert "Ort" not in shown(context, "measure_facts", measure="N-1").split()
    assert dict(cards(context)["Brücke"].facts)["place"] == "Hafen, Nord"


def test_a_place_finds_what_lies_in_it(context: Context) -> None:
    """The filter „Ort“ finds measures of places below the chosen one; options show the tree."""
    found = select(context, "measures_overview")
    rows = {row["link"].id: set(row["places"]) for row in found["rows"]}
    assert {m for m, places in rows.items() if "O-1" in places} == {"T-2", "T-5", "S-1"}
    assert {m for m, places in rows.items() if "O-2" in places} == {"T-5", "S-1"}
    assert {m for m, places in rows.items() if "O-3" in places} == {"T-5"}
    options = next(f["options"] for f in found["filters"] if f["name"] == "ort")
    assert options == [("O-1", "Stadt"), ("O-4", "– Nord"), ("O-2", "– Süd"), ("O-3", "– – Hafen")]


def test_measures_are_listed_by_place(context: Context) -> None:
    """Each place names its measures; the rest, in the whole area, is counted."""
    found = select(context, "place_index")
    named = {p["name"]: {row["link"].id for row in p["rows"]} for p in found["rows"]}
    assert named == {"Stadt": set(), "Nord": {"T-2", "T-5"}, "Süd": {"S-1"}, "Hafen": {"T-5"}}
    assert found["everywhere"] == 9
    assert "liegt in: Süd (dort 1 Maßnahme), Stadt" in shown(context, "place_index")


def test_places_in_a_circle_do_no_harm(tmp_path: Path) -> None:
    """A circle of places, an error of the check, doesn't hang."""
    rows = ("O-8,Acht,O-9,", "O-9,Neun,O-8,")
    context = context_of(
        write_entwined(tmp_path, places=rows, measure_places=("N-1,O-8",)), dt.date(2026, 6, 30)
    )
    assert "Acht" in shown(context, "place_index")
    assert select(context, "measures_overview")["rows"]


def test_without_places_nothing_is_said(tmp_path: Path) -> None:
    """A strategy without places has neither the list nor the filter."""
    root = write_entwined(tmp_path)
    for name in ("places", "measure_places"):
        (root / "data" / f"{name}.csv").unlink()
    context = context_of(root)
    assert select(context, "place_index") is None
    assert "ort" not in {f["name"] for f in select(context, "measures_overview")["filters"]}
