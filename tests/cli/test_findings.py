"""How findings are told: to people, to programs, on a pull request."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from klarplan.cli import app
from klarplan.cli.findings import as_github, as_json, print_text, summary
from klarplan.messages import Finding, Text
from tests.support.klein import KLEIN, append, copied, replace
from tests.support.project import klarplan

WRONG = Finding(
    rule="KP030",
    file="data/measures.csv",
    line=12,
    column="planned_end",
    title=Text("Geplantes Ende", "Planned end"),
    cell="H2",
    value="31.02.",
    problem=Text("Den Tag gibt es nicht.", "There is no such day."),
    cure=Text("Prüfen Sie Tag und Monat.", "Check day and month."),
)
HINT = Finding(
    rule="KP003",
    severity="notice",
    file="data/goals.csv",
    problem=Text("So gelesen.", "Read as such."),
)
AS_OF = ["--as-of", "2026-06-30"]


def told(findings: list[Finding], lang: str = "de") -> str:
    """The findings as text."""
    out = io.StringIO()
    console = Console(file=out, soft_wrap=True, highlight=False)
    print_text(findings, console, "en" if lang == "en" else "de")
    return out.getvalue()


def test_text_names_place_column_value_problem_cure_and_rule() -> None:
    """An editor reads where, what is wrong, and what to do."""
    text = told([WRONG])

    place = "data/measures.csv:12: Fehler KP030 [H2 · planned_end (Geplantes Ende)]"
    assert f"{place} Den Tag gibt es nicht." in text
    assert "(Wert: 31.02.)" in text
    assert "→ Prüfen Sie Tag und Monat." in text
    assert text.rstrip().endswith("1 Fehler, 0 Warnungen, 0 Hinweise")


def test_text_is_english_on_demand() -> None:
    """With --lang en everything but titles of columns is English."""
    text = told([HINT, WRONG], "en")

    assert "data/goals.csv: Notice KP003 Read as such." in text
    assert "Error KP030 [H2 · planned_end (Planned end)] There is no such day." in text
    assert text.rstrip().endswith("1 error, 0 warnings, 1 notice")


def test_a_value_can_not_deceive_the_terminal() -> None:
    """Control characters and markup in a value are shown, not obeyed."""
    nasty = Finding(
        rule="KP001",
        file="data/\x1b[2Jx.csv",
        value="[red]a[/red]\x1b]0;x\x07\n\u202eb",
        problem=Text("p", "p"),
    )

    text = told([nasty])

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[red]a[/red]" in text


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ((0, 0, 0), "0 Fehler, 0 Warnungen, 0 Hinweise"),
        ((1, 1, 1), "1 Fehler, 1 Warnung, 1 Hinweis"),
        ((3, 12, 2), "3 Fehler, 12 Warnungen, 2 Hinweise"),
    ],
)
def test_the_summary_counts_in_words(number: tuple[int, int, int], words: str) -> None:
    """One is told in the singular, more in the plural."""
    findings = [
        Finding(rule="KP001", severity=severity, file="a", problem=Text("p", "p"))
        for severity, count in zip(("error", "warning", "notice"), number, strict=True)
        for _ in range(count)
    ]

    assert summary(findings, "de") == words


def test_json_has_all_fields_in_both_languages() -> None:
    """A program gets every field, problem and cure in German and English."""
    assert json.loads(as_json([WRONG])) == [
        {
            "rule": "KP030",
            "severity": "error",
            "file": "data/measures.csv",
            "line": 12,
            "column": "planned_end",
            "title": {"de": "Geplantes Ende", "en": "Planned end"},
            "cell": "H2",
            "value": "31.02.",
            "problem": {"de": "Den Tag gibt es nicht.", "en": "There is no such day."},
            "cure": {"de": "Prüfen Sie Tag und Monat.", "en": "Check day and month."},
            "fix": None,
            "places": [
                {
                    "file": "data/measures.csv",
                    "line": 12,
                    "column": "planned_end",
                    "cell": "H2",
                    "value": "31.02.",
                }
            ],
        }
    ]


def test_github_annotations_are_escaped() -> None:
    """A value can neither end an annotation nor begin another one."""
    nasty = Finding(
        rule="KP001",
        severity="warning",
        file="data/a,b:c%.csv",
        line=3,
        column="Sp,a:lte",
        problem=Text("100 %\r\n::error::x", ""),
    )

    assert as_github([nasty], "de") == (
        "::warning file=data/a%2Cb%3Ac%25.csv,line=3,title=KP001 · Sp%2Ca%3Alte"
        "::100 %25%0D%0A::error::x"
    )


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and output of a command."""
    result = CliRunner().invoke(app, ["check", *arguments])
    return result.exit_code, result.output


def test_a_clean_strategy_exits_with_0() -> None:
    """Without errors the command succeeds."""
    assert run("--root", str(KLEIN), *AS_OF) == (0, "0 Fehler, 0 Warnungen, 0 Hinweise\n")


def test_warnings_do_not_fail(tmp_path: Path) -> None:
    """Warnings are told, and the command succeeds."""
    root = copied(tmp_path)
    replace(root, "data/budget.csv", "180000,170000", "180000,190000")

    code, output = run("--root", str(root), *AS_OF)

    assert code == 0
    assert "1 Warnung" in output


@pytest.mark.parametrize("format_", ["text", "json", "github"])
def test_errors_exit_with_1_in_every_format(format_: str, tmp_path: Path) -> None:
    """With an error the command fails, and file and line are told in every format."""
    root = copied(tmp_path)
    replace(root, "data/budget.csv", "A-7,2025", "A-7,2035")

    code, output = run("--root", str(root), "--format", format_, *AS_OF)

    assert code == 1
    place = {"text": "data/budget.csv:5:", "json": '"line": 5', "github": "data/budget.csv,line=5"}
    assert place[format_] in output


@pytest.mark.parametrize("format_", ["json", "github"])
def test_a_broken_description_is_told_in_every_format(format_: str, tmp_path: Path) -> None:
    """Even where nothing can be checked, programs get what they can read."""
    root = copied(tmp_path)
    append(root, "data/datapackage.json", '{\n "resources": [\n')

    code, output = run("--root", str(root), "--format", format_, *AS_OF)

    assert code == 1
    assert "data/datapackage.json" in output
    assert "KP040" in output
    if format_ == "json":
        assert json.loads(output)[0]["line"] == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["--as-of", "31.02.2026"],
        ["--format", "xml"],
        ["--lang", "fr"],
        ["--root", "/nirgends"],
        ["--unbekannt"],
        ["überzählig"],
    ],
)
def test_wrong_use_exits_with_2_and_no_traceback(arguments: list[str]) -> None:
    """Whatever is wrong in the call is told in a line or two."""
    result = klarplan("check", *arguments)

    assert result.returncode == 2
    assert "Traceback" not in result.stdout + result.stderr
    assert result.stderr.strip()


def test_the_day_decides(tmp_path: Path) -> None:
    """A report is in the future on one day and not on another."""
    root = copied(tmp_path)

    assert run("--root", str(root), "--as-of", "2026-01-14")[0] == 1
    assert run("--root", str(root), "--as-of", "2026-01-20")[0] == 0


def test_help_shows_examples() -> None:
    """The help tells all options and shows examples."""
    code, output = run("--help")

    plain = re.sub(r"\x1b\[[0-9;]*m", "", output)
    assert code == 0
    for word in ("--root", "--lang", "--as-of", "--format", "klarplan check --format json"):
        assert word in plain
