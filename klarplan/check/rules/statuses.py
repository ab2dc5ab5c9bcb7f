"""Rules on the list of statuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.strategy.usual_statuses import USUAL

_WORDS = {
    "delayed": (
        *("verzöger", "verspät", "gefährd", "kritisch", "in verzug", "rückstand"),
        *("delayed", "at risk", "critical", "behind"),
    ),
    "paused": (
        *("ruht", "ruhend", "pausier", "unterbroch", "zurückgestellt", "ausgesetzt"),
        *("on hold", "paused", "suspended"),
    ),
}
"""What labels say that don't mean that all is well, by the category that says so, too."""
_HOLDS = {"delayed": "verspätet oder gefährdet", "paused": "unterbrochen"}


@rule(
    "KP330",
    title=Text("Bezeichnung und Gruppe des Status", "Label and category of the status"),
    de="Ein Status, der nach seiner Bezeichnung verzögert, gefährdet oder unterbrochen ist, "
    "gehört nicht zur Gruppe „läuft“.",
    severity="warning",
)
def label_against_category(subject: Subject) -> Iterator[Finding]:
    """A status whose label says delayed, at risk or on hold isn't of the category active."""
    for status in subject.strategy.statuses:
        label = f"{status.label} {status.label_en or ''}".casefold()
        said = next((c for c, words in _WORDS.items() if any(w in label for w in words)), None)
        if status.category == "active" and said and "nicht " not in label:
            yield subject.cell(
                "statuses",
                status.line,
                "category",
                Text(
                    f"„{status.label}“ heißt {_HOLDS[said]}, steht aber in der Gruppe "
                    "„active“ (läuft) und gälte als im Zeitplan.",
                    f"“{status.label}” means “{said}”, but its category is “active”, so that it "
                    "would count as on schedule.",
                ),
                Text(f"Setzen Sie „category“ auf „{said}“.", f"Set “category” to “{said}”."),
            )


@rule(
    "KP332",
    title=Text("Zeichen eines Status verloren", "Symbol of a status lost"),
    de="Nur ein Status, dessen Stand nicht bekannt ist, hat ein Fragezeichen als Zeichen; bei "
    "anderen hat eine Tabellenkalkulation es wohl beim Speichern eingesetzt.",
    severity="warning",
)
def lost_symbol(subject: Subject) -> Iterator[Finding]:
    """Only a status of the category unknown has a question mark; else a symbol was lost."""
    usual = {status["category"]: status["symbol"] for status in [*USUAL.values()][::-1]}
    for status in subject.strategy.statuses:
        if (status.symbol or "").strip() == "?" and status.category != "unknown":
            symbol = usual.get(status.category, "●")
            finding = subject.cell(
                "statuses",
                status.line,
                "symbol",
                Text(
                    f"Das Zeichen des Status „{status.label}“ ist ein Fragezeichen; wahrscheinlich "
                    "ging es beim Speichern verloren.",
                    f"The symbol of the status “{status.label}” is a question mark; it was "
                    "probably lost on saving.",
                ),
                Text(
                    f"Tragen Sie das Zeichen wieder ein, zum Beispiel {symbol}.",
                    f"Enter the symbol again, for example {symbol}.",
                ),
            )
            yield replace(finding, cause=("symbols", finding.file))
