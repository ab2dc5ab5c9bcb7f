"""Lighthouse on a page of a built site, as a phone on a slow line sees it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.browser import installed_browser
from tests.support.node import package

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
"""What it gives a score for, of 100 at most."""
STEADY = CATEGORIES[1:]
"""Those whose score does not depend on what else the machine does."""


@dataclass(frozen=True)
class Judged:
    """What Lighthouse says of a page: scores by category, and its whole report."""

    scores: dict[str, int]
    report: dict[str, Any]

    def figure(self, audit: str) -> float:
        """What an audit measured, in its own unit."""
        return float(self.report["audits"][audit]["numericValue"])

    def failed(self) -> list[str]:
        """The audits that count and that the page does not pass, but those of the speed."""
        names = {
            reference["id"]
            for category in self.report["categories"].values()
            if category["id"] in STEADY
            for reference in category["auditRefs"]
            if reference["weight"]
        }
        audits = self.report["audits"]
        return sorted(n for n in names if (audits[n]["score"] or 0) < 1 and not _is_out(audits[n]))


def _is_out(audit: dict[str, Any]) -> bool:
    """Whether an audit has nothing to judge on this page."""
    return audit["scoreDisplayMode"] in ("notApplicable", "manual", "informative")


def is_there() -> bool:
    """Whether Lighthouse and a browser are installed."""
    return package("lighthouse").is_dir() and bool(shutil.which("node") and installed_browser())


def judged(url: str, folder: Path, *, steady: bool = False) -> Judged:
    """Lighthouse's judgement on a page, only on what is steady if wanted; works in ``folder``."""
    node, browser = shutil.which("node"), installed_browser()
    assert node
    assert browser
    path = folder / "report.json"
    flags = "--headless=new --disable-background-networking"
    if os.geteuid() == 0:
        flags += " --no-sandbox"
    command = [node, str(package("lighthouse") / "cli" / "index.js"), url, "--quiet"]
    command += ["--output=json", f"--output-path={path}", f"--chrome-flags={flags}"]
    command += [f"--only-categories={','.join(STEADY if steady else CATEGORIES)}"]
    environment = {**os.environ, "CHROME_PATH": str(browser)}
    subprocess.run(command, check=True, env=environment, timeout=300, cwd=folder)
    report: dict[str, Any] = json.loads(path.read_text("utf-8"))
    scores = {
        name: round(100 * (category["score"] or 0))
        for name, category in report["categories"].items()
    }
    return Judged(scores, report)


def at_best(url: str, folder: Path, times: int = 3) -> Judged:
    """The best of several judgements: what else the machine does only makes a page slower."""
    best = judged(url, folder)
    for _ in range(times - 1):
        if best.scores["performance"] == 100:
            break
        best = max(best, judged(url, folder), key=lambda made: made.scores["performance"])
    return best
