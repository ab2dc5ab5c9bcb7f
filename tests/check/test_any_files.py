"""Mutated files of all kinds: the command ends with 0, 1 or 2, and never with a traceback."""

from __future__ import annotations

import io
import random
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from klarplan.cli import app
from klarplan.messages import KlarplanError
from klarplan.own_files import PACKAGE
from tests.support.klein import copied

MOST_SECONDS = 120
"""A fence far beyond what any of these files takes."""

TRICKS = (
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"[" * 5_000,
    b"{" * 5_000,
    b"![x](" * 3_000,
    b"<a " * 3_000,
    b"<div>" * 3_000,
    b"> " * 2_000,
    b"https://[::1",
    b"](https://[::1)",
    b"!!int ''",
    b"!!timestamp x",
    b"\n&a [*a, *a]\n",
    b"0001-01-01",
    b"9999-12-31",
    b"9" * 5_000,
    b"-1e999",
    b'"\\ud800"',
    b"{{ status_badge('A-1') }}",
    b"{% raw %}",
    b'"',
    b"\r",
    b"\n---\n",
    b",",
    b"|" * 2_000,
    b"]]>",
    b"&#x0;",
    b"\xe2\x80\xae",
)


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Titel", "Beginn"], ["Radweg", "2025"], ["Schule", "2026"]):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _seeds(root: Path) -> dict[str, bytes]:
    """Files to mutate, by their place; those that the strategy lacks come from elsewhere."""
    seeds = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
    seeds["data/datapackage.json"] = (PACKAGE.parent / "data/datapackage.json").read_bytes()
    seeds["mkdocs.yml"] = (PACKAGE.parent / "mkdocs.yml").read_bytes()
    seeds["docs/bild.png"] = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000a49444154789c63000100000500010d0a2db40000000049454e44ae426082"
    )
    seeds["liste.xlsx"] = _workbook()
    return seeds


def _mutated(chance: random.Random, content: bytes) -> bytes:
    """A file with one to four changes."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(content))
        until = min(len(content), at + chance.choice((0, 1, 3, 40, 1_000)))
        match chance.randrange(5):
            case 0:
                content = content[:at] + content[until:]
            case 1:
                content = content[:at] + chance.randbytes(until - at) + content[until:]
            case 2:
                content = content[:at] + content[at:until] * 50 + content[at:]
            case _:
                content = content[:at] + chance.choice(TRICKS) + content[until:]
    return content


def _exit_code(*arguments: str) -> int:
    """What the command ends with; an exception that nobody thought of is raised."""
    try:
        code = app(list(arguments), prog_name="klarplan", standalone_mode=False)
    except KlarplanError as error:
        return error.exit_code
    except OSError:
        return 1
    return int(code or 0)


def _examples(number: int, root: Path, seed: str) -> Iterator[tuple[str, bytes]]:
    chance = random.Random(seed)
    seeds = _seeds(root)
    kinds: dict[str, list[str]] = {}
    for file in seeds:
        kinds.setdefault(Path(file).suffix, []).append(file)
    for _ in range(number):
        file = chance.choice(kinds[chance.choice(sorted(kinds))])
        yield file, _mutated(chance, seeds[file])


def _tried(
    number: int,
    folder: Path,
    arguments: Callable[[str, Path], list[str]],
    seed: str = "the same every time",
) -> tuple[float, str]:
    """Try mutated files; returns the longest time in seconds of the processor, and its file."""
    root = copied(folder)
    worst = (0.0, "")
    for file, content in _examples(number, root, seed):
        path = root / file
        before = path.read_bytes() if path.exists() else None
        path.write_bytes(content)
        begin = time.process_time()
        assert _exit_code(*arguments(file, root)) in (0, 1, 2), (file, seed)
        worst = max(worst, (time.process_time() - begin, file))
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
        for left in ("import.yml", "build", "site"):
            shutil.rmtree(root / left, ignore_errors=True)
    assert worst[0] < MOST_SECONDS
    return worst


def _checked(file: str, root: Path) -> list[str]:
    if file.endswith(".xlsx"):
        return ["import", str(root / file), "--suggest", "--root", str(root), "--dry-run"]
    return ["check", "--root", str(root), "--as-of", "2026-06-30"]


def test_some_mutated_files_end_the_check_properly(tmp_path: Path) -> None:
    """Forty mutated files of all kinds end the check with 0, 1 or 2."""
    _tried(40, tmp_path, _checked)


@pytest.mark.long
def test_mutated_files_of_each_commit_end_the_check_properly(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], seed: str | None
) -> None:
    """A hundred others with each commit end the check with 0, 1 or 2; the worst is printed."""
    seconds, file = _tried(100, tmp_path, _checked, str(seed))
    capfd.readouterr()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stderr.write(f"worst: {seconds:.1f} s for {file}; {memory} MB at most\n")


@pytest.mark.long
def test_mutated_files_end_the_build_properly(tmp_path: Path, seed: str | None) -> None:
    """Eight mutated files end a build with 0, 1 or 2."""
    _tried(
        8,
        tmp_path,
        lambda _file, root: ["build", "--root", str(root), "--no-pdf", "--as-of", "2026-06-30"],
        str(seed),
    )
