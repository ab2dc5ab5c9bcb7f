"""Macro calls in texts: what is one, what is told as a mistake, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, nodes

from klarplan.pages.calls import MOST, read_calls
from klarplan.pages.source import Source
from macros.seal import Seal
from tests.support.fuzz import examples

SEAL = Seal("k0123456789abcdef0123456789abcdef")


def calls(text: str) -> list[str]:
    """The calls of a text, written anew."""
    return [call.written() for call in read_calls(text).calls]


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ('{{ ref("M-1") }}', 'ref("M-1")'),
        ("{{as_of_date()}}", "as_of_date()"),
        ("Am {{ as_of_date() }}.", "as_of_date()"),
        ("- {{ a(1, -2.5, [true, none]) }}", "a(1, -2.5, [True, None])"),
        ("{{ a(x='Größe', y=\"}\" ) }}", None),
        ("{{ a(x='Größe') }}", 'a(x="Gr\\U000000f6\\U000000dfe")'),
        ("> {{ a() }}", "a()"),
        ("| {{ a() }} |", "a()"),
        ("\\`{{ a() }}\\`", "a()"),
        ("`offen\n\n{{ a() }}", "a()"),
    ],
)
def test_a_call_has_a_name_and_literal_arguments(text: str, call: str | None) -> None:
    """A call is understood wherever it stands in a text, and written anew in plain signs."""
    assert calls(text) == ([call] if call else [])


@pytest.mark.parametrize(
    "text",
    [
        "`{{ a() }}`",
        "``ein ` und {{ a() }}``",
        "```\n{{ a() }}\n```",
        "~~~ jinja\n{% if x %}\n~~~",
        "- a\n\n    ```\n    {{ a() }}\n    ```",
        "````\n```\n{{ a() }}\n````",
        "## Titel {#anker}",
        "Satz {: .klasse }",
    ],
)
def test_code_and_attributes_are_left_alone(text: str) -> None:
    """In code, marks of templates are text; anchors of headings are none."""
    found = read_calls(text)

    assert (found.calls, found.faults) == ((), ())
    assert Source(text).sealed(SEAL) == text


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("{{ lipsum.__globals__ }}", 1, "{{ lipsum.__globals__ }}"),
        ("eins\nzwei {% raw %}", 2, "{% raw %}"),
        ("{# Anmerkung #}", 1, "{# Anmerkung #}"),
        ("{{ a(b()) }}", 1, "{{ a(b()) }}"),
        ("{{ a(*[1]) }}", 1, "{{ a(*[1]) }}"),
        ("{{ a(**{}) }}", 1, "{{ a(**{}) }}"),
        ("{{ a(x=1, x=2) }}", 1, "{{ a(x=1, x=2) }}"),
        ('{{ a("zwei\\nZeilen") }}', 1, '{{ a("zwei\\nZeilen") }}'),
        ("{{ a() | upper }}", 1, "{{ a() | upper }}"),
        ("{{ a(\n) }}", 1, "{{ a("),
        ('{{ a(f"{x}") }}', 1, '{{ a(f"{x}") }}'),
        ("{{ a(1j) }}", 1, "{{ a(1j) }}"),
        ('{{ a("' + "x" * 500 + '") }}', 1, '{{ a("' + "x" * 54),
    ],
)
def test_what_only_looks_like_a_call_is_told(text: str, line: int, told: str) -> None:
    """Everything else with the marks of a template language is a fault with its line."""
    found = read_calls(text)

    assert found.calls == ()
    assert (found.faults[0].line, found.faults[0].text) == (line, told)


def test_faults_without_end_are_cut_off() -> None:
    """Of a text full of marks, the first faults are told, and reading it takes no time."""
    assert len(read_calls("{{" * 200_000).faults) == 1
    assert len(read_calls("{{\n" * 100_000).faults) == MOST


MARKS = [
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "`",
    "```",
    "~~~",
    "\n",
    "\n\n",
    "a(",
    ")",
    '"x"',
    "\\",
]
TEXTS = st.lists(
    st.one_of(st.sampled_from(MARKS), st.text(max_size=4), st.just('{{ a("b") }}')), max_size=30
).map("".join)


@examples(60)
@given(TEXTS)
def test_nothing_but_calls_of_literals_reaches_the_generator(text: str) -> None:
    """Whatever a text holds, the generator's template engine sees our calls and plain text."""
    engine = Environment(
        **{name.removeprefix("j2_"): mark for name, mark in SEAL.delimiters().items()}
    )

    tree = engine.parse(Source(text).sealed(SEAL))

    for node in tree.find_all(nodes.Node):
        assert isinstance(
            node,
            nodes.Output
            | nodes.TemplateData
            | nodes.Call
            | nodes.Name
            | nodes.Const
            | nodes.Keyword
            | nodes.List
            | nodes.Neg,
        )


@examples(60)
@given(TEXTS)
def test_no_letter_of_a_text_is_lost(text: str) -> None:
    """Pieces and calls in turn are the whole text."""
    parts = read_calls(text).parts
    plain = "".join(part for part in parts if isinstance(part, str))

    assert plain == text.replace('{{ a("b") }}', "") or len(plain) <= len(text)
    if not read_calls(text).calls:
        assert plain == text
