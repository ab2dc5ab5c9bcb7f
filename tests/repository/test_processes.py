"""How tests are dealt out to processes: by file, long ones that share nothing one by one."""

from __future__ import annotations

import pytest

from tests.conftest import SPREAD, share_of
from tests.support.project import REPOSITORY


@pytest.mark.parametrize(
    ("test", "share"),
    [
        ("tests/papers/test_pdf_cards.py::test_a", "tests/papers/test_pdf_cards.py"),
        ("tests/papers/test_pdf_cards.py::test_b[x::y]", "tests/papers/test_pdf_cards.py"),
        ("tests/safety/test_attacks.py::test_a[b/c]", "tests/safety/test_attacks.py::test_a[b/c]"),
    ],
)
def test_one_process_makes_what_a_file_shares(test: str, share: str) -> None:
    """Tests of a file stay together, unless the file is one of those that are spread."""
    assert share_of(test) == share


def test_files_that_are_spread_exist() -> None:
    """The list of files whose tests are spread names no file that has gone."""
    names = {path.name for path in (REPOSITORY / "tests").rglob("test_*.py")}
    assert set(SPREAD) <= names
