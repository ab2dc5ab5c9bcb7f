"""Values in the head of a page that are not what people meant are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.check.run import check
from tests.support.klein import DAY, append, copied


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("title: „Mitmachen“", 'title: "Mitmachen"'),
        ("title: #Mitmachen", 'title: "#Mitmachen"'),
        ("description: »Wer mitredet«", 'description: "Wer mitredet"'),
    ],
)
def test_quotes_and_remarks_that_nobody_meant(line: str, right: str, tmp_path: Path) -> None:
    """Curly quotes would be shown, and # hides the value: a warning with the right line."""
    root = copied(tmp_path)
    append(root, "docs/rat.md", f"---\n{line}\n---\n\n# Rat\n\nText.\n")
    (found,) = (f for f in check(root, DAY) if f.rule == "KP704")
    assert (found.line, found.severity) == (2, "warning")
    assert found.fix is not None
    assert (found.fix.old, found.fix.new) == (line, right)


@pytest.mark.parametrize("line", ['title: "„Wir“"', "title: 2030", "title: A # Notiz", "title:"])
def test_values_that_are_fine(line: str, tmp_path: Path) -> None:
    """Quotation marks that are meant, numbers, remarks and empty values are no findings."""
    root = copied(tmp_path)
    append(root, "docs/rat.md", f"---\n{line}\n---\n\n# Rat\n\nText.\n")
    assert [f for f in check(root, DAY) if f.rule in ("KP702", "KP704")] == []
