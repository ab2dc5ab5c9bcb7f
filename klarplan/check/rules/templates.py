"""Rules on macro calls in pages; ``texts`` and ``macro_calls`` find them broken."""

from __future__ import annotations

from klarplan.check import macro_calls, texts
from klarplan.check.rules.registry import declare
from klarplan.messages import Text

declare(
    texts.NO_CALL,
    Text("Kein Aufruf eines Bausteins", "No call of a macro"),
    Text(
        "Seiten rufen nur Bausteine mit festen Angaben auf; alles andere mit {{, {% oder {# steht "
        "in `Gravis-Zeichen` oder einem Code-Block.",
        "Pages only call macros with literal arguments; all else with {{, {% or {# stands in "
        "`backticks` or a code block.",
    ),
)
declare(
    macro_calls.UNKNOWN,
    Text("Makro unbekannt", "Unknown macro"),
    Text("Seiten rufen nur Makros auf, die es gibt.", "Pages only call macros that exist."),
)
declare(
    macro_calls.ARGUMENT,
    Text("Makro mit falscher Angabe", "Macro with a wrong argument"),
    Text(
        "Makros bekommen Kennungen und Werte, die es gibt.",
        "Macros get ids and values that exist.",
    ),
)
declare(
    macro_calls.INTERNAL,
    Text("Interner Eintrag im Makro", "Internal row in a macro"),
    Text(
        "Makros auf öffentlichen Seiten nennen keine internen Einträge.",
        "Macros on public pages name no internal rows.",
    ),
)
