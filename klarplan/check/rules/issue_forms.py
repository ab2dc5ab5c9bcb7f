"""The forms for issues, which show what the tables had to choose from when they were written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text, first_of
from klarplan.strategy.issue_forms import FORMS, GITHUB, questions
from klarplan.words.catalogue import Words

_MOST_BYTES = 200_000
_UNREADABLE = (
    *(OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError),
    yaml.YAMLError,
)
_CURE = Text(
    "„klarplan inbox --forms --write“ schreibt die Formulare neu.",
    "“klarplan inbox --forms --write” writes the forms anew.",
)


@rule(
    "KP075",
    title=Text("Formular mit alter Auswahl", "Form with choices of before"),
    de="Die Formulare für Issues in .github/ISSUE_TEMPLATE zeigen zur Auswahl, was in den Tabellen "
    "steht.",
    severity="warning",
)
def choices_of_before(subject: Subject) -> Iterator[Finding]:
    """The forms for issues in .github/ISSUE_TEMPLATE show to choose from what the tables hold."""
    words = Words(subject.strategy.settings.lang)
    for kind in FORMS:
        file = f"{GITHUB}/{kind}.yml"
        shown = _shown(subject.loaded.root / file)
        for question in questions(subject.public, kind, words):
            options = shown.get(question.name)
            if options is None or not question.choices or [*question.choices] == options:
                continue
            new = [label for label in question.choices if label not in options]
            old = [option for option in options if option not in question.choices]
            yield Finding(
                rule="",
                file=file,
                value=first_of(old or new),
                problem=Text(
                    f"Im Formular stehen bei „{question.label}“ andere Werte zur Auswahl als in "
                    "den Tabellen.",
                    f"At “{question.label}” the form has other values to choose from than the "
                    "tables.",
                ),
                cure=_CURE,
            )


def _shown(path: Path) -> dict[str, list[str]]:
    """The options of each question; nothing where there is no form that GitHub could read."""
    try:
        if not path.is_file() or path.is_symlink() or path.stat().st_size > _MOST_BYTES:
            return {}
        body = yaml.safe_load(path.read_text("utf-8"))["body"]
        return {
            field["id"]: [str(option) for option in field["attributes"]["options"]]
            for field in body
            if field.get("type") == "dropdown" and "id" in field
        }
    except (
        OSError,
        ValueError,
        yaml.YAMLError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
    ):
        return {}
