"""Where a text stands: in the files of a strategy, in its built site, in what git has kept."""

from __future__ import annotations

import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from klarplan.messages import KlarplanError, Text
from klarplan.processes import git
from klarplan.strategy import csv_reader
from klarplan.strategy.addresses import HANDBOOK
from klarplan.strategy.committed import is_kept
from klarplan.words.hyphens import without

FOLDERS = ("data", "strategy", "docs", "local")
"""What the municipality writes."""
SITE = "site"
MOST = 100_000_000
"""So many bytes of a file, or of what is packed in it, are read."""
KEYS = ("id", "official_id")
"""The columns whose cells are keys."""
AROUND = 30
"""So many letters on each side of a text are shown with it."""
TEXTLESS = {"woff2", "ttf", "otf", "png", "jpg", "jpeg", "gif", "webp", "avif", "parquet"}
"""Kinds of files that hold no text, or none that is found by reading them."""

_TAG = re.compile(r"<[^>]*>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_FOLDED = re.compile(r"\r?\n[ \t]")


class Where(StrEnum):
    """Where a text is looked for."""

    FILES = "files"
    SITE = "site"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Found:
    """One place: a file with its line, or what git says of a commit."""

    where: Where
    place: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Search:
    """All places, and the files that nobody can read for text, such as PDF."""

    found: tuple[Found, ...]
    unread: tuple[str, ...]
    unbuilt: bool
    """Whether the site was to be looked at, and is not built."""


def search(root: Path, text: str, where: Where | None = None) -> Search:
    """Where ``text`` stands below ``root``; without ``where``, everywhere.

    Capitals, soft hyphens, marks of HTML and line ends make no difference; files packed into
    others (DOCX, XLSX, ZIP) are read, too. The whole key of a row is not found within another.
    Raises ``KlarplanError`` (exit code 2) for an empty text, and where a site or a history is
    asked for that is not there.
    """
    small = _small(_plain(text))
    if not small:
        raise _nothing_told()
    whole = small in _keys(root)
    wanted = re.compile(f"(?<!\\w){re.escape(small)}(?!\\w|[.-]\\d)" if whole else re.escape(small))
    found: list[Found] = []
    unread: list[str] = []
    if where in (None, Where.FILES):
        for folder in FOLDERS:
            found += _in_files(root, root / folder, Where.FILES, wanted, unread)
    built = (root / SITE).is_dir()
    if where is Where.SITE and not built:
        raise _no_site()
    if where in (None, Where.SITE):
        found += _in_files(root, root / SITE, Where.SITE, wanted, unread)
    if where is Where.HISTORY or (where is None and is_kept(root)):
        if not is_kept(root):
            raise _no_history()
        found += _in_history(root, " ".join(text.split()), whole=whole)
    return Search(tuple(found), tuple(unread), unbuilt=where is None and not built)


def _keys(root: Path) -> set[str]:
    """The ids and numbers of rows, as they are compared."""
    found = set()
    for path in (root / "data").glob("*.csv"):
        table, _ = csv_reader.read(path, path.stem, path.name)
        places = [table.column(name) for name in KEYS] if table else []
        records = table.records if table else ()
        found |= {
            _small(_plain(r[p])) for p in places if p is not None for r in records if p < len(r)
        }
    return found - {""}


def _in_files(
    root: Path, folder: Path, where: Where, wanted: re.Pattern[str], unread: list[str]
) -> Iterator[Found]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink() or not path.is_file() or name.startswith(f"docs/{HANDBOOK}"):
            continue
        raw = path.read_bytes()
        if raw.startswith(b"%PDF") or len(raw) > MOST:
            unread.append(name)
            continue
        for within, content in _unpacked(path.name, raw):
            if hit := _hit(within, content, wanted):
                line, excerpt = hit
                inside = f" ({within})" if within != path.name else ""
                yield Found(where, f"{name}:{line}" if not inside else name + inside, excerpt)
                break


def _unpacked(name: str, raw: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """A file, or what is packed in it, with the name of each; broken packages as they are."""
    try:
        if raw.startswith(b"\x1f\x8b"):
            with gzip.open(io.BytesIO(raw)) as packed:
                yield name, packed.read(MOST)
            return
        if raw.startswith(b"PK") and depth < 2:
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                members = [m for m in archive.infolist() if m.file_size <= MOST]
                for member in members:
                    yield from _unpacked(member.filename, archive.read(member), depth + 1)
            return
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        pass
    yield name, raw


def _hit(name: str, raw: bytes, wanted: re.Pattern[str]) -> tuple[int, str] | None:
    """The line of the first place in a text, and what stands around it."""
    if name.rpartition(".")[2].lower() in TEXTLESS or b"\0" in raw[:1000]:
        return None
    text = raw.decode("utf-8", "replace")
    folded = _FOLDED.sub("", text) if name.endswith(".ics") else text
    unescaped = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), folded)
    readings = (text, unescaped, html.unescape(_TAG.sub("", unescaped)), html.unescape(unescaped))
    for reading in readings:
        shown, lines = _lined(reading)
        if hit := wanted.search(_small(shown)):
            line = sum(start <= hit.start() for start in lines)
            around = shown[max(0, hit.start() - AROUND) : hit.end() + AROUND]
            return line, around.strip()
    return None


def _lined(text: str) -> tuple[str, list[int]]:
    """A text in one line, and the place at which each of its lines begins there."""
    pieces, starts, length = [], [], 0
    for line in text.split("\n"):
        starts.append(length)
        if plain := _plain(line):
            pieces.append(plain)
            length += len(plain) + 1
    return " ".join(pieces), starts


def _plain(text: str) -> str:
    return " ".join(without(text).split())


def _small(text: str) -> str:
    """A text as it is compared, as long as it was."""
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _in_history(root: Path, text: str, *, whole: bool) -> Iterator[Found]:
    """The commits that brought the text in or took it away, of every branch."""
    pattern = re.sub(r"([][.*^$+?{}()|\\])", r"\\\1", text)
    if whole:
        pattern = f"(^|[^[:alnum:]_]){pattern}($|[^[:alnum:]_.-]|[.-]([^[:digit:]]|$))"
    told = git(
        *(root, "log", "--all", "--pickaxe-regex", "--regexp-ignore-case", f"-S{pattern}"),
        *("--format=%x01%h %cs%x02%s%x02", "--name-only", "--no-renames", "-z", "--", "."),
    )
    for commit in (told or b"").decode("utf-8", "replace").split("\x01")[1:]:
        head, subject, files = commit.split("\x02")
        names = [name.strip() for name in files.split("\0") if name.strip()]
        yield Found(Where.HISTORY, head, f"{subject}: {', '.join(names)}" if names else subject)


def _nothing_told() -> KlarplanError:
    return KlarplanError(
        Text("Es fehlt, wonach zu suchen ist.", "What to look for is missing."),
        Text('Schreiben Sie: klarplan find "Text"', 'Write: klarplan find "text"'),
        exit_code=2,
    )


def _no_site() -> KlarplanError:
    return KlarplanError(
        Text("Es gibt keine gebaute Website (site/).", "There is no built site (site/)."),
        Text("Bauen Sie sie: klarplan build", "Build it: klarplan build"),
        exit_code=2,
    )


def _no_history() -> KlarplanError:
    return KlarplanError(
        Text(
            "Hier hält git keine Geschichte fest, oder git fehlt.",
            "Git keeps no history here, or is missing.",
        ),
        Text("Lassen Sie --in history weg.", "Leave out --in history."),
        exit_code=2,
    )
