"""The handbook can't lie: it is made from what it describes, and says all of it."""

from __future__ import annotations

import typer
from lxml import html

from klarplan.check.rules.registry import rules
from klarplan.cli import app
from klarplan.strategy.schema import read_descriptor
from klarplan.strategy.settings import Settings
from klarplan.words.hyphens import without
from macros.registry import MACROS
from tests.support.project import REPOSITORY, BuiltSample


def text(sample: BuiltSample, page: str) -> str:
    """The words of a page of the handbook."""
    article = html.parse(str(sample.site / "handbuch" / page / "index.html")).getroot()
    found = article.find(".//article")
    assert found is not None
    return " ".join(without(found.text_content()).split())


def test_every_field_is_described(sample: BuiltSample) -> None:
    """The handbook names every table and column with its German title and description."""
    page = text(sample, "felder")
    for table in read_descriptor(REPOSITORY).tables.values():
        assert table.title in page
        for column in table.columns.values():
            assert column.title in page
            assert " ".join(column.description.split()) in page


def test_every_field_has_german_words() -> None:
    """Every column of the shipped descriptor has a title and a description of its own."""
    for table in read_descriptor(REPOSITORY).tables.values():
        for column in table.columns.values():
            assert column.title != column.name, (table.name, column.name)
            assert column.description.endswith((".", "?")), (table.name, column.name)


def test_every_macro_is_described(sample: BuiltSample) -> None:
    """The handbook names every macro with its arguments and description."""
    page = text(sample, "makros")
    for macro in MACROS.values():
        assert f"{macro.name}(" in page
        assert " ".join(macro.doc.split()) in page
        for parameter in macro.signature.parameters:
            assert parameter in page


def test_every_rule_is_described(sample: BuiltSample) -> None:
    """The handbook names every rule with its number and explanation."""
    page = text(sample, "regeln")
    for rule in rules():
        assert rule.id in page
        assert " ".join(rule.explanation.de.split()) in page


def test_every_command_is_described(sample: BuiltSample) -> None:
    """The handbook names every command and option."""
    page = text(sample, "befehle")
    commands = getattr(typer.main.get_command(app), "commands", {})
    assert set(commands) == {
        *("adopt", "build", "check", "diff", "doctor", "due", "edit", "export", "find", "hook"),
        *("import", "inbox", "init", "links", "migrate", "new", "paper", "repair", "report"),
        *("serve", "update"),
    }
    for name, command in commands.items():
        assert f"klarplan {name}" in page
        for option in command.params:
            assert option.opts[0] in page


def test_every_setting_is_explained() -> None:
    """The sample's settings file names and explains every setting."""
    settings = (REPOSITORY / "strategy/strategy.yml").read_text("utf-8")
    for name in Settings.__dataclass_fields__:
        assert f"\n{name}:" in settings
