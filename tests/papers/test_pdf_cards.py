"""Cards of measures: complete, valid, four on a page, and never a text outside of its card."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from klarplan.papers.card_texts import cards_of
from klarplan.papers.make import Made, Order, make_paper
from klarplan.strategy.csv_writer import write_table
from klarplan.strategy.load import load
from klarplan.strategy.paper_list import CARDS, papers
from klarplan.strategy.public import public
from macros.registry import Context
from tests.support.pdf_rules import failures
from tests.support.print_reading import Run, Tag, page_texts, plain, read, runs
from tests.support.project import BuiltSample, copy_of_sample
from tests.support.qr_reading import codes_of

DAY = dt.date(2026, 11, 21)
POINTS = 72 / 25.4
HOSTILE = (
    '"',
    "|",
    "#let x = 1",
    "<script>alert(1)</script>",
    "W" * 300,
    "ä" * 300,
    "i" * 5000,
    "Ein 😀 Emoji 👨‍👩‍👧 漢字",
    "wort " * 400,
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen " * 6,
    "$x^2$ *fett* _kursiv_ `code` @label // /* \\",
    "\\u{41} \\n \u200b\u00ad\u2028",
    "a\u0301\u0302\u0303" * 40,
    "שלום עולם",
)


def made(root: Path, *, address: str | None = None) -> Made:
    """The cards of the strategy in ``root``, made into ``root/site``."""
    shown = public(load(root))
    if address is not None:
        settings = replace(shown.strategy.settings, site_url=address)
        shown = replace(shown, strategy=replace(shown.strategy, settings=settings))
    (root / "site").mkdir(exist_ok=True)
    order = Order(shown=shown, chapters=(), site=root / "site", work=root / "work", as_of=DAY)
    (paper,) = (p for p in papers(shown.strategy, DAY) if p.name == CARDS)
    return make_paper(order, paper)


def file_of(root: Path) -> Path:
    """Where the cards are."""
    return root / "site" / CARDS


def copied(folder: Path) -> Path:
    """A copy of the sample."""
    return copy_of_sample(folder)


def hostile(folder: Path) -> Path:
    """A strategy in which every text is hard to set."""
    data = folder / "data"
    data.mkdir(parents=True)
    (folder / "strategy").mkdir()
    text = '"Strategie #let x | \\"Zitat\\" ' + "Digital" * 20 + '"'
    address = "https://" + "sehr-lange-adresse." * 8 + "example/strategie/"
    (folder / "strategy" / "strategy.yml").write_text(
        f'title: {text}\nmunicipality: "{"W" * 90}"\nsite_url: "{address}"\n', encoding="utf-8"
    )
    numbered = list(enumerate(HOSTILE))
    ids = [f"M-{n:02}" if n % 2 else f"M{'-ABCDEFGH' * 4}-{n:02}" for n, _ in numbered]
    write_table(data / "fields_of_action.csv", ("id", "title"), [(f"F{n}", t) for n, t in numbered])
    write_table(data / "goals.csv", ("id", "title"), [(f"Z{n}", t) for n, t in numbered])
    write_table(
        data / "statuses.csv",
        ("id", "label", "meaning", "category", "symbol", "colour"),
        [(f"s{n}", t, t, "active", t[:2], "#ffee00") for n, t in numbered],
    )
    write_table(
        data / "measures.csv",
        (
            "id",
            "title",
            "summary",
            "field",
            "official_id",
            "planned_start",
            "planned_end",
            "parent",
        ),
        [
            (ids[n], t, t, f"F{n}", t, "2020-01-01", "2024-03-04", ids[n - 1] if n else "")
            for n, t in numbered
        ],
    )
    write_table(
        data / "measure_fields.csv",
        ("measure", "field"),
        [(i, f"F{n}") for i in ids for n, _ in numbered[:4]],
    )
    write_table(
        data / "successions.csv",
        ("from", "to"),
        [(ids[n], other) for n, _ in numbered[::3] for other in ids[n + 1 : n + 4]],
    )
    write_table(data / "places.csv", ("id", "name"), [(f"O{n}", t) for n, t in numbered])
    write_table(
        data / "measure_places.csv",
        ("measure", "place"),
        [(i, f"O{n}") for i in ids for n, _ in numbered[:4]],
    )
    write_table(
        data / "status_reports.csv",
        ("measure", "date", "status"),
        [(ids[n], "2026-01-01", f"s{n}") for n, _ in numbered],
    )
    write_table(
        data / "measure_goals.csv",
        ("measure", "goal"),
        [(ids[n], f"Z{(n + k) % len(ids)}") for n, _ in numbered for k in range(n % 6)],
    )
    write_table(
        data / "budget.csv",
        ("measure", "year", "planned", "currency"),
        [(i, "2025", "12345678901234", c * 3) for i in ids for c in "ABCDE"[: len(i) % 6]],
    )
    return folder


def headings(tag: Tag) -> list[tuple[str, str]]:
    """The headings in reading order."""
    return [(h.kind, h.text) for h in tag.find(*(f"H{n}" for n in range(1, 7)))]


def cards_in(tag: Tag) -> list[list[Tag]]:
    """What is read on each card, behind its heading."""
    found: list[list[Tag]] = []
    for each in tag.find("H2", "P", "L"):
        if each.kind == "H2":
            found.append([])
        elif found:
            found[-1].append(each)
    return found


def outside(page: list[Run]) -> list[str]:
    """Texts of a page that leave the cards' inner edge, seven millimetres from each cut."""
    kept = 7 * POINTS - 0.5
    across = [(105 * POINTS * n + kept, 105 * POINTS * (n + 1) - kept) for n in (0, 1)]
    down = [(148.5 * POINTS * n + kept, 148.5 * POINTS * (n + 1) - kept) for n in (0, 1)]

    def inside(run: Run) -> bool:
        # A space at the end of a line may stand out: nobody sees it.
        right = run.right - (4 if run.text.endswith(" ") else 0)
        fits = any(first <= run.left and right <= last for first, last in across)
        return fits and any(first <= run.base <= last for first, last in down)

    # What only replaces other signs, such as the hyphen at a line's end, has no place of its own.
    placed = [run for run in page if run.text.strip() and run.right > run.left]
    return [run.text for run in placed if not inside(run)]


@pytest.fixture(scope="module")
def sample_cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of the sample with its cards."""
    root = copied(tmp_path_factory.mktemp("cards"))
    made(root)
    return root


@pytest.fixture(scope="module")
def hostile_cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of the hostile strategy with its cards."""
    root = hostile(tmp_path_factory.mktemp("hostile"))
    made(root)
    return root


def test_cards_of_the_sample_are_valid(sample_cards: Path) -> None:
    """The cards have no failure by PDF/UA-1 and PDF/A-3a."""
    assert failures(file_of(sample_cards)) == []


def test_every_measure_has_a_card_and_four_make_a_page(sample_cards: Path) -> None:
    """One card names the strategy, one each measure; headings and bookmarks name them all."""
    strategy = public(load(sample_cards)).strategy
    titles = [
        f"{m.number} {m.title}"
        for f in strategy.fields_of_action
        for m in strategy.measures_of_field[f.id]
    ]
    found = headings(read(file_of(sample_cards)))
    assert found == [("H1", "Maßnahmenkarten"), *(("H2", title) for title in titles)]
    with pikepdf.open(file_of(sample_cards)) as pdf, pdf.open_outline() as outline:
        assert len(pdf.pages) == -(-(len(titles) + 1) // 4)
        (top,) = outline.root
        assert [top.title, *(mark.title for mark in top.children)] == [text for _, text in found]
    whole = [plain(text) for text in page_texts(file_of(sample_cards))]
    for number, title in enumerate(titles, 1):
        assert plain(title) in whole[number // 4]


def test_a_card_says_what_the_page_says(sample_cards: Path) -> None:
    """Status, lead, time, money, goals and date stand on the card as on the measure's page."""
    text = read(file_of(sample_cards)).text.replace("\u00ad", "").replace("\u00a0", " ")
    card = text.partition("Elektronische Akte einführen")[2].partition("Worum es geht")[0]
    assert card == (
        "Bürgernahe Verwaltungverzögert"
        "FederführungFachbereich Zentrale Dienste und Personal"
        "Zeitraum nach PlanJuli 2023 bis Juni 2026"
        "Termintreueüberfällig seit 4 Monaten (jetzt erwartet Dezember 2027)"
        "Geplante Mittel1.380.000 € für 2023 bis 2027"
    )
    assert (
        "Wofür•Z-04 Alle Fachbereiche arbeiten bis Ende 2027 mit der elektronischen Akte." in text
    )
    assert text.count("Stand 21.11.2026, aktuell unter") == 41


def test_a_card_is_read_in_its_order(sample_cards: Path) -> None:
    """After its heading a card is read from field and status to the code and its address."""
    tag = read(file_of(sample_cards))
    kinds = [t.kind for t in tag.find("H2", "P", "L", "Figure", "Link")]
    at = kinds.index("H2")
    assert kinds[at : at + 3] == ["H2", "P", "P"]
    end = kinds.index("H2", at + 1)
    assert kinds[end - 4 : end] == ["Figure", "P", "P", "Link"]
    figures = [f.attributes["Alt"] for f in tag.find("Figure")]
    assert figures[1] == "QR-Code zur Seite strategie.musterstadt.example/massnahmen/m-001/"
    assert all(t.text.strip() or t.kind == "Figure" for t in tag.find("P", "LI", "H2", "Link"))


def test_codes_lead_to_the_measures(sample_cards: Path) -> None:
    """The code of each card leads to the page of its measure, the first to the list of all."""
    strategy = public(load(sample_cards)).strategy
    base = "https://strategie.musterstadt.example/massnahmen/"
    ids = [m.id for f in strategy.fields_of_action for m in strategy.measures_of_field[f.id]]
    wanted = [base, *(f"{base}{i.lower()}/" for i in ids)]
    found = [text for page in codes_of(file_of(sample_cards)) for text in page]
    assert sorted(found) == sorted(wanted)


def test_cards_say_what_they_are(sample_cards: Path) -> None:
    """Title, publisher, language and licence stand in the file's metadata."""
    with pikepdf.open(file_of(sample_cards)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Digitalstrategie Musterstadt: Maßnahmenkarten"
        assert metadata["dc:creator"] == ["Stadt Musterstadt"]
        assert "creativecommons.org/licenses/by/4.0" in metadata["dc:rights"]
        assert metadata["pdfuaid:part"] == "1"
        assert str(pdf.Root.Lang) == "de-DE"


def test_any_text_gives_valid_cards(hostile_cards: Path) -> None:
    """Marks of Typst and HTML, endless words and characters no font has: the cards are valid.

    Only what no card can hold is cut, such as a number and a title of 300 wide letters each.
    """
    assert failures(file_of(hostile_cards)) == []
    titles = [text for kind, text in headings(read(file_of(hostile_cards))) if kind == "H2"]
    assert len(titles) == len(HOSTILE)
    assert titles[:4] == [f"{number} {number}" for number in HOSTILE[:4]]
    assert titles[4].startswith("WWWWWWWW")
    assert titles[4].endswith("…")


def words_of(letters: int) -> str:
    """Words without an end, so many letters in all."""
    return ("Rathaus und Schule planen gemeinsam " * 99)[:letters].strip()


SENTENCES = [f"{words_of(160)} {number}tens." for number in ("ers", "zwei", "drit", "vier", "fünf")]
LONG = {
    "M-1": (words_of(300), [], words_of(250)),
    "M-2": ("Lange Beschreibung", SENTENCES, words_of(140)),
    "M-3": ("Ein Satz ohne Ende", [words_of(1500) + "."], words_of(900)),
}
"""Title, sentences and goal of each measure."""


@pytest.fixture(scope="module")
def long_cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of a strategy in which people wrote much."""
    root = tmp_path_factory.mktemp("long")
    data = root / "data"
    write_table(data / "fields_of_action.csv", ("id", "title"), [("F", words_of(94))])
    table = ("id", "label", "meaning", "category")
    write_table(data / "statuses.csv", table, [("s", "geplant", "Noch nicht.", "open")])
    write_table(
        data / "measures.csv",
        ("id", "title", "summary", "field"),
        [(i, title, " ".join(told), "F") for i, (title, told, _) in LONG.items()],
    )
    write_table(data / "goals.csv", ("id", "title"), [(f"Z-{i}", g) for i, (*_, g) in LONG.items()])
    write_table(data / "measure_goals.csv", ("measure", "goal"), [(i, f"Z-{i}") for i in LONG])
    write_table(data / "organisations.csv", ("id", "name"), [("O", words_of(50))])
    write_table(
        data / "responsibilities.csv",
        ("measure", "organisation", "role"),
        [(i, "O", "lead") for i in LONG],
    )
    made(root, address="https://a.example/")
    return root


def test_no_sentence_of_a_card_is_cut(long_cards: Path) -> None:
    """Titles, names and goals stand whole; of a long text there are whole sentences.

    What does not fit is left to the page, whose number and address the card has.
    """
    assert failures(file_of(long_cards)) == []
    text = " ".join(read(file_of(long_cards)).text.replace("\u00ad", "").split())
    assert "…" not in text
    first, second, third = (
        text.partition(f"{i} {title}")[2].partition("Stand 21.11.")[0]
        for i, (title, *_) in LONG.items()
    )
    assert all(words_of(94) in card and words_of(50) in card for card in (first, second, third))
    assert LONG["M-1"][2] in first
    kept = [sentence for sentence in SENTENCES if sentence in second]
    assert 0 < len(kept) < len(SENTENCES)
    assert kept == SENTENCES[: len(kept)]
    assert second.count("tens.") == len(kept)
    assert LONG["M-2"][2] in second
    assert "Worum es geht" not in third
    assert third.endswith("WofürZiel Z-M-3")
    assert text.count("a.example/massnahmen/m-3/") > 0


def test_no_text_leaves_its_card(hostile_cards: Path, sample_cards: Path, long_cards: Path) -> None:
    """Whatever its length, every text stays within the edges of its card and no line hides."""
    for root in (hostile_cards, sample_cards, long_cards):
        for page in runs(file_of(root)):
            assert outside(page) == []


def test_text_outside_would_be_found(sample_cards: Path) -> None:
    """A text that runs over a cut is found by the test's own check."""
    (run, *_) = runs(file_of(sample_cards))[0]
    assert outside([Run("über die Kante", None, run.left, 110 * POINTS, run.base)])
    assert outside([Run("unter der Kante", None, run.left, run.left + 9, 148 * POINTS)])


def test_no_text_is_smaller_than_ten_points(hostile_cards: Path) -> None:
    """However long, no text is set below ten points."""
    with pikepdf.open(file_of(hostile_cards)) as pdf:
        sizes = {
            float(operands[1])
            for page in pdf.pages
            for operands, operator in pikepdf.parse_content_stream(page, "Tf")
            if str(operator) == "Tf"
        }
    assert min(sizes) >= 10


def test_the_smallest_strategy_has_cards(tmp_path: Path) -> None:
    """Without goals, money, dates and reports a card has what is known, and is valid."""
    data = tmp_path / "data"
    write_table(data / "fields_of_action.csv", ("id", "title"), [("F", "Feld")])
    write_table(data / "measures.csv", ("id", "title", "field"), [("M-1", "Titel", "F")])
    table = ("id", "label", "meaning", "category")
    write_table(data / "statuses.csv", table, [("s", "geplant", "Noch nicht.", "open")])
    assert made(tmp_path).pages == 1
    assert failures(file_of(tmp_path)) == []
    card = read(file_of(tmp_path)).text.partition("Titel")[2]
    assert card == (
        "Feldnoch keine MeldungTermintreueohne aktuelle MeldungStand 21.11.2026 (Entwurf)"
    )


def test_without_an_address_there_is_no_code(tmp_path: Path) -> None:
    """A strategy without a website has cards with the date, no code and nothing in its place."""
    root = copied(tmp_path)
    made(root, address="")
    tag = read(file_of(root))
    assert list(tag.find("Figure", "Link")) == []
    assert "aktuell unter" not in tag.text
    assert "Code" not in tag.text
    assert tag.text.count("Stand 21.11.2026") == 41
    assert failures(file_of(root)) == []


def test_every_card_says_what_for(sample_cards: Path, hostile_cards: Path) -> None:
    """A card of a measure with goals names them, by their numbers where no title has room.

    Where the titles are hard, their number stands there at least.
    """
    for root in (sample_cards, hostile_cards):
        strategy = public(load(root)).strategy
        told = [
            "".join(t.text for t in part).count("Wofür") for part in cards_in(read(file_of(root)))
        ]
        wanted = [
            int(bool(strategy.goals_of_measure.get(m.id)))
            for f in strategy.fields_of_action
            for m in strategy.measures_of_field.get(f.id, ())
        ]
        assert 0 < sum(wanted) < len(wanted)
        assert told == wanted
    text = read(file_of(sample_cards)).text.replace("\u00ad", "").replace("\u00a0", " ")
    assert "ausprobieren und in Kursen den Umgang damit lernen.WofürZiele Z-05 und Z-10" in text


def test_goals_that_find_no_room_are_counted(sample_cards: Path) -> None:
    """A card names three goals at most and says how many more there are."""
    shown = public(load(sample_cards))
    goals = shown.strategy.goals[:5]
    assert len(goals) == 5
    measure = shown.strategy.measures[0].id
    index = {**shown.strategy.goals_of_measure, measure: goals}
    shown.strategy.__dict__["goals_of_measure"] = index
    ctx = Context(strategy=shown.strategy, descriptor=shown.descriptor, as_of=DAY)
    (card,) = [c for c in cards_of(ctx) if c.title == shown.strategy.measures[0].title]
    titles = [f"{goal.id} {goal.title}" for goal in goals]
    assert card.goals == [
        [*titles[:3], "und 2\u00a0weitere Ziele"],
        [*titles[:2], "und 3\u00a0weitere Ziele"],
        [*titles[:1], "und 4\u00a0weitere Ziele"],
    ]
    numbers = [goal.id for goal in goals]
    assert card.brief_goals == [
        f"Ziele {', '.join(numbers[:4])} und {numbers[4]}",
        "5\u00a0Ziele",
    ]


@pytest.mark.long
def test_a_thousand_measures_have_cards(thousand: BuiltSample) -> None:
    """A thousand measures make 251 pages with each title in its place."""
    with pikepdf.open(thousand.site / CARDS) as pdf:
        assert len(pdf.pages) == 251
    titles = [text for kind, text in headings(read(thousand.site / CARDS)) if kind == "H2"]
    strategy = load(thousand.root).strategy
    assert titles == [
        f"{m.number} {m.title}"
        for f in strategy.fields_of_action
        for m in strategy.measures_of_field[f.id]
    ]


def test_cards_are_the_same_every_time(tmp_path: Path, sample_cards: Path) -> None:
    """Cards made in another folder are equal byte by byte."""
    root = copied(tmp_path / "anderer ordner")
    made(root)
    assert file_of(root).read_bytes() == file_of(sample_cards).read_bytes()
