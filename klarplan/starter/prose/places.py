"""Where the links and pictures of a text that is taken over lead to on its new page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from klarplan.messages import Text
from klarplan.pages.file_kinds import SHOWN, ContentError
from klarplan.pages.gate import SCHEMES, cleaned, scheme
from klarplan.starter.prose.files import Files
from klarplan.starter.prose.remarks import AS_TEXT, LEFT_OUT, Remarks
from klarplan.strategy.addresses import split
from klarplan.words.catalogue import Words

_MISSING = Text("Bild, das es nicht gibt", "picture that does not exist")
_ELSEWHERE = Text("Bild von einem fremden Server", "picture on another server")
_UNFIT = Text("Bild, das sich nicht zeigen lässt", "picture that can't be shown")
_NO_ALT = Text("Bild ohne Alternativtext", "picture without alternative text")
_TO_WRITE = Text(
    "Schreiben Sie, was zu sehen ist; auf der Seite steht dort TODO.",
    "Write what is to be seen; the page says TODO there.",
)
_LOST = Text("Link, der ins Leere führt", "link that leads nowhere")
_UNSAFE = Text("Link mit einer Adresse, die nicht erlaubt ist", "link to an address not allowed")
_FILE = Text("Link auf eine Datei", "link to a file")
_FOLDERS = ("static", "assets", "public", "docs", "src", "content")
"""Where other generators keep what addresses with a slash at their beginning name."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A heading on its new page."""

    file: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Places:
    """Answers for the links and pictures of one page."""

    file: str
    source: str
    folder: Path
    """Where what it shows lies beside it."""
    base: Path
    """The folder that nothing may lie outside of."""
    begins: Mapping[str, str]
    """The page that each text became, or the first of them."""
    spots: Mapping[tuple[str, str], Spot]
    files: Files
    remarks: Remarks
    words: Words

    def picture(self, source: str, alt: str, line: int | None) -> tuple[str, str] | None:
        """The address and the alternative text of a picture; ``None`` where it can't be shown."""
        if scheme(source) is not None:
            self.remarks.piece(line, _ELSEWHERE, source)
            return None
        path = self._file(source)
        if path is None:
            self.remarks.piece(line, _MISSING, source)
            return None
        try:
            if path.suffix.lower() not in SHOWN:
                raise ContentError(_UNFIT)
            place = self.files.place(path)
        except ContentError as error:
            told = Text(f"{_UNFIT.de}: {source}", f"{_UNFIT.en}: {source}")
            done = Text(
                f"{LEFT_OUT.de} {error.problem.de}".removesuffix(_UNFIT.de).strip(),
                f"{LEFT_OUT.en} {error.problem.en}".removesuffix(_UNFIT.en).strip(),
            )
            self.remarks.add(line, told, done)
            return None
        if not alt.strip():
            self.remarks.piece(line, _NO_ALT, source, _TO_WRITE)
            alt = self.words("starter.no_alt", file=posixpath.basename(place))
        return self._relative(place), alt

    def link(self, target: str, line: int | None) -> str | None:
        """Where a link leads to; ``None`` where it leads nowhere."""
        address = cleaned(target)
        kind = scheme(address)
        if kind is not None:
            address = f"https:{address}" if kind == "//" else address
            if scheme(address) in SCHEMES and split(address) is not None:
                return address
            self.remarks.piece(line, _UNSAFE, target, AS_TEXT)
            return None
        path, _, goal = address.partition("#")
        path = unquote(path.partition("?")[0])
        text = self._text(path) if path else self.source
        if text is not None and text in self.begins:
            return self._page(text, goal, target, line, named=bool(path))
        return self._copy(path, target, line)

    def _page(
        self, text: str, goal: str, target: str, line: int | None, *, named: bool
    ) -> str | None:
        """Where a page that a text became is; a heading that it has not is told."""
        spot = self.spots.get((text, unquote(goal))) if goal else None
        if spot is not None:
            return self._at(spot)
        if goal or not named:
            self.remarks.piece(line, _LOST, target, AS_TEXT)
        return self._relative(self.begins[text]) if named else None

    def _copy(self, path: str, target: str, line: int | None) -> str | None:
        """Where the copy of a file is that can be downloaded."""
        found = self._file(path) if path else None
        if found is None:
            self.remarks.piece(line, _LOST, target, AS_TEXT)
            return None
        try:
            return self._relative(self.files.place(found))
        except ContentError as error:
            told = Text(f"{_FILE.de}: {target}", f"{_FILE.en}: {target}")
            done = Text(f"{AS_TEXT.de} {error.problem.de}", f"{AS_TEXT.en} {error.problem.en}")
            self.remarks.add(line, told, done)
            return None

    def _at(self, spot: Spot) -> str:
        here = spot.file == self.file
        goal = f"#{spot.anchor}" if spot.anchor else ""
        return goal if here and goal else f"{self._relative(spot.file)}{goal}"

    def _relative(self, file: str) -> str:
        return quote(posixpath.relpath(file, posixpath.dirname(self.file)))

    def _text(self, path: str) -> str | None:
        """The text that a path names, as its own generator would find it."""
        folder = posixpath.dirname(self.source)
        bare = path.rstrip("/").removesuffix(".html").removesuffix(".md")
        bases = [folder, posixpath.join(folder, "..")]
        if path.startswith("/"):
            bases, bare = ["", *_FOLDERS], bare.strip("/")
        for base in bases:
            stem = posixpath.normpath(posixpath.join(base, bare))
            named = (stem, f"{stem}.md", f"{stem}.mdx", f"{stem}.markdown")
            inner = (f"{stem}/{name}.md" for name in ("index", "_index", "README"))
            for name in (*named, *inner):
                if name.removeprefix("./") in self.begins:
                    return name.removeprefix("./")
        return None

    def _file(self, source: str) -> Path | None:
        """The file that an address names; nothing outside of the folder, and no link."""
        path = unquote(cleaned(source).partition("?")[0].partition("#")[0])
        if not path or "\0" in path:
            return None
        for place in self._candidates(path):
            inner = posixpath.normpath(place.as_posix())
            found = Path(inner)
            try:
                if found.resolve().is_relative_to(self.base.resolve()) and found.is_file():
                    return found
            except OSError:
                continue
        return None

    def _candidates(self, path: str) -> Iterator[Path]:
        if not path.startswith("/"):
            yield self.folder / path
        for folder in ("", *_FOLDERS):
            yield self.base / folder / path.lstrip("/")
