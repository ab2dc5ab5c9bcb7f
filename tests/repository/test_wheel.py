"""The built package: works where there is no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.support import own, word
from tests.support.project import AS_OF, REPOSITORY
from tests.support.synthetic import write_strategy

FOOTER = "overrides/partials/klarplan-footer.html"


@pytest.mark.long
def test_installed_package_builds_a_strategy(tmp_path: Path) -> None:
    """The wheel alone makes website, PDF and data of three measures, with the town's additions."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
        timeout=300,
    )
    wheel = next(tmp_path.glob("*.whl"))
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        assert not [n for n in archive.namelist() if n.startswith(("tests/", "data/"))]
        archive.extractall(installed)
    root = tmp_path / "strategy"
    write_strategy(root, 3)
    own.put(own.added(root), {"docs/index.md": "# Willkommen\n\n[Partner](partner.md)\n"})
    own.put(root, {"local/rules.py": own.RULES, "local/styles.css": ".unsere { color: #123 }\n"})
    own.put(root, {"local/vorlage.docx": word.template()})
    footer = (REPOSITORY / FOOTER).read_text("utf-8").replace("<footer", "<p>Unser</p><footer", 1)
    own.put(root, {f"local/{FOOTER}": footer})
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    where = subprocess.run(
        [
            sys.executable,
            "-c",
            "import klarplan, macros; print(klarplan.__file__, macros.__file__)",
        ],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=tmp_path,
    )
    assert where.stdout.count(str(installed)) == 2
    result = subprocess.run(
        [sys.executable, "-m", "klarplan", "build", "--root", str(root), "--as-of", AS_OF],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=tmp_path,
        timeout=300,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert (root / "site/massnahmen/m-0003/index.html").is_file()
    assert (root / "site/strategie.pdf").is_file()
    assert (root / "site/daten/datapackage.json").is_file()
    partner = (root / "site/partner/index.html").read_text("utf-8")
    assert "Moin &#38; &#60;Tach&#62;: 3" in partner
    assert "<p>Unser</p>" in partner
    assert ".unsere" in (root / "site/assets/site.css").read_text("utf-8")
    does_what_windows_needs(tmp_path, root, environment)


def does_what_windows_needs(place: Path, root: Path, environment: dict[str, str]) -> None:
    """Without make and checkout, tables go out and come back, and the preview shows the site."""
    program = [sys.executable, "-m", "klarplan"]
    book = place / "Tabellen.xlsx"
    here = ("--root", str(root))
    for command in (
        ("export", str(book), *here),
        ("import", str(book), *here),
        ("check", *here, "--as-of", AS_OF),
    ):
        done = subprocess.run(
            [*program, *command],
            capture_output=True,
            encoding="utf-8",
            check=False,
            env=environment,
            cwd=place,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert book.is_file()
    with subprocess.Popen(
        [*program, "serve", *here, "--no-pdf", "--port", "0", "--as-of", AS_OF],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**environment, "PYTHONUNBUFFERED": "1"},
        cwd=place,
    ) as preview:
        assert preview.stdout
        try:
            address = preview.stdout.readline().strip()
            assert any("Fertig." in line for line in preview.stdout)
            with urllib.request.urlopen(address, timeout=20) as answer:
                assert b"<main" in answer.read()
        finally:
            preview.terminate()
