"""The text of an issue as GitHub's forms and GitLab's templates write it: questions with answers.

A question is a line ``### …``, its answer what follows up to the next one. Nothing of an answer is
escaped there, so a heading within a text can't be told from a question; what a Markdown parser sees
in it (code, comments, quotes) would only hide one from whoever reads the issue. Lines are therefore
read as they are, and whatever leaves a choice is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from klarplan.letters import JOINERS, UNSEEN, without_unseen
from klarplan.messages import KlarplanError, Text

MOST = 65_536
"""So many letters the text may have; GitHub takes no longer one."""
LONGEST = 10_000
"""So many letters an answer may have."""
NONE = "_No response_"
"""What GitHub writes for a question that nobody has answered, in all languages."""
_QUESTION = re.compile(r"###[ \t]+(\S.*)")
_HINT = re.compile(r"\s*<!--(?:(?!-->).)*-->\s*")
_BEGIN, _END = "<!--", "-->"
"""Of a comment, which nobody sees in an issue; it holds no other one."""
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a question, on the lines below it; empty where nobody has answered."""

    question: str
    text: str
    line: int
    comments: int = 0
    """So many comments are left out of it, beside hints on lines of their own."""

    def notes(self) -> Iterator[Text]:
        """What is to be told of how it was read."""
        if self.comments:
            yield Text(
                f"{self.question}: Was zwischen {_BEGIN} und {_END} steht, ist im Issue nicht zu "
                "sehen; es ist nicht übernommen.",
                f"{self.question}: what stands between {_BEGIN} and {_END} can't be seen in the "
                "issue; it is not taken over.",
            )


def answers(text: str) -> list[Answer]:
    """All questions with their answers, in order.

    Raises ``KlarplanError`` with the line: no question at all, text above the first one, the same
    question twice, an answer that is too long, letters that nobody sees.
    """
    if len(text) > MOST:
        raise _refused(
            Text(
                # Of a very long one only the beginning is read, and nobody counts the rest.
                f"Der Text hat mehr als {MOST} Zeichen; so viele sind möglich.",
                f"The text has more than {MOST} characters; so many are possible.",
            ),
            _SHORTER,
        )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        refuse_unseen(line, number)
    found = [*_read(lines)]
    if not found:
        raise _refused(
            Text(
                "Der Text ist kein ausgefülltes Formular: Er hat keine Zeile, die mit „### “ "
                "beginnt.",
                "The text is no filled form: none of its lines begins with “### ”.",
            ),
            Text(
                "Nehmen Sie den ganzen Text des Issues, mit allen Überschriften.",
                "Take the whole text of the issue, with all its headings.",
            ),
        )
    seen: dict[str, int] = {}
    for answer in found:
        if (before := seen.setdefault(answer.question.casefold(), answer.line)) != answer.line:
            raise twice(answer, before)
        if len(answer.text) > LONGEST:
            raise _refused(
                Text(
                    f"Die Antwort auf „{answer.question}“ hat {len(answer.text)} Zeichen, möglich "
                    f"sind {LONGEST}.",
                    f"The answer to “{answer.question}” has {len(answer.text)} characters, "
                    f"{LONGEST} are possible.",
                ),
                _SHORTER,
                answer.line,
            )
    return found


def _read(lines: list[str]) -> Iterator[Answer]:
    question, begun, told, above = "", 0, list[str](), 0
    for number, line in enumerate(lines, 1):
        asked = without_unseen(line).rstrip()
        if heading := _QUESTION.fullmatch(asked):
            if above:
                raise _refused(_ABOVE, _BELOW, above)
            if begun:
                yield _answer(question, told, begun)
            question, begun, told = heading[1], number, []
        elif not _HINT.fullmatch(line):
            told.append(line)
            if not begun and line.strip():
                above = above or number
    if begun:
        yield _answer(question, told, begun)


def _answer(question: str, lines: list[str], line: int) -> Answer:
    seen, comments = _seen("\n".join(lines), line)
    text = seen.strip()
    return Answer(question, "" if text == NONE else text, line, comments)


def _seen(text: str, line: int) -> tuple[str, int]:
    """A text without its comments, in code as well, and how many there were.

    Raises ``KlarplanError`` where it is open what belongs to one.
    """
    shown, comments = [], 0
    while True:
        before, begin, rest = text.partition(_BEGIN)
        shown.append(before)
        if not begin:
            break
        # „<!-->“ is a whole one (CommonMark 0.31, 6.6).
        end = f"--{rest}".find(_END)
        if end < 0:
            raise _refused(_UNENDED, _MEND_COMMENT, line)
        comments += 1
        text = rest[max(end - 2 + len(_END), 0) :]
    found = "".join(shown)
    if comments and _END in found:
        raise _refused(_NESTED, _MEND_COMMENT, line)
    if comments:
        found = "\n".join(kept.rstrip() for kept in found.split("\n"))
    return found, comments


def twice(answer: Answer, before: int) -> KlarplanError:
    """What to say of a question that was there on an earlier line."""
    return _refused(
        Text(
            f"„### {answer.question}“ steht schon in Zeile {before}.",
            f"“### {answer.question}” is on line {before} already.",
        ),
        Text(
            "Ein Issue meldet eine Sache. Legen Sie für jede weitere ein eigenes an; im Text einer "
            "Antwort beginnt keine Zeile mit „###“.",
            "An issue tells one thing. Open another one for each of the others; within an answer "
            "no line begins with “###”.",
        ),
        answer.line,
    )


def refuse_unseen(text: str, line: int) -> None:
    """Raise ``KlarplanError`` where a text has letters that nobody sees, and that would stay.

    Line breaks, tabs and what is left out anyway are no such letters, nor what joins letters or
    pictures.
    """
    for letter in UNSEEN.sub("", text):
        if unicodedata.category(letter) in _UNSEEN and letter not in f"\n\t{JOINERS}":
            raise _refused(
                Text(
                    f"Der Text enthält das unsichtbare Zeichen U+{ord(letter):04X}.",
                    f"The text has the invisible character U+{ord(letter):04X} in it.",
                ),
                Text("Löschen Sie es.", "Delete it."),
                line,
            )


_ABOVE = Text(
    "Über der ersten Überschrift steht Text, der zu keiner Frage gehört.",
    "Above the first heading is text that belongs to no question.",
)
_BELOW = Text(
    "Löschen Sie ihn, oder schreiben Sie ihn unter seine Frage („### …“).",
    "Delete it, or write it below its question (“### …”).",
)
_UNENDED = Text(
    f"Hinter „{_BEGIN}“ fehlt „{_END}“: Was dort steht, ist im Issue nicht zu sehen.",
    f"Behind “{_BEGIN}” there is no “{_END}”: what stands there can't be seen in the issue.",
)
_NESTED = Text(
    f"Hier endet mehr mit „{_END}“, als mit „{_BEGIN}“ beginnt.",
    f"More ends in “{_END}” here than begins with “{_BEGIN}”.",
)
_MEND_COMMENT = Text(
    "Löschen Sie den Kommentar, oder schreiben Sie, was alle lesen sollen, ohne diese Zeichen.",
    "Delete the comment, or write what everybody is to read without these signs.",
)
_SHORTER = Text("Kürzen Sie ihn.", "Shorten it.")


def _refused(problem: Text, cure: Text, line: int | None = None) -> KlarplanError:
    return KlarplanError(problem, cure, line=line)
