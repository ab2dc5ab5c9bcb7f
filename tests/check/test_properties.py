"""Whatever stands in a file, checking it ends in findings."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarplan.check.run import check
from klarplan.own_files import PACKAGE
from klarplan.pages.gate import look
from tests.support.fuzz import examples
from tests.support.klein import DAY, KLEIN

SOME = examples(6)
DESCRIPTOR = "data/datapackage.json"


@contextmanager
def strategy(*parts: str) -> Iterator[Path]:
    """The small strategy, or some folders of it, as one example may change it."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for part in parts:
            shutil.copytree(KLEIN / part, root / part)
        yield root


@SOME
@given(st.sampled_from(["measures", "status_reports", "documents", "statuses"]), st.binary())
def test_any_bytes_as_a_table_end_in_findings(name: str, raw: bytes) -> None:
    """A table of arbitrary bytes never ends the check with an exception."""
    with strategy("data") as root:
        (root / f"data/{name}.csv").write_bytes(raw)

        assert all(f.file for f in check(root, DAY))


CSV = st.text(st.sampled_from('abM-1,;"\n\r\t =@{}<>ü.0'), max_size=300)


@SOME
@given(st.sampled_from(["measures", "status_reports", "goals", "budget"]), CSV)
def test_any_text_after_the_header_ends_in_findings(name: str, text: str) -> None:
    """Rows of arbitrary characters never end the check with an exception."""
    with strategy("data") as root:
        path = root / f"data/{name}.csv"
        header = path.read_text(encoding="utf-8").partition("\n")[0]
        path.write_text(f"{header}\n{text}", encoding="utf-8", newline="")

        assert all(f.problem.de and f.problem.en for f in check(root, DAY))


PIECES = [
    "{{",
    "}}",
    "{%",
    "%}",
    "if",
    "for",
    "in",
    "[1]",
    "endif",
    "endfor",
    '"A-1"',
    "x",
    "#",
    "<a",
    "<b>",
    "href=",
    "'",
    '"',
    ">",
    "](",
    "![",
    "]:",
    "a",
    "&#",
    "```",
    "status_badge(",
    ")",
    "-",
    ">",
    "<!--",
    "-->",
    "|",
    "---",
    "[^1]",
    "*[a]:",
    "\\",
    "{:",
    "}",
    "~~~",
    "???",
    "===",
    '"x"',
]
MARKS = st.lists(st.sampled_from([*PIECES, " ", "\n", "\n\n", "    "]), max_size=40)


@SOME
@given(MARKS)
def test_any_marks_on_a_page_end_in_findings(marks: list[str]) -> None:
    """A page of arbitrary Markdown, HTML and Jinja never ends the check with an exception."""
    with strategy("data", "strategy") as root:
        (root / "strategy/vision.md").write_text("".join(marks), encoding="utf-8")

        assert all(f.problem.de and f.problem.en for f in check(root, DAY))


@SOME
@given(st.binary(max_size=200))
def test_any_bytes_as_settings_or_page_end_in_findings(raw: bytes) -> None:
    """Settings and pages of arbitrary bytes never end the check with an exception."""
    with strategy("data", "strategy") as root:
        (root / "strategy/strategy.yml").write_bytes(raw)
        (root / "strategy/vision.md").write_bytes(b"---\n" + raw + b"\n---\n" + raw)

        assert all(f.problem.de and f.problem.en for f in check(root, DAY))


PACKAGE_TEXT = (PACKAGE.parent / DESCRIPTOR).read_text(encoding="utf-8")


def _places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    keys = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        yield (*path, key)
        yield from _places(node[key], (*path, key))


ODD = st.sampled_from(
    [None, 3, -1.5, "", "x", "date", "measures", "id", [], {}, [1], ["id"], {"a": 1}, True, "("]
)


@SOME
@given(st.sampled_from([*_places(json.loads(PACKAGE_TEXT))]), ODD)
def test_any_change_of_the_description_ends_in_findings(place: tuple[Any, ...], odd: Any) -> None:
    """A description of which any part is replaced never ends the check with an exception."""
    with strategy("data") as root:
        package = json.loads(PACKAGE_TEXT)
        node = package
        for key in place[:-1]:
            node = node[key]
        node[place[-1]] = odd
        (root / DESCRIPTOR).write_text(json.dumps(package), encoding="utf-8")

        assert all(f.file for f in check(root, DAY))


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script>",
        "<!--><script>x</script>-->",
        "<!-- a --!><script>x</script>-->",
        "<!---><script>x</script>",
        "<a title='<b>' onclick=x>y</a>",
        '<a title="x"onclick=y>z</a>',
        "<a/onclick=x>z</a>",
        "<a\fonclick\n=\n'x'>z</a>",
        "<a title=x/onclick=y onfocus=z>q</a>",
        "<?xml <script> ?>",
        "<ScRiPt/x>",
        "<p <script>",
    ],
)
def test_tags_are_cut_as_browsers_cut_them(text: str) -> None:
    """Code that hides behind comments, quotes and odd blanks is seen, or the page is refused."""
    assert look(text).faults
