"""Taking in the text of an issue: the row that it asks for, as ``klarplan new`` makes it."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from klarplan.commands.new import Begun, begin, fill
from klarplan.editing.issue_text import MOST, Answer, answers, refuse_unseen, twice
from klarplan.editing.new_row import NewRow, Origin
from klarplan.messages import KlarplanError, Lang, Text, did_you_mean, quoted
from klarplan.os_errors import require_file
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.issue_forms import FORMS, required
from klarplan.strategy.load import load
from klarplan.strategy.new_kinds import KINDS, Askable
from klarplan.strategy.schema import Descriptor

STDIN = "-"
_BYTES = 4 * MOST + 3


def read_text(file: str) -> str:
    """The text of a file, or what comes in where it is ``-``.

    Raises ``KlarplanError`` where it is not there, or no text.
    """
    if file == STDIN:
        stream = getattr(sys.stdin, "buffer", None)
        raw = stream.read(_BYTES + 1) if stream else sys.stdin.read(MOST + 1).encode()
    else:
        require_file(Path(file))
        with Path(file).open("rb") as opened:
            raw = opened.read(_BYTES + 1)
    try:
        # One letter that the limit has cut is no fault of whoever wrote the text.
        return raw.decode("utf-8-sig", "ignore" if len(raw) > _BYTES else "strict")
    except UnicodeDecodeError as error:
        raise KlarplanError(
            Text("Das ist kein Text in UTF-8.", "This is no text in UTF-8."),
            Text("Speichern Sie ihn als UTF-8.", "Save it as UTF-8."),
            file=None if file == STDIN else file,
        ) from error


def take_in(root: Path, text: str, name: str, as_of: dt.date, lang: Lang) -> Begun:
    """What the text of an issue would change below ``root``; nothing is written.

    ``name`` is what messages call it. Questions are titles or names of columns in German or
    English. A report is of ``as_of`` unless it says otherwise.
    Raises ``KlarplanError`` with the line for what can't be taken in.
    """
    try:
        given = answers(text)
        loaded = load(root)
        kind, columns, spoken = _understood(given, loaded.descriptor, loaded.strategy.tables)
    except KlarplanError as error:
        raise _placed(error, name) from error

    def fill_in(row: NewRow) -> None:
        for answer, column in zip(given, columns, strict=True):
            row.notes += answer.notes()
            if not answer.text:
                continue
            place = Origin(name, answer.line)
            try:
                fill(row, column, answer.text, place)
                refuse_unseen(row.cells[column], answer.line)
            except KlarplanError as error:
                raise _placed(error, name, answer.line) from error
        if lacking := row.missing():
            raise _placed(_lacking(row, lacking), name)

    return begin(root, kind, (), as_of, lang, ask=fill_in, spoken=spoken, after=Path(name).name)


def _understood(
    given: Sequence[Answer], descriptor: Descriptor, tables: Mapping[str, Table]
) -> tuple[str, Sequence[str], Lang]:
    """Which form was filled, the column of each answer, and the language that it speaks."""
    rows = {
        kind: Askable(KINDS[kind], descriptor, tables, "de")
        for kind in FORMS
        if KINDS[kind].table in descriptor.tables
    }
    titles = {kind: _titles(row) for kind, row in rows.items()}
    needed = {kind: required(row, FORMS[kind]) for kind, row in rows.items()}
    asked = [answer.question.casefold() for answer in given]
    fits = {
        kind: (
            {*needed[kind]} <= {named.get(question, "") for question in asked},
            sum(question in named for question in asked),
        )
        for kind, named in titles.items()
    }
    kind = max(fits, key=lambda kind: fits[kind], default="")
    if not kind or not fits[kind][1]:
        raise KlarplanError(
            Text(
                "Keine Überschrift gehört zu einer Meldung oder Maßnahme.",
                "No heading belongs to a report or a measure.",
            ),
            _ask_for([_headings(rows[kind], needed[kind]) for kind in rows]),
        )
    columns, seen = list[str](), dict[str, int]()
    for answer in given:
        column = titles[kind].get(answer.question.casefold())
        if column is None:
            raise _unknown(answer, rows[kind])
        if (before := seen.setdefault(column, answer.line)) != answer.line:
            raise twice(answer, before)
        columns.append(column)
    lacking = [column for column in needed[kind] if column not in columns]
    if lacking:
        raise _left_out(lacking, rows[kind])
    english = {rows[kind].titles(name).en.casefold() for name in columns}
    german = {rows[kind].titles(name).de.casefold() for name in columns}
    spoken: Lang = "en" if len(english & {*asked}) > len(german & {*asked}) else "de"
    return kind, columns, spoken


def _titles(row: Askable) -> Mapping[str, str]:
    """The columns by what they may be called; the id is given, never taken."""
    found: dict[str, str] = {}
    for name in row.names:
        if name != "id":
            titles = row.titles(name)
            found |= {word.casefold(): name for word in (titles.de, titles.en, name)}
    return found


def _headings(row: Askable, columns: Sequence[str]) -> Text:
    titles = [row.titles(name) for name in columns]
    return Text(
        quoted(*(f"### {title.de}" for title in titles)).de,
        quoted(*(f"### {title.en}" for title in titles)).en,
    )


def _ask_for(needed: Sequence[Text]) -> Text:
    return Text(
        f"Nötig sind {' oder '.join(found.de for found in needed)}.",
        f"Needed are {' or '.join(found.en for found in needed)}.",
    )


def _left_out(columns: Sequence[str], row: Askable) -> KlarplanError:
    told = _headings(row, columns)
    return KlarplanError(
        Text(f"Es fehlt: {told.de}.", f"Missing: {told.en}."),
        Text(
            "Ergänzen Sie im Issue die Überschrift und darunter die Antwort.",
            "Add the heading to the issue, and the answer below it.",
        ),
    )


def _unknown(answer: Answer, row: Askable) -> KlarplanError:
    titles = [row.titles(name) for name in row.names if name != "id"]
    guess = did_you_mean(answer.question, [word for title in titles for word in {*title}])
    return KlarplanError(
        Text(
            f"„### {answer.question}“ gehört zu keiner Frage.",
            f"“### {answer.question}” belongs to no question.",
        ),
        Text(
            f"{guess.de} Gehört die Zeile zu einer Antwort, nehmen Sie „###“ heraus.".strip(),
            f"{guess.en} If the line is part of an answer, take out “###”.".strip(),
        ),
        line=answer.line,
    )


def _lacking(row: NewRow, names: Sequence[str]) -> KlarplanError:
    titles = [row.titles(name) for name in names]
    de, en = quoted(*(t.de for t in titles)).de, quoted(*(t.en for t in titles)).en
    return KlarplanError(
        Text(f"Nicht beantwortet: {de}.", f"Not answered: {en}."),
        Text("Ergänzen Sie die Antwort im Issue.", "Add the answer to the issue."),
    )


def _placed(error: KlarplanError, name: str, line: int | None = None) -> KlarplanError:
    """The same error, at its place in the text."""
    return KlarplanError(error.problem, error.cure, file=name, line=error.line or line)
