"""The rule on the codes of languages that pages and parts of them name."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.check.texts import Page
from klarplan.messages import Finding, Text
from klarplan.pages.languages import is_language, meant


@rule(
    "KP755",
    title=Text("Sprache unbekannt", "Language unknown"),
    de="lang im Kopf einer Seite oder in einem HTML-Tag ist das Kürzel einer Sprache (BCP 47), zum "
    "Beispiel en oder uk.",
    pages=True,
)
def unknown_language(subject: Subject) -> Iterator[Finding]:
    """lang of a page, or of a part of it, is the code of a language (BCP 47), such as en or uk."""
    for page in subject.pages:
        code, line = page.meta.get("lang", (None, None))
        if isinstance(code, str) and not is_language(code):
            yield _unknown(page, line, code, "lang: {}")
        for node in page.elements("[lang]") if "lang=" in page.source.body else ():
            code = node.attributes.get("lang") or ""
            if not is_language(code):
                place = page.find(f'lang="{code}"', f"lang={code}", f"lang='{code}'", "lang=")
                yield _unknown(page, place, code, 'lang="{}"')


def _unknown(page: Page, line: int | None, code: str, form: str) -> Finding:
    guess = meant(code)
    return Finding(
        rule="",
        file=page.file,
        line=line,
        value=shown(code),
        problem=Text(
            f"„{shown(code)}“ ist kein Kürzel einer Sprache.",
            f"“{shown(code)}” is no code of a language.",
        ),
        cure=Text(f"Schreiben Sie: {form.format(guess)}", f"Write: {form.format(guess)}")
        if guess
        else Text(
            "Nehmen Sie das Kürzel aus zwei Buchstaben: de, en, fr, pl, tr, uk, ar.",
            "Take the code of two letters: de, en, fr, pl, tr, uk, ar.",
        ),
    )
