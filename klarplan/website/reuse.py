"""Pages that a site takes over from the former one, since nothing that they show has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from klarplan.moves import moved
from klarplan.own_files import THEME, overrides
from klarplan.pages.page import Page
from klarplan.strategy.addresses import page_url
from macros.seal import Seal

Keys = Callable[[], Mapping[str, str]]
"""Tells the keys of pages by their file, see ``page_keys``."""


def page_keys(
    root: Path, seal: Seal, pages: Iterable[Page], names: Iterable[str], told: Iterable[str]
) -> dict[str, str]:
    """What tells by page whether it will look the same: equal for equal HTML.

    ``names`` are all baked files, ``told`` the texts that the site generator is given beside them.
    A page in which macros are called has no key, since the data that they show is not in its text.
    """
    common = hashlib.sha256(json.dumps(sorted(names)).encode())
    for text in told:
        common.update(_unsealed(text, seal))
    for path in overrides(root, *THEME).values():
        common.update(path.read_bytes())
    return {
        page.path: hashlib.sha256(common.digest() + _unsealed(page.text(seal), seal)).hexdigest()
        for page in pages
        if not seal.calls(page.body)
    }


def _unsealed(text: str, seal: Seal) -> bytes:
    """A text without what is drawn anew for each build."""
    return text.replace(seal.word, "").encode() + b"\0"


class Former:
    """The former ``site``, and the file ``record`` that tells what its pages were made of.

    Nothing is taken over without a ``session`` or from another one, nor a page that is not as it
    was recorded. ``keys`` are asked for where they are needed.
    """

    def __init__(self, site: Path, record: Path, session: str) -> None:
        self._site = site
        self._record = record
        self._session = session

    def pages(self, keys: Keys) -> dict[str, bytes]:
        """The HTML of pages that are still the same, by their file in ``build/pages``."""
        found = {}
        for path, (key, known) in self._recorded().items():
            place = self._site / html_file(path)
            if keys().get(path) == key and place.is_file():
                content = place.read_bytes()
                if _known(content) == known:
                    found[path] = content
        return found

    def _recorded(self) -> Mapping[str, Sequence[str]]:
        if not self._session or not self._record.is_file():
            return {}
        read = json.loads(self._record.read_text("utf-8"))
        pages: Mapping[str, Sequence[str]] = read.get(self._session, {})
        return pages

    def pass_on(self, pages: Mapping[str, bytes], keys: Keys, site: Path) -> None:
        """Put these pages into the new ``site``, and record what all of its pages are made of."""
        if not self._session:
            return
        for path, content in pages.items():
            place = site / html_file(path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        made = {p: (key, _known((site / html_file(p)).read_bytes())) for p, key in keys().items()}
        beside = self._record.with_suffix(".new")
        beside.write_text(json.dumps({self._session: made}), "utf-8", newline="\n")
        moved(beside, self._record)


def html_file(path: str) -> str:
    """The file of the site that a page of ``build/pages`` becomes."""
    return f"{page_url(path)}index.html"


def _known(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
