"""Attacks on a strategy: each is refused with its place, or what is built of it runs nothing.

One of each family is tried in every run, all of them in three turns of the long run. What is built
is opened in a real browser, without the policy that would stop a script.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from klarplan.check.run import check, examine
from klarplan.messages import Finding
from tests.safety.payloads import (
    CELLS,
    SETTING_VALUES,
    SETTINGS,
    TEXT_COLUMNS,
    F,
    Payload,
    files,
    first_of_each,
    pages,
)
from tests.safety.visits import visit
from tests.support.fuzz import in_turn
from tests.support.klein import DAY, copied, errors
from tests.support.project import run_klarplan

TURNS = 3
RUN = "GELAUFEN"
"""A file with this name is made by what should not run."""
TRACE = re.compile(rf"\bhit\b|{re.escape(F)}|{RUN}")
"""What is left of an attack on a page, however it was changed."""


def put(root: Path, payloads: Iterable[Payload]) -> list[Payload]:
    """Write what people send; returns what the file system takes."""
    written = []
    for payload in payloads:
        path = root / payload.file
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(payload.content)
        except (OSError, ValueError):
            continue
        written.append(payload)
    return written


def by_file(found: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    """Findings by their file."""
    files_: dict[str, list[Finding]] = {}
    for finding in found:
        files_.setdefault(finding.file, []).append(finding)
    return files_


def built(root: Path) -> Path:
    """The site of a strategy that the check accepts, and nothing was run to make it."""
    done = run_klarplan(
        *("build", "--root", str(root), "--no-pdf", "--as-of", DAY.isoformat()), cwd=root.parent
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert list(root.parent.rglob(RUN)) == []
    return root / "site"


def made(site: Path) -> list[str]:
    """All pages of a site."""
    return sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))


def refuse(root: Path, payloads: Iterable[Payload]) -> tuple[list[Payload], list[Payload]]:
    """Take away what the check refuses; returns what is left and what is gone."""
    found = by_file(errors(root))
    kept, gone = [], []
    for payload in payloads:
        places = (payload.file, *(p.as_posix() for p in Path(payload.file).parents))
        (gone if found.keys() & set(places) else kept).append(payload)
    for payload in gone:
        path = root / payload.file
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    left = errors(root)
    assert left == [], left[:5]
    assert list(root.parent.rglob(RUN)) == []
    return kept, gone


@pytest.mark.long
def test_pages(tmp_path: Path, browser: Browser, seed: str | None) -> None:
    """A page is refused with file and line, or a browser runs and fetches nothing of it."""
    root = copied(tmp_path)
    payloads = put(root, in_turn([*pages()], TURNS, seed))
    have_lines(root)
    _, gone = refuse(root, payloads)
    assert gone
    site = built(root)
    assert visit(browser, site, made(site)) == []


@pytest.mark.long
def test_files(tmp_path: Path, browser: Browser, seed: str | None) -> None:
    """A file is refused by its name or content, or it is published and runs nothing."""
    root = copied(tmp_path)
    payloads = put(root, in_turn([*files()], TURNS, seed))
    kept, gone = refuse(root, payloads)
    assert gone
    site = built(root)
    assert visit(browser, site, [*published(site, kept), *made(site)]) == []


def have_lines(root: Path) -> None:
    """Every file of a strategy that the check refuses is refused with a line."""
    assert [name for name, f in by_file(errors(root)).items() if not any(x.line for x in f)] == []


def published(site: Path, kept: Iterable[Payload]) -> list[str]:
    """Those of the kept files that are on the site as they are."""
    paths = [p.file.removeprefix("docs/") for p in kept]
    return [path for path in paths if (site / path).is_file()]


def rows(root: Path, table: str, vectors: Sequence[str]) -> list[list[str]]:
    """New rows of a table, each with an attack in one column."""
    text = (root / "data" / f"{table}.csv").read_text(encoding="utf-8")
    header, first, *_ = csv.reader(io.StringIO(text))
    made = []
    for column in TEXT_COLUMNS[table]:
        for vector in vectors:
            row = list(first)
            row[0] = f"X-{len(made) + 1:03}"
            row[header.index(column)] = vector
            made.append(row)
    return made


def add(root: Path, table: str, new: Iterable[Sequence[str]]) -> list[int]:
    """Append rows to a table; returns the line on which each begins."""
    path = root / "data" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    lines = []
    for row in new:
        lines.append(text.count("\n") + 1)
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(row)
        text += line.getvalue()
    path.write_text(text, encoding="utf-8", newline="")
    return lines


def add_accepted(root: Path, tried: Path, vectors: Sequence[str]) -> int:
    """Add the rows with attacks that the check accepts; each is tried in a copy in ``tried``."""
    tried.mkdir()
    copy = copied(tried)
    number = 0
    for table in TEXT_COLUMNS:
        new = rows(copy, table, vectors)
        lines = add(copy, table, new)
        found = [f for f in examine(copy, DAY).single if f.severity == "error"]
        wrong = {f.line for f in found if f.file == f"data/{table}.csv"}
        assert None not in wrong
        ends = [*lines[1:], 10**9]
        good = [
            row
            for row, begin, end in zip(new, lines, ends, strict=True)
            if not any(begin <= line < end for line in wrong if line)
        ]
        number += len(good)
        add(root, table, good)
    return number


@pytest.mark.long
def test_cells(tmp_path: Path, browser: Browser, seed: str | None) -> None:
    """A cell is refused with its line, or stands on its pages as the text that it is."""
    root = copied(tmp_path)
    assert add_accepted(root, tmp_path / "tried", in_turn(CELLS, TURNS, seed))
    assert errors(root) == []
    site = built(root)
    assert visit(browser, site, made(site)) == []


def test_one_of_each_family(tmp_path: Path, browser: Browser) -> None:
    """A page, a file and a cell of each family are refused with their place, or run nothing.

    Looked at are pages that have anything of what attacks would run; in the long run, at all.
    """
    root = copied(tmp_path)
    texts = put(root, first_of_each(pages()))
    have_lines(root)
    _, gone = refuse(root, texts)
    assert gone
    kept, gone = refuse(root, put(root, first_of_each(files())))
    assert gone
    assert add_accepted(root, tmp_path / "tried", CELLS[:1])
    assert errors(root) == []
    site = built(root)
    read = {page: html.unescape((site / page).read_text("utf-8")) for page in made(site)}
    some = [page for page, text in read.items() if TRACE.search(text)]
    assert len(some) > 5
    assert visit(browser, site, [*published(site, kept), *some]) == []


@pytest.mark.long
def test_settings(tmp_path: Path, browser: Browser) -> None:
    """A setting is refused with its line, or stands on the pages as the text that it is."""
    root = copied(tmp_path)
    path = root / "strategy" / "strategy.yml"
    usual = yaml.safe_load(path.read_text(encoding="utf-8"))

    def write(changes: Mapping[str, str]) -> None:
        text = yaml.safe_dump({**usual, **changes}, allow_unicode=True, sort_keys=False)
        path.write_text(text, encoding="utf-8")

    accepted: dict[str, list[str]] = {name: [] for name in SETTINGS}
    for name in SETTINGS:
        for value in SETTING_VALUES:
            write({name: value})
            wrong = [f for f in check(root, DAY, pages=False) if f.severity == "error"]
            assert all(f.file == path.relative_to(root).as_posix() and f.line for f in wrong), wrong
            if not wrong:
                accepted[name].append(value)
    for values in zip_longest(*accepted.values()):
        write({n: v for n, v in zip(accepted, values, strict=True) if v is not None})
        site = built(root)
        assert visit(browser, site, ["", "mitmachen/", "massnahmen/", "massnahmen/a-1/"]) == []
        contact = site / ".well-known" / "security.txt"
        said = contact.read_text("utf-8") if contact.is_file() else "Expires:"
        assert said.count("Expires:") == 1
