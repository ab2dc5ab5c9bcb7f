"""What no source of a mapping reads: sheets, columns, and texts above the headers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from klarplan.importer.as_of import stated
from klarplan.importer.grid import Sheet
from klarplan.importer.headers import Header
from klarplan.importer.mapping import ImportMapping, Source
from klarplan.importer.outcome import Place, Unused
from klarplan.importer.state import Run
from klarplan.importer.values import line
from klarplan.messages import Text


def unused(
    sheets: Sequence[Sheet],
    read: Mapping[int, list[tuple[Source, Header]]],
    mapping: ImportMapping,
) -> list[Unused]:
    """Sheets and columns with text that are not read; ``read`` is by ``id`` of the sheet."""
    found: list[Unused] = []
    for sheet in sheets:
        uses = read.get(id(sheet))
        if not uses:
            ignored = any(sheet.matches(pattern) for pattern in mapping.ignore_sheets)
            cells = sum(bool(cell.strip()) for row in sheet.rows for cell in row.cells)
            found.append(Unused(sheet=sheet.label, column=None, cells=cells, on_purpose=ignored))
            continue
        header = uses[0][1]
        taken = {header.position(title) for source, _ in uses for title in source.headers()}
        ignored_columns = {header.position(t) for source, _ in uses for t in source.ignore}
        filled = Counter(
            position
            for row in header.body
            for position, cell in enumerate(row.cells)
            if cell.strip()
        )
        found.extend(
            Unused(
                sheet=sheet.label,
                column=header.name(position),
                cells=filled[position],
                on_purpose=position in ignored_columns,
            )
            for position in sorted(filled)
            if position not in taken
        )
    return found


def remark_above(run: Run, sheet: Sheet, header: Header) -> None:
    """Note the texts above the headers, which are not taken over."""
    reported = any(
        source.table == "status_reports" and any(sheet.matches(name) for name in source.patterns)
        for source in run.mapping.sources
    )
    dated = stated(header, run.today) if reported else None
    for row in header.above:
        if dated is not None and dated[0] == row.number:
            continue
        text = " · ".join(line(cell) for cell in row.cells if cell.strip())
        run.remark(
            Place(sheet=sheet.label, row=row.number),
            Text(
                f"Über der Kopfzeile steht „{text}“; das wird nicht übernommen.",
                f"Above the headers there is “{text}”; it is not taken over.",
            ),
        )
