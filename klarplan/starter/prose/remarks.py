"""What could not be taken over as it was, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from klarplan.messages import Text

LEFT_OUT = Text("Ausgelassen.", "Left out.")
AS_TEXT = Text("Nur als Text übernommen.", "Taken as plain text.")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Remark:
    """What was found in a file, and what was done with it.

    It has a line, counted from 1, or else a heading that it stands below, as in Word documents.
    """

    file: str
    line: int | None
    found: Text
    done: Text = LEFT_OUT
    below: str = ""

    @property
    def place(self) -> str:
        """The file with the line or the heading."""
        if self.line:
            return f"{self.file}:{self.line}"
        return f"{self.file} ({self.below})" if self.below else self.file


@dataclass(slots=True)
class Remarks:
    """What is told of one file while it is read."""

    file: str
    told: dict[Remark, None] = field(default_factory=dict)
    below: str = ""
    """The heading that is being written."""

    def add(self, line: int | None, found: Text, done: Text = LEFT_OUT) -> None:
        """Tell of something once."""
        remark = Remark(self.file, line, found, done, "" if line else self.below)
        self.told[remark] = None

    def piece(self, line: int | None, what: Text, text: str, done: Text = LEFT_OUT) -> None:
        """Tell of a piece of text that is not understood."""
        told = short(text)
        self.add(line, Text(f"{what.de}: {told}", f"{what.en}: {told}"), done)


def short(text: str) -> str:
    """A text on one line, as a message shows it."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
