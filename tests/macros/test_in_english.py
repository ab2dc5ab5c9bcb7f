"""What macros say in English, and what they leave out where there is nothing to tell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

import pytest
from lxml import html

from klarplan.strategy.load import load, strategy_from
from klarplan.strategy.periods import periods
from klarplan.words.catalogue import Words, catalogue
from macros.registry import MACROS, Context
from macros.render import environment, render
from tests.support.project import REPOSITORY

AS_OF = dt.date(2026, 11, 21)
LOADED = load(REPOSITORY)
ENGLISH = Words("en", name="Stadt Musterstadt")
READ = LOADED.strategy
STRATEGY = strategy_from(READ.settings, READ.tables, LOADED.descriptor, ENGLISH)
CONTEXT = Context(
    strategy=STRATEGY,
    descriptor=LOADED.descriptor,
    as_of=AS_OF,
    chapters=tuple(READ.settings.chapters),
)
ENVIRONMENT = environment(REPOSITORY, ENGLISH, preview=True)
CALLS: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(
        [
            *("report_figures", "report_status", "report_achieved", "report_late"),
            *("report_stopped", "report_lessons", "report_money", "report_decisions"),
            *("report_next", "report_proposal"),
        ],
        (periods(STRATEGY, AS_OF)[0].label,),
    ),
    **dict.fromkeys(
        [
            *("reports", "documents", "budget", "budget_drawn", "staff_by_year", "swot"),
            *("maturity", "risks", "bodies", "organisations", "decisions", "downloads"),
            *("field_cards", "at_a_glance", "imprint", "privacy_server", "privacy_contacts"),
            *("accessibility_state", "accessibility_feedback", "enforcement_body"),
            *("main_links", "chapters", "pdf_link"),
        ],
        (),
    ),
    "field_summary": (STRATEGY.fields_of_action[0].id,),
    "decision_facts": (STRATEGY.decisions[0].id,),
    "paper_link": ("measures", STRATEGY.measures[0].id),
}
CELLS = sorted(
    {
        " ".join(cell.split())
        for cell in (
            *(c for table in READ.tables.values() for record in table.records for c in record),
            *(str(getattr(READ.settings, f.name)) for f in fields(READ.settings)),
            *(str(getattr(p, f.name)) for p in READ.settings.proposals for f in fields(p)),
        )
    },
    key=len,
    reverse=True,
)
TEXTS = "\n".join(CELLS)
WORD = re.compile(r"[^\W\d_]{3,}")


def words_of(texts: Iterable[object]) -> set[str]:
    """The words of three letters and more, in small letters."""
    return set(WORD.findall(" ".join(map(str, texts)).lower()))


GERMAN = words_of(catalogue("de").values()) - words_of(catalogue("en").values())


def told(name: str, *args: Any, context: Context = CONTEXT) -> list[str]:
    """Each text that a macro shows or has read out."""
    markup = render(ENVIRONMENT, context, MACROS[name], *args)
    shown = html.fragment_fromstring(f"<div>{markup}</div>").xpath("//text() | //@aria-label")
    return [" ".join(str(text).split()) for text in shown]


def klarplans(text: str) -> str:
    """What of a text is not the municipality's own: without its cells, names, titles, addresses."""
    if text in CELLS or (len(text) > 40 and text.rstrip(" …") in TEXTS):
        return ""
    for cell in CELLS:
        if len(cell) > 8:
            text = text.replace(cell, "")
    return re.sub(r"\S+\.example\S*", "", text)


@pytest.mark.parametrize("name", CALLS)
def test_a_macro_speaks_english_as_a_whole(name: str) -> None:
    """Beside what the municipality wrote itself, no word is German."""
    texts = told(name, *CALLS[name])
    assert any(texts)
    assert sorted(words_of(map(klarplans, texts)) & GERMAN) == []


def test_a_strategy_of_prose_counts_nothing() -> None:
    """Without rows there is no figure of nought, and no button that leads to an empty list."""
    tables = {name: table.only([False] * len(table.records)) for name, table in READ.tables.items()}
    bare = strategy_from(READ.settings, tables, LOADED.descriptor, ENGLISH)
    context = replace(CONTEXT, strategy=bare)
    assert told("at_a_glance", context=context) == told("main_links", context=context) == []


def test_a_field_of_action_counts_what_it_has() -> None:
    """A field without measures is not told to have none."""
    tables = {
        name: table.only([name == "fields_of_action"] * len(table.records))
        for name, table in READ.tables.items()
    }
    bare = strategy_from(READ.settings, tables, LOADED.descriptor, ENGLISH)
    context = replace(CONTEXT, strategy=bare)
    assert not [text for text in told("field_cards", context=context) if "0" in text]
    summary = told("field_summary", bare.fields_of_action[0].id, context=context)
    assert "Measures" not in summary


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("full", "This website is fully compliant with the requirements."),
        ("partial", "This website is partially compliant with the requirements."),
        ("none", "This website is not compliant with the requirements."),
        ("", "Whether this website meets all requirements has not been assessed yet."),
    ],
)
def test_the_accessibility_statement_keeps_to_the_terms_of_the_law(
    state: str, sentence: str
) -> None:
    """Conformity in the words of Implementing Decision (EU) 2018/1523; Länder by their English
    name."""
    settings = replace(READ.settings, accessibility_state=state, key="09162000")
    context = replace(CONTEXT, strategy=replace(STRATEGY, settings=settings))
    texts = told("accessibility_state", context=context)
    assert sentence in texts
    assert any("federal state of Bavaria" in text for text in texts)
