"""The typesetter: writes the main file, compiles it to a PDF, and explains what it refuses."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import fontpkg_source_sans_3
import typst

from klarplan.messages import KlarplanError, Text
from klarplan.pdf import compiler
from klarplan.pdf.markup import literal

STANDARDS = ["ua-1", "a-3a"]
FONTS = [fontpkg_source_sans_3.ROOT / "files"]
PIECES = "pieces"
MAIN = "main.typ"


def write_main(
    work: Path,
    template: Path,
    values: Mapping[str, Any],
    chapters: Sequence[tuple[str, Sequence[str]]],
) -> None:
    """Writes the main file: chapters with their running titles, each a list of pieces."""
    for file in sorted(template.glob("*.typ")):
        shutil.copyfile(file, work / file.name)
    (work / "job.json").write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    folder = work / PIECES
    folder.mkdir(exist_ok=True)
    lines = ['#import "strategy.typ": *', "#show: strategy"]
    number = 0
    for title, pieces in chapters:
        lines.append(f"#chapter({literal(title)})[")
        for piece in pieces:
            name = f"{PIECES}/{number:05}.typ"
            (work / name).write_text(f'#import "/design.typ": *\n{piece}', encoding="utf-8")
            lines.append(f'#include "{name}"')
            number += 1
        lines.append("]")
    (work / MAIN).write_text("\n".join(lines) + "\n", encoding="utf-8")


class RefusedError(Exception):
    """What the typesetter does not accept: its message, and where it was."""

    def __init__(self, message: str, hints: Sequence[str] = (), place: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hints = tuple(hints)
        self.place = place


def compile_pdf(work: Path, target: Path, as_of: dt.date) -> None:
    """Compiles the main file in a process of its own; raises ``RefusedError``."""
    midnight = dt.datetime.combine(as_of, dt.time(), tzinfo=dt.UTC)
    order = work / "order.json"
    order.write_text(
        json.dumps(
            {
                "root": str(work),
                "main": str(work / MAIN),
                "output": str(target),
                "fonts": [str(path) for path in FONTS],
                "standards": STANDARDS,
                "timestamp": int(midnight.timestamp()),
            }
        ),
        encoding="utf-8",
    )
    done = subprocess.run(  # noqa: S603 - this very interpreter and a file of this package
        [sys.executable, compiler.__file__, str(order)], capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return
    told = work / "refusal.json"
    if told.is_file():
        raise RefusedError(**json.loads(told.read_text(encoding="utf-8")))
    last = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
    raise RefusedError(last)


def broken_pictures(work: Path, names: Sequence[str]) -> list[str]:
    """The picture files that the typesetter can't read."""
    broken = []
    probe = work / "picture.typ"
    for name in names:
        probe.write_text(f"#image({literal('/' + name)})", encoding="utf-8")
        try:
            typst.Compiler(str(probe), root=str(work), ignore_system_fonts=True).compile(
                format="pdf", timestamp=0
            )
        except typst.TypstError:
            broken.append(name)
    return broken


def refused(error: RefusedError, pages: Sequence[str]) -> KlarplanError:
    """The typesetter's refusal in words; names the page of the site where it is known."""
    found = re.search(rf"{PIECES}/(\d+)\.typ:(\d+)", error.place)
    page = pages[int(found.group(1))] if found else ""
    where = f" (Seite „{page}“)" if page else ""
    where_en = f" (page “{page}”)" if page else ""
    hints = "; ".join(error.hints)
    reason = error.message + (f" ({hints})" if hints else "")
    return KlarplanError(
        Text(
            f"Das PDF ließ sich nicht setzen{where}: {reason}",
            f"The PDF could not be typeset{where_en}: {reason}",
        ),
        Text(
            "Prüfen Sie eigene Änderungen in overrides/print. Ohne solche ist es ein Fehler von "
            "Klarplan: Melden Sie ihn bitte mit der genannten Seite.",
            "Check changes of your own in overrides/print. Without such it is a fault of "
            "Klarplan: please report it with the page named here.",
        ),
        file=page or None,
    )
