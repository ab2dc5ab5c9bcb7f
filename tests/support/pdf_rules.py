"""What the standards and we ask of a PDF: PDF/UA-1, PDF/A-3a, heads of tables."""

from __future__ import annotations

from pathlib import Path

import page

from tests.support.print_reading import read

LIMITS = page.SafetyLimits(max_reference_depth=10_000)
"""Bookmarks are a chain, as long as there are measures."""


def failures(file: Path) -> list[str]:
    """What the two standards find wrong."""
    profiles = [page.ValidationProfile(name) for name in ("ua1", "3a")]
    return [
        str(failure)
        for profile in profiles
        for failure in page.validate_pdf(str(file), profile=profile, limits=LIMITS).failures
    ]


def heads_without_scope(file: Path) -> list[str]:
    """Heads of tables that don't say what they are a head of."""
    return [head.text for head in read(file).find("TH") if "Scope" not in head.attributes]
