"""Making the editors' workbook from the tables of a strategy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from klarplan.editing.workbook import base as kept
from klarplan.editing.workbook.base import Base
from klarplan.editing.workbook.book import EditColumn, EditorsBook
from klarplan.editing.workbook.guide import guide
from klarplan.editing.workbook.maker import Maker, Sheet
from klarplan.editing.workbook.reports import TABLE, report_sheet
from klarplan.editing.workbook.scope import OF_OFFICES, open_measures
from klarplan.editing.workbook.whose import whose
from klarplan.messages import KlarplanError, Lang, Text
from klarplan.open_data.workbook.cells import cell_of
from klarplan.open_data.workbook.saved import saved
from klarplan.open_data.workbook.sheets import SheetTable
from klarplan.strategy.load import Loaded
from klarplan.strategy.owed import below


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom a workbook is: all tables without an ``office``, else the measures that it owes.

    With ``below``, also those of the organisations below it. ``tables`` may name the only ones.
    """

    office: str = ""
    below: bool = True
    tables: tuple[str, ...] = ()


def editors_workbook(loaded: Loaded, as_of: dt.date, lang: Lang, asked: Asked) -> bytes:
    """A workbook of all tables, or of what an office owes, as a file.

    Raises ``KlarplanError`` where the office is not known or owes nothing.
    """
    strategy = loaded.strategy
    if not asked.office:
        maker = Maker(loaded, as_of, lang)
        return _file(maker, [maker.sheet(name) for name in asked.tables or strategy.tables], "")
    names = below(strategy, asked.office)
    measures = open_measures(strategy, names if asked.below else [asked.office], as_of)
    if not measures:
        raise _nothing_owed(asked.office)
    maker = Maker(loaded, as_of, lang, [measure.id for measure in measures])
    sheets = [report_sheet(maker, measures)] if TABLE in strategy.tables else []
    sheets += [maker.sheet(name) for name in OF_OFFICES if name in strategy.tables]
    return _file(maker, sheets, asked.office)


def _file(maker: Maker, sheets: Sequence[Sheet], office: str) -> bytes:
    lang = maker.lang
    own = [
        SheetTable(name=" base", title=kept.SHEET, columns=(), rows=()),
        SheetTable(name=" guide", title=Text("Anleitung", "Guide").in_(lang), columns=(), rows=()),
        SheetTable(name=" lists", title=Text("Listen", "Lists").in_(lang), columns=(), rows=()),
    ]
    used = {c.choices for s in sheets for c in s.table.columns if isinstance(c, EditColumn)}
    book = EditorsBook(
        tables=(*own, *(sheet.table for sheet in sheets)),
        lang=lang,
        lists=maker.lists,
        list_sheet=" lists",
        list_names=sorted(used - {""}),
    )
    book.list_sheet = book.sheet_names[" lists"]
    settings = maker.loaded.strategy.settings
    book.workbook.properties.title = settings.title
    book.workbook.properties.creator = settings.municipality
    guide(book, maker.loaded, maker.as_of, office)
    for sheet in sheets:
        book.add(sheet.table)
    book.add_lists()
    held = tuple(replace(s.held, sheet=book.sheet_names[s.table.name]) for s in sheets)
    lists_used = {name: maker.lists[name] for name in book.list_names}
    hidden = book.workbook.create_sheet(kept.SHEET)
    hidden.sheet_state = "veryHidden"
    for row in kept.as_rows(Base(lang=lang, whose=whose(settings), sheets=held, lists=lists_used)):
        hidden.append([cell_of(hidden, text) for text in row])
    return saved(book.workbook, maker.as_of)


def _nothing_owed(office: str) -> KlarplanError:
    return KlarplanError(
        Text(
            f"„{office}“ ist für keine Maßnahme federführend, die noch offen ist.",
            f"“{office}” leads no measure that is still open.",
        ),
        Text(
            "Wer federführend ist, steht in data/responsibilities.csv (role = lead).",
            "Who leads is in data/responsibilities.csv (role = lead).",
        ),
    )
