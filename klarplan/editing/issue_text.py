"""The text of an issue as GitHub's forms and GitLab's templates write it: questions with answers.

A question is a line ``### …``, its answer what follows up to the next one. Nothing of an answer is
escaped there, so a heading within a text can't be told from a question; what a Markdown parser sees
in it (code, comments, quotes) would only hide one from whoever reads the issue. Lines are therefore
read as they are, and whatever leaves a choice is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from klarplan.letters import JOINERS, UNSEEN, without_unseen
from klarplan.messages import KlarplanError, Text, quoted

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
    leftover: int = 0
    """The line on which another question's answer begins, of which only the heading is gone."""
    faulty: bool = False
    """Whether something is wrong with it whatever its question is."""

    def notes(self) -> Iterator[Text]:
        """What is to be told of how it was read."""
        if self.comments:
            yield Text(
                f"{self.question}: Was zwischen {_BEGIN} und {_END} steht, ist im Issue nicht zu "
                "sehen; es ist nicht übernommen.",
                f"{self.question}: what stands between {_BEGIN} and {_END} can't be seen in the "
                "issue; it is not taken over.",
            )


@dataclass(slots=True)
class Read:
    """The questions of a text with their answers, in order, and what is wrong with it."""

    answers: list[Answer] = field(default_factory=list)
    above: KlarplanError | None = None
    """That text stands above the first question."""
    faults: list[KlarplanError] = field(default_factory=list)
    """All else, with lines: letters that nobody sees, comments without an end, long answers."""


def read(text: str) -> Read:
    """All questions with their answers.

    Raises ``KlarplanError`` where the text is too long, or has no question at all.
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
    found = Read()
    for number, line in enumerate(lines, 1):
        try:
            refuse_unseen(line, number)
        except KlarplanError as error:
            found.faults.append(error)
            break
    _fill(found, lines)
    if not found.answers:
        if found.faults:
            raise found.faults[0]
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
    return found


def _fill(found: Read, lines: list[str]) -> None:
    question, begun, told, above = "", 0, dict[int, str](), 0
    for number, line in enumerate(lines, 1):
        asked = without_unseen(line).rstrip()
        if heading := _QUESTION.fullmatch(asked):
            if begun:
                _add(found, question, told, begun)
            question, begun, told = heading[1], number, {}
        elif not _HINT.fullmatch(line):
            told[number] = line
            if not begun and line.strip():
                above = above or number
    if begun:
        _add(found, question, told, begun)
    if begun and above:
        found.above = _refused(_ABOVE, _BELOW, above)


def _add(found: Read, question: str, lines: Mapping[int, str], line: int) -> None:
    try:
        seen, comments = _seen("\n".join(lines.values()), line)
    except KlarplanError as error:
        found.faults.append(error)
        found.answers.append(Answer(question, "", line, faulty=True))
        return
    text = seen.strip()
    if len(text) > LONGEST:
        problem = Text(
            f"Die Antwort auf „{question}“ hat {len(text)} Zeichen, möglich sind {LONGEST}.",
            f"The answer to “{question}” has {len(text)} characters, {LONGEST} are possible.",
        )
        found.faults.append(_refused(problem, _SHORTER, line))
        found.answers.append(Answer(question, "", line, faulty=True))
        return
    # With its heading gone, what GitHub writes for no answer stays below the answer before it.
    rest = text != NONE and NONE in map(str.strip, text.split("\n"))
    leftover = next((n for n, one in lines.items() if rest and one.strip() == NONE), 0)
    if text.startswith(NONE):
        leftover = next((n for n, one in lines.items() if n > leftover > 0 and one.strip()), 0)
    text = "" if text == NONE else text
    found.answers.append(Answer(question, text, line, comments, leftover, bool(leftover)))


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


def left_over(answer: Answer) -> KlarplanError:
    """What to say of an answer in which another one begins, if no question is missing."""
    return _refused(
        Text(
            f"In der Antwort auf „{answer.question}“ steht „{NONE}“; das schreibt GitHub, wo eine "
            "Frage ohne Antwort bleibt.",
            f"In the answer to “{answer.question}” there is “{NONE}”; GitHub writes it where a "
            "question has no answer.",
        ),
        Text(
            "Fehlt darüber eine Überschrift, ergänzen Sie sie. Sonst löschen Sie die Zeile.",
            "If a heading is missing above it, add it. Else delete the line.",
        ),
        answer.leftover,
    )


def twice(repeated: Sequence[tuple[Answer, int]]) -> KlarplanError:
    """What to say of questions that were there on earlier lines."""
    (answer, before), *others = repeated
    also = quoted(*dict.fromkeys(f"### {other.question}" for other, _ in others))
    return _refused(
        Text(
            f"„### {answer.question}“ steht schon in Zeile {before}."
            + (f" Ebenso doppelt: {also.de}." if others else ""),
            f"“### {answer.question}” is on line {before} already."
            + (f" Likewise twice: {also.en}." if others else ""),
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
