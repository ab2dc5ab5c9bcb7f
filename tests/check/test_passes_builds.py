"""What the check passes, the build makes: odd but legal Markdown on every kind of page."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from klarplan.check.run import check
from klarplan.commands.build import build
from tests.support.fuzz import examples
from tests.support.klein import DAY, copied

PAGES = (
    "strategy/vision.md",
    "strategy/implementation.md",
    *(f"strategy/measures/A-{number}.md" for number in range(1, 8)),
    *(f"strategy/fields/F-{number}.md" for number in (1, 2)),
    *(f"strategy/goals/G-{number}.md" for number in (1, 2)),
    "docs/seltsam.md",
)
"""Where the texts go; all but the last are printed."""

WORDS = st.sampled_from(
    [
        *("Wort", "zwei Wörter", "Größe", "A & B", "1 < 2", "&amp;", "&hellip;", "&#8211;", "IT"),
        *("**fett**", "*schräg*", "***beides***", "`Code`", "``a`b``", "~~weg~~", "<kbd>x</kbd>"),
        *("H<sub>2</sub>O", "<br>", "<mark>m</mark>", "zwei  \nZeilen", "weich\ngebrochen", "\\*"),
        *(
            "🚀",
            "👩‍👩‍👧",
            "中文",
            "שלום עולם",
            "مرحبا",
            "a\u0308",
            "\u202e",
            "\u00ad",
            "𝒳",
            "ﬁ",
            "Ω≈½",
        ),
        *("[Text](https://a.example/?a=1&b=2#c)", "<https://a.example/ä>", "a_b_c", "__dick__"),
        *("[M](../measures/A-1.md)", "[B]: x", "![Kreise](../kreise.svg)", "Fuß[^1]", "Fuß[^n]"),
        *("#", "$x$", "{x}", "\\", "|", "@", "-", "1.", ">", "[", "]", "()", "!", "~", "^"),
        *(
            "x" * 90,
            "„zitiert“",
            "'",
            '"',
            "<!-- -->",
            "<a id='ziel'></a>",
            "[hin](#ziel)",
            "www.a.de",
        ),
        '{{ status_badge("A-1") }}',
    ]
)
LINE = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


def indented(text: str, by: str = "    ") -> str:
    """A text with each line further to the right."""
    return "\n".join(f"{by}{line}" if line else line for line in text.split("\n"))


def table(rows: list[list[str]]) -> str:
    """A table whose rows need not be of one length."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


CELL = st.one_of(WORDS, st.just(""), st.just("a \\| b"))
HEADING = st.builds(
    lambda level, text, end: f"{'#' * level} {text}{end}",
    st.integers(2, 6),
    LINE.map(lambda line: line.replace("\n", " ")),
    st.sampled_from(["", " ##", " {#anker}", " { .klasse }"]),
)
BLOCK = st.one_of(
    LINE,
    HEADING,
    st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=4).map(table),
    st.builds(lambda a, b: f"{a}\n:   {b}", LINE, LINE),
    st.builds(lambda a: f"*[IT]: {a}", LINE),
    st.builds(lambda a: f"```python\n{a}\n```", LINE),
    LINE.map(indented),
    st.just("---"),
    st.just('{{ measures_table(heading="Stand & Maß") }}'),
    st.just("<div markdown>\n\n## Im Kasten\n\nText\n\n</div>"),
    st.just("<details><summary>Mehr</summary>Text</details>"),
    st.just(
        "<figure markdown>\n![Kreise](../kreise.svg)\n<figcaption>Bild</figcaption>\n</figure>"
    ),
    st.just("<table><tr><td rowspan='3' colspan='2'>a</td></tr></table>"),
    st.just("<ol reversed start='7'><li>x</li></ol>"),
)


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Blocks that hold other blocks."""
    many = st.lists(inner, min_size=1, max_size=3).map("\n\n".join)
    return st.one_of(
        st.builds(lambda a, b: f"- {a}\n\n{indented(b)}", LINE, many),
        st.builds(lambda a, b: f"7. {a}\n{indented(b)}\n8. {a}", LINE, many),
        st.builds(lambda a: indented(a, "> "), many),
        st.builds(lambda k, a: f'{k} note "Titel & {{x}}"\n\n{indented(a)}', _BOXES, many),
        st.builds(
            lambda a, b: f'=== "Eins"\n\n{indented(a)}\n\n=== "Zwei"\n\n{indented(b)}', many, many
        ),
        st.builds(lambda a: f"<div markdown>\n\n{a}\n\n</div>", many),
    )


_BOXES = st.sampled_from(["!!!", "???", "???+"])
NOTES = st.builds(
    lambda a, b: f"Zu[^1] und[^n]\n\n[^1]: {a}\n\n{indented(b)}\n\n[^n]: {a}", LINE, BLOCK
)
TEXTS = st.builds(
    lambda blocks, notes: "\n\n".join([*blocks, notes]),
    st.lists(st.recursive(BLOCK, nested, max_leaves=6), min_size=1, max_size=6),
    NOTES,
)


@pytest.mark.long
@examples(2, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
@given(st.lists(TEXTS, min_size=len(PAGES), max_size=len(PAGES)))
def test_what_the_check_passes_is_built(texts: list[str]) -> None:
    """Texts without an error in the check become a website and papers, whatever they hold."""
    with tempfile.TemporaryDirectory() as folder:
        root = copied(Path(folder))
        for file, text in zip(PAGES, texts, strict=True):
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_text(text, encoding="utf-8")
        errors = [f for f in check(root, DAY) if f.severity == "error"]
        # One cause in several files is one finding that names them all.
        refused = {place.file for error in errors for place in (error, *error.also)}
        for file in refused:
            (root / file).unlink()
        built = build(root, DAY)
        assert built.papers
