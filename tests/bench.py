"""``make bench``: how long Klarplan takes, next to plain Material for MkDocs in the same run.

Everything is printed as seconds and as a ratio; nothing here decides over a test.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from lxml import html

from tests.synthetic import write_strategy

AS_OF = "2026-11-21"
SAMPLE = Path(__file__).resolve().parent.parent


def run(command: Sequence[str], log: Path) -> tuple[float, float]:
    """Seconds and peak memory in GB of a command and what it starts; its words go to ``log``."""
    begin = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )
        _, code, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(code)
    if process.returncode:
        sys.exit(f"{' '.join(command)}\n{log.read_text(errors='replace')[-3000:]}")
    return time.perf_counter() - begin, usage.ru_maxrss / 1024**2


def klarplan(*arguments: str) -> list[str]:
    """The command line of a Klarplan command."""
    return [sys.executable, "-m", "klarplan", *arguments]


def step_seconds(log: Path, step: str) -> float:
    """The seconds that the summary of a build names for a step."""
    found = re.search(rf"{step} ([\d.]+) s", log.read_text(encoding="utf-8"))
    assert found, log.read_text(encoding="utf-8")
    return float(found.group(1))


def write_plain(site: Path, root: Path) -> int:
    """A plain Material site with the pages of ``site``: same headings, same amount of text."""
    docs = root / "docs"
    pages = sorted(site.rglob("index.html"))
    for page in pages:
        article = html.parse(str(page)).getroot().find(".//article")
        assert article is not None
        parts = []
        for element in article.iter("h1", "h2", "h3", "p", "tr", "li", "dt", "dd", "figcaption"):
            text = " ".join(element.text_content().split())
            level = {"h1": "# ", "h2": "## ", "h3": "### "}.get(element.tag, "")
            parts.append(level + re.sub(r"[<>&*_`\[\]{}#|\\-]", "", text))
        target = docs / page.relative_to(site).with_suffix(".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n\n".join(parts), encoding="utf-8")
    (root / "mkdocs.yml").write_text(
        "site_name: Plain\n"
        "theme: {name: material, language: de, font: false}\n"
        "nav: [index.md]\n"
        "validation: {nav: {omitted_files: ignore}}\n",
        encoding="utf-8",
    )
    return len(pages)


def main() -> None:
    """Measure and print."""
    full: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        log = base / "log.txt"
        for size in (100, 1000):
            root = base / f"strategy-{size}"
            write_strategy(root, size)
            build = ("build", "--root", str(root), "--as-of", AS_OF, "--lang", "en")
            full[size], _ = run(klarplan(*build, "--no-pdf"), log)
            print(f"site of {size} measures: {full[size]:.1f} s")
        ratio = full[1000] / full[100]
        print(f"growth from 100 to 1,000 measures: {ratio:.1f} x (budget 11 x)")

        plain = base / "plain"
        count = write_plain(base / "strategy-1000" / "site", plain)
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "--config-file"]
        seconds, _ = run([*mkdocs, str(plain / "mkdocs.yml")], log)
        ratio = full[1000] / seconds
        print(f"plain Material, {count} pages of the same length: {seconds:.1f} s")
        print(f"site of 1,000 measures to plain Material: {ratio:.2f} x (budget 1.6 x)")

        root = base / "strategy-1000"
        build = ("build", "--root", str(root), "--as-of", AS_OF, "--lang", "en")
        _, memory = run(klarplan(*build), log)
        spent = step_seconds(log, "Typeset PDF")
        print(f"PDF of 1,000 measures: {spent:.1f} s, {memory:.2f} GB (budget 60 s, 1.5 GB)")

        check = klarplan("check", "--root", str(SAMPLE), "--as-of", AS_OF)
        spent = min(run(check, log)[0] for _ in range(3))
        print(f"klarplan check on the sample: {spent:.2f} s (budget 2 s)")


if __name__ == "__main__":
    main()
