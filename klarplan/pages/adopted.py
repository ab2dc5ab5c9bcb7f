"""The addresses of the last adopted version: ``strategy/adressen.txt``.

One address stands on each line, begun with ``/``, and behind a tab the title of the row that the
page is about. A line that begins with ``- `` is an address that was given up: its id stays taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from klarplan.messages import Lang, Text

ADOPTED = "strategy/adressen.txt"
_HEAD = (
    Text(
        "Die Adressen der zuletzt beschlossenen Fassung; diese Datei schreibt „klarplan adopt“.",
        "The addresses of the version that was adopted last; “klarplan adopt” writes this file.",
    ),
    Text(
        "Wer sie kennt, verlässt sich darauf: „klarplan check“ warnt, wenn eine fehlt.",
        "Whoever knows them relies on them: “klarplan check” warns where one is gone.",
    ),
    Text(
        "Zeilen mit „- “ am Anfang sind aufgegeben; ihre Kennungen vergibt niemand wieder.",
        "Lines that begin with “- ” are given up; nobody gives their ids again.",
    ),
)
_GIVEN_UP = "- "


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """An address below the site that was adopted, with the title of its row, if it has one."""

    address: str
    title: str = ""
    line: int = 0
    given_up: bool = False


@dataclass(frozen=True, slots=True)
class Adopted:
    """What was adopted: the promises in the order of the file, and lines that are none."""

    promises: tuple[Promise, ...] = ()
    strange: tuple[tuple[int, str], ...] = ()
    """Lines that can't be read, with their number."""


def read_adopted(root: Path) -> Adopted:
    """The addresses adopted below ``root``; none where nothing was adopted yet."""
    path = root / ADOPTED
    if not path.is_file():
        return Adopted()
    promises: list[Promise] = []
    strange: list[tuple[int, str]] = []
    text = path.read_bytes().decode("utf-8-sig", "replace")
    for number, line in enumerate(text.splitlines(), 1):
        given_up = line.startswith(_GIVEN_UP)
        address, _, title = line.removeprefix(_GIVEN_UP).partition("\t")
        if address.startswith("/"):
            told = {"address": address[1:].strip(), "title": title.strip()}
            promises.append(Promise(**told, line=number, given_up=given_up))
        elif line.strip() and not line.startswith("# "):
            strange.append((number, line))
    return Adopted(tuple(promises), tuple(strange))


def as_file(standing: Mapping[str, str], given_up: Mapping[str, str], lang: Lang = "de") -> bytes:
    """The file for addresses with titles, and for those that were given up."""
    head = [f"# {text.in_(lang)}\n" for text in _HEAD]
    return "".join([*head, *_lines(standing, ""), *_lines(given_up, _GIVEN_UP)]).encode()


def _lines(addresses: Mapping[str, str], before: str) -> list[str]:
    told = sorted(addresses.items())
    return [
        f"{before}/{address}" + (f"\t{title}" if title else "") + "\n" for address, title in told
    ]
