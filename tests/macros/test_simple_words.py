"""„In einfachen Worten“: short sentences with figures, right for every strategy."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from klarplan.strategy.model import BudgetItem
from klarplan.strategy.settings import MenuItem
from klarplan.words.catalogue import Words
from klarplan.words.municipality import kind_of
from klarplan.words.sentences import sentence
from macros.registry import MACROS, Context, MacroError
from macros.render import environment, render
from tests.support.entwined import context_of
from tests.support.klein import KLEIN
from tests.support.project import REPOSITORY

TODAY = dt.date(2026, 11, 26)
SMALL = context_of(KLEIN, TODAY)
NAMES = (
    *("Stadt Mainz", "Gemeinde Auental", "Markt Oberwald", "Landkreis Harz", "Land Nordmark"),
    *("Region Nordsee", "Zweckverband Süd", "Freistaat Musterland", "Kurtal"),
)
MOST_WORDS = 12
ABBREVIATION = re.compile(r"\b[A-Za-zÄÖÜäöü]{1,4}\.(?!$)|[%€&/()]|\b[A-ZÄÖÜ]{2,}\b")
SUBJUNCTIVE = re.compile(
    r"\b(würden?|könnten?|wären?|hätten?|müssten?|dürften?|would|could|might|should)\b"
)
STATUSES = {"laeuft": "active", "spaeter": "delayed", "ruht": "paused", "weg": "stopped"}


def sentences(context: Context) -> list[str]:
    """What is said, without the note at the beginning; nothing where nothing is."""
    found: Any = MACROS["in_simple_words"].select(context)
    return [] if found is None else [s.replace("\u00a0", " ") for p in found["parts"] for s in p]


def of(name: str = "Stadt Mainz", lang: str = "de", **tables: Any) -> Context:
    """The small strategy of another municipality, in another language, with other rows."""
    words = Words(lang, name=name, kind=kind_of(name))
    return replace(SMALL, strategy=replace(SMALL.strategy, words=words, **tables))


EMPTY: dict[str, Any] = dict.fromkeys(("measures", "goals", "indicators", "budget"), ())
MONEY = BudgetItem(measure="A-1", year=2026)
FIRST = SMALL.strategy.measures[0]
VARIANTS: dict[str, dict[str, Any]] = {
    "all": {},
    "one measure": {"measures": (FIRST,)},
    "goals only": {**EMPTY, "goals": SMALL.strategy.goals[:1]},
    "no reports": {"status_reports": ()},
    "much money": {"budget": (replace(MONEY, approved=Decimal(123_456_789), spent=Decimal(1)),)},
    "other money": {"budget": (replace(MONEY, planned=Decimal(2_000_000), currency="CHF"),)},
}


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_sentences_are_simple(variant: str, name: str, lang: str) -> None:
    """Each has at most twelve words and one thought: no comma, abbreviation or subjunctive."""
    found = sentences(of(name, lang, **VARIANTS[variant]))
    assert len(found) > 2
    for said in found:
        assert len(said.split()) <= MOST_WORDS, said
        assert re.fullmatch(r"[A-ZÄÖÜ\d][^,;:–!?{}]*\.|\D*\d[\d.,]* [^,;:]*\.", said), said
        assert not ABBREVIATION.search(said), said
        assert not SUBJUNCTIVE.search(said), said


@pytest.mark.parametrize(
    ("name", "lang", "expected"),
    [
        ("Stadt Mainz", "de", "Die Stadt hat einen Plan."),
        ("Landkreis Harz", "de", "Der Kreis hat einen Plan."),
        ("Land Nordmark", "de", "Das Land hat einen Plan."),
        ("Kurtal", "de", "Die Kommune hat einen Plan."),
        ("Landkreis Harz", "en", "The district has a plan."),
    ],
)
def test_the_municipality_is_named_by_its_kind(name: str, lang: str, expected: str) -> None:
    """The first sentence names who has the plan, with the right article."""
    assert sentences(of(name, lang))[0] == expected


def test_every_measure_is_counted_once() -> None:
    """The numbers of what is done, worked on, not begun and so on add up to all measures."""
    for context in (SMALL, context_of(REPOSITORY, TODAY)):
        found = sentences(context)
        start = found.index("Eine Maßnahme ist eine Aufgabe.")
        total = int(re.search(r"\d+", found[start - 1]).group())  # type: ignore[union-attr]
        states = [s for s in found[start + 1 :] if "Maßnahme" in s and "verspätet" not in s]
        assert len(states) > 3
        assert sum(int(re.search(r"\d+", s).group()) for s in states) == total  # type: ignore[union-attr]


def test_one_and_many_are_told_apart() -> None:
    """A single measure takes the singular throughout."""
    found = sentences(of(measures=(FIRST,)))
    assert "In dem Plan steht 1 Maßnahme." in found
    assert "Die Stadt arbeitet an 1 Maßnahme." in found
    assert not any("Maßnahmen" in said for said in found)


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("open", "1 Maßnahme hat noch nicht begonnen."),
        ("delayed", "Die Stadt arbeitet an 1 Maßnahme."),
        ("paused", "1 Maßnahme macht Pause."),
        ("done", "1 Maßnahme ist fertig."),
        ("stopped", "1 Maßnahme ist abgebrochen."),
        ("unknown", "Bei 1 Maßnahme ist der Stand nicht klar."),
        ("", "Bei 1 Maßnahme ist der Stand nicht klar."),
    ],
)
def test_each_status_has_its_sentence(category: str, expected: str) -> None:
    """A status of whatever label is told by its category."""
    statuses = tuple(replace(s, category=category) for s in SMALL.strategy.statuses)
    assert expected in sentences(of(measures=(FIRST,), statuses=statuses))


def test_without_a_report_nothing_is_guessed() -> None:
    """A measure that nobody reported on is told as such, and so is what can't be late."""
    days = ("planned_start", "planned_end", "actual_start", "actual_end")
    plain = replace(FIRST, **dict.fromkeys(days))
    found = sentences(of(measures=(plain,), status_reports=(), successions=()))
    assert "Zu 1 Maßnahme gibt es noch keine Nachricht." in found
    assert not any("verspätet" in said for said in found)


def test_late_and_not_late() -> None:
    """What is late is counted and explained; if nothing is, that is said."""
    far = replace(FIRST, planned_end=dt.date(2030, 1, 1))
    assert "Von einer Verspätung ist nichts gemeldet." in sentences(of(measures=(far,)))
    gone = replace(FIRST, planned_end=dt.date(2025, 1, 1))
    found = sentences(of(measures=(gone,)))
    assert (
        found[found.index("1 Maßnahme ist verspätet.") + 1] == "Sie braucht mehr Zeit als geplant."
    )


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (
            ("0", "41000000", "27000000"),
            ["Für den Plan gibt es 41 Millionen Euro.", "27 Millionen"],
        ),
        (("5", "1000000", "999999"), ["gibt es 1 Million Euro.", "rund 1 Million Euro ausgegeben"]),
        (("5", "1549999", "0"), ["rund 1,5 Millionen Euro.", "Stadt nichts ausgegeben."]),
        (("9150", "", ""), ["Für 2026 sind 9.150 Euro geplant."]),
        (("", "", "291000.5"), ["Bis jetzt hat die Stadt rund 291.000 Euro ausgegeben."]),
        (("", "100", "250"), ["Für den Plan gibt es 100 Euro.", "Stadt 250 Euro ausgegeben."]),
        (("0", "0", "0"), []),
        (("", "", ""), []),
    ],
)
def test_money_is_told_in_words(amounts: tuple[str, str, str], expected: list[str]) -> None:
    """Approved money first, else what is planned, then what was spent; round sums are told so."""
    planned, approved, spent = (Decimal(a) if a else None for a in amounts)
    item = replace(MONEY, planned=planned, approved=approved, spent=spent)
    found = [s for s in sentences(of(budget=(item,))) if "Euro" in s or "ausgegeben" in s]
    assert len(found) == len(expected), found
    assert all(part in said for part, said in zip(expected, found, strict=True)), found


def test_money_of_another_country_is_named() -> None:
    """A currency is told by its name, not by its code."""
    item = replace(MONEY, approved=Decimal(3_000_000), currency="CHF")
    assert "Für den Plan gibt es 3 Millionen Schweizer Franken." in sentences(of(budget=(item,)))
    english = sentences(of(lang="en", budget=(item,)))
    assert "There is 3 million Swiss francs for the plan." in english


def test_prose_alone_makes_no_sentences() -> None:
    """Without measures, goals, figures and money nothing is said, and no heading stands alone."""
    context = of(**EMPTY)
    assert MACROS["in_simple_words"].select(context) is None
    assert render(environment(REPOSITORY), context, MACROS["in_simple_words"]).strip() == ""


def test_the_program_says_that_it_speaks() -> None:
    """Readers are told who makes the sentences; they are never called Leichte Sprache."""
    markup = render(environment(REPOSITORY), SMALL, MACROS["in_simple_words"])
    assert "Diese Sätze macht ein Programm aus den Zahlen." in markup
    assert "Leichte" not in markup


def explained(context: Context) -> dict[str, str]:
    """The words of the menu with what is said of them."""
    found: Any = MACROS["menu_explained"].select(context)
    return dict(found["rows"])


def test_menu_is_explained_as_it_is() -> None:
    """What a strategy has no chapter for is left out; entries of one's own stand in their place."""
    whole = replace(SMALL, chapters=("goals", "implementation", "participation"))
    assert list(explained(whole)) == [
        *("Start", "Strategie", "Umsetzung", "Beteiligung", "Dokumente", "Über"),
    ]
    assert explained(whole)["Umsetzung"] == "Hier steht, wie weit wir sind."
    assert list(explained(replace(SMALL, chapters=("vision",)))) == [
        *("Start", "Strategie", "Dokumente", "Über"),
    ]
    own = (MenuItem(title="Presse", file="docs/presse.md"), MenuItem(title="Über"))
    settings = replace(SMALL.strategy.settings, menu=own)
    mine = replace(SMALL, strategy=replace(SMALL.strategy, settings=settings), chapters=())
    assert list(explained(mine)) == ["Start", "Presse", "Dokumente", "Über"]


def test_words_of_the_menu_are_those_of_the_fork() -> None:
    """A word that a fork calls otherwise is named as it does, in a sentence and in the list."""
    own = {"menu.progress": sentence("Fortschritt"), "site.menu": sentence("Inhalt")}
    words = Words("de", own=own)
    context = replace(SMALL, strategy=replace(SMALL.strategy, words=words), chapters=("reports",))
    said = {name: MACROS["menu_word"].select(context, name) for name in ("progress", "menu")}
    assert said == {"progress": {"word": "Fortschritt"}, "menu": {"word": "Inhalt"}}
    assert "Fortschritt" in explained(replace(context, chapters=("implementation",)))


@pytest.mark.parametrize("name", ["umsetzung", "Menü", ""])
def test_unknown_words_of_the_menu_are_refused(name: str) -> None:
    """Whoever asks for a word that is not there reads which there are."""
    with pytest.raises(MacroError) as caught:
        MACROS["menu_word"].select(SMALL, name)
    assert f"„{name}“" in caught.value.problem.de


@pytest.mark.parametrize(
    ("tables", "missing"),
    [
        ({}, ()),
        ({"budget": ()}, ("So viel Geld kostet das.",)),
        ({"status_reports": ()}, ("So weit sind wir schon.",)),
        (
            {**EMPTY, "status_reports": ()},
            ("Das machen wir dafür.", "So viel Geld kostet das.", "So weit sind wir schon."),
        ),
    ],
)
def test_what_is_not_in_the_plan_is_not_promised(
    tables: dict[str, Any], missing: tuple[str, ...]
) -> None:
    """The page in Leichte Sprache names goals, measures, money and reports where there are any."""
    found: Any = MACROS["plan_explained"].select(of(**tables))
    every = {
        "Das wollen wir erreichen.",
        *("Das machen wir dafür.", "So viel Geld kostet das.", "So weit sind wir schon."),
    }
    assert every - set(found["rows"]) == set(missing)
