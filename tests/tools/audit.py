"""``make audit``: Lighthouse on key pages, unused files and the Nu HTML checker on all, as a table.

Needs Node (and Java for Nu); nothing here decides over a test. Exit code 1 if a figure misses its
budget.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.support.access import pages_of, served
from tests.support.lighthouse import CATEGORIES, STEADY, at_best
from tests.support.node import install, package
from tests.support.project import REPOSITORY
from tests.support.shipped import unused
from tests.support.synthetic import write_strategy

AS_OF = "2026-11-21"
FAST = 95
"""The speed that must be reached on a machine that does other things, too; wanted are 100."""
LARGE = 1000


def build(root: Path, output: Path) -> Path:
    """The site of a strategy, without PDF."""
    command = [sys.executable, "-m", "klarplan", "build", "--root", str(root), "--as-of", AS_OF]
    command += ["--output", str(output), "--no-pdf"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=REPOSITORY)
    return output


def nu(sites: Sequence[Path]) -> list[str] | None:
    """The errors that the Nu HTML checker finds below folders; None without Java."""
    java = shutil.which("java")
    jar = package("vnu-jar") / "build" / "dist" / "vnu.jar"
    if java is None or not jar.is_file():
        return None
    command = [java, "-Xss4m", "-jar", str(jar), "--format", "json", "--exit-zero-always"]
    command += ["--skip-non-html", "--errors-only", *map(str, sites)]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=900)
    return [f"{m.get('url')}: {m['message']}" for m in json.loads(result.stderr)["messages"]]


def row(cells: Sequence[object]) -> None:
    """Print one line of the table."""
    print(f"{cells[0]!s:<34}" + "".join(f"{cell!s:>9}" for cell in cells[1:]))


def audit(folder: Path) -> bool:
    """Measure, print, and say whether all budgets hold."""
    sample = build(REPOSITORY, folder / "sample")
    write_strategy(folder / "strategy", LARGE)
    # As the sample says, it is published: search engines may list it.
    (folder / "strategy" / "strategy").mkdir()
    shutil.copy(REPOSITORY / "strategy" / "strategy.yml", folder / "strategy" / "strategy")
    large = build(folder / "strategy", folder / "large")
    good = True
    row(["Lighthouse (Handy)", "Tempo", "Zugang", "Praxis", "SEO", "CLS", "LCP s", "kB", "HTML kB"])
    pages = [
        ("Start", sample, ""),
        (f"Übersicht ({LARGE} Maßnahmen)", large, "massnahmen/"),
        ("Maßnahme", sample, "massnahmen/m-001/"),
    ]
    for name, site, path in pages:
        with served(site) as address:
            page = at_best(address + path, folder)
        shift = page.figure("cumulative-layout-shift")
        paint = page.figure("largest-contentful-paint") / 1000
        weight = page.figure("total-byte-weight") / 1000
        sent = len(gzip.compress((site / path / "index.html").read_bytes(), 6)) / 1000
        scores = [page.scores[category] for category in CATEGORIES]
        row([name, *scores, f"{shift:.3f}", f"{paint:.1f}", f"{weight:.0f}", f"{sent:.0f}"])
        if missed := page.failed():
            print("  " + ", ".join(missed))
        steady = all(page.scores[category] == 100 for category in STEADY)
        good &= shift < 0.0005 and steady and page.scores["performance"] >= FAST
    left = unused(sample)
    print(f"Dateien, die keine Seite lädt: {len(left)}")
    good &= not left
    errors = nu([sample, large])
    if errors is None:
        print("Nu-Prüfer: entfällt, denn er braucht Java.")
        return good
    number = len(pages_of(sample)) + len(pages_of(large))
    print(f"Nu-Prüfer: {len(errors)} Fehler auf {number} Seiten")
    print("".join(f"  {error}\n" for error in errors[:20]), end="")
    return good and not errors


def main() -> int:
    """Audit the sample and a large strategy."""
    if not install(everything=True):
        print("make audit braucht Node mit npm (https://nodejs.org).", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        return 0 if audit(Path(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
