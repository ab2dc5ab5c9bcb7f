"""The forms for issues: what each asks for, in the words of the strategy's own tables.

They are made of the strategy, so that what can be chosen in them is what its tables know. Measures,
goals and organisations are named, not chosen: a list of them would age with every new one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from klarplan.messages import Lang
from klarplan.strategy.load import Loaded
from klarplan.strategy.new_kinds import KINDS, Askable
from klarplan.strategy.time_spans import PRECISION_COLUMNS
from klarplan.words.catalogue import Words

GITHUB, GITLAB = ".github/ISSUE_TEMPLATE", ".gitlab/issue_templates"
MOST_CHOICES = 100
"""What has more to choose from is written."""
_NAMED = ("measures", "goals", "organisations")
"""Tables whose rows are named."""
_KEPT = ("report", "expected_end")
"""What stays as it was where nobody answers."""
_LINES = ("summary", "text", "obstacles")
"""Columns whose answers may have several lines."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that asks for a new row: for these of its names (``Askable``), in this order.

    Those ``given`` need no answer, since they are filled where nobody says anything.
    """

    asked: tuple[str, ...]
    given: tuple[str, ...] = ()


FORMS: Mapping[str, Form] = {
    "report": Form(
        ("measure", "status", "date", "progress", "text", "obstacles", "expected_end"),
        ("date",),
    ),
    "measure": Form(
        ("title", "field", "summary", "planned_start", "planned_end", "lead", "goal"),
    ),
}
"""By what is begun with them: a kind of ``KINDS``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a form."""

    name: str
    label: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    lines: bool = False
    """Whether its answer may have several lines."""
    required: bool = False


def required(row: Askable, form: Form) -> list[str]:
    """The columns without which there is no row."""
    return [name for name in row.required() if name not in form.given]


def questions(loaded: Loaded, kind: str, words: Words) -> list[Question]:
    """What a form of ``FORMS`` asks for; nothing where the strategy does not know its table."""
    form = FORMS[kind]
    if KINDS[kind].table not in loaded.descriptor.tables:
        return []
    lang: Lang = "en" if words.lang == "en" else "de"
    row = Askable(KINDS[kind], loaded.descriptor, loaded.strategy.tables, lang)
    needed = required(row, form)
    found = []
    for name in dict.fromkeys((*form.asked, *needed)):
        if name not in row.names:
            continue
        column, target, labels = row.column(name), row.target(name), row.choices(name)
        chosen = target not in _NAMED and 0 < len(labels) <= MOST_CHOICES
        hint = column.description
        if column.type == "date":
            exact = PRECISION_COLUMNS.get(name, "") in row.columns
            key = "today" if name in form.given else "stretch" if exact else "day"
            kept = words("issue_form.kept") if (kind, name) == _KEPT else ""
            hint = f"{hint} {words(f'issue_form.{key}')} {kept}"
        elif target:
            hint = "" if chosen else words("issue_form.named")
        found.append(
            Question(
                name=name,
                label=column.title,
                hint=" ".join(hint.split()),
                choices=tuple(labels.values()) if chosen else (),
                lines=name in _LINES,
                required=name in needed,
            )
        )
    return found


def _faults(words: Words) -> list[Question]:
    return [
        Question(
            name="where",
            label=words("issue_form.fault.where"),
            hint=words("issue_form.fault.where_hint"),
            required=True,
        ),
        Question(name="wrong", label=words("issue_form.fault.wrong"), lines=True, required=True),
        Question(name="right", label=words("issue_form.fault.right"), lines=True),
    ]


def issue_forms(loaded: Loaded, words: Words) -> Mapping[str, str]:
    """The texts of all forms by file: GitHub's, and the same for GitLab and openCode.

    ``loaded`` is what the public may see of the strategy.
    """
    asked = {kind: questions(loaded, kind, words) for kind in FORMS} | {"fault": _faults(words)}
    found = {f"{GITHUB}/config.yml": "blank_issues_enabled: true\n"}
    for kind, those in asked.items():
        if those:
            name = words(f"issue_form.{kind}.name")
            about = words(f"issue_form.{kind}.about")
            found[f"{GITHUB}/{kind}.yml"] = _github(name, about, those, words)
            found[f"{GITLAB}/{name}.md"] = _gitlab(about, those, words)
    return found


def _github(name: str, about: str, asked: list[Question], words: Words) -> str:
    """GitHub's syntax for issue forms."""
    body = [
        {"type": "markdown", "attributes": {"value": words("issue_form.public")}},
        *map(_field, asked),
    ]
    form = {"name": name, "description": about, "body": body}
    return yaml.safe_dump(form, allow_unicode=True, sort_keys=False, width=1000)


def _field(question: Question) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": question.label}
    if question.hint:
        attributes["description"] = question.hint
    if question.choices:
        attributes["options"] = [*question.choices]
    kind = "dropdown" if question.choices else "textarea" if question.lines else "input"
    field = {"type": kind, "id": question.name, "attributes": attributes}
    return {**field, "validations": {"required": True}} if question.required else field


def _gitlab(about: str, asked: list[Question], words: Words) -> str:
    """A description template; its hints are comments, which GitLab does not show."""
    return "\n".join(_gitlab_lines(about, asked, words))


def _gitlab_lines(about: str, asked: list[Question], words: Words) -> Iterator[str]:
    yield _comment(f"{about} {words('issue_form.public')}")
    yield ""
    for question in asked:
        yield f"### {question.label}"
        yield ""
        if hint := " · ".join(question.choices) or question.hint:
            yield _comment(hint)
            yield ""


def _comment(text: str) -> str:
    """A comment on one line, which no text of a table can end."""
    return f"<!-- {text.replace('--', '–').replace('>', '›')} -->"
