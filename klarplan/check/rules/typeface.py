"""A rule that keeps the typeface usable."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.look.typeface import TYPEFACES, TypefaceError, typeface
from klarplan.look.web_fonts import try_out
from klarplan.messages import Finding, Text
from klarplan.own_files import upstream


@rule(
    "KP014",
    title=Text("Schrift nicht brauchbar", "Typeface can't be used"),
    de="Die Schrift in den Einstellungen liegt vor und enthält alle Zeichen des Deutschen.",
)
def unusable_typeface(subject: Subject) -> Iterator[Finding]:
    """The typeface of the settings exists and has the letters of German."""
    name = subject.strategy.settings.font
    try:
        face = typeface(upstream(subject.loaded.root, "docs"), name)
        if name not in TYPEFACES:
            try_out(face)
    except TypefaceError as error:
        yield subject.setting(
            "font",
            Text(
                f"Die Schrift „{name}“ ist nicht brauchbar. {error.problem.de}",
                f"The typeface “{name}” can't be used. {error.problem.en}",
            ),
            Text(
                "Nennen Sie fira-sans, source-sans-3 oder einen Ordner unterhalb von docs/ mit "
                "Dateien einer einzigen Schrift.",
                "Name fira-sans, source-sans-3 or a folder below docs/ with files of one typeface.",
            ),
        )
