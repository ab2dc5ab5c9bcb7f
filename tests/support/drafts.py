"""The small strategy as a draft, with a paper of every kind, built once for several tests."""

from __future__ import annotations

from pathlib import Path

from tests.support import klein, sites
from tests.support.project import BuiltSample

IMPRINT = "# Impressum\n\n{{ imprint() }}\n"


def _write(root: Path) -> None:
    source = klein.copied(root.parent / "quelle")
    for path in source.iterdir():
        path.rename(root / path.name)
    (root / "docs/impressum.md").write_text(IMPRINT, "utf-8")
    klein.append(root, "strategy/strategy.yml", "measure_pdfs: true\n")


def draft() -> BuiltSample:
    """The site of a draft, as editors see it, with its papers and one of each measure."""
    return sites.kept("draft", _write, "--preview", "--as-of", klein.DAY.isoformat())
