"""Markdown pages as ``check`` sees them: as they were written, and as browsers will read them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from klarplan.messages import Finding, Text
from klarplan.os_errors import reason
from klarplan.pages.bounds import MOST_BYTES, beyond
from klarplan.pages.calls import Call
from klarplan.pages.source import Source, read_text
from klarplan.processes import TooLongError, at_most

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from klarplan.pages.gate import Fault, Seen
    from klarplan.pages.rendering import Renderer
    from macros.seal import Seal

FOLDERS = ("docs", "strategy")

UNREADABLE = "KP701"
FRONT_MATTER_BROKEN = "KP702"
NOT_RENDERED = "KP703"
TOO_MUCH = "KP708"
TOO_MANY = "KP709"

LONGEST = 60
"""Seconds after which a page is given up; the bounds on its size make that an exception."""
MOST_PAGES = 5_000
MOST_LETTERS = 30_000_000
MOST_FILES = 20_000
"""Pages, bytes of all pages, and files that ``docs`` and ``strategy`` may have together."""

NOTES = ("footnote-ref", "footnote-backref")
"""Links between footnotes and their marks, which nobody wrote as links."""

_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")

Answer = Callable[[str, int, Call, "Seal"], str]
"""The Markdown that stands for a call, from file, line, call and the marks of macros."""


@dataclass(frozen=True, slots=True)
class Written:
    """A link or picture of a page as it was written."""

    address: str
    markdown: bool
    """Whether it is Markdown, whose paths are fitted to the site, or HTML."""
    words: str = ""
    """What a link says, alternatives of its pictures included."""
    alternative: str | None = None
    """The alternative text of a picture; ``None`` for films and the like."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One Markdown file; everything beyond its text is made when it is asked for."""

    path: Path
    file: str
    """Path from the root, with slashes."""
    source: Source
    renderer: Callable[[], Renderer]
    answer: Answer
    faults: list[Finding] = field(default_factory=list)
    """What was found while the page was read, rendered, and its macros were called."""

    @property
    def text(self) -> str:
        """The whole file."""
        return self.source.text

    @property
    def root(self) -> Path:
        """The root below which the file lies."""
        return self.path.parents[self.file.count("/")]

    @property
    def is_docs(self) -> bool:
        """Whether the page has a title of its own, rather than one from the data."""
        return self.file.startswith("docs/")

    @property
    def first_line(self) -> int:
        """The line on which the body begins."""
        return self.source.first_line

    @cached_property
    def meta(self) -> Mapping[str, tuple[Any, int]]:
        """Keys of the front matter with value and line; broken YAML is told in ``faults``."""
        if fault := self.source.meta_fault:
            self.faults.append(
                Finding(
                    rule=FRONT_MATTER_BROKEN,
                    file=self.file,
                    line=fault.line,
                    problem=fault.problem,
                    cure=fault.cure,
                    fix=fault.fix,
                )
            )
        return {k: (v, self.source.meta_line(k)) for k, v in self.source.meta.items()}

    @cached_property
    def seen(self) -> Seen | None:
        """The page as browsers will read it; ``None``, with a fault, where it can't be rendered."""
        tangled = list(beyond(self.source.body))
        for line, problem in tangled:
            cure = Text("Teilen Sie den Text auf.", "Split the text.")
            self._fault(TOO_MUCH, self.first_line + line - 1, problem, cure)
        if tangled or self.source.pieces.faults:
            return None  # what follows from these would hide them; a rule tells of faults
        renderer = self.renderer()
        parts = [
            self.answer(self.file, self.first_line + part.line - 1, part, renderer.seal)
            if isinstance(part, Call)
            else part
            for part in self.source.pieces.parts
        ]
        try:
            with at_most(LONGEST):
                return renderer.render(self.file, "".join(parts))
        except TooLongError:
            self._fault(
                NOT_RENDERED,
                self.first_line,
                Text(
                    f"Die Seite umzuwandeln dauert länger als {LONGEST} Sekunden.",
                    f"Rendering the page takes longer than {LONGEST} seconds.",
                ),
                Text(
                    "Teilen Sie den Text auf, und vereinfachen Sie ihn.",
                    "Split the text, and make it simpler.",
                ),
            )
            return None
        except Exception as error:
            self._fault(
                NOT_RENDERED,
                self.first_line,
                Text(
                    f"Die Seite lässt sich nicht umwandeln ({type(error).__name__}).",
                    f"The page can't be rendered ({type(error).__name__}).",
                ),
                Text(
                    "Sehr tief verschachtelte Listen oder Zitate können die Ursache sein.",
                    "Very deeply nested lists or quotes may be the cause.",
                ),
            )
            return None

    @property
    def gate_faults(self) -> tuple[Fault, ...]:
        """What the page holds and may not hold."""
        return self.seen.faults if self.seen else ()

    def elements(self, selector: str) -> list[LexborNode]:
        """The elements of the page that a CSS selector names, in their order."""
        return self.seen.article.css(selector) if self.seen else []

    @cached_property
    def links(self) -> tuple[Written, ...]:
        """The links of the page."""
        found = []
        for node in self.elements("a[href]"):
            if node.attributes.get("class") in NOTES:
                continue
            pictures = [p.attributes.get("alt") or "" for p in node.css("img")]
            said = [node.text(deep=True), node.attributes.get("aria-label") or "", *pictures]
            address = node.attributes.get("href") or ""
            if self.renderer().seal.word in address:
                continue  # the gate tells of it
            found.append(Written(address, self._is_markdown(node), "".join(said)))
        return tuple(found)

    @cached_property
    def pictures(self) -> tuple[Written, ...]:
        """The pictures and films of the page."""
        from klarplan.pages.gate import addresses  # noqa: PLC0415 (slow import)

        found = []
        for node in self.elements("img, source, track, video, audio, input"):
            alternative = (node.attributes.get("alt") or "") if node.tag == "img" else None
            for address in addresses(node) or ([""] if node.tag == "img" else []):
                written = Written(address, self._is_markdown(node), "", alternative)
                found.append(written)
        return tuple(found)

    def _is_markdown(self, node: LexborNode) -> bool:
        return self.renderer().seal.attribute in node.attributes

    def words(self, node: LexborNode) -> str:
        """The text of an element without what macros made and without the sign of headings."""
        text = node.text(deep=True)
        return self.renderer().seal.without_tokens(text).strip(" ¶\n")

    @cached_property
    def ids(self) -> frozenset[str]:
        """What a link to this page may name after ``#``, templates and macros aside."""
        return frozenset(node.attributes.get("id") or "" for node in self.elements("[id]"))

    @cached_property
    def numbered_lines(self) -> list[tuple[int, str]]:
        """Lines of the body with their numbers in the file, without code blocks."""
        lines: list[tuple[int, str]] = []
        fence = ""
        for number, line in enumerate(self.source.body.splitlines(), start=self.first_line):
            match = _FENCE.match(line)
            if match and not fence:
                fence = match[1][:3]
            elif match and fence == match[1][:3]:
                fence = ""
            elif not fence:
                lines.append((number, line))
        return lines

    @cached_property
    def _small_lines(self) -> list[tuple[int, str]]:
        return [(number, line.lower()) for number, line in self.numbered_lines]

    @cached_property
    def _bare_lines(self) -> list[tuple[int, str]]:
        return [(number, _bare(line)) for number, line in self.numbered_lines]

    @cached_property
    def headings(self) -> tuple[tuple[int, str, int | None], ...]:
        """Level, text and line of each heading; no line where it can't be found."""
        found, line = [], 0
        for node in self.elements("h1, h2, h3, h4, h5, h6"):
            level, text = int((node.tag or "h6")[1]), self.words(node)
            marks = (f"{'#' * level} {text}", f"{'#' * level}{text}", f"<h{level}")
            line = self.find(*marks, after=line) or self.find(text, after=line) or line
            found.append((level, text, line or None))
        return tuple(found)

    def find(self, *needles: str, after: int = 0) -> int | None:
        """The line of the file that holds the first of the texts that occurs at all.

        Where it occurs more than once, the first line beyond ``after`` is meant.
        """
        for needle in filter(None, needles):
            small = needle.lower()
            places = [number for number, line in self._small_lines if small in line]
            if places:
                return next((p for p in places if p > after), places[0])
        for needle in filter(None, map(_bare, needles)):
            places = [number for number, line in self._bare_lines if needle in line]
            if places:
                return next((p for p in places if p > after), places[0])
        return None

    def _fault(self, rule: str, line: int, problem: Text, cure: Text) -> None:
        self.faults.append(
            Finding(rule=rule, file=self.file, line=line, problem=problem, cure=cure)
        )


def _bare(text: str) -> str:
    return re.sub(r"[\s\x00-\x20]", "", html.unescape(text)).lower()


def page_files(root: Path) -> Iterator[tuple[Path, str]]:
    """Markdown files below ``docs`` and ``strategy`` with their names from the root."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.md")):
            if path.is_file() and not path.is_symlink():
                yield path, path.relative_to(root).as_posix()


def read_pages(
    root: Path,
    renderer: Callable[[], Renderer],
    answer: Answer,
    kept: Mapping[str, Page] = MappingProxyType({}),
) -> tuple[tuple[Page, ...], list[Finding]]:
    """All pages, and findings on those that can't be read; no pages where there are too many.

    A page that was ``kept`` from an earlier time, by file, is taken where its text is the same.
    """
    pages: list[Page] = []
    findings: list[Finding] = []
    if too_many := _too_many(root):
        return (), [too_many]
    letters = 0
    for path, file in page_files(root):
        try:
            raw = _bytes(path)
        except OSError as error:
            problem: _Problem | None = _closed(error)
        else:
            letters += len(raw)
            problem = unreadable(raw)
        if letters > MOST_LETTERS:
            return (), [_told_too_many(file, f"{MOST_LETTERS // 1_000_000} MB")]
        if problem:
            findings.append(
                Finding(
                    rule=UNREADABLE,
                    file=file,
                    line=problem[0],
                    problem=problem[1],
                    cure=problem[2],
                )
            )
            continue
        source = Source(read_text(path))
        page = Page(path=path, file=file, source=source, renderer=renderer, answer=answer)
        former = kept.get(file)
        pages.append(former if former and former.source == source else page)
    return tuple(pages), findings


_Problem = tuple[int | None, Text, Text]


def _bytes(path: Path) -> bytes:
    """A file as far as it is needed to see whether it is too long."""
    with path.open("rb") as stream:
        return stream.read(MOST_BYTES + 1)


def _too_many(root: Path) -> Finding | None:
    files = pages = 0
    for folder in FOLDERS:
        for path in (root / folder).rglob("*"):
            files += 1
            pages += path.suffix == ".md"
            if pages > MOST_PAGES:
                return _told_too_many(f"{folder}/", f"{MOST_PAGES} Markdown")
            if files > MOST_FILES:
                return _told_too_many(f"{folder}/", str(MOST_FILES))
    return None


def _told_too_many(file: str, most: str) -> Finding:
    return Finding(
        rule=TOO_MANY,
        file=file,
        problem=Text(
            f"docs/ und strategy/ enthalten zu viele Dateien oder zu lange (mehr als {most}).",
            f"docs/ and strategy/ hold too many files or too long ones (more than {most}).",
        ),
        cure=Text(
            "Löschen Sie, was nicht zur Strategie gehört.",
            "Delete what doesn't belong to the strategy.",
        ),
    )


def _closed(error: OSError) -> _Problem:
    return (
        None,
        Text(
            f"Die Datei lässt sich nicht öffnen: {reason(error).de}.",
            f"The file can't be opened: {reason(error).en}.",
        ),
        Text("Prüfen Sie ihren Namen und ihre Rechte.", "Check its name and its rights."),
    )


def unreadable(raw: bytes) -> _Problem | None:
    """Why a page can't be read, with the line and the cure; nothing where it can be."""
    if len(raw) > MOST_BYTES:
        return (
            None,
            Text(
                f"Die Seite ist zu lang (erlaubt sind {MOST_BYTES // 1000} kB).",
                f"The page is too long ({MOST_BYTES // 1000} kB are allowed).",
            ),
            Text("Teilen Sie sie auf mehrere Seiten auf.", "Split it into several pages."),
        )
    try:
        raw.decode("utf-8")
        bad = raw.find(b"\x00")
    except UnicodeDecodeError as error:
        bad = error.start
    if bad < 0:
        return None
    return (
        raw[:bad].count(b"\n") + 1,
        Text("Die Seite ist nicht in UTF-8 gespeichert.", "The page is not saved in UTF-8."),
        Text(
            "Speichern Sie sie in Ihrem Editor als UTF-8.", "Save it as UTF-8 in your text editor."
        ),
    )
