"""What a text says of itself: its first heading."""

from __future__ import annotations

import pytest

from klarplan.pages.source import heading


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Text\n\n# Mitmachen  \n\n# Zwei\n", "Mitmachen"),
        ("# Mitmachen {: #a .b }\n", "Mitmachen"),
        ("# Mitmachen {a} {b}\n", "Mitmachen {a}"),
        ("# Mitmachen {a}b}\n", "Mitmachen {a}b}"),
        ("# {a}\n", "{a}"),
        ("#\n\n## Zwei\n", ""),
        ("#Mitmachen\n", ""),
        ("", ""),
    ],
)
def test_heading(text: str, said: str) -> None:
    """The first heading of the first level is read without its attributes."""
    assert heading(text) == said


@pytest.mark.parametrize("gap", [" " * 100_000, "{ " * 50_000, "} " * 50_000])
def test_heading_of_any_length(gap: str) -> None:
    """A heading with a gap of any length is read as it stands, at once."""
    assert heading(f"# a{gap}b\n") == f"a{gap}b"
