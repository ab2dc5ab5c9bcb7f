"""Where in the repository something that was noticed on a built page comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from klarplan.messages import Finding


def located(
    findings: Iterable[Finding], sources: Mapping[str, str], root: Path
) -> tuple[Finding, ...]:
    """Findings on pages with file and line of the text or table that the page is made of.

    ``sources`` tell the file of each page, with ``#L12`` for a line of a table. Where the value
    does not stand in that file, the tables are looked through. Each place is named once.
    """
    found: dict[tuple[str, str, int | None, str | None], Finding] = {}
    for finding in findings:
        file, line = _place(finding, sources.get(finding.file, ""), root)
        told = replace(finding, file=file, line=line)
        found.setdefault((told.rule, file, line, told.value), told)
    return tuple(sorted(found.values(), key=lambda f: (f.file, f.line or 0, f.rule)))


def _place(finding: Finding, source: str, root: Path) -> tuple[str, int | None]:
    name, _, row = source.partition("#L")
    needle = _needle(finding)
    for file in _candidates(name, root):
        line = _line_of(root / file, needle)
        if line:
            return file, line
    return (name, int(row) if row else None) if name else (finding.file, None)


def _needle(finding: Finding) -> str:
    """What stands in the source: an element as its tag, a picture by the name of its file."""
    value = finding.value or ""
    return f"<{value}" if finding.rule == "KP902" else PurePosixPath(value).name or value


def _candidates(name: str, root: Path) -> Iterator[str]:
    if name:
        yield name
    yield from (f"data/{path.name}" for path in sorted((root / "data").glob("*.csv")))


def _line_of(path: Path, needle: str) -> int | None:
    try:
        text = path.read_text("utf-8-sig", errors="replace")
    except OSError:
        return None
    lines = enumerate(text.split("\n"), 1)
    return next((number for number, line in lines if needle and needle in line), None)
