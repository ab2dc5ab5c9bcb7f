"""What a command made, with sizes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from klarplan.messages import Lang
from klarplan.papers.make import Made, in_words
from klarplan.words.catalogue import spoken


def print_made(papers: Mapping[Path, Made], out: Console, lang: Lang) -> None:
    """A line for each paper: its format, where it is, its pages and size."""
    for path, paper in papers.items():
        size = in_words(spoken(lang), paper)
        out.print(f"  {path.suffix[1:].upper():5} {path} ({size})", markup=False)
