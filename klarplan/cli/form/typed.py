"""What somebody has typed, shown once more where nothing can come of it now, and kept for later."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress

from klarplan.cli.form.asked import Request
from klarplan.comparison.state import line_ends
from klarplan.editing.form.sheet import Filled
from klarplan.messages import Lang
from klarplan.strategy.schema import TableSchema, engine_descriptor
from klarplan.words.catalogue import spoken

CELL = "cell."
"""So begin the names of fields that are cells."""
LABELS = "labels"
"""Where a form says what its short lists show."""
PARTS = "measures"
"""The table whose rows parts of a form are; others belong to them."""
SHORT = 30
"""So many choices are a short list."""
AGAIN = "/again"
"""Where a page of a former start sends what was typed, with the address of the form."""
ADDRESS, FORM = "again.address", "again.form"
"""What such a page says beside what was typed: the address, and which form it was."""


def typed(sent: Mapping[str, str], schema: TableSchema | None, lang: Lang) -> list[tuple[str, str]]:
    """Titles and texts of all that differs from what the page began with.

    Without a ``schema``, columns are called as every strategy calls them.
    """
    engine = engine_descriptor().tables
    usual = engine.get(sent.get("table", ""))
    before, chosen = base(sent.get("base", "")) or {}, _chosen(sent.get(LABELS, ""))
    found = []
    for name, told in sent.items():
        column, text = name.removeprefix(CELL), line_ends(told)
        cell = name.startswith(CELL) and text != line_ends(before.get(column, ""))
        if cell or name == "text":
            table, _, own = column.rpartition(".")  # of a part, behind its table and number
            tables = (engine.get(table.partition(".")[0]),) if table else (schema, usual)
            known = next((s for s in tables if s and own in s.columns), None)
            title = known.said(lang).columns[own].title if known else column
            title = f"{part_name(table, lang)}: {title}" if table else title
            text = chosen.get(column, {}).get(text) or _day(text, lang)
            found.append(("" if name == "text" else title, text))
    return [(title, text) for title, text in found if text.strip()]


def part_name(part: str, lang: Lang) -> str:
    """What a part of a form is called that is named by its table and number: ``measures.2``."""
    table, _, number = part.rstrip(".").partition(".")
    words = spoken(lang)
    return words("form.split_part", n=number) if table == PARTS else words("form.split_end")


def labels_of(forms: Iterable[Filled]) -> str:
    """What is chosen from in fields, for a page to be able to tell it without the strategy.

    Long lists are left out: they are rows of tables, whose ids people know.
    """
    short = {
        f"{form.part}{f.name}": f.labels
        for form in forms
        for f in form.every
        if 0 < len(f.labels) <= SHORT
    }
    return json.dumps(short, ensure_ascii=False)


def _chosen(text: str) -> Mapping[str, Mapping[str, str]]:
    """The same, read; a page may have sent anything."""
    with suppress(ValueError, RecursionError):
        read = json.loads(text)
        if isinstance(read, dict):
            lists = ((n, one) for n, one in read.items() if isinstance(one, dict))
            return {
                n: {v: said for v, said in one.items() if isinstance(said, str)} for n, one in lists
            }
    return {}


def _day(text: str, lang: Lang) -> str:
    """A text, or the day that it is, as people write it."""
    with suppress(ValueError):
        return spoken(lang).short_day(dt.datetime.strptime(text, "%Y-%m-%d").date())
    return text


def form_of(request: Request) -> str:
    """Which form a page of a former start has sent: the last part of the address."""
    return request.target.partition("?")[0].rpartition("/")[2]


def base(text: str) -> dict[str, str] | None:
    """The cells that the row had when the form was made; nothing where they can't be read."""
    with suppress(ValueError, RecursionError):
        read = json.loads(text)
        if isinstance(read, dict) and all(isinstance(value, str) for value in read.values()):
            return read
    return None
