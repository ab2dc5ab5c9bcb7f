"""The brief version: a brochure of four or eight pages, however long the strategy is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarplan.strategy import derive
from klarplan.strategy.load import load
from klarplan.strategy.model import Strategy
from klarplan.strategy.public import public
from klarplan.strategy.schema import read_descriptor
from klarplan.words.room import cut, room
from macros.brief import GOALS, chosen
from macros.excerpt import READ, SIGNS, WORDS, first_sentence, opening, sentences, split
from macros.registry import MACROS, Context
from macros.render import environment, render
from tests.support.brief import DAY, LONG, brief_page, brief_paper, extreme, minimal, tables
from tests.support.fuzz import examples
from tests.support.pdf_rules import failures, heads_without_scope
from tests.support.print_reading import page_texts, plain, read
from tests.support.project import REPOSITORY, BuiltSample
from tests.support.some import first_of
from tests.support.synthetic import write_strategy

NASTY = '<script>alert("1")</script> #let x | {{ 7*7 }} $y$ `z` '


def context_of(root: Path) -> Context:
    """What macros are given for the strategy below ``root``."""
    loaded = public(load(root))
    return Context(strategy=loaded.strategy, descriptor=loaded.descriptor, as_of=DAY)


@pytest.mark.parametrize(
    ("chapters", "papers", "data", "said"),
    [
        ((), False, False, None),
        ((), True, False, ["Die ganze Strategie"]),
        (("measures",), False, True, ["Alle Maßnahmen", "Offene Daten"]),
    ],
)
def test_where_more_stands_names_what_there_is(
    chapters: tuple[str, ...], papers: bool, data: bool, said: list[str] | None
) -> None:
    """A chapter, paper or page that there is not is not named; without any, nothing is."""
    context = replace(context_of(REPOSITORY), chapters=chapters, papers=papers)
    found = MACROS["brief_more"].select(context, data=data)
    assert (found and [row["title"] for row in found["rows"]]) == said


def test_the_brief_version_dials() -> None:
    """Its number can be dialled where it is shown."""
    context = context_of(REPOSITORY)
    shown = render(environment(REPOSITORY), context, MACROS["brief_contact"])
    assert '<a href="tel:+499999123450">' in shown


def test_the_sample_folds(sample: BuiltSample) -> None:
    """The brochure of the sample has eight pages, is valid and ends with the contact."""
    file = sample.site / "kurzfassung.pdf"
    texts = page_texts(file)
    assert len(texts) == 8
    assert "Stabsstelle Digitalisierung" in texts[-1]
    assert "Seite" not in texts[-1]
    assert "Kurzfassung" in texts[0]
    assert "Notizen" not in "".join(texts)
    assert failures(file) == []
    assert heads_without_scope(file) == []


def test_the_smallest_strategy_folds(tmp_path: Path) -> None:
    """One measure and no text make a valid brochure of four pages."""
    made, file = brief_paper(minimal(tmp_path))
    assert made.pages == 4
    assert failures(file) == []
    assert "WLAN" in read(file).text


@pytest.mark.builds
@pytest.mark.parametrize("measures", first_of([3, 1000, 1, 7], 2))
def test_any_number_of_measures_folds(tmp_path: Path, measures: int) -> None:
    """From one measure to 1,000, the brochure has four or eight pages and is valid."""
    write_strategy(tmp_path, measures)
    made, file = brief_paper(tmp_path)
    assert made.pages in (4, 8)
    assert made.warnings == ()
    assert failures(file) == []


@pytest.mark.builds
@pytest.mark.parametrize(
    "letters", first_of([NASTY, "W", "Ein Wort mit Umlauten wie Übung ", LONG, "漢"])
)
def test_extreme_texts_fold(tmp_path: Path, letters: str) -> None:
    """1,000 measures, 200 goals, long titles and 5,000 words of vision stay within eight pages."""
    made, file = brief_paper(extreme(tmp_path, letters))
    assert made.pages == 8
    assert failures(file) == []


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    """Where goals, measures or fields are cut, the page counts the others and links to them."""
    write_strategy(tmp_path, 1000)
    text = " ".join(brief_page(tmp_path).text_content().split()).replace("\u00a0", " ")
    assert "Und 32 weitere Ziele: siehe alle Ziele auf der Website" in text
    assert "Und 988 weitere Maßnahmen: siehe alle Maßnahmen auf der Website" in text
    assert "Und 2 weitere Handlungsfelder" in text
    assert "weitere" not in brief_page(minimal(tmp_path / "klein")).text_content()


def test_links_print_no_notes(sample: BuiltSample) -> None:
    """No link of the brochure makes a footnote; addresses stand in the text."""
    pdf = read(sample.site / "kurzfassung.pdf")
    assert list(pdf.find("Note")) == []
    assert "strategie.musterstadt.example/massnahmen" in plain(pdf.text)


def test_cards_are_headings_of_their_own(sample: BuiltSample) -> None:
    """Each goal and measure that the brochure shows is a heading, the latter with its number."""
    titles = [heading.text for heading in read(sample.site / "kurzfassung.pdf").find("H3")]
    shown = chosen(context_of(REPOSITORY))
    assert {f"{measure.number} {measure.title}" for measure in shown} <= set(titles)


def test_the_sample_shows_the_most_important_measures() -> None:
    """Every field of the sample gives two measures, none stopped, its most important among them."""
    context = context_of(REPOSITORY)
    found = chosen(context)
    strategy = context.strategy
    assert set(Counter(m.field for m in found).values()) == {2}
    for field in strategy.fields_of_action:
        members = [m for m in strategy.measures_of_field[field.id] if going(strategy, m.id)]
        best = max((m.priority or 0, m.impact or 0) for m in members)
        assert best in {(m.priority or 0, m.impact or 0) for m in found if m.field == field.id}


MEASURE = st.tuples(
    st.integers(0, 15),
    st.sampled_from(("", "1", "3", "5")),
    st.sampled_from(("", "2", "4")),
    st.sampled_from(("", "running", "done", "stopped")),
    st.booleans(),
    st.integers(0, 3),
)


@examples(40)
@given(st.lists(MEASURE, min_size=1, max_size=40))
def test_the_choice_of_measures(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[int, str, str, str, bool, int]]
) -> None:
    """At most twelve, without money six, none stopped or superseded if there are others.

    Fields take turns.
    """
    root = tmp_path_factory.mktemp("wahl")
    ids = [f"M-{n}" for n in range(len(drawn))]
    reports = [(i, row[3]) for i, row in zip(ids, drawn, strict=True) if row[3]]
    planned = [
        {"measure": i, "year": 2026, "planned": row[5]} for i, row in zip(ids, drawn, strict=True)
    ]
    money = {"budget": planned} if drawn[0][5] % 2 else {}
    tables(
        root,
        {
            "fields_of_action": [{"id": f"F-{n}", "title": f"Feld {n}"} for n in range(16)],
            "statuses": [
                {"id": s, "label": s, "meaning": s, "category": c}
                for s, c in (("running", "active"), ("done", "done"), ("stopped", "stopped"))
            ],
            "measures": [
                {
                    "id": i,
                    "title": i,
                    "field": f"F-{row[0]}",
                    "priority": row[1],
                    "impact": row[2],
                }
                for i, row in zip(ids, drawn, strict=True)
            ],
            "successions": [
                {"from": i, "to": ids[0]} for i, row in zip(ids, drawn, strict=True) if row[4]
            ],
            "status_reports": [
                {"measure": i, "date": "2026-01-31", "status": s} for i, s in reports
            ]
            or [{"measure": ids[0], "date": "2026-01-31", "status": "running"}],
            **money,
        },
    )
    context = context_of(root)
    strategy = context.strategy
    found = chosen(context)
    good = [m for m in strategy.measures if going(strategy, m.id)]
    pool = good or list(strategy.measures)
    assert len(found) == min(12 if strategy.budget else 6, len(pool))
    assert len({m.id for m in found}) == len(found)
    assert set(found) <= set(pool)
    fields = Counter(m.field for m in pool)
    shares = Counter(m.field for m in found)
    for field, share in shares.items():
        for other, size in fields.items():
            assert shares[other] >= min(size, share - 1), f"{field} has more turns than {other}"
    for m in pool:
        better = [f for f in found if f.field == m.field]
        if m not in found:
            assert all((f.priority or 0) >= (m.priority or 0) for f in better)


def going(strategy: Strategy, measure: str) -> bool:
    """Whether a measure is neither superseded nor stopped."""
    row = strategy.measure_by_id[measure]
    superseded = measure in strategy.successors_of_measure
    return not superseded and derive.category(strategy, row, DAY) != "stopped"


def test_goals_come_by_their_level(tmp_path: Path) -> None:
    """Guiding goals stand before strategic ones, and no more than eight are shown."""
    levels = ["operational"] * 6 + ["strategic"] * 6 + ["guiding"] * 2
    minimal(tmp_path)
    tables(
        tmp_path,
        {
            "goals": [
                {"id": f"Z-{n}", "title": f"Ziel {n}", "level": level}
                for n, level in enumerate(levels)
            ]
        },
    )
    tiles = brief_page(tmp_path).xpath("//h2[starts-with(., 'Was wir erreichen')]/following::h3")
    assert [tile.text_content() for tile in tiles[:GOALS]] == [
        f"Z-{n} Ziel {n}" for n in (12, 13, 6, 7, 8, 9, 10, 11)
    ]
    assert tiles[GOALS].text_content() == "M-1 WLAN"


def test_the_vision_opens_the_brief_version(sample: BuiltSample) -> None:
    """The first paragraphs of the vision stand on the page, those below its headings do not."""
    text = (sample.site / "kurzfassung/index.html").read_text("utf-8")
    assert "Stellen Sie sich einen Dienstagabend vor" in text
    assert "Zwei Leitziele stehen über allem" not in text


def test_an_opening_keeps_whole_paragraphs() -> None:
    """Paragraphs are kept whole up to 120 words; lists, boxes and calls of macros are passed."""
    words = "Wort " * 50
    text = f"# Vision\n\n- Punkt\n\n{words}\n\n{{{{ budget() }}}}\n\nZwei [Verweise](a.md).[^1]\n\n"
    text += f"{words}\n\n{words}\n\n## Mehr\n\nEnde\n\n[^1]: Fußnote"
    assert opening(text) == (words.strip(), "Zwei Verweise.", words.strip())
    assert opening("Kurz.\n\n## Mehr\n\nNicht mehr.") == ("Kurz.",)
    assert opening("") == ()


def test_a_long_paragraph_ends_behind_a_sentence() -> None:
    """A first paragraph of too many words is cut behind a sentence, not behind „z. B.“."""
    sentence = "Wir bauen z. B. am 1. Mai für Sie um."
    (kept,) = opening(f"{sentence} " * 100)
    assert len(kept.split()) <= WORDS
    assert kept.endswith(sentence)
    assert first_sentence(f"{sentence} Und mehr.", 100) == sentence


def test_no_sentence_is_cut() -> None:
    """Whole sentences as far as they fit; nothing where the first is too long."""
    text = "Wir bauen um. Das dauert lange. Danach ist „alles“ neu!"
    assert sentences(text, 40) == "Wir bauen um. Das dauert lange."
    assert sentences(text, 400) == text
    assert sentences(text, 5) == ""
    assert first_sentence("Ein Satz ohne Ende " * 30, 100) == ""
    assert sentences("", 10) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Satz, der z. B. am 30. Juni und u. a. in St. Ilgen gilt.",
        "Vgl. Nr. 5 und Abs. 2 Satz 1 gem. § 58 bzw. Art. 3 BGB.",
        "Das kostet ca. 3 Mio. Euro, sagt Dr. Öz, mind. 2 im Jahr.",
        "See No. 5 and approx. 3 of Mr. Hall.",
    ],
)
def test_abbreviations_end_no_sentence(text: str) -> None:
    """A point behind them is none of a sentence; the words that look alike end one."""
    assert split(f"{text} Dann mehr.") == [text, "Dann mehr."]
    assert len(split("Neu in der Art. Der Rat sagt no. Und Str. 5.")) == 3


def test_cards_are_shared_out_evenly(tmp_path: Path) -> None:
    """No page has a card or two left over: twelve are twice six, nine are six and three."""
    write_strategy(tmp_path, 40)
    context = context_of(tmp_path)
    groups = MACROS["brief_measures"].select(context)["groups"]
    assert [len(group) for group in groups] == [6, 6]


def test_cards_lead_to_their_measures(tmp_path: Path) -> None:
    """In print each has the code of its page; without an address of the site it has none."""
    write_strategy(tmp_path, 3)
    (foot, *_) = brief_page(tmp_path).find_class("tile__foot")
    assert foot.get("data-qr") is None
    (tmp_path / "strategy").mkdir(exist_ok=True)
    (tmp_path / "strategy/strategy.yml").write_text(
        'site_url: "https://plan.example/a/"\n', "utf-8"
    )
    feet = [f for f in brief_page(tmp_path).find_class("tile__foot") if f.get("data-qr")]
    assert {f.get("data-qr") for f in feet} == {
        f"https://plan.example/a/massnahmen/m-000{n}/" for n in (1, 2, 3)
    }


@given(st.text(max_size=400), st.integers(10, 120))
def test_cut_texts_fit(text: str, most: int) -> None:
    """A cut text never takes more room than it may, and begins as the text does."""
    line = " ".join(text.split())
    kept = cut(text, most)
    assert room(kept) <= most + 2
    assert kept == line or line.startswith(kept.removesuffix("…").rstrip("\u00a0"))


def test_a_text_is_cut_behind_a_whole_word() -> None:
    """No mark or bracket is left open at the end; an endless word is cut anywhere."""
    assert cut("eins acht (drei vier fünf)", 16) == "eins acht\u00a0…"
    assert cut("eins\n acht", 9) == "eins acht"
    assert len(cut("x" * 90, 20)) <= 22


@examples(20)
@given(st.text(max_size=3000))
def test_any_opening_is_short(text: str) -> None:
    """Whatever the text of the vision is, its opening is no longer than allowed."""
    kept = opening(text)
    assert sum(len(paragraph.split()) for paragraph in kept) <= WORDS + 1
    assert sum(map(room, kept)) <= SIGNS + 2
    assert len(text) <= READ


def test_the_descriptor_knows_the_levels() -> None:
    """The levels by which goals are ordered are those of the table."""
    levels = read_descriptor(REPOSITORY).tables["goals"].columns["level"]
    assert all(levels.label(level) != level for level in ("guiding", "strategic", "operational"))


def test_the_day_is_told(sample: BuiltSample) -> None:
    """Cover and every inner page name the day that all figures are for."""
    day = "Stand: 21. November 2026".replace(". N", ".\u00a0N")
    assert dt.date(2026, 11, 21) == DAY
    for text in page_texts(sample.site / "kurzfassung.pdf"):
        assert plain(day) in plain(text)
