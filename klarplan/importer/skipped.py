"""What was not read on purpose: rows that are no entries, what is hidden, comments and colours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from klarplan.check.places import letters
from klarplan.importer.colours import name_of
from klarplan.importer.grid import Sheet, plain
from klarplan.importer.lists import ListView
from klarplan.importer.outcome import Skipped
from klarplan.importer.seen import COLOURED, inks, shades
from klarplan.importer.values import line
from klarplan.messages import NOTHING, Text, quoted

_KEEP = Text(
    "Ist es doch ein Eintrag, schreiben Sie seine Zeile unter „keep“.",
    "If it is an entry, write its row under “keep”.",
)
_KINDS: Mapping[str, tuple[Text, Text]] = {
    "total": (Text("Summenzeile", "total"), _KEEP),
    "note": (Text("Fußnote oder Text neben der Liste", "footnote or text beside the list"), _KEEP),
    "template": (Text("leere Vorlage ohne Titel", "blank template without title"), _KEEP),
    "header": (Text("wiederholte Kopfzeile", "repeated row of headers"), NOTHING),
    "skip": (Text("laut Zuordnung ausgelassen („skip“)", "left out by “skip”"), NOTHING),
    "struck": (
        Text("durchgestrichener oder unsichtbarer Eintrag", "entry that is struck out or unseen"),
        Text(
            "„hidden: {struck: take}“ liest ihn, „hidden: {struck: internal}“ nur intern.",
            "“hidden: {struck: take}” reads it, “hidden: {struck: internal}” as internal.",
        ),
    ),
}
_SECTION = Text("Abschnittszeile", "section row")
_SECTION_CURE = Text(
    "Als Handlungsfeld liest sie „field: {section: 1}“; ist es doch ein Eintrag, hilft „keep“.",
    "“field: {section: 1}” reads it as field of action; if it is an entry, use “keep”.",
)
_LEVEL = Text("Abschnittszeile einer Ebene, die nicht gelesen wird", "section of a level not read")


def _rows(views: Sequence[ListView]) -> Iterator[Skipped]:
    """Rows that no source takes for an entry."""
    groups: dict[str, dict[int, str]] = defaultdict(dict)
    taken = {row.number for view in views for row in view.entries}
    levels = {rule.section for view in views for rule in view.source.rules if rule.section}
    sheet = views[0].whole
    for view in views:
        for number, kind in view.rows.kinds.items():
            if number not in taken and kind != "list":
                groups[kind].setdefault(number, view.rows.texts.get(number, ""))
        if kept := view.rows.levels:
            for number, level in kept.items():
                if level in levels:
                    groups["section"].pop(number, None)
    for kind, found in groups.items():
        if not found:
            continue
        reason, cure = _KINDS.get(kind) or ((_LEVEL if levels else _SECTION), _SECTION_CURE)
        yield Skipped(
            sheet=sheet.label,
            rows=tuple(sorted(found)),
            texts=tuple(line(found[n]) for n in sorted(found)),
            reason=reason,
            cure=cure,
        )
    headers = {view.header.row for view in views}
    for number in sorted({v.rows.other_list for v in views if v.rows.other_list} - headers):
        yield Skipped(
            sheet=sheet.label,
            rows=(number,),
            reason=Text(
                "hier beginnt eine weitere Tabelle mit anderen Spalten; ab hier wird nicht gelesen",
                "another table with other columns begins here; nothing is read from here on",
            ),
            cure=Text(
                f"Beschreiben Sie sie als eigene Quelle mit „header: {number}“.",
                f"Describe it as a source of its own with “header: {number}”.",
            ),
        )


def _all_leave(views: Sequence[ListView], part: str) -> bool:
    return all(view.source.hidden.get(part, "leave") == "leave" for view in views)


def _hidden(sheet: Sheet, views: Sequence[ListView]) -> Iterator[Skipped]:
    marks = sheet.marks
    if _all_leave(views, "rows"):
        for how, reason in (
            ("hidden", Text("ausgeblendete Zeile", "hidden row")),
            ("filtered", Text("durch einen Filter ausgeblendete Zeile", "row that a filter hides")),
        ):
            header = min(view.header.row for view in views)
            numbers = tuple(
                n for n, why in sorted(marks.hidden_rows.items()) if why == how and n > header
            )
            if numbers:
                texts = {row.number: row for row in sheet.rows}
                yield Skipped(
                    sheet=sheet.label,
                    rows=numbers,
                    texts=tuple(_first(texts[n].cells) for n in numbers if n in texts),
                    reason=reason,
                    cure=_take("rows"),
                )
    if _all_leave(views, "columns"):
        for position in sorted(marks.hidden_columns):
            filled = [row.at(position) for row in sheet.rows if row.at(position).strip()]
            if filled:
                yield Skipped(
                    sheet=sheet.label,
                    column=_lettered(position, filled[0]),
                    cells=len(filled),
                    reason=Text("ausgeblendete Spalte", "hidden column"),
                    cure=Text(
                        "„hidden: {columns: take}“ liest sie mit.",
                        "“hidden: {columns: take}” reads it as well.",
                    ),
                )
    if marks.kept and _all_leave(views, "struck"):
        named = {n for view in views for n, kind in view.rows.kinds.items() if kind == "struck"}
        seen_rows = {row.number for view in views for row in view.sheet.rows}
        cells = [place for place in marks.kept if place[0] not in named and place[0] in seen_rows]
        gone = sorted({row for row, _ in marks.kept} - seen_rows - set(marks.hidden_rows))
        if gone:
            reason, cure = _KINDS["struck"]
            yield Skipped(sheet=sheet.label, rows=tuple(gone), reason=reason, cure=cure)
        if cells:
            yield Skipped(
                sheet=sheet.label,
                rows=tuple(sorted({row for row, _ in cells})),
                cells=len(cells),
                reason=Text(
                    "durchgestrichener oder unsichtbarer Text",
                    "text that is struck out or can't be seen",
                ),
                cure=_take("struck"),
            )


def _take(part: str) -> Text:
    return Text(
        f"„hidden: {{{part}: take}}“ liest sie mit, „hidden: {{{part}: internal}}“ nur für den "
        "internen Gebrauch.",
        f"“hidden: {{{part}: take}}” reads it, “hidden: {{{part}: internal}}” as internal.",
    )


def _first(cells: Iterable[str]) -> str:
    return " · ".join([line(cell) for cell in cells if cell.strip()][:2])


def _read(views: Sequence[ListView], how: str) -> set[int | None]:
    """The positions of which comments or colours are read."""
    return {
        view.header.position(plain(rule.column or ""))
        for view in views
        for rule in view.source.rules
        if rule.read == how
    }


def _beside(
    sheet: Sheet, views: Sequence[ListView], marks: Mapping[tuple[int, int], str], how: str
) -> Iterator[Skipped]:
    """Comments or colours of cells, by column, where no source reads them."""
    read = _read(views, how)
    columns: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, position), mark in sorted(marks.items()):
        if position not in read:
            columns[position][row] = mark
    for position, found in columns.items():
        reason = Text("Kommentare an Zellen", "comments on cells")
        if how in COLOURED:
            colours = ", ".join(
                f"{name_of(colour)} {colour}" for colour in sorted(set(found.values()))
            )
            reason = Text(f"Farben von Zellen ({colours})", f"colours of cells ({colours})")
            if how == "font":
                reason = Text(f"Farben der Schrift ({colours})", f"colours of texts ({colours})")
        yield Skipped(
            sheet=sheet.label,
            column=quoted(views[0].header.name(position)),
            rows=tuple(found),
            texts=tuple(line(text) for text in found.values()) if how == "comment" else (),
            cells=len(found),
            reason=reason,
            cure=Text(
                f"Eine Spalte mit „read: {how}“ in der Zuordnung liest sie.",
                f"A column with “read: {how}” in the mapping reads them.",
            ),
        )


def _conditions(sheet: Sheet, views: Sequence[ListView]) -> Iterator[Skipped]:
    """Columns of entries that rules colour by their values: such colours are not read."""
    entries = {row.number for view in views for row in view.entries}
    rows: dict[int, set[int]] = defaultdict(set)
    width = max((len(row.cells) for row in sheet.rows), default=0)
    for top, bottom, left, right in sheet.marks.conditions:
        here = {number for number in entries if top <= number <= bottom}
        for position in range(left, min(right + 1, width)) if here else ():
            rows[position] |= here
    if rows:
        names = quoted(*(views[0].header.name(position) for position in sorted(rows)))
        yield Skipped(
            sheet=sheet.label,
            column=names,
            rows=tuple(sorted(set().union(*rows.values()))),
            reason=Text(
                "Farben, Balken oder Zeichen einer bedingten Formatierung",
                "colours, bars or icons of conditional formatting",
            ),
            cure=Text(
                "Gelesen wird der Wert der Zelle, nicht die Farbe, die er auslöst. Sagt die Farbe "
                "mehr, schreiben Sie es in die Zelle.",
                "The value of the cell is read, not the colour that follows from it. If the colour "
                "says more, write it into the cell.",
            ),
        )


def skipped(sheets: Sequence[Sheet], views: Sequence[ListView]) -> list[Skipped]:
    """What the sources of a mapping leave out of the sheets that they read, with the reasons."""
    found: list[Skipped] = []
    for sheet in sheets:
        here = [view for view in views if view.whole is sheet]
        if here:
            entries = {row.number for view in here for row in view.entries}
            found += _rows(here)
            found += _hidden(sheet, here)
            found += _beside(sheet, here, sheet.marks.comments, "comment")
            found += _beside(sheet, here, shades(sheet, entries), "fill")
            found += _beside(sheet, here, inks(sheet, entries), "font")
            found += _conditions(sheet, here)
    return found


def _lettered(position: int, text: str) -> Text:
    """A column by its letter and what stands in it."""
    held = quoted(line(text))
    return Text(*(f"{letters(position)} ({told})" for told in held))
