"""Which addresses of the site lead on to others: ``strategy/redirects.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from klarplan.messages import Finding, Text
from klarplan.strategy import csv_reader
from klarplan.strategy.csv_writer import as_line

REDIRECTS = "strategy/redirects.csv"
COLUMNS: Mapping[str, Text] = {
    "old": Text("die Adresse, die es nicht mehr gibt", "the address that is gone"),
    "new": Text("die Adresse, zu der sie führt", "the address that it leads to"),
}
"""The columns, and what stands in them."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address below the site that is gone, and the one that it leads to, without ``/`` before.

    ``line`` is that of the row in the file.
    """

    old: str
    new: str
    line: int


def within(address: str, site_url: str = "") -> str:
    """An address as people write it, relative to the site: ``https://…/x/`` and ``/x/`` are ``x/``.

    One of another site stays as it is.
    """
    site = f"{site_url.rstrip('/')}/" if site_url else ""
    if site and f"{address}/".startswith(site):
        return address[len(site) :]
    return address.removeprefix("/") if not address.startswith("//") else address


def as_row(old: str, new: str) -> str:
    """The line of the file for two addresses below the site."""
    return as_line([f"/{old}", f"/{new}"])


def read_redirects(root: Path, site_url: str = "") -> tuple[tuple[Redirect, ...], list[Finding]]:
    """The redirects below ``root`` in their order, and why the file can't be read."""
    if not (root / REDIRECTS).exists():
        return (), []
    table, findings = csv_reader.read(root / REDIRECTS, "redirects", REDIRECTS)
    if table is None:
        return (), findings
    if absent := [name for name in COLUMNS if name not in table.header]:
        names = ", ".join(absent)
        problem = Text(f"In der ersten Zeile fehlt: {names}.", f"The first line lacks: {names}.")
        cure = Text(
            f"Schreiben Sie in die erste Zeile: {','.join(COLUMNS)}",
            f"Write into the first line: {','.join(COLUMNS)}",
        )
        found = Finding(
            rule="KP757",
            file=REDIRECTS,
            line=table.header_line,
            value=names,
            problem=problem,
            cure=cure,
        )
        return (), [*findings, found]
    made: list[Redirect] = []
    places = [table.header.index(name) for name in COLUMNS]
    for record, line in zip(table.records, table.lines, strict=True):
        cells = [record[p].strip() if p < len(record) else "" for p in places]
        if all(cells):
            old, new = (within(unquote(cell), site_url) for cell in cells)
            made.append(Redirect(old, new, line))
        else:
            findings = [*findings, _empty(line, cells)]
    return tuple(made), findings


def _empty(line: int, cells: list[str]) -> Finding:
    name = next(name for name, cell in zip(COLUMNS, cells, strict=True) if not cell)
    told = COLUMNS[name]
    return Finding(
        rule="KP757",
        file=REDIRECTS,
        line=line,
        column=name,
        problem=Text(f"Es fehlt {told.de}.", f"What is missing is {told.en}."),
        cure=Text(
            "Schreiben Sie, was im Browser hinter dem Namen der Website steht, zum Beispiel "
            "/massnahmen/m-012/",
            "Write what stands behind the name of the site in the browser, for example "
            "/massnahmen/m-012/",
        ),
    )
