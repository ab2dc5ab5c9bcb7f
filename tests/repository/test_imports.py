"""Imports follow the flow of the data, and a forbidden one is noticed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.project import REPOSITORY

LINT = Path(sys.executable).with_name("lint-imports")


def linted(folder: Path) -> subprocess.CompletedProcess[str]:
    """The import contract of a copy of the engine, checked."""
    return subprocess.run(
        [LINT, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("klarplan/__init__.py", None),
        ("klarplan/strategy/derive.py", "import klarplan.papers.make"),
        ("klarplan/website/menu.py", "import klarplan.open_data.data_package"),
        ("macros/goals.py", "from klarplan.pages.page import Page"),
        ("klarplan/nowhere.py", ""),
    ],
)
def test_an_import_against_the_flow_fails_the_contract(
    tmp_path: Path, file: str, line: str | None
) -> None:
    """Imports against or beside the flow and modules without a place fail; the engine passes."""
    for name in ("klarplan", "macros"):
        shutil.copytree(
            REPOSITORY / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    if line is not None:
        with (tmp_path / file).open("a", encoding="utf-8") as module:
            module.write(f"\n{line}\n")

    result = linted(tmp_path)

    assert result.returncode == (0 if line is None else 1), result.stdout
