"""What no source of a mapping reads, and what is read otherwise than it stands in its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from klarplan.importer.as_of import stated
from klarplan.importer.confidential import is_confidential
from klarplan.importer.dittos import is_ditto
from klarplan.importer.grid import Sheet, plain
from klarplan.importer.lists import ListView
from klarplan.importer.mapping import ImportMapping
from klarplan.importer.outcome import Place, Unused
from klarplan.importer.state import Run
from klarplan.importer.values import line
from klarplan.messages import Text

TWO = 2


def unused(
    sheets: Sequence[Sheet], views: Sequence[ListView], mapping: ImportMapping
) -> list[Unused]:
    """Sheets and columns with text that no source reads."""
    found: list[Unused] = []
    for sheet in sheets:
        here = [view for view in views if view.whole is sheet]
        if not here:
            ignored = any(sheet.matches(pattern) for pattern in mapping.ignore_sheets)
            cells = sum(bool(cell.strip()) for row in sheet.rows for cell in row.cells)
            found.append(
                Unused(
                    sheet=sheet.label,
                    column=None,
                    cells=cells,
                    on_purpose=ignored,
                    hidden=sheet.marks.hidden,
                )
            )
        for number in dict.fromkeys(view.header.row for view in here):
            found += _columns(sheet, [view for view in here if view.header.row == number])
    return found


def _columns(sheet: Sheet, views: Sequence[ListView]) -> Iterator[Unused]:
    """The columns of one list that no source reads."""
    header = views[0].header
    taken = {header.position(title) for view in views for title in view.source.headers()}
    ignored = {header.position(title) for view in views for title in view.source.ignore}
    entries = {row.number for view in views for row in view.entries}
    filled = Counter(
        position
        for row in views[0].whole.rows
        if row.number in entries
        for position, cell in enumerate(row.cells)
        if cell.strip()
    )
    for position in sorted(filled):
        if position not in taken:
            yield Unused(
                sheet=sheet.label,
                column=header.name(position),
                cells=filled[position],
                on_purpose=position in ignored,
            )


def remark_confidential(run: Run, views: Sequence[ListView]) -> None:
    """Note columns that call themselves not public and are read for the public all the same."""
    for view in views:
        for rule in () if view.source.own else view.source.rules:
            if rule.column is None or rule.target == "visibility":
                continue
            if is_confidential(rule.column):
                run.remark(
                    Place(sheet=view.sheet.label, row=view.header.row, column=rule.column),
                    Text(
                        f"Die Spalte „{rule.column}“ ist nach ihrer Überschrift nicht öffentlich; "
                        "die Zuordnung übernimmt sie, und sie wird veröffentlicht.",
                        f"By its header, the column “{rule.column}” is not public; the mapping "
                        "takes it over, and it will be published.",
                    ),
                )


def remark_above(run: Run, views: Sequence[ListView]) -> None:
    """Note the texts above the headers that no source takes over, list by list."""
    before: dict[str, int] = {}
    for view in sorted(views, key=lambda view: view.header.row):
        sheet, header = view.sheet, view.header
        same = [v for v in views if v.whole is view.whole and v.header.row == header.row]
        if view is not same[0]:
            continue
        reports = any(one.source.table == "status_reports" for one in same)
        dated = stated(sheet, header, run.today) if reports else None
        headed = any(rule.section for one in same for rule in one.source.rules)
        if sheet.label not in before:
            _remark_pages(run, sheet, header.row, dated[1] if dated else "")
        start = before.get(sheet.label, 0)
        before[sheet.label] = header.row
        for row in header.above:
            filled = sum(bool(cell.strip()) for cell in row.cells)
            if start and (filled > 1 or row.number < header.row - TWO):
                continue
            used = {dated[0]} if dated is not None else set()
            used |= {view.rows.above} if headed and view.rows.above else set()
            if row.number <= start or row.number in used:
                continue
            text = " · ".join(line(cell) for cell in row.cells if cell.strip())
            run.remark(
                Place(sheet=sheet.label, row=row.number),
                Text(
                    f"Über der Kopfzeile steht „{text}“; das wird nicht übernommen.",
                    f"Above the headers there is “{text}”; it is not taken over.",
                ),
            )


def _remark_pages(run: Run, sheet: Sheet, row: int, used: str) -> None:
    """Note the texts at the top and bottom of printed pages but for the one that is used."""
    for text in sheet.marks.margins:
        if text != used:
            run.remark(
                Place(sheet=sheet.label, row=row),
                Text(
                    f"In der Kopf- oder Fußzeile der Seiten steht „{text}“; das wird nicht "
                    "übernommen.",
                    f"In the header or footer of the pages there is “{text}”; it is not taken "
                    "over.",
                ),
            )


def remark_dittos(run: Run, views: Sequence[ListView]) -> None:
    """Remark each cell whose mark was read as the cell above."""
    told: set[tuple[str, int, int]] = set()
    for view in views:
        read = {view.header.position(plain(rule.column or "")) for rule in view.source.rules}
        for row in view.entries:
            for position, text in enumerate(row.cells):
                mark = view.sheet.marks.dittos.get((row.number, position))
                place = view.sheet.label, row.number, position
                kept = mark is None and is_ditto(text)
                if not (mark or kept) or position not in read or place in told:
                    continue
                told.add(place)
                if mark is None:
                    run.remark(
                        Place(sheet=place[0], row=row.number, column=view.header.name(position)),
                        Text(
                            f"„{line(text)}“ bleibt so stehen; was es meint, ist nicht sicher.",
                            f"“{line(text)}” stays as it is; what it repeats is not certain.",
                        ),
                    )
                    continue
                run.remark(
                    Place(
                        sheet=view.sheet.label, row=row.number, column=view.header.name(position)
                    ),
                    Text(
                        f"„{line(mark)}“ ist gelesen wie die Zelle darüber: „{line(text)}“.",
                        f"“{line(mark)}” is read as the cell above: “{line(text)}”.",
                    ),
                )
