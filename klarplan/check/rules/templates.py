"""Rules on Jinja in pages; ``klarplan.check.jinja`` and ``prose_macros`` find them broken."""

from __future__ import annotations

from klarplan.check import jinja, macro_calls
from klarplan.check.rules.registry import declare
from klarplan.messages import Text

declare(
    jinja.SYNTAX,
    Text("Vorlagenzeichen fehlerhaft", "Template marks wrong"),
    Text("{{ }} und {% %} in Seiten sind vollständig.", "{{ }} and {% %} in pages are complete."),
)
declare(
    jinja.FORBIDDEN,
    Text("Ausdruck nicht erlaubt", "Expression not allowed"),
    Text(
        "Seiten rufen nur Makros mit festen Angaben auf; if und for hängen nur von festen Werten "
        "ab. Rechnungen, Filter, Importe und Zugriffe auf Eigenschaften sind nicht erlaubt.",
        "Pages only call macros with literal arguments; if and for depend on literals alone. "
        "Computations, filters, imports and attribute access are not allowed.",
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
