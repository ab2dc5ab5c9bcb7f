"""The typesetter: sets Typst files as PDF, here or in a process, and explains what it refuses."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import typst

from klarplan.look.glyphs import FONTS
from klarplan.messages import NOTHING, KlarplanError, Text
from klarplan.papers.markup import literal
from klarplan.papers.pdf.volume import set_as
from klarplan.processes import Child

OWN_FONTS = "fonts"
"""The folder of a job with the typeface of the strategy."""
PIECES = "pieces"
Standards = list[Any]
"""Names of standards as the typesetter knows them."""
IN_VOLUMES: Standards = ["a-3a"]
"""The standard of a volume: it may begin with a heading of any level, which PDF/UA-1 forbids."""
IN_FRONT: Standards = ["ua-1", "a-3a"]
"""The standards of a paper, stated by its front."""


class RefusedError(Exception):
    """What the typesetter does not accept: its message, and where it was."""

    def __init__(self, message: str, hints: Sequence[str] = (), place: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hints = tuple(hints)
        self.place = place


def midnight(day: dt.date) -> int:
    """The beginning of a day in UTC, in seconds since 1970."""
    return int(dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC).timestamp())


def _fonts(work: Path) -> list[str]:
    return [str(work / OWN_FONTS), *map(str, FONTS)]


def set_here(
    work: Path, main: str, standards: Standards, day: dt.date, *, tags: bool = True
) -> bytes:
    """The PDF of a short Typst file; raises ``RefusedError``."""
    compiler = _compiler(work, main)
    try:
        made, _ = compiler.compile_with_warnings(
            format="pdf", pdf_standards=standards, timestamp=midnight(day), pdf_tags=tags
        )
    except typst.TypstError as error:
        raise _refusal(error) from error
    assert isinstance(made, bytes)
    return made


def ask_here(work: Path, main: str, selector: str) -> list[Any]:
    """What a short Typst file tells in its metadata; raises ``RefusedError``."""
    try:
        told: list[Any] = json.loads(_compiler(work, main).query(selector, field="value"))
    except typst.TypstError as error:
        raise _refusal(error) from error
    return told


def _compiler(work: Path, main: str) -> typst.Compiler:
    return typst.Compiler(
        str(work / main), root=str(work), font_paths=_fonts(work), ignore_system_fonts=True
    )


def _refusal(error: typst.TypstError) -> RefusedError:
    return RefusedError(error.message, error.hints, str(error.diagnostic))


@dataclass(frozen=True, slots=True)
class Finish:
    """What a volume gets when it is set: the heads of its tables, ids of its own, room."""

    tables: Sequence[Any] = ()
    prefix: str = ""
    """What its ids begin with, so that volumes stay apart."""
    margins: bool = True
    """Whether its pages get room for margins."""
    entries: bool = False
    """Whether lists in it have entries that links lead to."""
    languages: bool = False
    """Whether some of its words are in another language."""
    bare: bool = False
    """Whether it stays as the typesetter makes it, without any of these."""


def set_volume(work: Path, name: str, day: dt.date, finish: Finish, *, short: bool = False) -> Path:
    """Sets ``name.typ``; returns the PDF. Raises ``RefusedError``.

    Only what is ``short`` is set in this process, which then keeps it in memory.
    """
    order, output = work / f"{name}.order", work / f"{name}.pdf"
    wanted = {
        "root": str(work),
        "main": str(work / f"{name}.typ"),
        "output": str(output),
        "fonts": _fonts(work),
        "standards": IN_VOLUMES,
        "timestamp": midnight(day),
        **{it.name: getattr(finish, it.name) for it in fields(finish)},
    }
    if short:
        try:
            set_as(wanted)
        except typst.TypstError as error:
            raise _refusal(error) from error
        return output
    order.write_text(json.dumps(wanted), encoding="utf-8", newline="\n")
    here = str(Path(__file__).resolve().parents[3])
    paths = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))
    process = Child(
        [sys.executable, "-P", "-m", "klarplan.papers.pdf.volume", str(order)],
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    _, warned = process.heard()
    if process.returncode == 0:
        return output
    refusal = order.with_suffix(".refusal")
    if refusal.is_file():
        raise RefusedError(**json.loads(refusal.read_text(encoding="utf-8")))
    last = (warned.strip().splitlines() or [f"exit {process.returncode}"])[-1]
    raise RefusedError(last)


def broken_pictures(work: Path, names: Sequence[str]) -> list[str]:
    """The picture files that the typesetter can't read."""
    broken = []
    probe = work / "picture.typ"
    for name in names:
        probe.write_text(f"#image({literal('/' + name)})", encoding="utf-8", newline="\n")
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
    where = Text(f" (Seite „{page}“)", f" (page “{page}”)") if page else NOTHING
    if template := re.search(r"(?:^|[\s/])([\w-]+\.typ):(\d+)", "" if found else error.place):
        where = Text(f" ({template[1]}, Zeile {template[2]})", f" ({template[1]}:{template[2]})")
    hints = "; ".join(error.hints)
    reason = error.message + (f" ({hints})" if hints else "")
    return KlarplanError(
        Text(
            f"Das PDF ließ sich nicht setzen{where.de}: {reason}",
            f"The PDF could not be typeset{where.en}: {reason}",
        ),
        Text(
            "Prüfen Sie eigene Änderungen in local/overrides/print und overrides/print. Ohne "
            "solche ist es ein Fehler von Klarplan: Melden Sie ihn bitte mit der genannten Seite.",
            "Check changes of your own in local/overrides/print and overrides/print. Without "
            "such it is a fault of Klarplan: please report it with the page named here.",
        ),
        file=page or None,
    )
