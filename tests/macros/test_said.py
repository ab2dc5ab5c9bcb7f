"""What macros say follows the language and the kind of municipality of the settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from klarplan.own_files import PACKAGE
from klarplan.strategy.load import load
from macros.indicators import sentence
from macros.registry import MACROS, Context
from macros.render import environment, render
from tests.support.klein import DAY, append, copied
from tests.support.klein import replace as put


def context(root: Path, **settings: str) -> Context:
    """What macros are given for the small strategy with further settings."""
    lines = "".join(f"{name}: {value}\n" for name, value in settings.items())
    append(root, "strategy/strategy.yml", lines)
    loaded = load(root)
    return Context(strategy=loaded.strategy, descriptor=loaded.descriptor, as_of=DAY)


def said(ctx: Context, macro: str, *arguments: object) -> str:
    """The text of a macro, spaces as one."""
    markup = render(environment(PACKAGE.parent, ctx.words), ctx, MACROS[macro], *arguments)
    return " ".join(html.fromstring(f"<div>{markup}</div>").text_content().split())


def test_an_indicator_stands_in_the_language_that_is_spoken(tmp_path: Path) -> None:
    """Target, latest value, judgement and the path are one sentence, with the language's marks."""
    ctx = context(copied(tmp_path), lang="en")
    told = {sentence(ctx, row).replace("\u00a0", " ") for row in ctx.strategy.indicators}
    assert told == {
        "Target 12 Anträge by end of 2027, latest value 8 Anträge (end of 2025): on track.",
        "Target 8.0% by end of 2027, latest value 11.5% (end of 2025): cannot be "
        "judged yet; no baseline is given.",
    }


@pytest.mark.parametrize(
    ("kind", "office", "company"),
    [
        ("Stadt", "Verwaltung der Stadt", "Unternehmen der Stadt"),
        ("Land", "Verwaltung des Landes", "Unternehmen des Landes"),
        ("Kreis", "Verwaltung des Kreises", "Unternehmen des Kreises"),
    ],
)
def test_organisations_stand_below_the_kind_of_their_municipality(
    tmp_path: Path, kind: str, office: str, company: str
) -> None:
    """Headings of one's own offices and companies fit a town, a state and a district."""
    told = said(context(copied(tmp_path), kind=kind), "organisation_index")
    assert office in told
    assert company in told


@pytest.mark.parametrize(
    ("dates", "period"),
    [
        ("project,5,2024-01-01,2027-06-30", "1. Februar 2024 bis Juni 2027"),
        ("permanent,5,2024-01-01,", "ab 1. Februar 2024 auf Dauer"),
        ("project,5,2024-01-01,", "ab 1. Februar 2024"),
    ],
)
def test_the_timetable_tells_when_a_measure_runs(tmp_path: Path, dates: str, period: str) -> None:
    """Begin and end, or the begin alone; what has no end is for good, and never „until“ that."""
    root = copied(tmp_path)
    put(root, "data/measures.csv", "project,5,2024-01-01,2027-06-30", dates)
    told = said(context(root), "schedule").partition("Formulare")[2][:90]
    assert period in told
    assert "bis auf Dauer" not in told


def test_a_strategy_without_measures_counts_none(tmp_path: Path) -> None:
    """Goals tell how many measures serve them only where there are measures."""
    root = copied(tmp_path)
    assert "1 Maßnahme" in said(context(root), "goals_list")
    for table in ("measures", "measure_goals"):
        (root / f"data/{table}.csv").unlink()
    assert "Maßnahme" not in said(context(root), "goals_list")
