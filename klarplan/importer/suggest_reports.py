"""The sources of a suggested mapping for reports that stand in a list of measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from klarplan.importer.crosses import is_blank, is_cross
from klarplan.importer.grid import plain
from klarplan.importer.guess import Guess, are_days, key_of, positions_of
from klarplan.importer.headers import bare_title
from klarplan.importer.mapping_text import Proposal
from klarplan.importer.shape import colours_of
from klarplan.importer.suggest_ends import ends_in_full, no_plan
from klarplan.importer.suggest_periods import dated_reports
from klarplan.importer.suggest_sources import Sources
from klarplan.importer.suggest_statuses import (
    UNKNOWN,
    are_grades,
    are_numbers,
    meaning,
    permanent_words,
)
from klarplan.strategy.schema import TableSchema

MOSTLY = 0.8
"""The share of filled cells that must be crosses for a column to stand for a status."""


def reports(
    sources: Sources, found: Guess, source: Proposal, used: set[int], *, reported: bool
) -> set[int]:
    """Propose sources for the reports in a list of measures; the positions that they read.

    ``source`` is that of the measures, which reads the positions in ``used``; ``reported`` says
    that reports have a sheet of their own.
    """
    schema = sources.descriptor.tables.get("status_reports")
    measure = sources.measure(found)
    if schema is None or measure is None:
        return set()
    taken = set(found.positions.values()) | used
    dated: set[int] = set() if reported else _side_by_side(sources, found, schema, measure, taken)
    taken |= dated
    positions = _positions(sources, found, schema, taken)
    crosses = {} if "status" in positions else _crosses(found, taken)
    told = [t for t in ("status", "progress", "expected_end", "text") if t in positions]
    told += ["status"] if crosses else []
    if not told or (told == ["text"] and not _is_report(found, positions["text"])):
        return dated
    if reported and "status" in positions:
        title = found.header.titles[positions["status"]]
        source.ignore.append((plain(title), title))
        return {positions["status"]}
    if reported:
        return set()
    reports = sources.begin(found, "status_reports")
    reports.columns.append(measure)
    used = {
        position
        for target, position in positions.items()
        if target != "measure" and sources.entry(found, "status_reports", target, position)
    }
    if "expected_end" in positions and "planned_end" not in found.positions:
        reports.notes.append(no_plan(found.header.titles[positions["expected_end"]]))
    used |= _add_words(sources, found, reports, positions)
    used |= _add_crosses(sources, found, reports, crosses)
    if reports.columns == [measure]:  # nothing of what was found can be read
        sources.all.remove(reports)
        return dated
    sources.dated(found, reports)
    _permanent(found, source, positions.get("status"))
    return used | dated


def with_told_stand(found: Guess) -> Guess:
    """The guess for a sheet of reports with “Stand” as text, where it tells no days."""
    day = found.positions.get("date")
    if found.table != "status_reports" or day is None or "text" in found.positions:
        return found
    if are_days(found.texts(day)) or not any(map(_says, found.texts(day))):
        return found
    others = {target: p for target, p in found.positions.items() if target != "date"}
    return replace(found, positions={**others, "text": day})


def _positions(
    sources: Sources, found: Guess, schema: TableSchema, taken: set[int]
) -> dict[str, int]:
    """Where the columns of reports stand, told by their headers and by what is below them."""
    titles = ends_in_full(found.header)
    told = [title if found.texts(p) and p not in taken else "" for p, title in enumerate(titles)]
    positions, _ = positions_of(schema, told)
    free = [title if p not in taken else "" for p, title in enumerate(titles)]
    positions = {**positions_of(schema, free)[0], **positions}
    positions = {
        target: p
        for target, p in positions.items()
        if p not in taken and (found.texts(p) or colours_of(sources.shape, p)[1])
    }
    for other in ("date", "progress", "text"):
        position = positions.get(other)
        if "status" in positions or position is None:
            continue
        if sources.meanings.are_statuses(found.texts(position)):
            positions["status"] = positions.pop(other)
    day = positions.get("date")
    if day is not None and not are_days(found.texts(day)):
        del positions["date"]
        text, said = positions.get("text"), any(map(_says, found.texts(day)))
        if said and (text is None or not _is_report(found, text)):
            positions["text"] = day
    status = positions.get("status")
    if "progress" not in positions and status is not None:
        texts = found.texts(status)
        if are_numbers(texts) and not are_grades(titles[status], texts):
            positions["progress"] = positions.pop("status")
    progress = positions.get("progress")
    if progress is not None and are_grades(titles[progress], found.texts(progress)):
        del positions["progress"]
        sources.unread[titles[progress]] = " (nur 0 bis 9: Stufen oder Prozent?)"
    return positions


def _add_words(
    sources: Sources, found: Guess, reports: Proposal, positions: Mapping[str, int]
) -> set[int]:
    """Keep the words of a column of statuses as text where they say more than a status."""
    status = positions.get("status")
    read = {target for target, _, _ in reports.columns}
    if status is None or "status" not in read or "text" in read:
        return set()
    texts = [text for text in found.texts(status) if any(map(str.isalpha, text))]
    if not any(map(sources.meanings.says_more, texts)):
        return set()
    why = "Sachstand; geraten: Der Wortlaut sagt mehr als der Status"
    reports.columns.append(("text", found.header.titles[status], why))
    return {status}


def _add_crosses(
    sources: Sources, found: Guess, reports: Proposal, crosses: Mapping[int, str]
) -> set[int]:
    """Propose the columns that stand for a status each."""
    if not crosses:
        return set()
    values = {found.header.titles[p]: status for p, status in crosses.items()}
    options: dict[str, object] = {"marked": list(values), "values": values}
    reports.columns.append(("status", options, "Status; geraten: je Status eine Spalte"))
    sources.used |= set(values.values())
    return set(crosses)


def _crosses(found: Guess, taken: set[int]) -> dict[int, str]:
    """The columns that stand for a status each, with crosses below; none where it is fewer."""
    columns: dict[int, str] = {}
    for position, title in enumerate(found.header.titles):
        texts = [text for text in found.texts(position) if not is_blank(text)]
        if title and position not in taken and sum(map(is_cross, texts)) >= MOSTLY * len(texts):
            status = meaning(bare_title(title))
            if status != UNKNOWN:
                columns[position] = status
    return columns if len(columns) > 1 and any(map(found.texts, columns)) else {}


def _side_by_side(
    sources: Sources,
    found: Guess,
    schema: TableSchema,
    measure: tuple[str, str | Mapping[str, object], str],
    taken: set[int],
) -> set[int]:
    """Propose a source for each period or day that headers name: “Status 2024”."""
    used: set[int] = set()
    for one in dated_reports(found, schema, sources.meanings, sources.today, taken):
        reports = sources.begin(found, "status_reports")
        told = f"{schema.columns[one.target].title}; geraten: nach der Überschrift"
        reports.columns += [measure, (one.target, {"value": one.value}, told)]
        used |= {p for t, p in one.positions.items() if sources.entry(found, schema.name, t, p)}
        if one.open:
            sources.dated(found, reports)
    return used


def _permanent(found: Guess, source: Proposal, position: int | None) -> None:
    """Take a permanent task from a status such as “Daueraufgabe” too, if nothing else tells."""
    if position is None or "type" in [target for target, _, _ in source.columns]:
        return
    permanent, others = permanent_words(found.texts(position))
    if permanent:
        options: dict[str, object] = {"column": found.header.titles[position]}
        options["values"] = dict.fromkeys(permanent, "permanent")
        if others:
            options["empty"] = others
        source.columns.append(("type", options, "Art; geraten: aus Wörtern des Status"))


def _says(text: str) -> bool:
    """Whether a text has words."""
    return any(map(str.isalpha, text))


def _is_report(found: Guess, position: int) -> bool:
    """Whether a column of texts tells how a measure stands, more than “Bemerkungen” does."""
    return any(word in key_of(found.header.titles[position]) for word in ("stand", "bericht"))
