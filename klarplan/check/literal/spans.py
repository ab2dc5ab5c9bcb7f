"""Links and emphasis that readers see as they were typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from klarplan.check.literal.view import GAP, Line, Slip, View
from klarplan.messages import Fix, Text

_ENDINGS = "md|html?|pdf|csv|xlsx?|docx?|png|jpe?g|gif|svg|webp"
_DOMAINS = "de|eu|org|com|net|info|example"
_ADDRESS = (
    r"((?:https?://|mailto:|tel:|www\.|\.{1,2}/|/|\#)[^\s()\[\]]+"
    rf"|[\w./-]+\.(?:{_ENDINGS})(?:\#[\w-]+)?"
    rf"|[\w-]+(?:\.[\w-]+)*\.(?:{_DOMAINS})(?:/[^\s()\[\]]*)?"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
)
"""What can only be an address; “(und/oder)” and “(s. o.)” are none."""


class _Way(NamedTuple):
    """A way to miss the Markdown of a link, and how the link is written."""

    pattern: re.Pattern[str]
    right: str
    sure: bool = True


_DOUBLE = r"[\2](…)"
_CALL = re.compile(r"[a-z_]+\([^()]*\)")
_LINKS = (
    _Way(re.compile(rf"(!?)\[([^\[\]\n]+)\]\({_ADDRESS}\)"), r"\1[\2](\3)", sure=False),
    _Way(re.compile(rf"(!?)\[([^\[\]\n]+)\][ \t]+\({_ADDRESS}\)"), r"\1[\2](\3)"),
    _Way(re.compile(rf"(!?)\[([^\[\]\n]+)\]\s*\n\s*\({_ADDRESS}\)"), r"\1[\2](\3)", sure=False),
    _Way(re.compile(rf"()\(([^()\[\]\n]+)\)[ \t]*\[{_ADDRESS}\]"), r"\1[\2](\3)"),
    _Way(re.compile(rf"(!?)\[([^\[\]()\n]*[^\[\]()\s])[ \t]*\({_ADDRESS}\)"), r"\1[\2](\3)"),
    _Way(re.compile(rf"(!?)\[([^\[\]\n]+)\]\({_ADDRESS}(?<=[\w/])(?=\s|$)"), r"\1[\2](\3)"),
    _Way(re.compile(rf"(!?)\[([^\[\]\n]+)\]\{{{_ADDRESS}\}}"), r"\1[\2](\3)"),
    _Way(re.compile(r"()\[([^\[\]\n]+)\] ?<?(https?://[^\s()<>\[\]]*[\w/])>?"), r"\1[\2](\3)"),
    _Way(re.compile(rf"()([^\[\]\n()]{{0,80}}\w)\]\({_ADDRESS}\)"), r"\1[\2](\3)", sure=False),
    _Way(re.compile(r"(!?)\[([^\[\]\n]+)\]\(([^()\n]*)"), r"\1[\2](\3)", sure=False),
    _Way(re.compile(r"()\[\[([^\[\]\n^]+)\](\])"), _DOUBLE, sure=False),
    _Way(
        re.compile(r"()\[([^\[\]\n^]+)\]\[([^\[\]\n^]*[^\[\]\d\s^][^\[\]\n^]*)\]"), "", sure=False
    ),
)
_OPEN = re.compile(r"\[(?=[^\W\d])[^\[\]\n]{0,40}$|\[\^[\w-]{1,20}(?![\w\]-])", re.MULTILINE)


class _Hit(NamedTuple):
    """A slip, and what belongs in the place of its value, where that is certain."""

    slip: Slip
    right: str | None


def link_slips(view: View) -> Iterator[Slip]:
    """Links and pictures of which readers see brackets and address; those of a line are one."""
    on_lines: dict[int, list[_Hit]] = {}
    used: dict[str, set[int]] = {}
    for shown in view.shown:
        if "[" not in shown.text and "](" not in shown.text:
            continue
        spans: list[tuple[int, int]] = []
        for way in _LINKS:
            for found in way.pattern.finditer(shown.text):
                begin, end = found.span()
                if GAP in found[0] or any(begin < e and b < end for b, e in spans):
                    continue
                snippet = found[0].split("\n")[0].rstrip()
                line = view.find(snippet, used.setdefault(snippet, set()))
                if line:
                    spans.append((begin, end))
                    used[snippet].add(line.number)
                    raw = way is _LINKS[0]
                    hit = _Hit(_raw(line, found[0]), None) if raw else _link(line, found, way)
                    on_lines.setdefault(line.number, []).append(hit)
        if "]" not in shown.text.rpartition("[")[2]:
            for found in _OPEN.finditer(shown.text):
                line = view.find(found[0])
                if line and line.number not in on_lines:
                    on_lines[line.number] = [_Hit(_open(line, found[0]), None)]
    view.told.update(on_lines)
    for hits in on_lines.values():
        yield _joined(hits)


def _joined(hits: list[_Hit]) -> Slip:
    """The slips of one line as one, with all that is to be written."""
    slips = [hit.slip for hit in hits]
    first = slips[0]
    if len(slips) == 1:
        return first
    cure = Text("; ".join(s.cure.de for s in slips), "; ".join(s.cure.en for s in slips))
    if first.fix is None or any(hit.right is None for hit in hits):
        return replace(first, cure=cure, fix=None)
    new = first.fix.old
    for slip, right in hits:
        new = new.replace(slip.value, right or "", 1)
    return replace(first, cure=cure, fix=Fix(first.fix.old, new))


def _open(line: Line, what: str) -> Slip:
    return Slip(
        "link",
        line.number,
        what,
        Text(
            "Die eckige Klammer wird nicht geschlossen; sie erscheint im Text.",
            "The square bracket is not closed; it appears in the text.",
        ),
        Text("Ergänzen Sie ], oder löschen Sie die Klammer.", "Add ], or delete the bracket."),
    )


def _raw(line: Line, what: str) -> Slip:
    """Markdown that is right, but stands within an element of HTML."""
    return Slip(
        "link" if "](" in what else "emphasis",
        line.number,
        what,
        Text(
            "Das Markdown erscheint so, wie es dasteht, denn es steht zwischen HTML-Tags.",
            "The Markdown appears as it stands, as it stands between HTML tags.",
        ),
        Text(
            "Ergänzen Sie im öffnenden Tag das Wort markdown, zum Beispiel <details markdown>, und "
            "lassen Sie darunter eine Zeile leer.",
            "Add the word markdown to the opening tag, for example <details markdown>, and leave a "
            "line empty below it.",
        ),
    )


def _link(line: Line, found: re.Match[str], way: _Way) -> _Hit:
    if not way.right:
        slip = Slip(
            "link",
            line.number,
            found[0],
            Text(
                f"Zu „{found[3]}“ gibt es auf dieser Seite keine Adresse; die Klammern erscheinen "
                "im Text.",
                f"There is no address for “{found[3]}” on this page; the brackets appear in the "
                "text.",
            ),
            Text(f"Schreiben Sie [{found[2]}](Adresse).", f"Write [{found[2]}](address)."),
        )
        return _Hit(slip, None)
    right = found.expand(way.right).replace("[ ", "[")
    if way.right == _DOUBLE and _CALL.fullmatch(found[2].strip()):
        right = f"{{{{ {found[2].strip()} }}}}"
        slip = Slip(
            "link",
            line.number,
            found[0],
            Text(
                "Der Baustein erscheint als Text: Um ihn stehen eckige statt geschweifte Klammern.",
                "The macro appears as text: square brackets stand around it, not braces.",
            ),
            Text(f"Schreiben Sie {right}", f"Write {right}"),
            Fix(line.written, line.written.replace(found[0], right, 1)),
        )
        return _Hit(slip, right)
    mended = line.written.replace(found[0], right, 1)
    sure = way.sure and line.written.count(found[0]) == 1
    slip = Slip(
        "link",
        line.number,
        found[0],
        Text(
            "Der Link erscheint als Text mit Klammern und führt nirgendwohin."
            if found[1] != "!"
            else "Statt des Bildes erscheinen Klammern und Pfad.",
            "The link appears as text with brackets and leads nowhere."
            if found[1] != "!"
            else "Brackets and path appear instead of the picture.",
        ),
        Text(f"Schreiben Sie {right}", f"Write {right}"),
        Fix(line.written, mended) if sure else None,
    )
    return _Hit(slip, right if sure else None)


_MARKDOWN = ("p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6")
"""Elements that Markdown makes."""
_STARS = re.compile(r"(?<!\*)\*\*(?!\*)")
_APART = re.compile(r"(?<!\S)\*\*\s[^*\n]+\s\*\*(?![\w*])")
_LOOSE = re.compile(r"(?<!\*)\*\*(?!\*)([^*\n]+)\*\*(?!\*)")
_LOOSE_ONE = re.compile(r"(?<![\w*\\])\*([^\W\d][^*\n]{0,300}?)[ \t]{1,9}\*(?![\w*])")
_LINES = re.compile(r"(?<![\w_])__(?=[^\W_])[^_\n]*")
_OTHER = re.compile(r"~~[^~\s][^~\n]*~~|==[^=\s][^=\n]*==")
_BETWEEN = re.compile(r"(?<![\w*\\])\*[ \t]{1,9}([^\W\d][^*\n]{2,300}?)[ \t]{1,9}\*(?![\w*])")
_ONE_SIDED = re.compile(r"(?<!\S)([*_])(?=[^\W\d_])([\w-]{2,60})(?![^\n]*\1)")
"""A word behind a sign of emphasis that stands nowhere else behind it."""
_IN_WORD = re.compile(r"(?<=[^\W\d_])\*(?=[^\W\d_])")
_ESCAPED = r"\\*"


def emphasis_slips(view: View) -> Iterator[Slip]:
    """Marks of emphasis that readers see, or that vanish within words."""
    yield from _in_words(view)
    for shown in view.shown:
        text = shown.text
        if "**" in text:
            yield from _bold(view, text, raw=shown.tag not in _MARKDOWN)
        for found in _LOOSE_ONE.finditer(text) if "*" in text else ():
            line = view.find(found[0])
            if line:
                right = f"*{found[1].strip()}*"
                yield _emphasis(view, line, found[0], right, sure=line.plain.count("*") == 2)
        yield from _uneven(view, text)
        for found in _LINES.finditer(text) if "__" in text else ():
            line = view.find(found[0].rstrip())
            if line:
                yield _emphasis(view, line, found[0], f"**{found[0].strip('_ ')}**", sure=False)
        for found in _OTHER.finditer(text) if "~~" in text or "==" in text else ():
            line = view.find(found[0])
            if line:
                tag = "del" if found[0][0] == "~" else "mark"
                right = f"<{tag}>{found[0][2:-2]}</{tag}>"
                yield _emphasis(view, line, found[0], right, sure=True)


def _bold(view: View, text: str, *, raw: bool) -> Iterator[Slip]:
    for found in _STARS.finditer(text):
        around = text[max(0, found.start() - 1) : found.end() + 1]
        own = re.fullmatch(r"\s\*\*\s", around) and not _APART.search(text)
        if own or re.fullmatch(r"\d\*\*\d", around):
            continue  # a sign of its own, or a power
        begin = text.rfind("\n", 0, found.start()) + 1
        row = text[begin:].partition("\n")[0]
        line = _holding(view, row, found.start() - begin)
        if line is None:
            continue
        pair = _LOOSE.search(line.written)
        loose = pair is not None and pair[1] != pair[1].strip()
        if pair and loose and len(_STARS.findall(line.written)) == 2:
            inner = pair[1].strip()
            yield _emphasis(view, line, pair[0], f"**{inner}**", sure=True)
        elif raw and pair and not loose:
            view.told.add(line.number)
            yield _raw(line, pair[0])
        else:
            yield _emphasis(view, line, row[:60], "**Text**", sure=False)


def _uneven(view: View, text: str) -> Iterator[Slip]:
    """Single stars and lines that are left over: between blanks, or on one side only."""
    for found in _BETWEEN.finditer(text):
        line = view.find(found[0])
        if line and line.plain.count("*") == 2:
            yield _emphasis(view, line, found[0], f"*{found[1].strip()}*", sure=True)
    for found in _ONE_SIDED.finditer(text):
        line = view.find(found[0])
        if line is None or (found[1] == "*" and line.plain.count("*") < 3):
            continue  # a star alone may lead to a note
        mark = "**" if found[1] == "*" and "**" in line.plain else found[1]
        yield _emphasis(view, line, found[0], f"{mark}{found[2]}{mark}", sure=False)


def _holding(view: View, row: str, at: int) -> Line | None:
    """The line that the stars in a row of the shown text stand on, with some of what is round."""
    for before, behind in ((12, 12), (0, 6), (6, 2)):
        if found := view.find(row[max(0, at - before) : at + behind].split(GAP, maxsplit=1)[0]):
            return found if "**" in found.plain else None
    return None


def _emphasis(view: View, line: Line, what: str, right: str, *, sure: bool) -> Slip:
    inner = what.strip("*_~=")
    before, behind = (" " * (inner != inner.lstrip()), " " * (inner != inner.rstrip()))
    mended = line.written.replace(what, f"{before}{right}{behind}", 1)
    mended = re.sub(r"(?<=\S)  (?=\S)", " ", mended) if before or behind else mended
    mended = re.sub(r" (?=[.,;:!?)])", "", mended) if behind else mended
    return view.slip(
        "emphasis",
        line,
        Text(
            "Die Zeichen der Hervorhebung erscheinen im Text.",
            "The signs of emphasis appear in the text.",
        ),
        Text(
            f"Schreiben Sie {right}, ohne Leerzeichen zwischen Zeichen und Wort, und am Anfang wie "
            "am Ende dieselben Zeichen.",
            f"Write {right}, without a blank between signs and word, and the same signs at the "
            "beginning and the end.",
        ),
        Fix(line.written, mended.strip() if not line.written[:1].isspace() else mended)
        if sure and line.written.count(what) == 1
        else None,
        value=what,
    )


def _in_words(view: View) -> Iterator[Slip]:
    """Stars within words, such as “Bürger*innen und Lehrer*innen”, that became emphasis."""
    for node in view.page.elements("em") if _IN_WORD.search(view.page.source.body) else ():
        inner = node.text(deep=True)
        before = node.prev.text_content or "" if node.prev and node.prev.is_text_node else ""
        behind = node.next.text_content or "" if node.next and node.next.is_text_node else ""
        if not (before[-1:].isalpha() and inner[:1].isalpha() and inner[-1:].isalpha()):
            continue
        if not (behind[:1].isalpha() or behind[:1] == ""):
            continue
        snippet = "*".join((before.split()[-1], inner.split()[0]))
        line = view.find(snippet)
        if line is None or not re.search(r"\s", inner):
            continue
        right = _IN_WORD.sub(_ESCAPED, snippet)
        yield view.slip(
            "emphasis",
            line,
            Text(
                "Die Sterne in den Wörtern verschwinden: Was zwischen ihnen steht, erscheint "
                "kursiv.",
                "The stars within the words vanish: what stands between them appears in italics.",
            ),
            Text(
                f"Schreiben Sie einen Schrägstrich vor jeden Stern: {right}",
                f"Write a backslash before each star: {right}",
            ),
            Fix(line.written, _IN_WORD.sub(_ESCAPED, line.written)),
            severity="error",
            value=snippet,
        )
