"""Indexes the built site for its search, with Pagefind: static files, read piece by piece."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from klarplan.messages import KlarplanError, Text
from klarplan.moves import removed_if_possible
from klarplan.processes import Child
from klarplan.website.search_order import settle

FOLDER = "pagefind"
"""Where the index lies in the site."""

IGNORED = (
    ".headerlink",
    ".screen-only",
    ".print-only",
    ".size",
    ".lead__status",
    "caption",
    "table.measures",
)
"""Parts of the content that only repeat what other pages say, or that no one searches for."""

KEPT = re.compile(
    r"pagefind\.js|pagefind-entry\.json|.*\.pf_meta|wasm\.(?!unknown)\w+\.pagefind"
    r"|fragment|index|filter"
)
"""What a search fetches; Pagefind's own user interfaces are left out."""

COUNT = re.compile(r"Indexed (\d+) pages?")


def keep_index(former: Path, site: Path) -> bool:
    """Give a site the index of its ``former`` version; false where that has none."""
    if not (former / FOLDER / "pagefind.js").is_file():
        return False
    shutil.copytree(former / FOLDER, site / FOLDER, symlinks=True)
    return True


def index_site(site: Path, target: Path | None = None) -> int:
    """Write the index of ``site`` into its folder ``pagefind``; returns the number of pages in it.

    Or write it into the folder ``target``.

    Only what stands in an element with ``data-pagefind-body`` is indexed; words are stemmed in the
    language of the pages.
    Raises ``KlarplanError`` where the program is missing or fails.
    """
    target = target or site / FOLDER
    removed_if_possible(target)
    command = [
        str(_program()),
        "--site",
        str(site.resolve()),
        "--output-path",
        str(target.resolve()),
        "--exclude-selectors",
        ", ".join(IGNORED),
    ]
    # A configuration of Pagefind's in the environment or the working folder must not count.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    try:
        process = Child(
            command,
            cwd=Path(command[0]).parent,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        said, warned = process.heard()
    except OSError as error:
        raise _missing(str(error)) from error
    indexed = COUNT.search(said)
    if process.returncode or indexed is None or not (target / "pagefind.js").is_file():
        raise _failed((warned + "\n" + said).strip()[-2000:])
    for path in target.iterdir():
        if not KEPT.fullmatch(path.name):
            path.unlink()
    try:
        settle(target)
    except (ValueError, LookupError, OSError) as error:
        raise _failed(repr(error)) from error
    return int(indexed.group(1))


def _program() -> Path:
    try:
        from pagefind_bin import get_executable  # noqa: PLC0415 - said in words where it is missing

        return Path(get_executable()).resolve()
    except (ImportError, FileNotFoundError) as error:
        raise _missing(str(error)) from error


def _missing(told: str) -> KlarplanError:
    return KlarplanError(
        Text(
            f"Das Programm für die Suche (Pagefind) lässt sich nicht starten: {told}",
            f"The program for the search (Pagefind) can't be started: {told}",
        ),
        Text(
            "Installieren Sie es neu: pip install --force-reinstall pagefind_bin",
            "Install it again: pip install --force-reinstall pagefind_bin",
        ),
        exit_code=2,
    )


def _failed(told: str) -> KlarplanError:
    return KlarplanError(
        Text(
            f"Die Website ließ sich nicht für die Suche erschließen:\n{told}",
            f"The website could not be indexed for its search:\n{told}",
        ),
        Text(
            "Bauen Sie noch einmal; die letzte gute Website bleibt unverändert.",
            "Build once more; the last good website stays as it is.",
        ),
    )
