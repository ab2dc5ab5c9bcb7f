"""Taking in the text of an issue: the row that it asks for, as ``klarplan new`` makes it."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from klarplan.commands.issue_forms import sent
from klarplan.commands.new import Begun, begin, fill
from klarplan.editing.issue_text import MOST, Answer, Read, left_over, read, refuse_unseen, twice
from klarplan.editing.new_row import NewRow, Origin
from klarplan.messages import NOTHING, KlarplanError, Lang, Text, near, quoted, was_meant
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
    Raises ``KlarplanError`` with the line for what can't be taken in, and with all else that can be
    told of it at once.
    """
    try:
        given = read(text)
        loaded = load(root)
        asked = _understood(given, loaded.descriptor, loaded.strategy.tables, [*sent(root)])
    except KlarplanError as error:
        raise _placed(error, name) from error
    faults = [*given.faults, *asked.faults]

    def fill_in(row: NewRow) -> None:
        row.notes += asked.notes
        row.one_each = _ONE_EACH
        for answer, column in asked.columns:
            row.notes += answer.notes()
            if not answer.text:
                continue
            try:
                fill(row, column, answer.text, Origin(name, answer.line))
                refuse_unseen(row.cells[column], answer.line)
            except KlarplanError as error:
                faults.append(_placed(error, name, answer.line))
        empty = {column: answer.line for answer, column in asked.columns if not answer.text}
        if lacking := [column for column in row.missing() if column in empty]:
            faults.append(_placed(_lacking(row, lacking), name, empty[lacking[0]]))
        if faults:
            first, *others = sorted(faults, key=lambda fault: fault.line or 0)
            raise _placed(first, name, further=[_placed(other, name) for other in others])

    after = Path(name).name
    return begin(root, asked.kind, (), as_of, lang, ask=fill_in, spoken=asked.spoken, after=after)


@dataclass(slots=True)
class _Asked:
    """Which form was filled, the columns of answers that can be read, and the language."""

    kind: str
    columns: list[tuple[Answer, str]] = field(default_factory=list)
    spoken: Lang = "de"
    faults: list[KlarplanError] = field(default_factory=list)
    """What is wrong with its questions."""
    notes: list[Text] = field(default_factory=list)


def _understood(
    given: Read,
    descriptor: Descriptor,
    tables: Mapping[str, Table],
    forms: Sequence[Sequence[str]],
) -> _Asked:
    """What was asked; ``forms`` are the questions of those that are there."""
    rows = {
        kind: Askable(KINDS[kind], descriptor, tables, "de")
        for kind in FORMS
        if KINDS[kind].table in descriptor.tables
    }
    titles = {kind: _titles(row) for kind, row in rows.items()}
    needed = {kind: required(row, FORMS[kind]) for kind, row in rows.items()}
    asked = [answer.question.casefold() for answer in given.answers]
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
    found, row, named = _Asked(kind), rows[kind], titles[kind]
    first: dict[str, Answer] = {}
    repeated: list[tuple[Answer, int]] = []
    guessed: set[str] = set()
    for answer in given.answers:
        column = named.get(answer.question.casefold())
        if column is None:
            fault, guess = _unknown(answer, row)
            found.faults.append(fault)
            guessed.add(named.get(guess.casefold(), ""))
        elif before := first.get(column):
            repeated.append((answer, before.line))
        else:
            first[column] = answer
    if repeated:
        found.faults.append(twice(repeated))
    unclear = {named[answer.question.casefold()] for answer, _ in repeated}
    order, always = _form(forms, named, needed[kind], first)
    unclear |= _missing(found, row, given, first, [n for n in always if n not in guessed])
    if not order:
        order = [n for n in FORMS[kind].asked if n in row.names]
        if lacking := [n for n in order if n not in (*first, *always, *guessed)]:
            found.notes.append(_not_asked(row, lacking))
    placed = [n for n in first if n in order]
    if placed != sorted(placed, key=order.index):
        found.notes.append(_ORDER)
    found.columns = [
        (answer, column)
        for column, answer in first.items()
        if column not in unclear and not answer.faulty
    ]
    english = {row.titles(name).en.casefold() for name in first}
    german = {row.titles(name).de.casefold() for name in first}
    found.spoken = "en" if len(english & {*asked}) > len(german & {*asked}) else "de"
    return found


def _form(
    forms: Sequence[Sequence[str]],
    named: Mapping[str, str],
    needed: Sequence[str],
    first: Collection[str],
) -> tuple[list[str], list[str]]:
    """The columns of the form that was filled, in order, and those that a text must ask for.

    The form is the one of this kind of which the least is missing; there may be none.
    """
    known = ([named.get(question.casefold(), "") for question in form] for form in forms)
    fitting = [[*filter(None, form)] for form in known if {*needed} <= {*form}]
    lacking = {n: len({*form} - {*first}) for n, form in enumerate(fitting)}
    order = fitting[min(lacking, key=lambda n: lacking[n])] if fitting else []
    return order, [*dict.fromkeys([*order, *needed])]


def _missing(
    found: _Asked, row: Askable, given: Read, first: Mapping[str, Answer], always: Sequence[str]
) -> set[str]:
    """Tell which of the questions that are ``always`` there are not.

    Returns the columns whose answers may hold what was answered to those.
    """
    lacking = [n for n in always if n not in first]
    above = given.above if not lacking or always[0] in first else None
    if above:
        found.faults.append(above)
    before: dict[str, Answer] = {}
    for name in lacking:
        there = [n for n in always[: always.index(name)] if n in first]
        before |= {n: first[n] for n in there[-1:]}
    if lacking:
        rests = [given.above.line] if given.above and not above else []
        rests += [answer.leftover for answer in before.values() if answer.leftover]
        lines = [*rests, *(answer.line for answer in before.values())]
        found.faults.append(_left_out(lacking, row, lines[:1], rest=bool(rests)))
    found.faults += [
        left_over(answer)
        for answer in given.answers
        if answer.leftover and answer not in before.values()
    ]
    return {name for name, answer in before.items() if "\n" in answer.text}


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


def _left_out(
    columns: Sequence[str], row: Askable, lines: Sequence[int | None], *, rest: bool
) -> KlarplanError:
    """``lines`` says where; ``rest`` whether an answer is there without its question."""
    told = _headings(row, columns)
    here = Text(" Hier steht wohl eine Antwort darauf.", " An answer to it is probably here.")
    de, en = here if rest else NOTHING
    return KlarplanError(
        Text(f"Es fehlt: {told.de}.{de}", f"Missing: {told.en}.{en}"),
        Text(
            "Ergänzen Sie im Issue die Überschrift und darunter die Antwort; ohne Antwort bleibt "
            "es darunter leer.",
            "Add the heading to the issue, and the answer below it; without an answer nothing "
            "stands below it.",
        ),
        line=next(iter(lines), None),
    )


def _not_asked(row: Askable, columns: Sequence[str]) -> Text:
    told = _headings(row, columns)
    return Text(
        f"Im Text fehlt: {told.de}. Das gilt als nicht beantwortet.",
        f"Missing in the text: {told.en}. This counts as not answered.",
    )


_ORDER = Text(
    "Die Überschriften stehen in anderer Reihenfolge als im Formular. Prüfen Sie, ob jede Antwort "
    "unter ihrer Frage steht.",
    "The headings are in another order than in the form. Check that each answer is below its "
    "question.",
)


def _unknown(answer: Answer, row: Askable) -> tuple[KlarplanError, str]:
    """What to say of a heading that is no question, and the question that it may be."""
    titles = [row.titles(name) for name in row.names if name != "id"]
    meant = near(answer.question, [word for title in titles for word in {*title}])
    guess = was_meant(meant[0]) if meant else NOTHING
    fault = KlarplanError(
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
    return fault, meant[0] if meant else ""


_ONE_EACH: Mapping[str, Text] = {
    "measure": Text(
        "Ein Issue meldet eine Maßnahme. Nennen Sie hier nur eine, und legen Sie für jede weitere "
        "ein eigenes Issue an.",
        "An issue reports on one measure. Name only one here, and open another issue for each of "
        "the others.",
    ),
    **dict.fromkeys(
        ("lead", "goal"),
        Text(
            "Ein Issue nennt davon nur eines. Nennen Sie hier das wichtigste; weitere ergänzen Sie "
            "in der Tabelle, wenn die Maßnahme angelegt ist.",
            "An issue names only one of them. Name the most important one here; add others to the "
            "table when the measure is there.",
        ),
    ),
}
"""How to go on where an answer names several."""


def _lacking(row: NewRow, names: Sequence[str]) -> KlarplanError:
    titles = [row.titles(name) for name in names]
    de, en = quoted(*(t.de for t in titles)).de, quoted(*(t.en for t in titles)).en
    return KlarplanError(
        Text(f"Nicht beantwortet: {de}.", f"Not answered: {en}."),
        Text("Ergänzen Sie die Antwort im Issue.", "Add the answer to the issue."),
    )


def _placed(
    error: KlarplanError,
    name: str,
    line: int | None = None,
    further: Sequence[KlarplanError] = (),
) -> KlarplanError:
    """The same error, at its place in the text."""
    place = error.line or line
    return KlarplanError(error.problem, error.cure, file=name, line=place, further=further)
