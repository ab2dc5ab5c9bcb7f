"""``make bench``: how long Klarplan takes, next to plain Material for MkDocs in the same run.

Everything is printed as seconds and as a ratio; nothing here decides over a test.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from lxml import html

from klarplan.strategy.csv_writer import write_table
from tests.support.project import REPOSITORY, copy_of_sample
from tests.support.synthetic import write_strategy

AS_OF = "2026-11-21"
PAUSE = 0.5
"""Seconds between two looks at the memory: looking takes time from what is measured."""
TIMES = 3
SETTLED = 10
"""Seconds after a build of a preview, until all that goes on behind it is done."""


def run(command: Sequence[str], log: Path) -> tuple[float, float]:
    """Seconds of a command, and the most memory in GB of it and all it starts; words to ``log``."""
    begin = time.perf_counter()
    most = 0
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            start_new_session=True,
        )
        while process.poll() is None:
            most = max(most, resident(process.pid))
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PAUSE)
    seconds = time.perf_counter() - begin
    if process.returncode:
        sys.exit(f"{' '.join(command)}\n{log.read_text(errors='replace')[-3000:]}")
    return seconds, most / 1024**3


def resident(session: int) -> int:
    """Bytes that all processes of a session hold in memory; 0 where the system does not tell."""
    held = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            traits = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(traits[3]) == session:
                held += int(traits[21]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError, IndexError):
            continue
    return held


def klarplan(*arguments: str) -> list[str]:
    """The command line of a Klarplan command."""
    return [sys.executable, "-m", "klarplan", *arguments]


PAPER = """
import datetime as dt, sys
from pathlib import Path
from klarplan.strategy.load import load
from klarplan.strategy.chapters import chapters_present
from klarplan.papers.make import Order, make_paper
from klarplan.strategy.paper_list import papers
from klarplan.strategy.public import public
root = Path(sys.argv[1])
shown = public(load(root))
chapters = chapters_present(shown.strategy, root)
day = dt.date.fromisoformat(sys.argv[2])
places = {"site": Path(sys.argv[3]), "work": Path(sys.argv[3]).parent / "papers"}
order = Order(shown=shown, chapters=chapters, as_of=day, **places)
make_paper(order, next(p for p in papers(shown.strategy, day) if p.name == sys.argv[4]))
"""
"""Makes one paper of a built site, and nothing else."""
BOOK, ANNEX = "strategie.pdf", "strategie-anhang.pdf"

REPORTS = """
import datetime as dt, sys, time
from pathlib import Path
from klarplan.pages.gather import Baker
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from macros.seal import Seal
baker = Baker(public(load(Path(sys.argv[1]))), dt.date.fromisoformat(sys.argv[2]), Seal.drawn())
for _ in range(2):
    begin = time.perf_counter()
    for period in baker.periods:
        baker.report(period)
print(len(baker.periods), time.perf_counter() - begin)
"""
"""Writes all reports twice; prints their number, and the seconds of the second time."""


OUTPUTS = """
import datetime as dt, sys, time
from pathlib import Path
from klarplan.strategy.load import load
from klarplan.strategy.public import public
shown = public(load(Path(sys.argv[1])))
begin = time.perf_counter()
from klarplan.open_data.outputs import outputs
made = outputs(shown, dt.date.fromisoformat(sys.argv[2]))
print(len(made), time.perf_counter() - begin)
"""
"""Makes all open data of a strategy; prints the number of files, and the seconds."""


def with_values(root: Path, number: int) -> None:
    """Give the indicators below ``root`` so many values together."""
    with (root / "data/indicators.csv").open(newline="", encoding="utf-8") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    first = dt.date(2000, 1, 1)
    rows = [
        (ids[n % len(ids)], (first + dt.timedelta(n // len(ids))).isoformat(), str(n % 97))
        for n in range(number)
    ]
    write_table(root / "data/indicator_values.csv", ("indicator", "date", "value"), rows)


def open_data(base: Path, log: Path) -> None:
    """Measure and print how long all open data take together."""
    large = base / "open-data"
    write_strategy(large, 1000)
    with_values(large, 10_000)
    wanted = {
        "the sample": (REPOSITORY, 2),
        "1,000 measures with 10,000 values": (large, 10),
    }
    for name, (root, budget) in wanted.items():
        taken = []
        for _ in range(TIMES):
            run([sys.executable, "-c", OUTPUTS, str(root), AS_OF], log)
            number, seconds = map(float, log.read_text("utf-8").split())
            taken.append(seconds)
        told = f"{min(taken):.1f} s (budget {budget} s)"
        print(f"open data of {name}, {number:.0f} files: {told}")


def paper(name: str, root: Path, site: Path, log: Path) -> tuple[float, float]:
    """Seconds and GB that a paper of a built site takes."""
    return run([sys.executable, "-c", PAPER, str(root), AS_OF, str(site), name], log)


def large_papers(root: Path, log: Path) -> float:
    """Measure and print how long book and annex of 1,000 measures take; the seconds of the book."""
    best = {}
    for name, budget in {BOOK: "25 s, 1.1 GB", ANNEX: "25 s, 1.0 GB"}.items():
        taken = [paper(name, root, root / "site", log) for _ in range(TIMES)]
        best[name] = min(taken)[0]
        memory = max(held for _, held in taken)
        shown = ", ".join(f"{seconds:.1f}" for seconds, _ in taken)
        print(f"{name} of 1,000 measures: {best[name]:.1f} s (of {shown}),", end=" ")
        print(f"{memory:.2f} GB (budget {budget})")
    return best[BOOK]


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


def sites(base: Path, log: Path) -> None:
    """Measure and print how long sites take; their strategies and sites stay in ``base``.

    Each is built from nothing in turn, and the best time counts: other work on the machine can
    only add to it.
    """
    roots = {size: base / f"strategy-{size}" for size in (100, 1000)}
    plain = base / "plain"
    times: dict[int, list[float]] = {0: [], 100: [], 1000: []}
    for size, root in roots.items():
        write_strategy(root, size)
    for _ in range(TIMES):
        for size, root in roots.items():
            shutil.rmtree(root / "build", ignore_errors=True)
            shutil.rmtree(root / "site", ignore_errors=True)
            build = ("build", "--root", str(root), "--as-of", AS_OF, "--lang", "en", "--no-pdf")
            times[size].append(run(klarplan(*build), log)[0])
        count = write_plain(roots[1000] / "site", plain)
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "--clean", "--config-file"]
        times[0].append(run([*mkdocs, str(plain / "mkdocs.yml")], log)[0])
    best = {size: min(taken) for size, taken in times.items()}
    for size in roots:
        shown = ", ".join(f"{taken:.1f}" for taken in times[size])
        print(f"site of {size} measures: {best[size]:.1f} s (of {shown})")
    ratio = best[1000] / best[100]
    print(f"growth from 100 to 1,000 measures: {ratio:.1f} x (budget 11 x)")
    shown = ", ".join(f"{taken:.1f}" for taken in times[0])
    print(f"plain Material, {count} pages of the same length: {best[0]:.1f} s (of {shown})")
    ratio = best[1000] / best[0]
    print(f"site of 1,000 measures to plain Material: {ratio:.2f} x (budget 1.2 x)")


TEMPLATE = "overrides/macros/measure_facts.html"


def serve(root: Path, measure: str) -> dict[str, float]:
    """Seconds from saving to what the preview gives, by what was changed; ``root`` is changed.

    ``measure`` is the id of a measure that has a text. Each change is made when all is up to date.
    """
    text = f"strategy/measures/{measure}.md"
    changes = {
        "text": (text, "", "\nNeues Wort.\n"),
        "cell": ("data/measures.csv", f"\n{measure},", f"\n{measure},Neu: "),
        "setting": ("strategy/strategy.yml", 'title: "', 'title: "Neuer '),
        "template": (TEMPLATE, "</table>", "</table><p>Neue Vorlage</p>"),
    }
    shown = {
        "text": "Neues Wort.",
        "cell": "Neu: ",
        "setting": "Neuer ",
        "template": "Neue Vorlage",
    }
    (root / TEMPLATE).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(REPOSITORY / TEMPLATE, root / TEMPLATE)
    command = klarplan("serve", "--root", str(root), "--port", "0", "--as-of", AS_OF)
    found = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout
        address = f"{process.stdout.readline().strip()}massnahmen/{measure.lower()}/"
        for name, (file, old, new) in changes.items():
            if "Fertig.\n" not in iter(process.stdout.readline, ""):
                sys.exit(f"no preview of {root}")
            time.sleep(SETTLED)
            content = (root / file).read_text("utf-8")
            begin = time.perf_counter()
            changed = content.replace(old, new, 1) if old else content + new
            (root / file).write_text(changed, "utf-8")
            while shown[name] not in fetched(address):
                time.sleep(0.02)
            found[name] = time.perf_counter() - begin
        process.terminate()
    return found


def fetched(address: str) -> str:
    """A page of this machine; empty where it is not there."""
    try:
        with urlopen(address) as answer:
            read: bytes = answer.read()
    except HTTPError:
        return ""
    return read.decode("utf-8")


def previews(base: Path) -> None:
    """Measure and print how long edits take to be shown."""
    for size, measure in ((0, "M-002"), (1000, "M-0500")):
        root = base / f"preview-{size}"
        if size:
            write_strategy(root, size)
            text = root / "strategy" / "measures" / f"{measure}.md"
            text.parent.mkdir(parents=True, exist_ok=True)
            text.write_text("## Der Anlass\n\nEs gibt einen.\n", "utf-8")
            settings = 'title: "Strategie"\nmunicipality: "Stadt Musterstadt"\n'
            (root / "strategy" / "strategy.yml").write_text(settings, "utf-8")
        else:
            copy_of_sample(root)
        shown = ", ".join(f"{name} {took:.1f} s" for name, took in serve(root, measure).items())
        of = f"{size:,} measures" if size else "the sample"
        print(f"serve of {of}, from saving to the page: {shown} (budget 1.5 s, 5 s for the rest)")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        log = base / "log.txt"
        sites(base, log)

        site = base / "sample" / "site"
        site.parent.mkdir()
        build = ("build", "--root", str(REPOSITORY), "--output", str(site), "--as-of", AS_OF)
        run(klarplan(*build, "--no-pdf"), log)
        seconds, _ = paper(BOOK, REPOSITORY, site, log)
        print(f"strategie.pdf of the sample: {seconds:.1f} s (budget 6 s)")
        small = base / "strategy-100"
        short = min(paper(BOOK, small, small / "site", log)[0] for _ in range(TIMES))
        large = base / "strategy-1000"
        seconds = large_papers(large, log)
        print(f"growth from 100 to 1,000 measures: {seconds / short:.1f} x (budget 10 x)")
        build = ("build", "--root", str(large), "--as-of", AS_OF, "--lang", "en")
        seconds, memory = run(klarplan(*build), log)
        print(f"all of 1,000 measures, every paper included: {seconds:.1f} s, {memory:.2f} GB")

        run([sys.executable, "-c", REPORTS, str(large), AS_OF], log)
        number, seconds = map(float, log.read_text("utf-8").split())
        print(f"{number:.0f} reports on 1,000 measures: {seconds:.1f} s (budget 2 s)")

        checked = {"the sample": (REPOSITORY, 1.5), "1,000 measures": (large, 6)}
        for name, (root, budget) in checked.items():
            check = klarplan("check", "--root", str(root), "--as-of", AS_OF)
            spent = min(run(check, log)[0] for _ in range(TIMES))
            print(f"klarplan check on {name}: {spent:.2f} s (budget {budget} s)")
        open_data(base, log)
        previews(base)


if __name__ == "__main__":
    main()
