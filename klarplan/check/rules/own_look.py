"""The rule on a town's own style sheet."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.look.own_styles import OWN_STYLES, flaws, own_styles
from klarplan.messages import Finding, Text


@rule(
    "KP073",
    title=Text("Eigenes Stylesheet passt nicht", "Own style sheet does not fit"),
    de="local/styles.css ist gültiges CSS, lädt nichts von anderswo, und was es färbt, lässt sich "
    "lesen.",
)
def own_style_sheet(subject: Subject) -> Iterator[Finding]:
    """The file local/styles.css is valid CSS, loads nothing from elsewhere, and can be read."""
    content = own_styles(subject.loaded.root)
    there = (
        {beside.file.removeprefix("docs/") for beside in subject.beside_pages} if content else ()
    )
    for flaw in flaws(content, there.__contains__):
        yield Finding(
            rule="",
            severity=flaw.severity,
            file=OWN_STYLES,
            line=flaw.line,
            value=flaw.value,
            problem=flaw.problem,
            cure=flaw.cure,
        )
