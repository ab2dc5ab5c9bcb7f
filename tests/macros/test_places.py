"""„In Ihrem Ortsteil“: each place with what happens there, and where the page stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement

from klarplan.pages.menu import navigation
from klarplan.pages.site_addresses import site_addresses
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from macros.registry import MACROS
from tests.support.brief import DAY, baker_of, content, minimal, tables


def places(count: int, kind: str = "Ortsteil") -> list[Mapping[str, object]]:
    """So many places side by side."""
    return [
        {"id": f"O-{n:02}", "name": f"Dorf {n:02}", "parent": "", "kind": kind}
        for n in range(1, count + 1)
    ]


def written(root: Path, given: Mapping[str, Any], **settings: str) -> Path:
    """A small strategy with these tables and settings."""
    minimal(root)
    tables(root, given)
    lines = "".join(f"{name}: {value}\n" for name, value in settings.items())
    (root / "strategy").mkdir(exist_ok=True)
    (root / "strategy" / "strategy.yml").write_text(lines, "utf-8")
    return root


def at(root: Path, *where: str, **settings: str) -> Path:
    """A small strategy with four measures, the first of which act in these places."""
    measures = [
        {"id": f"M-{n}", "title": f"Maßnahme {n}", "field": "HF-1", "visibility": ""}
        for n in range(1, 5)
    ]
    given = {
        "measures": measures,
        "measure_places": [{"measure": f"M-{n}", "place": o} for n, o in enumerate(where, 1)],
    }
    return written(root, {"places": places(3), **given}, **settings)


def page(root: Path) -> HtmlElement | None:
    """The content of the page about places; ``None`` where there is none."""
    baker = baker_of(root)
    found = next((page for page in baker.extras() if page.kind == "places"), None)
    return content(baker, found) if found else None


def title(root: Path) -> str:
    """The title of the page about places."""
    return next(p.title for p in baker_of(root).extras() if p.kind == "places")


def text(element: HtmlElement | None) -> str:
    """The text of an element, each run of spaces as one."""
    assert element is not None
    return " ".join(element.text_content().replace("\u00ad", "").split())


def section(found: HtmlElement | None, anchor: str) -> str:
    """What is said below the heading of a place."""
    assert found is not None
    (head,) = found.xpath(f".//h2[@id='{anchor}']")
    told = []
    for node in head.itersiblings():
        if node.tag == "h2":
            break
        told.append(text(node))
    return " ".join(told)


@pytest.mark.parametrize(
    ("name", "kind", "lang", "expected"),
    [
        ("Stadt Rheinau", "Ortsteil", "de", "In Ihrem Ortsteil"),
        ("Stadt Rheinau", "Stadtbezirk", "de", "In Ihrem Stadtbezirk"),
        ("Stadt Rheinau", "quartier", "de", "In Ihrem Quartier"),
        ("Stadt Rheinau", "Straße", "de", "In Ihrem Stadtteil"),
        ("Stadt Rheinau", "", "de", "In Ihrem Stadtteil"),
        ("Stadt Rheinau", "Standort", "de", "In Ihrem Stadtteil"),
        ("Stadt Rheinau", "Teil der Stadt", "de", "In Ihrem Stadtteil"),
        ("Gemeinde Rheinau", "", "de", "In Ihrem Ortsteil"),
        ("Landkreis Rheinau", "", "de", "In Ihrer Gemeinde"),
        ("Landkreis Rheinau", "Stadt", "de", "In Ihrer Gemeinde"),
        ("Land Rheinau", "", "de", "In Ihrem Kreis"),
        ("Freistaat Rheinau", "Landkreis", "de", "In Ihrem Landkreis"),
        ("Rheinau", "", "de", "In Ihrem Ort"),
        ("Stadt Rheinau", "Ortsteil", "en", "In your district"),
        ("Stadt Rheinau", "Ward", "en", "In your ward"),
        ("Landkreis Rheinau", "", "en", "In your municipality"),
        ("Rheinau", "", "en", "In your area"),
    ],
)
def test_the_title_is_the_word_for_a_place_here(
    tmp_path: Path, name: str, kind: str, lang: str, expected: str
) -> None:
    """It is the word of the places themselves, else what such a municipality consists of."""
    at(tmp_path, "O-01", municipality=name, lang=lang)
    tables(tmp_path, {"places": places(3, kind)})
    assert title(tmp_path) == expected


def test_the_smallest_places_name_the_page(tmp_path: Path) -> None:
    """Larger ones around them, though more, do not."""
    rows = [
        {"id": "O-01", "name": "Süd", "parent": "O-02", "kind": "Ortsteil"},
        {"id": "O-02", "name": "Mitte", "parent": "O-03", "kind": "Stadtbezirk"},
        {"id": "O-03", "name": "Land", "parent": "", "kind": "Stadtbezirk"},
    ]
    at(tmp_path, "O-01")
    tables(tmp_path, {"places": rows})
    assert title(tmp_path) == "In Ihrem Ortsteil"


def test_a_fork_may_say_it_in_its_own_words(tmp_path: Path) -> None:
    """``local/words.yml`` names the page, with or without the word for a place."""
    at(tmp_path, "O-01")
    (tmp_path / "local").mkdir()
    (tmp_path / "local" / "words.yml").write_text("place:\n  title: In Ihrem Veedel\n", "utf-8")
    assert title(tmp_path) == "In Ihrem Veedel"


def test_a_place_tells_state_next_step_and_what_became_of_contributions(tmp_path: Path) -> None:
    """Below a place stand its measures with badge, what comes next, and contributions."""
    root = at(tmp_path, "O-01")
    long = "Warum " + "so " * 60 + "lange?"
    tables(
        root,
        {
            "milestones": [
                {"id": "X", "measure": "M-1", "title": "Bau", "due": "2027-02-01", "completed": ""}
            ],
            "feedback": [
                {
                    "id": f"FB-{n}",
                    "contribution": "Zu „schnell“ | *so*" if n else long,
                    "answer": "Ja.",
                    "outcome": "partly",
                    "measure": "M-1",
                }
                for n in range(5)
            ],
        },
    )
    found = page(root)
    told = section(found, "ort-o-01")
    assert "Maßnahme 1" in told
    assert "noch keine Meldung" in told
    assert "Als Nächstes bis 1. Februar 2027: Bau" in told
    assert "5 Beiträge dazu:" in told
    assert "„Zu „schnell“ | *so*“ – teilweise übernommen" in told
    assert "und 2 weitere Beiträge" in told
    assert long not in told
    assert found is not None
    assert "../beteiligung/#beitrag-fb-1" in found.xpath(".//a/@href")
    assert "../beteiligung/?text=Ma%C3%9Fnahme%201" in found.xpath(".//a/@href")


def test_a_begin_to_come_is_told_and_a_date_that_is_past_is_not(tmp_path: Path) -> None:
    """Without a milestone the begin comes next, then the end; nothing that is past comes next."""
    root = at(tmp_path, "O-01", "O-01", "O-01")
    dated = [
        ("2027-03-01", "2028-01-31"),
        ("2025-01-01", "2027-01-31"),
        ("2025-01-01", "2026-01-31"),
    ]
    rows = [
        {
            "id": f"M-{n}",
            "title": f"Maßnahme {n}",
            "field": "HF-1",
            "planned_start": first,
            "planned_end": last,
        }
        for n, (first, last) in enumerate(dated, 1)
    ]
    tables(root, {"measures": rows})
    told = section(page(root), "ort-o-01")
    assert "Geplanter Beginn: 1. März 2027" in told
    assert "Geplantes Ende: 31. Januar 2027" in told
    assert "2026" not in told


def test_every_place_is_found(tmp_path: Path) -> None:
    """Of 60 places each is a name to jump to, by alphabet; those without a measure stand last."""
    root = at(tmp_path, "O-02", "O-59")
    rows = places(60)
    rows[9] = {**rows[9], "name": 'Ör "A" | <b>', "parent": "O-59"}
    tables(root, {"places": rows})
    found = page(root)
    assert found is not None
    links = found.xpath(".//ul[@class='jump']//a")
    assert len(links) == 60
    assert text(links[-1]) == 'Ör "A" | <b>'
    ids = found.xpath(".//@id")
    assert {link.get("href") for link in links} <= {f"#{name}" for name in ids}
    heads = [text(h) for h in found.iter("h2")]
    assert heads == ["Dorf 02", "Dorf 59", "Orte ohne eigene Maßnahmen"]
    assert 'Ör "A" | <b> (liegt in: Dorf 59 (dort 1 Maßnahme))' in text(found)


def test_one_place_needs_nothing_to_jump_to(tmp_path: Path) -> None:
    """A strategy with one place has its section alone."""
    root = at(tmp_path, "O-01")
    tables(root, {"places": places(1)})
    found = page(root)
    assert found is not None
    assert not found.xpath(".//ul[@class='jump']")
    assert "3 Maßnahmen wirken im ganzen Gebiet" in text(found)


def test_an_internal_measure_leaves_no_trace_at_its_place(tmp_path: Path) -> None:
    """Its place is one without measures; where it was the only one there is no page."""
    root = at(tmp_path, "O-01", "O-02")
    measures = (root / "data" / "measures.csv").read_text("utf-8")
    hidden = measures.replace("Maßnahme 2,HF-1,", "Maßnahme 2,HF-1,internal")
    (root / "data" / "measures.csv").write_text(hidden, "utf-8")
    told = text(page(root))
    assert "Maßnahme 2" not in told
    assert "Orte ohne eigene Maßnahmen" in told
    only = hidden.replace("Maßnahme 1,HF-1,", "Maßnahme 1,HF-1,internal")
    (root / "data" / "measures.csv").write_text(only, "utf-8")
    assert page(root) is None
    assert not [a for a in site_addresses(public(load(root)), DAY) if a.startswith("orte/")]


def test_without_places_nothing_of_it_appears(tmp_path: Path) -> None:
    """Neither page, menu, start page nor the page of a measure say a word."""
    root = at(tmp_path)
    baker = baker_of(root)
    pages = [page for page in baker.pages() if not page.path.startswith("handbuch")]
    assert "orte/" not in str(navigation(baker.chapters, {p.path: p.title for p in pages}))
    assert not [p.path for p in pages if re.search(r"orte/(#|index)|In Ihrem", p.path + p.body)]


def test_the_page_is_one_step_from_the_start_page(tmp_path: Path) -> None:
    """It stands in the menu and as a button of the start page; a measure leads to its place."""
    root = at(tmp_path, "O-01")
    baker = baker_of(root)
    pages = {p.path: p for p in baker.pages()}
    menu = navigation(baker.chapters, {path: p.title for path, p in pages.items()})
    assert {"In Ihrem Ortsteil": "orte/index.md"} in next(
        entry["Umsetzung"] for entry in menu if "Umsetzung" in entry
    )
    ways = MACROS["main_links"].select(baker.context)
    assert ways is not None
    assert {"text": "In Ihrem Ortsteil", "url": "orte/"} in ways["rows"]
    measure = content(baker, pages["massnahmen/m-1/index.md"])
    assert "../../orte/#ort-o-01" in measure.xpath(".//a/@href")
    assert pages["orte/index.md"].facets is not None
    fields = content(baker, pages["handlungsfelder/index.md"])
    assert "../orte/" in fields.xpath(".//a/@href")
    promised = site_addresses(public(load(root)), DAY)
    assert {"orte/", "orte/#ort-o-01", "orte/#ort-o-03"} <= promised.keys()
