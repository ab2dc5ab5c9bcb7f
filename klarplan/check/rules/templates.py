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
from klarplan.pages.calls import Call


@rule(
    "KP801",
    title=Text("Kein Aufruf eines Bausteins", "No call of a macro"),
    de="Seiten rufen nur Bausteine mit festen Angaben auf; alles andere mit {{, {% oder {# steht "
    "in `Gravis-Zeichen` oder einem Code-Block.",
    pages=True,
)
def no_call(subject: Subject) -> Iterator[Finding]:
    """Pages only call macros with literal arguments; other {{, {% or {# stands in backticks."""
    from macros.local_macros import macros_of  # noqa: PLC0415

    known = macros_of(subject.loaded.root)
    for page in subject.pages:
        faults = page.source.pieces.faults
        lines = page.source.body.split("\n") if faults else []
        for fault in faults:
            line = lines[fault.line - 1]
            told = explained(
                line, fault.text, partial(_example, subject, _given(page.path.stem, line)), known
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


@rule(
    "KP808",
    title=Text("Baustein mitten im Satz", "Macro within a sentence"),
    de="Ein Baustein, der einen eigenen Absatz bildet, steht auf einer Zeile für sich; in Sätzen "
    "stehen nur Plaketten und einzelne Angaben.",
    severity="warning",
    pages=True,
)
def torn_sentence(subject: Subject) -> Iterator[Finding]:
    """A macro that makes a paragraph of its own stands on a line of its own."""
    from macros.local_macros import macros_of  # noqa: PLC0415

    known = macros_of(subject.loaded.root)
    blocks = {name for name, macro in known.items() if not macro.inline}
    for page in subject.pages:
        parts = page.source.pieces.parts
        for number, part in enumerate(parts):
            if not isinstance(part, Call) or part.name not in blocks:
                continue
            before, after = parts[max(0, number - 1) : number], parts[number + 1 : number + 2]
            words = _on_line(before)[-40:], _on_line(after, behind=True)
            if not re.search(r"[^\W\d]{2}", "".join(words)):
                continue
            yield Finding(
                rule="",
                file=page.file,
                line=page.first_line + part.line - 1,
                value=f"{words[0].lstrip()}{{{{ {part.written()} }}}}{words[1][:40].rstrip()}",
                problem=Text(
                    f"Der Baustein „{part.name}“ bildet einen eigenen Absatz und zerreißt hier den "
                    "Satz.",
                    f"The macro “{part.name}” makes a paragraph of its own, and tears the sentence "
                    "apart here.",
                ),
                cure=Text(
                    "Setzen Sie ihn auf eine Zeile für sich, mit einer leeren Zeile davor und "
                    "dahinter.",
                    "Put it on a line of its own, with an empty line before it and behind it.",
                ),
            )


def _on_line(parts: Sequence[str | Call], *, behind: bool = False) -> str:
    """The text beside a call on the same line, from the parts before or behind it."""
    beside = parts[0 if behind else -1] if parts else ""
    if isinstance(beside, Call):
        return ""
    return beside.partition("\n")[0] if behind else beside.rpartition("\n")[2]


def _given(own: str, line: str) -> list[str]:
    """What a call may be about: the words in it, and the row that its page belongs to."""
    return [*re.findall(r"[\w-]+", line.partition("{")[2]), own]


def _example(subject: Subject, given: Sequence[str], name: str) -> str:
    from macros.local_macros import macros_of  # noqa: PLC0415
    from macros.registry import Context  # noqa: PLC0415

    public = subject.public
    context = Context(strategy=public.strategy, descriptor=public.descriptor, as_of=subject.as_of)
    return example(macros_of(public.root)[name], context, None, given)


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
