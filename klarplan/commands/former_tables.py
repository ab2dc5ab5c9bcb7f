"""What earlier versions wrote into tables, brought to where it stands now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from klarplan.importer.status_words import STATUS_WORDS
from klarplan.messages import Text
from klarplan.strategy.csv_rewriter import RawTable, read_raw
from klarplan.strategy.usual_statuses import USUAL

FORMER_MEANING = "An der Maßnahme wird gearbeitet, sie liegt im Plan."
"""What Klarplan used to say of measures under way; whether they are on time is computed."""

_COLOURS = ("gelb", "orange", "rot", "teilweise", "amber", "yellow", "red")
"""Words that mean a status in a town hall's list, but say nothing clear by themselves."""
_HINTS = (
    *("verzög", "verzug", "verspät", "gefährdet", "kritisch", "delay", "critical", "at risk"),
    *("ruht", "ruhend", "pausi", "paused", "on hold", "unterbroch", "ausgesetzt", "zurückgest"),
)
"""Parts of words that make it likely that a status is no plain „in Umsetzung“."""


@dataclass(slots=True)
class Tables:
    """The tables of a strategy while they are changed, with what was done and what is doubtful."""

    folder: Path
    paths: Mapping[str, str]
    """The file of each table."""
    changed: dict[str, RawTable] = field(default_factory=dict)
    done: list[Text] = field(default_factory=list)
    doubts: list[Text] = field(default_factory=list)

    def read(self, name: str) -> RawTable | None:
        """A table as it stands, or as it was changed; ``None`` where there is none."""
        if name in self.changed:
            return self.changed[name]
        path = self.folder / self.paths.get(name, f"{name}.csv")
        return read_raw(path, f"data/{path.name}") if path.is_file() else None

    def file(self, name: str) -> str:
        """How messages call a table's file."""
        return f"data/{self.paths.get(name, f'{name}.csv')}"


def split_precision(tables: Tables) -> None:
    """Let each planned date have its own exactness, where there is a date."""
    table = tables.read("measures")
    position = table.column("date_precision") if table else None
    if table is None or position is None:
        return
    new = [n for n in ("start_precision", "end_precision") if table.column(n) is None]
    moved = 0
    for row in table.rows[1:]:
        if position >= len(row):
            continue
        exact = row[position].strip()
        cells = {
            "start_precision": exact if table.cell(row, "planned_start") else "",
            "end_precision": exact if table.cell(row, "planned_end") else "",
        }
        moved += any(cells.values())
        for name in cells.keys() - new:
            there = table.column(name)
            if there is not None and there < len(row) and not row[there].strip():
                row[there] = cells[name]
        row[position : position + 1] = [cells[name] for name in new]
    table.header[position : position + 1] = new
    tables.changed["measures"] = table
    file = tables.file("measures")
    tables.done.append(
        Text(
            f"{file}: Aus „date_precision“ werden „start_precision“ und „end_precision“, jeweils "
            f"dort, wo ein Termin steht ({moved} Maßnahmen).",
            f"{file}: “date_precision” becomes “start_precision” and “end_precision”, each where "
            f"there is a date ({moved} measures).",
        )
    )


def move_successions(tables: Tables) -> None:
    """Write into a table of its own which measure was superseded by which."""
    table = tables.read("measures")
    position = table.column("superseded_by") if table else None
    if table is None or position is None:
        return
    pairs = [
        [table.cell(row, "id"), table.cell(row, "superseded_by")]
        for row in table.rows[1:]
        if table.cell(row, "superseded_by")
    ]
    for row in table.rows:
        del row[position : position + 1]
    tables.changed["measures"] = table
    there = tables.read("successions")
    if pairs and there is None:
        tables.changed["successions"] = table.alike([["from", "to"], *pairs])
    elif there is not None:
        known = {(there.cell(r, "from"), there.cell(r, "to")) for r in there.rows[1:]}
        more = [pair for pair in pairs if tuple(pair) not in known]
        there.rows += [_row(there, {"from": one, "to": other}) for one, other in more]
        if more:
            tables.changed["successions"] = there
    file, target = tables.file("measures"), tables.file("successions")
    tables.done.append(
        Text(
            f"{file}: „superseded_by“ entfällt"
            + (f"; {len(pairs)} Ablösungen stehen jetzt in {target}." if pairs else "."),
            f"{file}: “superseded_by” is gone"
            + (f"; {len(pairs)} successions are in {target} now." if pairs else "."),
        )
    )


def _row(table: RawTable, cells: Mapping[str, str]) -> list[str]:
    return [cells.get(name.strip(), "") for name in table.header]


def renew_statuses(tables: Tables) -> None:
    """Give statuses that clearly say „delayed“ or „paused“ their category; tell of the doubtful."""
    table = tables.read("statuses")
    position = table.column("category") if table else None
    if table is None or position is None:
        return
    file = tables.file("statuses")
    for row in table.rows[1:]:
        identifier, category = table.cell(row, "id"), table.cell(row, "category")
        clear = _clear(identifier, table.cell(row, "label"), table.cell(row, "label_en"))
        if category == "active" and clear:
            row[position] = clear
            tables.changed["statuses"] = table
            tables.done.append(
                Text(
                    f"{file}: „{identifier}“ hat jetzt die Art „{clear}“ statt „active“.",
                    f"{file}: “{identifier}” has the category “{clear}” now, no longer “active”.",
                )
            )
        elif category in ("active", "open", "unknown") and (
            clear or any(map(_hints, _texts(table, row)))
        ):
            label = table.cell(row, "label") or identifier
            tables.doubts.append(
                Text(
                    f"{file}: „{label}“ hat die Art „{category}“. Gehört dazu eher „delayed“ "
                    "(verspätet oder gefährdet) oder „paused“ (ruht)?",
                    f"{file}: “{label}” has the category “{category}”. Should it rather be "
                    "“delayed” (late or at risk) or “paused” (on hold)?",
                )
            )
        meaning = table.column("meaning")
        if meaning is not None and table.cell(row, "meaning") == FORMER_MEANING:
            row[meaning] = USUAL["running"]["meaning"]
            tables.changed["statuses"] = table
            tables.done.append(
                Text(
                    f"{file}: „{identifier}“ bedeutet „{row[meaning]}“; ob sie im Plan liegt, "
                    "wird berechnet.",
                    f"{file}: “{identifier}” means “{row[meaning]}”; whether it is on time is "
                    "computed.",
                )
            )


def _texts(table: RawTable, row: list[str]) -> Iterator[str]:
    for name in ("id", "label", "label_en"):
        yield table.cell(row, name).casefold()


def _hints(text: str) -> bool:
    """Whether a text only makes it likely that a status means late or paused."""
    return text in _COLOURS or any(hint in text for hint in _HINTS)


def _clear(*said: str) -> str | None:
    """The category that an id or a label is an own word for, if any."""
    for status in ("delayed", "critical", "paused"):
        words = {status, USUAL[status]["label_en"], *STATUS_WORDS[status]} - {*_COLOURS}
        if any(text.casefold() in words for text in said):
            return USUAL[status]["category"]
    return None
