"""The brief version of any strategy without its website: the page, and the PDF of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement

from klarplan.pages.gather import Baker
from klarplan.pages.page import Page
from klarplan.pages.rendering import Renderer
from klarplan.papers.make import Made, Order, make_paper
from klarplan.strategy.csv_writer import write_table
from klarplan.strategy.load import load
from klarplan.strategy.paper_list import BRIEF, BRIEF_PAGE, papers
from klarplan.strategy.public import public
from macros.seal import Seal
from tests.support.print_site import write_site

DAY = dt.date(2026, 11, 21)
LONG = "Verwaltungsdigitalisierungsmaßnahmenbündel"


def brief_page(root: Path) -> HtmlElement:
    """The content of the page ``kurzfassung/`` of the strategy below ``root``."""
    baker = baker_of(root)
    return content(baker, next(page for page in baker.papers() if page.kind == "brief"))


def baker_of(root: Path) -> Baker:
    """What gathers the pages of the strategy below ``root``."""
    return Baker(public(load(root)), DAY, Seal.drawn())


def content(baker: Baker, page: Page) -> HtmlElement:
    """The content of a page, as the site generator renders it."""
    renderer = Renderer(baker.root, baker.places, seal=baker.seal, check=False)
    return html.fragment_fromstring(renderer.html(page.body), create_parent="div")


def brief_paper(root: Path) -> tuple[Made, Path]:
    """The brochure of the strategy below ``root``, and its file."""
    site = root / "site"
    page = brief_page(root)
    write_site(site, {BRIEF_PAGE: html.tostring(page, encoding="unicode")})
    order = Order(shown=public(load(root)), chapters=(), site=site, work=root / "build", as_of=DAY)
    (paper,) = (p for p in papers(order.shown.strategy, DAY) if p.name == BRIEF)
    return make_paper(order, paper), site / BRIEF


def tables(root: Path, given: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
    """Tables of a strategy that have rows; the columns are the keys of the first row."""
    (root / "data").mkdir(parents=True, exist_ok=True)
    for name, rows in given.items():
        if not rows:
            continue
        write_table(
            root / "data" / f"{name}.csv",
            tuple(rows[0]),
            [tuple(str(value) for value in row.values()) for row in rows],
        )


def minimal(root: Path) -> Path:
    """The smallest strategy: one measure, no text."""
    tables(
        root,
        {
            "fields_of_action": [{"id": "HF-1", "title": "Schule"}],
            "measures": [{"id": "M-1", "title": "WLAN", "field": "HF-1"}],
            "statuses": [
                {"id": "x", "label": "läuft", "meaning": "Es läuft.", "category": "active"}
            ],
        },
    )
    return root


def extreme(root: Path, letters: str) -> Path:
    """A strategy in which everything is many and long, made of the given letters.

    1,000 measures, 200 goals, 40 fields of action and 30 statuses with titles of 300 letters, and
    a vision of 5,000 words in one paragraph.
    """
    title, text = (letters * 300)[:300], (letters * 2000)[:2000]
    numbers = range(1000)
    statuses = [f"s{n}" for n in range(30)]
    tables(
        root,
        {
            "fields_of_action": [{"id": f"F-{n}", "title": title} for n in range(40)],
            "statuses": [
                {"id": s, "label": title[:60], "meaning": text, "category": "active"}
                for s in statuses
            ],
            "goals": [
                {"id": f"Z-{n}", "title": title, "summary": text, "level": "guiding"}
                for n in range(200)
            ],
            "measures": [
                {
                    "id": f"M-{n}",
                    "title": title,
                    "summary": text,
                    "field": f"F-{n % 40}",
                    "planned_end": "2026-12-31",
                }
                for n in numbers
            ],
            "measure_goals": [{"measure": f"M-{n}", "goal": f"Z-{n % 8}"} for n in numbers],
            "status_reports": [
                {"measure": f"M-{n}", "date": "2026-01-31", "status": statuses[n % 30]}
                for n in numbers
            ],
            "budget": [
                {
                    "measure": f"M-{n}",
                    "year": 2000 + n % 60,
                    "planned": 10**12 + n,
                    "approved": 10**12,
                    "spent": 10**11,
                    "currency": ("EUR", "CHF", "DKK")[n % 3],
                }
                for n in numbers
            ],
        },
    )
    (root / "strategy").mkdir()
    (root / "strategy" / "vision.md").write_text(f"{title} " * 5000, "utf-8")
    settings = {
        "title": title,
        "subtitle": title,
        "summary": text,
        "municipality": title,
        "contact_name": title,
        "contact_email": "x" * 60 + "@musterstadt.example",
        "street": title,
        "town": title,
    }
    (root / "strategy" / "strategy.yml").write_text(
        "".join(f"{name}: '{value}'\n" for name, value in settings.items()), "utf-8"
    )
    return root


def emptied(root: Path) -> None:
    """A strategy whose tables have columns and no rows."""
    minimal(root)
    for file in (root / "data").glob("*.csv"):
        file.write_text(file.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
