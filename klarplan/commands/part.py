"""Makes a paper of a part of the strategy, or the whole in large print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from klarplan.commands.apart import Wanted, make_apart
from klarplan.messages import NOTHING, KlarplanError, Text, did_you_mean
from klarplan.papers.job import LARGE, Entry
from klarplan.papers.make import Made, Order, make_paper, make_part
from klarplan.strategy import addresses
from klarplan.strategy.model import FieldOfAction, Measure, Strategy
from klarplan.strategy.paper_list import ANNEX, STRATEGY, papers
from klarplan.strategy.readings import NUMBER_AND_TITLE, Readings, unclear

LONGEST_NAME = 60
"""So many letters the name of a file has at most."""
SHOWN = 12
"""So many possible names are told."""


def make_parts(  # noqa: PLR0913 (what a paper may be asked for)
    root: Path,
    as_of: dt.date,
    output: Path,
    *,
    fields: Sequence[str] = (),
    measures: Sequence[str] = (),
    large: bool = False,
) -> dict[Path, Made]:
    """Write a PDF of some fields of action with their measures, and of some measures.

    Fields and measures are named by id, measures by their number as well; what is named twice, or
    with its field, is there once. Without any, it is the
    whole strategy and its annex. Large print is set in 16 pt. Raises ``KlarplanError`` where
    something asked for is not there, and what ``make_apart`` raises.
    """
    zoom = LARGE if large else 1.0

    def choose(strategy: Strategy) -> Wanted:
        if not fields and not measures:
            whole = [p for p in papers(strategy, as_of) if p.name in (STRATEGY, ANNEX)]
            renamed = {_name([Path(p.name).stem], large=large): p for p in whole}
            return Wanted(
                made={
                    name: partial(make_paper, paper=replace(paper, name=name))
                    for name, paper in renamed.items()
                },
                zoom=zoom,
            )
        chosen = {row.id: row for row in (_field(strategy, name) for name in fields)}
        names = _names(strategy, measures)
        named = {row.id: row for row in (_measure(strategy, name) for name in names)}
        single = [measure for measure in named.values() if measure.field not in chosen]
        entries = [*_of_fields(strategy, chosen.values()), *_of_measures(single, 1)]
        rows = [*chosen.values(), *single]
        title = rows[0].title if len(rows) == 1 else strategy.words("print.part")
        name = _name([row.id for row in rows], large=large)
        pages = {f"{entry.page}index.md" for entry in entries if entry.page}

        def make(order: Order) -> Made:
            return make_part(order, name, title, entries)

        return Wanted(made={name: make}, pages=pages, zoom=zoom)

    return make_apart(root, as_of, output, choose)


def _name(words: Iterable[str], *, large: bool) -> str:
    """The name of a paper by what it holds, in letters that every file may have."""
    stem = "-".join(addresses.slug(word) for word in words)
    if len(stem) > LONGEST_NAME:
        stem = stem[:LONGEST_NAME].rpartition("-")[0] or stem[:LONGEST_NAME]
    return f"{stem}{'-gross' if large else ''}.pdf"


def _of_fields(strategy: Strategy, chosen: Iterable[FieldOfAction]) -> Iterable[Entry]:
    for row in chosen:
        page = addresses.page_of("fields_of_action", row.id)
        yield Entry(level=1, title=row.title, page=page, number=row.id, kind="single")
        yield from _of_measures(strategy.measures_of_field.get(row.id, ()), 2)


def _of_measures(measures: Sequence[Measure], level: int) -> Iterable[Entry]:
    for measure in measures:
        yield Entry(
            level=level,
            title=measure.title,
            page=addresses.page_of("measures", measure.id),
            number=measure.number,
            fresh=level > 1,
            kind="single",
        )


def _field(strategy: Strategy, wanted: str) -> FieldOfAction:
    known = strategy.field_by_id
    named = {f.title: f for f in reversed(strategy.fields_of_action)} | known
    found = named.get(_meant(named, wanted))
    if found is None:
        raise _unknown(
            Text(
                f"Ein Handlungsfeld „{wanted}“ steht nicht in der öffentlichen Strategie.",
                f"There is no field of action “{wanted}” in the public strategy.",
            ),
            wanted,
            known,
        )
    return found


def _labels(strategy: Strategy) -> dict[str, str]:
    """Measures with number and title, by id."""
    return {m.id: f"{m.number} {' '.join(m.title.split())}" for m in strategy.measures}


def _names(strategy: Strategy, parts: Sequence[str]) -> Iterator[str]:
    """What is named between commas; a title may have commas itself."""
    labels, at = {*_labels(strategy).values()}, 0
    while at < len(parts):
        ends = (end for end in range(len(parts), at, -1) if ", ".join(parts[at:end]) in labels)
        end = next(ends, at + 1)
        yield ", ".join(parts[at:end])
        at = end


def _measure(strategy: Strategy, wanted: str) -> Measure:
    labels = _labels(strategy)
    rows = ({"id": m.id, "official_id": m.official_id or ""} for m in strategy.measures)
    if several := Readings(rows).several(wanted):
        raise KlarplanError(unclear(wanted, several, labels), NUMBER_AND_TITLE, exit_code=2)
    known = {m.number: m for m in reversed(strategy.measures)} | strategy.measure_by_id
    titled = {labels[m.id]: m for m in strategy.measures}
    found = titled.get(wanted) or known.get(_meant(known, wanted))
    if found is None:
        raise _unknown(
            Text(
                f"Eine Maßnahme „{wanted}“ steht nicht in der öffentlichen Strategie.",
                f"There is no measure “{wanted}” in the public strategy.",
            ),
            wanted,
            known,
        )
    return found


def _meant(names: Iterable[str], wanted: str) -> str:
    """The name that is asked for; its capitals count only where names differ by them alone."""
    alike = [name for name in names if name.casefold() == wanted.casefold()]
    return alike[0] if len(alike) == 1 else wanted


def _unknown(problem: Text, wanted: str, known: Iterable[str]) -> KlarplanError:
    names = sorted(known)
    cure = did_you_mean(wanted, names)
    if cure == NOTHING and names:
        told = ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")
        cure = Text(f"Möglich sind: {told}", f"Possible: {told}")
    return KlarplanError(problem, cure, exit_code=2)
