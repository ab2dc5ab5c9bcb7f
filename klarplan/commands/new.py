"""Beginning something new: its row and, where it has one, its text; checked, then written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from klarplan.commands.candidate import candidate
from klarplan.commands.new_errors import new_findings
from klarplan.commands.repair import FOLDERS
from klarplan.commands.revisions import HERE
from klarplan.commands.targets import refuse_links
from klarplan.commands.unread import refuse_unread
from klarplan.commands.writing import replace_unchanged
from klarplan.comparison.compare import Comparison, compare
from klarplan.comparison.state import State, line_ends, read_state
from klarplan.editing.asked_back import asked_back
from klarplan.editing.kept_end import EXPECTED, kept, told
from klarplan.editing.namesakes import namesakes
from klarplan.editing.new_row import NewRow, Origin
from klarplan.messages import Finding, KlarplanError, Lang, Text, together
from klarplan.pages.own_text import own_text
from klarplan.pages.used_ids import used_before
from klarplan.strategy.addresses import prose_file
from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.strategy.csv_editor import Edits, edited
from klarplan.strategy.csv_writer import table_bytes
from klarplan.strategy.load import load
from klarplan.strategy.model import Strategy
from klarplan.strategy.owed import asked_period
from klarplan.strategy.settings_file import read_settings
from klarplan.words.catalogue import Words

OPTIONS = ("title", "field", "measure", "status", "text", "date")
"""The columns with an option of their own; all others are ``--set``."""
Ask = Callable[[NewRow], None]
"""Fills a row with what somebody is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What would be new, in words and in bytes, and what stands in its way."""

    row: NewRow
    comparison: Comparison
    before: Mapping[Path, bytes]
    """The file of the table as it was when it was read; nothing where it is new."""
    contents: Mapping[Path, bytes]
    errors: Sequence[Finding]
    """Errors that the strategy would have and now has not."""
    warnings: Sequence[Finding]
    """What else the check would then tell, and doesn't now."""
    notes: Sequence[Text]
    """What is to be told of how values were understood, and what was added to them."""


def begin(  # noqa: PLR0913 (one argument per option)
    root: Path,
    kind: str,
    given: Sequence[tuple[str, str]],
    as_of: dt.date,
    lang: Lang,
    *,
    ask: Ask | None = None,
    spoken: Lang | None = None,
    after: str = "",
) -> Begun:
    """What a new row with these values would change below ``root``; nothing is written.

    ``given`` are columns and values of options; ``ask`` fills what else somebody knows. Values to
    choose from are told in the language ``spoken``, else in ``lang``. ``after`` is what the
    strategy with the row is called. A report is of ``as_of`` and the period that reports are asked
    for, and keeps the end that was expected last, unless told otherwise.
    Raises ``KlarplanError`` (exit code 2) for values that can't be, and for those that are missing,
    and (exit code 1) where the same row is there already.
    """
    refuse_links(root, FOLDERS)
    seen = {file: file.read_bytes() for file in (root / "data").rglob("*.csv")}
    state = read_state(root, HERE.in_(lang), (root, ""))
    refuse_unread(root, state.descriptor, state.tables)
    row = NewRow(kind, state.descriptor, state.tables, spoken or lang)
    for column, value in given:
        place = Origin(f"--{column}" if column in OPTIONS else f"--set {column}")
        fill(row, column, value, place)
    if kind == "report" and "date" not in row.cells:
        row.put("date", as_of.isoformat())
    if ask:
        ask(row)
    if lacking := row.missing():
        raise _lacking(kind, row, lacking)
    strategy = load(root).strategy
    if kind == "report":
        _as_before(strategy, row, as_of)
    _refuse_again(row)
    row.notes += _namesakes(row, state)
    row.notes += _asked_back(row, strategy, as_of)
    row.give_id(used_before(root, state.descriptor))
    contents = dict(_contents(root, row))
    with candidate(root, contents) as copy:
        then = read_state(copy, after or HERE.in_(lang))
        comparison = compare(state, then, lang)
        told = new_findings(root, copy, as_of, contents)
        errors, warnings = ([_at_origin(f, row, then) for f in found] for found in told)
    return Begun(
        row=row,
        comparison=comparison,
        before={file: content for file, content in seen.items() if file in contents},
        contents=contents,
        errors=errors,
        warnings=warnings,
        notes=row.notes,
    )


def fill(row: NewRow, told: str, value: str, place: Origin) -> None:
    """Fill a column with what came from a place; what is wrong with it is told there.

    Raises ``KlarplanError`` as ``NewRow.put`` does.
    """
    try:
        row.put(told, value)
    except KlarplanError as error:
        raise KlarplanError(
            error.problem, error.cure, file=place.file, line=place.line, exit_code=error.exit_code
        ) from error
    row.origins[row.named(told)] = place


def _at_origin(finding: Finding, row: NewRow, then: State) -> Finding:
    """The same finding, where it is about a cell that was told, at the place of its value."""
    table = then.tables.get(row.schema.name)
    cell = finding.file, finding.line, finding.column
    name = row.name_beside(cell, then.tables, row.cells)
    if not name and table and (finding.file, finding.line) == (table.file, table.lines[-1]):
        name = finding.column or ""
    place = row.origins.get(name)
    if place is None:
        return finding
    title, (de, en) = row.titles(name), finding.problem
    problem = Text(f"{title.de}: {de}", f"{title.en}: {en}")
    return replace(
        finding,
        file=place.file,
        line=place.line,
        column=None,
        title=None,
        cell=None,
        problem=problem,
    )


def _as_before(strategy: Strategy, row: NewRow, as_of: dt.date) -> None:
    """Give a report its period, and the end that was expected last, unless it tells them."""
    measure = strategy.measure_by_id.get(row.cells["measure"])
    if measure and "period" not in row.cells and "period" in row.columns:
        row.put("period", asked_period(strategy, measure, as_of)[0])
    if not row.plan_again and EXPECTED in row.columns and (still := kept(strategy, row.cells)):
        row.cells |= {name: text for name, text in still.items() if name in row.columns}
        row.notes.append(told(still))


def _asked_back(row: NewRow, strategy: Strategy, as_of: dt.date) -> Iterator[Text]:
    """What is asked back of a row, by the titles of its columns."""
    cells = {**dict.fromkeys(row.beside, ""), **row.cells}
    if row.plan_again:
        return
    for name, said in asked_back(row.schema.name, cells, strategy, as_of):
        title = row.titles(name)
        yield Text(f"{title.de}: {said.de}", f"{title.en}: {said.en}")


def _refuse_again(row: NewRow) -> None:
    """Raise ``KlarplanError`` where the table has just this row already; ids tell others apart."""
    told = {name: line_ends(text) for name, text in row.cells.items() if text}
    if row.table is None or "id" in row.columns:
        return
    for line, record in zip(row.table.lines, row.table.records, strict=True):
        cells = zip(row.table.header, map(line_ends, record), strict=False)
        if {name: text for name, text in cells if text} == told:
            raise KlarplanError(
                Text("Genau das steht schon da.", "Just this is there already."),
                Text(
                    "Zu tun ist nichts; es ist nichts geändert.",
                    "There is nothing to do; nothing is changed.",
                ),
                file=row.table.file,
                line=line,
            )


def _namesakes(row: NewRow, state: State) -> Iterator[Text]:
    for said in namesakes(row.schema.name, row.cells, state.rows(row.schema.name)):
        yield together(said, _SAME)


_SAME = Text(
    "Ist dasselbe gemeint, nehmen Sie die neue Zeile zurück.",
    "If the same is meant, take the new row back.",
)


def write(begun: Begun) -> None:
    """Write the row and its text, or nothing.

    Raises ``KlarplanError`` where somebody has changed the table in the meantime.
    """
    if not begun.errors:
        replace_unchanged(begun.before, begun.contents)


def _contents(root: Path, row: NewRow) -> Mapping[Path, bytes]:
    """The files with the new row, what belongs to it, and its text where it has none yet."""
    all_edits = {row.schema.name: Edits(added=[row.cells]), **row.edits_beside(row.cells)}
    found = {}
    for table, edits in all_edits.items():
        schema = row.described[table]
        file = root / "data" / schema.path
        if file.is_file():
            found[file] = edited(file, f"data/{schema.path}", edits)
        else:
            columns = tuple(schema.columns)
            rows = [[new.get(name, "") for name in columns] for new in edits.added]
            found[file] = table_bytes(columns, rows)
    if row.schema.name in ROW_CHAPTERS:
        text = root / prose_file(row.schema.name, row.cells["id"])
        if not text.exists():
            found[text] = own_text(Words(read_settings(root)[0].lang)).encode()
    return found


def _lacking(kind: str, row: NewRow, names: Sequence[str]) -> KlarplanError:
    titles = ", ".join(f"{row.column(name).title} ({name})" for name in names)
    call = " ".join(f"--set {name}=…" for name in names)
    return KlarplanError(
        Text(f"Es fehlt: {titles}.", f"Missing: {titles}."),
        Text(f"Nennen Sie es: klarplan new {kind} {call}", f"Name it: klarplan new {kind} {call}"),
        exit_code=2,
    )
