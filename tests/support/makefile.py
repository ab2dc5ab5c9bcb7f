"""What the Makefile offers."""

from __future__ import annotations

import re

from tests.support.project import REPOSITORY


def make_targets() -> set[str]:
    """The targets that the Makefile declares for people."""
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    declared = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert declared
    return set(declared[1].split())
