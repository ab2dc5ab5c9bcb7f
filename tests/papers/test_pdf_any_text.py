"""Whatever people write into a cell or a page: the PDF is built and keeps it."""

from __future__ import annotations

import html
import tempfile
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from klarplan.papers.markup import escaped, literal
from klarplan.papers.text import breakable, without_breaks
from tests.support.fuzz import examples
from tests.support.print_reading import plain, read
from tests.support.print_site import printed

SPECIAL = "#$@<>\\*_[]`~'\"-=+/.:;(){}|^&%!?0123456789abcäöüßÄ \u00a0„“–…€"
TEXTS = st.lists(
    st.one_of(st.text(SPECIAL, min_size=1, max_size=40), st.text(min_size=1, max_size=20)),
    min_size=20,
    max_size=40,
)


def page_of(texts: list[str]) -> str:
    """A page with each text wherever a text can stand."""
    parts = ["<h1>Beliebiges</h1>"]
    for number, text in enumerate(texts):
        safe = html.escape(text)
        form = number % 8
        if form == 0:
            parts.append(f"<h2 id='{safe}'>{safe}</h2><p>{safe}<br>{safe}</p>")
        elif form == 1:
            parts.append(f"<table><caption>{safe}</caption><tr><th>{safe}</th><td>{safe}</td></tr>")
            parts.append(f"<tr><td><em>{safe}</em>{safe}</td><td>{safe}</td></tr></table>")
        elif form == 2:
            parts.append(f"<p><em>{safe}</em>{safe}<a href='{safe}'>{safe}</a>{safe}</p>")
        elif form == 3:
            parts.append(f"<ul><li>{safe}</li></ul><dl><dt>{safe}</dt><dd>{safe}</dd></dl>")
        elif form == 4:
            parts.append(f"<pre><code>{safe}</code></pre><p><code>{safe}</code>{safe}</p>")
        elif form == 5:
            parts.append(f"<details><summary>{safe}</summary>{safe}</details>")
        elif form == 6:
            parts.append(f"<p><span class='badge' style='{safe}'>{safe}</span>{safe}</p>")
        else:
            parts.append(f"<p><abbr title='{safe}'>{safe}</abbr><q>{safe}</q> {safe}</p>")
    return "".join(parts)


@examples(4, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_any_text_can_be_printed(texts: list[str]) -> None:
    """No text in a heading, cell, link, list, code, box or badge ever fails the build."""
    with tempfile.TemporaryDirectory() as folder:
        result = printed(Path(folder), page_of(texts), title=texts[0], resolution=texts[1])
        assert result.pages >= 3


@pytest.mark.parametrize("title", ["", " \u00a0", "\x1b", "\u200d\ufe0f", "\u00ad"])
def test_a_title_that_nobody_sees_is_none(tmp_path: Path, title: str) -> None:
    """A paper whose title shows nothing has the usual one."""
    printed(tmp_path, "<h1>Vision</h1><p>Wort</p>", title=title)
    with pikepdf.open(tmp_path / "strategie.pdf") as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Strategie"


@examples(4, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(SPECIAL, min_size=1, max_size=60), min_size=20, max_size=40))
def test_text_is_kept_character_by_character(texts: list[str]) -> None:
    """Signs that the typesetter could take for its own stand in the PDF as they were written."""
    cells = "".join(f"<tr><td>{html.escape(t)}</td></tr>" for t in texts)
    body = "".join(f"<p>{html.escape(t)}<em>{html.escape(t)}</em></p>" for t in texts)
    with tempfile.TemporaryDirectory() as folder:
        printed(Path(folder), f"<h1>V</h1><table>{cells}</table>{body}")
        text = plain(read(Path(folder) / "strategie.pdf").text)
    expected = "".join(texts) + "".join(2 * t for t in texts)
    assert text.endswith(plain(expected))


@given(st.text())
def test_breaks_add_nothing_visible(text: str) -> None:
    """Places to break are the only thing that is added to a text."""
    kept = without_breaks(breakable(text, "de"))
    assert kept.replace("\u00a0", " ") == without_breaks(text).replace("\u00a0", " ")


@given(st.text())
def test_every_sign_of_the_typesetter_is_escaped(text: str) -> None:
    """Neither markup nor a string leaves room for code."""
    markup = escaped(text)
    for at, char in enumerate(markup):
        if char in "#$@<>*_[]`~\\" and (at == 0 or markup[at - 1] != "\\"):
            assert char == "\\" or markup[at : at + 11] == "#h(0.01pt);"
    inner = literal(text)[1:-1]
    assert '"' not in inner.replace("\\\\", "").replace('\\"', "")
    assert "\n" not in inner


@pytest.mark.parametrize("broken", ["<br>", "Wort<br>", "<br>Wort", "<em>Wort<br></em>"])
def test_breaks_at_the_edge_of_a_text_can_be_printed(tmp_path: Path, broken: str) -> None:
    """A line break that begins or ends a cell, an item, a term or a box does not spoil it."""
    body = (
        f"<h1>V</h1><table><tr><th>a</th><td>{broken}</td></tr></table><p>{broken}</p>"
        f"<dl><dt>{broken}</dt><dd>{broken}</dd></dl><ul><li>{broken}</li></ul>"
        f"<details><summary>T</summary><p>{broken}</p></details>"
    )
    assert printed(tmp_path, body).pages == 3
