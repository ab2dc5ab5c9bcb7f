"""Wrong calls of macros are told in plain German, with a call that works."""

from __future__ import annotations

import re

import pytest

from klarplan.messages import Finding
from tests.support.many_pages import examined, repaired

ENGLISH = re.compile(r"unexpected|keyword|positional|argument|expected|Jinja|TypeError|None\b")

MENDED = {
    "curly quotes": ("Stand: {{ status_badge(„A-1“) }}", 'Stand: {{ status_badge("A-1") }}'),
    "English curly quotes": ("{{ status_badge(“A-1”) }}", '{{ status_badge("A-1") }}'),
    "quotes of a text program": ("{{ status_badge(‚A-1‘) }}", "{{ status_badge('A-1') }}"),
    "one brace missing at the end": ('{{ status_badge("A-1") }.', '{{ status_badge("A-1") }}.'),
    "one brace on each side": ('Ist { status_badge("A-1") }.', 'Ist {{ status_badge("A-1") }}.'),
    "one brace before": ('{ status_badge("A-1") }}', '{{ status_badge("A-1") }}'),
    "left open": ('Ist {{ status_badge("A-1")', 'Ist {{ status_badge("A-1") }}'),
    "bracket left open": ('{{ status_badge("A-1" }}', '{{ status_badge("A-1") }}'),
    "no quotes": ("{{ measures_table(field=F-1) }}", '{{ measures_table(field="F-1") }}'),
    "quote left open": ('{{ status_badge("A-1) }}', '{{ status_badge("A-1") }}'),
    "no brackets": ("{{ measures_table }}", "{{ measures_table() }}"),
    "capitals": ('{{ Status_Badge("A-1") }}', '{{ status_badge("A-1") }}'),
    "blank before the bracket": ('{{ status_badge ("A-1") }}', '{{ status_badge("A-1") }}'),
}
TOLD = {
    "condition": ('{% if true %}{{ status_badge("A-1") }}{% endif %}', "Befehl"),
    "left open condition": ("Text\n\n{% if x %}", "Befehl"),
    "note": ("{# Anmerkung #}", "<!-- Anmerkung -->"),
    "nothing but braces": ("{{", "Aufruf"),
    "over two lines": ('{{ status_badge(\n"A-1") }}', "in eine Zeile"),
    "nothing to show": ("{{ status_badge }}", "So geht es: {{ status_badge("),
    "unknown argument": ('{{ measures_table(feld="F-1") }}', "Meinten Sie „field“?"),
    "argument of nothing": ('{{ measures_table(farbe="rot") }}', "keine Angabe „farbe“"),
    "argument where there is none": ("{{ as_of_date(1) }}", "nimmt keine Angabe"),
    "missing argument": ("{{ status_badge() }}", 'So geht es: {{ status_badge("A-1") }}'),
    "too many arguments": ('{{ status_badge("A-1", "A-2") }}', "nur eine Angabe; hier stehen 2"),
    "argument twice": ('{{ status_badge("A-1", measure="A-2") }}', "steht zweimal"),
    "number as a text": ('{{ newest_reports("fünf") }}', "eine ganze Zahl"),
    "text as a number": ("{{ status_badge(1) }}", "ein Text in Anführungszeichen"),
    "list as a text": ('{{ status_badge(["A-1"]) }}', "ein Text in Anführungszeichen"),
    "unknown macro": ('{{ ampel("A-1") }}', "Handbuch"),
    "unknown macro, near": ('{{ status_bagde("A-1") }}', "Meinten Sie „status_badge“?"),
    "unknown id": ('{{ status_badge("Radweg") }}', "Vorhanden sind: "),
}


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """What the check finds on a page of each case."""
    texts = {name: text for name, (text, _) in (MENDED | TOLD).items()}
    found = examined(tmp_path_factory.mktemp("calls"), texts)
    # No menu and no page leads to the cases, which is told as well.
    return {name: [f for f in told if f.rule != "KP753"] for name, told in found.items()}


@pytest.mark.parametrize("name", [*MENDED, *TOLD])
def test_one_message_without_words_of_programmers(
    name: str, findings: dict[str, list[Finding]]
) -> None:
    """A wrong call gives one error with a cure, and neither has words of a programming language."""
    (finding,) = findings[name]

    assert finding.rule in ("KP801", "KP803", "KP804")
    assert finding.severity == "error"
    assert not ENGLISH.search(finding.problem.de + finding.cure.de)
    assert finding.cure.de
    assert len(re.findall(r"[\w-]+, ", finding.cure.de)) <= 5, "at most five names"


@pytest.mark.parametrize("name", TOLD)
def test_what_is_wrong_and_how_it_works(name: str, findings: dict[str, list[Finding]]) -> None:
    """The message says which argument is wrong, and shows a call that works."""
    (finding,) = findings[name]

    assert TOLD[name][1] in f"{finding.problem.de} {finding.cure.de}"


@pytest.mark.parametrize("name", MENDED)
def test_a_slip_is_mended(name: str, findings: dict[str, list[Finding]]) -> None:
    """A slip with one reading carries the line as it should be."""
    text, right = MENDED[name]

    assert repaired(text, findings[name]) == right


def test_what_was_mended_is_right(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The mended calls, and those that messages show as examples, are without findings."""
    folder = tmp_path_factory.mktemp("mended")
    texts = {name: f"# Titel\n\n{right}\n" for name, (_, right) in MENDED.items()}

    assert not [f for found in examined(folder, texts).values() for f in found if f.rule[2] == "8"]
