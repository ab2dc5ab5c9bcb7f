"""Tables that are read as running text, and rows with a cell too many or too few."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from markdown import Markdown
from markdown.extensions.tables import TableProcessor

from klarplan.check.literal.view import Line, Slip, View, squashed
from klarplan.messages import Fix, Text
from klarplan.words.catalogue import GERMAN

_RULE = frozenset("|:-–— \t")


class _Reader(TableProcessor):
    """The reader of tables that renders pages, too, asked what it makes of a row."""

    def cells(self, row: str) -> list[str]:
        """The cells of a row of the table whose first two lines were looked at last."""
        return [str(cell) for cell in self._split_row(row)]  # type: ignore[attr-defined]


@cache
def _reader() -> _Reader:
    return _Reader(Markdown().parser, {"use_align_attribute": False})


def _cells(row: str) -> list[str]:
    """The cells of a row, whatever table it belongs to."""
    reader = _reader()
    reader.border = True
    return reader.cells(row.strip())


def _is_rule(row: str) -> bool:
    return "|" in row and set(row) <= _RULE and any(dash in row for dash in "-–—")


def cell_slips(view: View) -> Iterator[Slip]:
    """Rows of tables with a cell too many, which vanishes, or too few."""
    if "|" not in view.page.source.body:
        return
    heads = {squashed(th.text(deep=True))[:12] for th in view.page.elements("th")}
    for block in view.blocks if heads else []:
        rows = [re.sub(r"^[\s>]*", "", line.plain).rstrip() for line in block]
        reader = _reader()
        if not reader.test(None, "\n".join(rows)):  # type: ignore[arg-type]
            continue
        width = len(reader.separator)
        head = reader.cells(rows[0])[0]
        if squashed(head)[:12] not in heads:
            continue
        few: list[Line] = []
        for number, (line, row) in enumerate(zip(block[2:], rows[2:], strict=True), 2):
            if row.startswith("{"):
                continue
            cells = reader.cells(row)
            if any(cell.strip() for cell in cells[width:]):
                yield _surplus(line, cells, width)
                view.told.add(line.number)
            elif len(cells) == 1 and "|" not in row and width > 1:
                yield _behind(line, row, last=not any("|" in r for r in rows[number:]))
                view.told.update(later.number for later in block[number:])
                break
            elif len(cells) < width:
                few.append(line)
        if few:
            yield _few(few, width)
            view.told.update(line.number for line in few)


def _surplus(line: Line, cells: list[str], width: int) -> Slip:
    lost = " | ".join(cell.strip() for cell in cells[width:])
    return Slip(
        "cells",
        line.number,
        line.plain.strip(),
        Text(
            f"Die Zeile hat {len(cells)} Zellen, die Tabelle nur {width} Spalten: "
            f"„{lost}“ erschiene nicht.",
            f"The row has {len(cells)} cells, the table only {width} columns: “{lost}” would not "
            "appear.",
        ),
        Text(
            "Löschen Sie die überzählige Zelle, oder ergänzen Sie oben eine Spalte. "
            "Gehört ein | zum Text, schreiben Sie \\|.",
            "Delete the surplus cell, or add a column above. If a | belongs to the text, "
            "write \\|.",
        ),
        severity="error",
    )


def _few(lines: list[Line], width: int) -> Slip:
    named = GERMAN.listed([str(line.number) for line in lines[:5]])
    return Slip(
        "cells",
        lines[0].number,
        lines[0].plain.strip(),
        Text(
            f"Die Zeile hat weniger Zellen als die Tabelle Spalten ({width})."
            if len(lines) == 1
            else f"{len(lines)} Zeilen ({named}) haben weniger Zellen als die Tabelle Spalten "
            f"({width}).",
            f"{len(lines)} row(s) ({', '.join(str(n.number) for n in lines[:5])}) have fewer cells "
            f"than the table has columns ({width}).",
        ),
        Text(
            "Ergänzen Sie die fehlende Zelle; eine leere schreiben Sie so: | |",
            "Add the missing cell; an empty one is written like this: | |",
        ),
    )


def _behind(line: Line, row: str, *, last: bool) -> Slip:
    return Slip(
        "cells",
        line.number,
        row,
        Text(
            "Der Text unter der Tabelle erscheint als weitere Zeile der Tabelle.",
            "The text below the table appears as another row of it.",
        ),
        Text("Lassen Sie davor eine Zeile leer.", "Leave a line empty before it."),
        Fix(line.written, f"\n{line.written}") if last else None,
    )


def table_slips(view: View) -> Iterator[Slip]:
    """Tables that readers see as running text."""
    after = 0
    for shown in view.shown:
        if "|" not in shown.text or shown.tag in ("td", "th"):
            continue
        lines = shown.lines
        piped = [n for n, line in enumerate(lines) if "|" in line]
        rules = [n for n in piped if _is_rule(lines[n])]
        if not rules and not _alike(lines, piped):
            continue
        at = rules[0] if rules else piped[0]
        anchor = at - 1 if at and rules else at
        place = view.locate(lines[anchor], after) if anchor == at or lines[anchor] else None
        place = place if anchor == at or place is None else place + 1
        if place is None or place in view.told:
            continue
        start = place - at
        after = place
        yield _ruled(view, lines, at, place) if rules else _unruled(view, lines, piped, place)
        view.told.update(range(start if at else place - 2, start + len(lines)))


def _alike(lines: list[str], piped: list[int]) -> bool:
    """Whether lines with | are rows of a table, and not a sentence or a row of links."""
    if len(piped) < 2 or piped[-1] - piped[0] >= len(piped):
        return False
    widths = {len(_cells(lines[n])) for n in piped}
    return len(widths) == 1 and (widths != {1} or all(lines[n][0] == "|" for n in piped))


def _rule_for(row: str) -> str:
    return "|" + "---|" * len(_cells(row))


def _ruled(view: View, lines: list[str], at: int, place: int) -> Slip:
    """A table with its rule, which is read as text nevertheless."""
    rule = view.by_number[place]
    problem = Text(
        "Die Tabelle erscheint als fortlaufender Text.", "The table appears as running text."
    )
    if at == 0:
        return Slip(
            "table",
            place,
            rule.plain.strip(),
            problem,
            Text(
                "Direkt über der Zeile aus Strichen steht die Zeile mit den Namen der Spalten, "
                "ohne leere Zeile dazwischen.",
                "Right above the line of dashes stands the line with the names of the columns, "
                "without an empty line between them.",
            ),
        )
    head = lines[at - 1]
    wanted = _rule_for(head)
    if len(_cells(head)) != len(_cells(lines[at])) or re.search("[–—]", lines[at]):
        plain = bool(re.fullmatch(r"[|\-–—\s]*", rule.plain)) and at == 1
        return Slip(
            "table",
            place,
            rule.plain.strip(),
            problem,
            Text(
                f"Ersetzen Sie diese Zeile durch {wanted}",
                f"Replace this line by {wanted}",
            ),
            Fix(rule.written, wanted) if plain else None,
        )
    first = view.by_number.get(place - 1)
    gap = at > 1 and first is not None
    return Slip(
        "table",
        place - 1,
        head,
        problem,
        Text(
            "Lassen Sie über der Zeile mit den Namen der Spalten eine Zeile leer.",
            "Leave a line empty above the line with the names of the columns.",
        ),
        Fix(first.written, f"\n{first.written}") if first and gap else None,
    )


def _unruled(view: View, lines: list[str], piped: list[int], place: int) -> Slip:
    """Rows of a table without its rule."""
    first = view.by_number[place]
    row = lines[piped[0]]
    bordered = all(lines[n].startswith("|") for n in piped)
    gap = "\n" if piped[0] else ""
    return Slip(
        "table",
        place,
        row,
        Text(
            "Die Tabelle erscheint als fortlaufender Text: Unter den Namen der Spalten fehlt die "
            "Zeile aus Strichen.",
            "The table appears as running text: the line of dashes is missing below the names of "
            "the columns.",
        ),
        Text(
            f"Schreiben Sie unter die erste Zeile: {_rule_for(row)}",
            f"Write below the first line: {_rule_for(row)}",
        ),
        Fix(first.written, f"{gap}{first.written}\n{_rule_for(row)}")
        if bordered and first.written.startswith("|")
        else None,
    )


def pasted_slips(view: View) -> Iterator[Slip]:
    """Rows with tabs, as they come from a spreadsheet by copy and paste."""
    if "\t" not in view.page.source.body:
        return
    texts = [squashed(shown.text) for shown in view.shown if shown.tag == "p"]
    for block in view.blocks:
        rows = [line.written.split("\t") for line in block]
        widths = {len(row) for row in rows}
        cells = all(row[0].strip() for row in rows)
        if len(rows) < 2 or len(widths) != 1 or widths == {1} or not cells:
            continue
        if not any(squashed(block[0].plain) in text for text in texts):
            continue
        mended = [f"| {' | '.join(cell.strip() for cell in row)} |" for row in rows]
        mended.insert(1, _rule_for(mended[0]))
        view.told.update(line.number for line in block)
        yield Slip(
            "table",
            block[0].number,
            " ".join(block[0].written.split()),
            Text(
                "Die eingefügte Tabelle erscheint als fortlaufender Text.",
                "The pasted table appears as running text.",
            ),
            Text(
                "Trennen Sie die Zellen mit |, und schreiben Sie unter die erste Zeile "
                f"{mended[1]}",
                f"Separate the cells by |, and write below the first line {mended[1]}",
            ),
            Fix("\n".join(line.written for line in block), "\n".join(mended))
            if not any("|" in line.written for line in block)
            else None,
        )
