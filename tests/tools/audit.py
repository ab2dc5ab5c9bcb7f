"""``make audit``: Lighthouse on key pages, unused files and the Nu HTML checker on all, as a table.

Needs Node (and Java for Nu); nothing here decides over a test. Exit code 1 if a figure misses its
budget.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.support.access import pages_of, served
from tests.support.browser import installed_browser
from tests.support.node import install, package
from tests.support.project import REPOSITORY
from tests.support.shipped import unused
from tests.support.synthetic import write_strategy

AS_OF = "2026-11-21"
CATEGORIES = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
LARGE = 1000


def build(root: Path, output: Path) -> Path:
    """The site of a strategy, without PDF."""
    command = [sys.executable, "-m", "klarplan", "build", "--root", str(root), "--as-of", AS_OF]
    command += ["--output", str(output), "--no-pdf"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=REPOSITORY)
    return output


def lighthouse(url: str, folder: Path) -> dict[str, Any]:
    """Lighthouse's report on a page, as a phone on a slow line sees it."""
    node = shutil.which("node")
    browser = installed_browser()
    assert node
    assert browser
    report = folder / "report.json"
    flags = "--headless=new --disable-background-networking"
    if os.geteuid() == 0:
        flags += " --no-sandbox"
    command = [node, str(package("lighthouse") / "cli" / "index.js"), url, "--quiet"]
    command += ["--output=json", f"--output-path={report}", f"--chrome-flags={flags}"]
    environment = {**os.environ, "CHROME_PATH": str(browser)}
    subprocess.run(command, check=True, env=environment, timeout=300, cwd=folder)
    found: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return found


def faults(report: dict[str, Any]) -> list[str]:
    """The audits outside of performance that a page fails."""
    names = [
        reference["id"]
        for category in report["categories"].values()
        if category["id"] != "performance"
        for reference in category["auditRefs"]
        if reference["weight"]
    ]
    audits = report["audits"]
    return sorted({n for n in names if audits[n]["score"] is not None and audits[n]["score"] < 1})


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
            report = lighthouse(address + path, folder)
        scores = {c: round(100 * report["categories"][c]["score"]) for c in CATEGORIES}
        shift = report["audits"]["cumulative-layout-shift"]["numericValue"]
        paint = report["audits"]["largest-contentful-paint"]["numericValue"] / 1000
        weight = report["audits"]["total-byte-weight"]["numericValue"] / 1000
        page = len(gzip.compress((site / path / "index.html").read_bytes(), 6)) / 1000
        cells = [*scores.values(), f"{shift:.3f}", f"{paint:.1f}", f"{weight:.0f}", f"{page:.0f}"]
        row([name, *cells])
        missed = faults(report)
        if missed:
            print("  " + ", ".join(missed))
        good &= shift < 0.0005 and all(scores[c] >= least for c, least in CATEGORIES.items())
    left = unused(sample) + unused(large)
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
