"""Rules on macro calls in pages; ``macro_calls`` finds those that ask for what there is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from klarplan.check import macro_calls, template_trials
from klarplan.check.call_examples import example
from klarplan.check.call_faults import explained
from klarplan.check.rules.registry import declare, rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Fix, Text


@rule(
    "KP801",
    title=Text("Kein Aufruf eines Bausteins", "No call of a macro"),
    de="Seiten rufen nur Bausteine mit festen Angaben auf; alles andere mit {{, {% oder {# steht "
    "in `Gravis-Zeichen` oder einem Code-Block.",
    pages=True,
)
def no_call(subject: Subject) -> Iterator[Finding]:
    """Pages only call macros with literal arguments; other {{, {% or {# stands in backticks."""
    for page in subject.pages:
        faults = page.source.pieces.faults
        lines = page.source.body.split("\n") if faults else []
        for fault in faults:
            line = lines[fault.line - 1]
            told = explained(
                line, fault.text, partial(_example, subject, _given(page.path.stem, line))
            )
            yield Finding(
                rule="",
                file=page.file,
                line=page.first_line + fault.line - 1,
                value=fault.text,
                problem=told.problem,
                cure=told.cure,
                fix=Fix(line, told.line) if told.line else None,
            )


def _given(own: str, line: str) -> list[str]:
    """What a call may be about: the words in it, and the row that its page belongs to."""
    return [*re.findall(r"[\w-]+", line.partition("{")[2]), own]


def _example(subject: Subject, given: Sequence[str], name: str) -> str:
    import macros  # noqa: F401, PLC0415 (registers all macros)
    from macros.registry import MACROS, Context  # noqa: PLC0415

    public = subject.public
    context = Context(strategy=public.strategy, descriptor=public.descriptor, as_of=subject.as_of)
    return example(MACROS[name], context, None, given)


declare(
    macro_calls.UNKNOWN,
    Text("Baustein unbekannt", "Unknown macro"),
    Text("Seiten rufen nur Bausteine auf, die es gibt.", "Pages only call macros that exist."),
)
declare(
    macro_calls.ARGUMENT,
    Text("Baustein mit falscher Angabe", "Macro with a wrong argument"),
    Text(
        "Bausteine bekommen Kennungen und Werte, die es gibt.",
        "Macros get ids and values that exist.",
    ),
)
declare(
    macro_calls.INTERNAL,
    Text("Interner Eintrag im Baustein", "Internal row in a macro"),
    Text(
        "Bausteine auf öffentlichen Seiten nennen keine internen Einträge.",
        "Macros on public pages name no internal rows.",
    ),
)
declare(
    template_trials.BROKEN,
    Text("Vorlage fehlerhaft", "Broken template"),
    Text(
        "Die Vorlagen in overrides/ sind richtig geschrieben und lassen sich füllen.",
        "The templates in overrides/ are written correctly and can be filled.",
    ),
)
