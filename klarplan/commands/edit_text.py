"""Editing a text: its preview as the site shows it, and what a change of it means."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from klarplan.check.run import Standing, check
from klarplan.check.texts import Page, unreadable
from klarplan.commands.candidate import candidate
from klarplan.commands.edit import Editor, Examined, Message, Wording
from klarplan.commands.new_errors import only_new
from klarplan.commands.revisions import HERE
from klarplan.comparison.compare import compare
from klarplan.comparison.prose import paragraphs_changed
from klarplan.comparison.state import read_state
from klarplan.editing.form.texts import ListedText, listed_texts
from klarplan.editing.unseen import left_out
from klarplan.letters import without_unseen
from klarplan.messages import NOTHING, KlarplanError, Text
from klarplan.pages.source import Source
from klarplan.strategy.addresses import prose_file
from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.strategy.public import public
from klarplan.words.hyphens import without

WITHOUT = ("href", "src", "srcset", "poster", "id", "for", "name", "style")
"""Attributes that a preview does without: its links lead nowhere, it stands beside a form, and its
page takes no style from its text."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as its file has it; ``head`` is what stands before it for programs."""

    path: Path
    file: str
    head: str
    text: str
    stand: str
    """What tells whether the file has changed."""


def texts(editor: Editor) -> list[ListedText]:
    """The texts that belong to no row."""
    return listed_texts(editor.loaded, editor.as_of)


def text_of(editor: Editor, file: str) -> Prose | None:
    """One of ``texts``, empty where nobody has written it yet; nothing where it is none of them."""
    known = any(text.file == file for text in texts(editor))
    return _read(editor, file) if known else None


def prose(editor: Editor, table: str, identifier: str) -> Prose | None:
    """The text of a row, empty where nobody has written it yet; nothing where it can have none."""
    schema = editor.schema(table)
    if schema is None or table not in ROW_CHAPTERS or not identifier:
        return None
    read = editor.table(schema)
    at = read.column("id")
    if at is None or identifier not in (r[at] for r in read.records if len(r) > at):
        return None
    return _read(editor, prose_file(table, identifier))


def _read(editor: Editor, file: str) -> Prose | None:
    path = editor.root / file
    if path.parent != editor.root / Path(file).parent or path.is_symlink():
        return None
    raw = path.read_bytes() if path.is_file() else b""
    if wrong := unreadable(raw):
        line, problem, cure = wrong
        raise KlarplanError(problem, cure, file=file, line=line)
    text = raw.decode("utf-8")
    source = Source(text.replace("\r\n", "\n"))
    written = source.body.lstrip("\n")
    head = source.text.removesuffix(written)
    return Prose(path, file, head, written, hashlib.sha256(raw).hexdigest())


def preview(editor: Editor, prose: Prose, text: str) -> tuple[str, list[str]]:
    """The text as HTML, as the site would show it, and what is wrong with it.

    There is no HTML where the text holds what a page may not hold.
    """
    loaded = editor.loaded
    standing = Standing(loaded, public(loaded), editor.as_of)
    page = Page(
        path=prose.path,
        file=prose.file,
        source=Source(prose.head + _lines(text)),
        renderer=standing.renderer,
        answer=standing.caller.answer,
    )
    seen = page.seen
    lang = editor.lang
    wrong = [f"{f.problem.in_(lang)} {f.cure.in_(lang)}".strip() for f in page.faults]
    if seen is None or seen.faults or wrong:
        return "", wrong
    for node in seen.article.css("*"):
        for name in WITHOUT:
            if name in node.attributes:
                del node.attrs[name]
    for node in seen.article.css("[data-end], .headerlink"):
        node.decompose()
    made = seen.article.inner_html or ""
    return without(standing.renderer().seal.without_tokens(made)), []


def examine_text(editor: Editor, prose: Prose, text: str, stand: str) -> Examined:
    """What another text would change, and what is wrong with it; nothing is written."""
    lang = editor.lang
    found = Examined()
    raw = prose.path.read_bytes() if prose.path.is_file() else None
    new = _lines(text)
    if new.rstrip("\n") != prose.text.rstrip("\n"):
        said, new = left_out(new), without_unseen(new)
        if said != NOTHING:
            found.messages.append(Message(field="text", text=said.in_(lang)))
        content = prose.head + new.rstrip("\n") + "\n"
        if raw and b"\r\n" in raw:
            content = content.replace("\n", "\r\n")
        found.contents = {prose.path: content.encode()}
        found.before = {} if raw is None else {prose.path: raw}
    found.wordings = [Wording("", *both) for both in paragraphs_changed(prose.text, new)]
    if stand != prose.stand:
        found.theirs = prose.text
        found.stale = True
        found.messages.append(Message(field="text", text=_CHANGED.in_(lang), stops=True))
    with candidate(editor.root, found.contents) as copy:
        found.messages += _findings(editor, copy, prose.file)
        before = read_state(editor.root, HERE.in_(lang), (editor.root, ""))
        found.comparison = compare(before, read_state(copy, HERE.in_(lang)), lang)
    return found


def _findings(editor: Editor, copy: Path, file: str) -> Iterator[Message]:
    findings = check(copy, editor.as_of)
    new = only_new(findings, editor.root, editor.as_of)
    lang = editor.lang
    for finding in findings:
        if finding.file == file or finding in new:
            text = f"{finding.problem.in_(lang)} {finding.cure.in_(lang)}".strip()
            yield Message(field="text", text=text, stops=finding in new)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


_CHANGED = Text(
    "Jemand anderes hat diesen Text geändert, während Sie ihn geöffnet hatten. Es ist nichts "
    "geschrieben. Unten steht die andere Fassung neben Ihrer; gehen Sie weiter, ersetzt Ihre sie.",
    "Somebody else has changed this text while you had it open. Nothing is written. The other "
    "version stands below, beside yours; if you go on, yours replaces it.",
)
