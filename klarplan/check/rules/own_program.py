"""The rule on what a town has written itself in Python: macros and rules of its own."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check import macro_calls, own_rules
from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.own_code import OwnCodeError


@rule(
    macro_calls.OWN,
    title=Text("Eigenes Programm bricht ab", "The town's own program fails"),
    de="local/macros.py und local/rules.py laufen, und was sie liefern, lässt sich verwenden.",
)
def own_program(subject: Subject) -> Iterator[Finding]:
    """Both local/macros.py and local/rules.py run, and what they return can be used."""
    from macros import local_macros  # noqa: PLC0415 (slow import)

    root = subject.loaded.root
    for error in (local_macros.failure_of(root), own_rules.failure_of(root)):
        if error:
            yield failed(error)


def failed(error: OwnCodeError) -> Finding:
    """What is told of a town's program that fails."""
    assert error.file
    return Finding(
        rule=macro_calls.OWN,
        file=error.file,
        line=error.line,
        problem=error.problem,
        cure=error.cure,
    )
