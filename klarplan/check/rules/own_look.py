"""Rules on a town's own style sheet and its template for Word."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.look.own_styles import OWN_STYLES, flaws, own_styles
from klarplan.look.word_template import WORD_TEMPLATE, word_template
from klarplan.messages import Finding, KlarplanError, Text


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


@rule(
    "KP074",
    title=Text("Vorlage für Word nicht brauchbar", "Template for Word can't be used"),
    de="local/vorlage.docx ist ein Word-Dokument ohne Makros, das nichts von außerhalb lädt.",
)
def own_word_template(subject: Subject) -> Iterator[Finding]:
    """The file local/vorlage.docx is a Word document without macros that fetches nothing."""
    try:
        word_template(subject.loaded.root)
    except KlarplanError as error:
        yield Finding(rule="", file=WORD_TEMPLATE, problem=error.problem, cure=error.cure)
