"""Messages in English quote names and values as English does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from klarplan.messages import quoted
from tests.support.project import REPOSITORY

GERMAN_MARK = "„"


def _quotes(node: ast.AST) -> bool:
    """Whether what is filled in stands behind a German mark."""
    parts = (v for f in ast.walk(node) if isinstance(f, ast.JoinedStr) for v in f.values)
    return any(isinstance(p, ast.Constant) and str(p.value).endswith(GERMAN_MARK) for p in parts)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text"


def _mixed(file: Path) -> Iterator[str]:
    """Where an English message has German marks, or takes up a text that has."""
    for function in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        german = {
            target.id
            for step in ast.walk(function)
            if isinstance(step, ast.Assign) and not any(map(_is_text, ast.walk(step.value)))
            for target in step.targets
            if isinstance(target, ast.Name) and _quotes(step.value)
        }
        for text in filter(_is_text, ast.walk(function)):
            assert isinstance(text, ast.Call)
            for english in text.args[1:]:
                named = {part.id for part in ast.walk(english) if isinstance(part, ast.Name)}
                if _quotes(english) or named & german:
                    yield f"{file.relative_to(REPOSITORY)}:{english.lineno}"


def test_no_english_message_has_german_quotation_marks() -> None:
    """Names and values stand in “…”, also where a message takes them from a list made before."""
    files = sorted((REPOSITORY / "klarplan").rglob("*.py"))
    assert [place for file in files for place in _mixed(file)] == []


def test_names_are_quoted_in_both_languages() -> None:
    """Several names stand in a row, each in the marks of the language."""
    assert quoted("a", "b") == ("„a“, „b“", "“a”, “b”")
