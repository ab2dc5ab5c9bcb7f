"""Takes over prose that there is already: from a folder of Markdown files, or a Word document."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from klarplan.messages import KlarplanError, Text
from klarplan.pages.bounds import MOST_BYTES, beyond
from klarplan.pages.file_names import plain as plain_name
from klarplan.pages.files import COMMANDS, EMPTIED, OURS
from klarplan.starter.prose.escapes import goal_of, line_begins, literal
from klarplan.starter.prose.files import Files
from klarplan.starter.prose.foreign import tamed
from klarplan.starter.prose.heads import Front, front
from klarplan.starter.prose.parsed import MARKDOWN, WORD, Node, parsed
from klarplan.starter.prose.places import Places, Spot
from klarplan.starter.prose.remarks import Remark, Remarks
from klarplan.starter.prose.sections import Section, headings, sections, without_contents
from klarplan.starter.prose.word import ENDING, opened
from klarplan.starter.prose.written import Writer
from klarplan.strategy.addresses import anchor
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.settings import DOCS, MenuItem
from klarplan.words.catalogue import Words

ENDINGS = (".md", ".markdown", ".mdx", ENDING)
OTHERS = (".rst", ".adoc", ".asciidoc", ".org", ".odt", ".doc", ".rtf", ".html", ".htm", ".tex")
"""Endings of texts that are not read, and told."""
MOST_FILES = 1_000
"""So many texts are taken over at once."""
_FIRST = ("index", "_index", "readme")
_LONGEST = 60

_NOT_READ = Text("Text dieser Art wird nicht gelesen", "texts of this kind are not read")
_TOO_LONG = Text(
    "Der Text ist zu lang oder zu verschachtelt für eine Seite",
    "the text is too long or too tangled for a page",
)
_NOT_UNICODE = Text("Der Text ist nicht in UTF-8 gespeichert", "the text is not saved in UTF-8")
_READ_SO = Text("Als Windows-1252 gelesen; Umlaute prüfen.", "Read as Windows-1252; check umlauts.")
_NO_TEXT = Text("Die Seite hat keinen Text", "the page has no text")
_CONTENTS = Text("Inhaltsverzeichnis", "table of contents")


@dataclass(frozen=True, slots=True)
class TakenPage:
    """A page that was taken over: where it comes from, where it is now, and its title there."""

    source: str
    file: str
    title: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken over."""

    files: Mapping[str, bytes]
    """Texts and pictures, by their path from the root."""
    menu: tuple[MenuItem, ...]
    pages: tuple[TakenPage, ...]
    remarks: tuple[Remark, ...]


@dataclass(slots=True)
class _Read:
    """A text as it was read."""

    source: str
    folder: Path
    front: Front
    sections: Sequence[Section]
    remarks: Remarks
    places: list[str] = field(default_factory=list)


def take(source: Path, root: Path, words: Words) -> Taken:
    """The pages that a folder or a file of prose becomes in the strategy below ``root``.

    Nothing is written. Raises ``KlarplanError`` where there is no text, or none that can be read.
    """
    with TemporaryDirectory(prefix="klarplan-") as folder:
        others = Remarks("")
        files = [*_found(source, others)]
        base = source if source.is_dir() else source.parent
        read = [_text(path, base, Path(folder) / str(n)) for n, path in enumerate(files)]
        _place(read, root)
        return _written(read, base, words, tuple(others.told))


def _found(source: Path, others: Remarks) -> Iterator[Path]:
    """The files with texts, in order; hidden ones, links and others' programs are passed over."""
    if source.is_file() and source.suffix.lower() in ENDINGS:
        yield source
        return
    number = 0
    for path in sorted(source.rglob("*")) if source.is_dir() else ():
        inner = path.relative_to(source)
        hidden = any(part.startswith(".") or part == "node_modules" for part in inner.parts)
        if hidden or not path.is_file() or _through_link(source, inner):
            continue
        if path.suffix.lower() in OTHERS:
            others.told[Remark(inner.as_posix(), None, _NOT_READ)] = None
        if path.suffix.lower() not in ENDINGS or path.name.startswith("~$"):
            continue
        number += 1
        if number > MOST_FILES:
            raise _refused(
                Text(f"Es sind mehr als {MOST_FILES} Texte.", f"There are over {MOST_FILES} texts.")
            )
        yield path
    if not number:
        raise _refused(
            Text(f"In „{source}“ gibt es keinen Text.", f"There is no text in “{source}”.")
        )


def _through_link(base: Path, inner: Path) -> bool:
    return any((base / part).is_symlink() for part in (inner, *inner.parents))


def _refused(problem: Text) -> KlarplanError:
    cure = Text(
        "Nennen Sie einen Ordner mit Markdown-Dateien (.md) oder ein Word-Dokument (.docx).",
        "Name a folder of Markdown files (.md) or a Word document (.docx).",
    )
    return KlarplanError(problem, cure, exit_code=2)


def _text(path: Path, base: Path, folder: Path) -> _Read:
    """A text as it is read; pictures of a Word document lie in a ``folder`` then."""
    name = path.relative_to(base).as_posix()
    remarks = Remarks(name)
    if path.suffix.lower() == ENDING:
        content, media = opened(path, name)
        for inner, picture in media.items():
            (folder / inner).parent.mkdir(parents=True, exist_ok=True)
            (folder / inner).write_bytes(picture)
        found = parsed(content, WORD, name)
        blocks, had_contents = without_contents(found.blocks)
        if had_contents:
            remarks.add(None, _CONTENTS)
        parts = sections(blocks, found.title, path.stem, whole=False)
        return _Read(name, folder, Front(), parts, remarks)
    before, blocks = _markdown(path, name, remarks)
    stem = path.parent.name if path.stem.lower() in _FIRST and path.parent != base else path.stem
    parts = sections(blocks, before.title, stem, whole=True)
    return _Read(name, path.parent, before, parts, remarks)


def _markdown(path: Path, name: str, remarks: Remarks) -> tuple[Front, list[Node]]:
    with path.open("rb") as stream:
        raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        remarks.add(None, _TOO_LONG)
        return Front(), []
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        remarks.add(raw.count(b"\n", 0, error.start) + 1, _NOT_UNICODE, _READ_SO)
        text = raw.decode("cp1252", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    before = front(text, remarks)
    plain = tamed(text[before.end :], before.first_line, remarks)
    return before, parsed(
        plain.text.encode("utf-8", "replace"), MARKDOWN, name, plain.numbers
    ).blocks


def _place(read: Sequence[_Read], root: Path) -> None:
    """Give each page its file: a chapter's, or one of its own in ``docs/``."""
    taken = _reserved(root)
    chapters: set[str] = set()
    for text in read:
        for section in text.sections:
            if section.chapter and section.chapter not in chapters:
                chapters.add(section.chapter)
                text.places.append(CHAPTERS[section.chapter].prose)
                continue
            stem = plain_name(section.title.replace(".", " "))[:_LONGEST].strip("-._")
            if not stem.isascii() or not stem:
                stem = "seite"
            name, number = stem, 1
            while name in taken:
                number += 1
                name = f"{stem}-{number}"
            taken.add(name)
            text.places.append(f"{DOCS}{name}.md")


def _reserved(root: Path) -> set[str]:
    """What a page of one's own can't be called: the site has something there already."""
    pages = {path.stem.lower() for path in (root / "docs").glob("*")}
    ours = {name.split("/")[0].split(".")[0] for name in (*OURS, *EMPTIED, *COMMANDS)}
    chapters = {chapter.address.split("/")[0] for chapter in CHAPTERS.values()}
    return pages | ours | chapters | set(_ELSEWHERE)


_ELSEWHERE = ("index", "404", "orte", "berichte", "einbetten", "handbuch", "dateien", "kapitel")


def _spots(read: Sequence[_Read]) -> tuple[dict[str, str], dict[tuple[str, str], Spot]]:
    """The page that each text begins on, and where each of its headings is."""
    begins: dict[str, str] = {}
    spots: dict[tuple[str, str], Spot] = {}
    for text in read:
        for section, file in zip(text.sections, text.places, strict=True):
            begins.setdefault(text.source, file)
            counts: Counter[str] = Counter()
            if section.name:
                spots.setdefault((text.source, section.name), Spot(file, ""))
            if file.startswith(DOCS):
                counts[anchor(section.title)] += 1
            for name, said in headings(section.blocks):
                goal = goal_of(said)
                numbered = f"{goal}_{counts[goal]}" if counts[goal] else goal
                counts[goal] += 1
                if name:
                    spots.setdefault((text.source, name), Spot(file, numbered))
    return begins, spots


def _written(read: Sequence[_Read], base: Path, words: Words, others: Sequence[Remark]) -> Taken:
    begins, spots = _spots(read)
    files = Files()
    made: dict[str, bytes] = {}
    pages: list[TakenPage] = []
    own: list[MenuItem] = []
    for text in read:
        for section, file in zip(text.sections, text.places, strict=True):
            within = base if text.folder.is_relative_to(base) else text.folder
            places = Places(
                *(file, text.source, text.folder, within, begins, spots, files),
                *(text.remarks, words),
            )
            text.remarks.below = section.title
            body = Writer(places, text.remarks, words).page(section.blocks)
            if not body:
                text.remarks.add(None, _named(_NO_TEXT, section.title))
                continue
            if len(body.encode()) > MOST_BYTES or next(beyond(body), None):
                text.remarks.add(None, _named(_TOO_LONG, section.title))
                continue
            made[file] = _page(file, section, text.front, body).encode()
            chapter = file.startswith(DOCS) is False
            title = words(f"chapter.{section.chapter}.title") if chapter else section.title
            pages.append(TakenPage(text.source, file, title))
            if not chapter:
                own.append(MenuItem(file=file))
    menu = (MenuItem(title=words("menu.strategy"), items=tuple(own)),) if own else ()
    remarks = [*others, *(remark for text in read for remark in text.remarks.told)]
    remarks.sort(key=lambda remark: (remark.file, remark.line or 0))
    return Taken({**made, **files.contents()}, menu, tuple(pages), tuple(remarks))


def _named(found: Text, title: str) -> Text:
    return Text(f"{found.de}: {title}", f"{found.en}: {title}")


def _page(file: str, section: Section, before: Front, body: str) -> str:
    """The whole text of a page."""
    values = {"description": before.description, "lang": before.lang}
    told = [f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in values.items() if v]
    head = "\n".join(["---", *told, "---", "", ""]) if told else ""
    title = f"# {line_begins(literal(section.title))}\n\n" if file.startswith(DOCS) else ""
    return f"{head}{title}{body}\n"
