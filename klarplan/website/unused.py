"""Leaves out what a generator's theme brings along though nothing on the site loads it.

Themes come with scripts, other searches, pictures and source maps for every use that one may make
of them. Only their files are looked at: what the municipality puts beside its pages stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

FOLDER = "assets"
"""Where generators put the files of a theme, below the site."""

NAMED = re.compile(rb"assets/([^\"'\s?#<>()&]+)")
"""A file as pages name it, wherever it stands in an address; rather one too many than too few."""

MAP = re.compile(rb"\s*(?:/\*|//)[#@] ?sourceMappingURL=[^\s*]+(?:[ \t]*\*/)?")
"""What leads developers' tools from a style sheet or script to what it was made of."""

READ = (".css", ".js")
"""Kinds of files that name others."""


def leave_out_unused(site: Path, pages: Path) -> None:
    """Remove files of the theme that no page, style sheet or script of ``site`` names.

    ``pages`` is the folder of what the generator was given: its files are not the theme's.
    Scripts of a theme that find a file by putting its name together do not count: no page runs
    one, see ``policy``.
    """
    files = {
        path.relative_to(site / FOLDER).as_posix(): path
        for path in (site / FOLDER).rglob("*")
        if path.is_file()
    }
    theirs = {name: path for name, path in files.items() if not (pages / FOLDER / name).is_file()}
    if not theirs:
        return
    named = {name.decode("utf-8", "replace") for name in _named(site.rglob("*.html"))}
    kept = {name for name in files if name in named or name not in theirs}
    for name in _reached(kept, files, theirs):
        theirs.pop(name, None)
    for path in theirs.values():
        path.unlink()
    for folder in sorted((site / FOLDER).rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _named(pages: Iterable[Path]) -> set[bytes]:
    return {name for page in pages for name in NAMED.findall(page.read_bytes())}


def _reached(
    kept: set[str], files: Mapping[str, Path], theirs: Mapping[str, Path]
) -> Iterable[str]:
    """These files and those that they name; the theme's among them name no source map any more."""
    ahead, known = sorted(kept), set(kept)
    while ahead:
        name = ahead.pop()
        if not name.endswith(READ):
            continue
        text = files[name].read_bytes()
        if name in theirs and (plain := MAP.sub(b"", text)) != text:
            files[name].write_bytes(text := plain)
        found = {other for other in theirs if other.rpartition("/")[2].encode() in text} - known
        known |= found
        ahead += found
    return known
