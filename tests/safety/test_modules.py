"""Modules of Python that lie in a strategy are never run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.klein import copied

NAMES = ("yaml", "jinja2", "lxml", "mkdocs", "markdown", "typer", "typst", "main", "sitecustomize")
PROGRAMS = {
    "command": (str(Path(sys.executable).with_name("klarplan")),),
    "module": (sys.executable, "-m", "klarplan"),
}


@pytest.mark.long
@pytest.mark.parametrize(
    ("program", "options"),
    [
        ("command", ("--pdf",)),
        ("module", ("--no-pdf",)),
        ("module", ("--no-pdf", "--generator", "properdocs")),
        ("module", ("--no-pdf", "--generator", "zensical")),
    ],
)
def test_modules_in_the_root_are_not_run(
    tmp_path: Path, program: str, options: tuple[str, ...]
) -> None:
    """Files in the root or in ``build`` that are named like libraries stay what they are: files."""
    root = copied(tmp_path)
    hit = tmp_path / "gelaufen.txt"
    (root / "build/pages").mkdir(parents=True)
    (root / "build/mkdocs.yml").write_text("site_name: X\n")  # as builds leave it
    for folder in (root, root / "build", root / "build" / "main"):
        folder.mkdir(exist_ok=True)
        for name in (*NAMES, "__init__"):
            code = f"open({str(hit)!r}, 'a').write(__file__ + '\\n')\n"
            (folder / f"{name}.py").write_text(code, encoding="utf-8")
    done = subprocess.run(
        [*PROGRAMS[program], "build", "--as-of", "2026-10-01", *options],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not hit.exists(), hit.read_text("utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
