"""Which characters can be printed, and what stands for those that can't."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import ClassVar

import fontpkg_source_sans_3
import pikepdf
import typst

from klarplan.messages import Text
from klarplan.processes import Child

FONTS = [fontpkg_source_sans_3.ROOT / "files"]
"""What other typefaces lack comes from here."""
BOX = "□"

SUBSTITUTES = {
    "✕": "✗",
    "✖": "✗",
    "❌": "✗",
    "✅": "✓",
    "☑": "✓",
    "⭐": "★",
    "❗": "!",
    "❓": "?",
    "➡": "→",
    "⬅": "←",
    "⬆": "↑",
    "⬇": "↓",
    "➔": "→",
    "🟢": "●",
    "🔴": "●",
    "🟡": "●",
    "🔵": "●",
    "⚫": "●",
    "⚪": "○",
    "⬛": "■",
    "⬜": "□",
}
"""What a reader takes for the same sign, where no font has the first."""


def _always_dropped(char: str) -> bool:
    """Whether a character shows nothing, or encloses another one that says the same without it.

    Controls, marks of direction and variation, joiners; the key of „1️⃣“, for which no font has
    what it encloses.
    """
    code = ord(char)
    return (
        (unicodedata.category(char) in ("Cc", "Cf") and char not in "\t\n\r\u00ad\u200b")
        or unicodedata.category(char) == "Me"
        or 0xFE00 <= code <= 0xFE0F
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0000 <= code <= 0xE0FFF
    )


def _unprintable(char: str) -> bool:
    """Whether a character has no meaning outside its sender: private use, not assigned."""
    return unicodedata.category(char) in ("Co", "Cs", "Cn")


def told(char: str) -> tuple[Text, Text]:
    """Problem and cure of a character that no font has."""
    code = f"U+{ord(char):04X}"
    return (
        Text(
            f"Das Zeichen „{char}“ ({code}) fehlt in der Schrift; im PDF steht dafür „{BOX}“.",
            f"The character “{char}” ({unicodedata.name(char, code)}) is not in the font; the PDF "
            f"has “{BOX}” instead.",
        ),
        Text("Ersetzen Sie das Zeichen durch ein Wort.", "Put a word in the character's place."),
    )


def lost(characters: Collection[str]) -> frozenset[str]:
    """Those of the characters that become an empty box in print.

    Asked in a process of its own: the typesetter's threads do not survive a fork, and the check
    may run in one.
    """
    with tempfile.TemporaryFile("w+", encoding="ascii") as asked:
        json.dump(sorted(characters), asked)
        asked.seek(0)
        process = Child(
            [sys.executable, "-P", "-m", "klarplan.look.glyphs"],
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="ascii",
        )
        said, _ = process.heard()
    # What fails here fails again where the papers are made, and is told there.
    return frozenset(json.loads(said) if process.returncode == 0 else ())


def answer() -> None:
    """Tell on the output which of the characters on the input are lost."""
    characters = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        glyphs = Glyphs(Path(folder))
        glyphs.learn(characters)
        print(json.dumps(glyphs.lost(characters)))


class Glyphs:
    """Answers what each character becomes in print; asks the typesetter once for each.

    All papers share the answers, since the typefaces are always the same.
    """

    _fate: ClassVar[dict[str, str]] = {}

    def __init__(self, work: Path) -> None:
        self._probe = work / "glyphs.typ"
        self.learn({BOX, *SUBSTITUTES.values()})

    def learn(self, characters: Iterable[str]) -> None:
        """Finds out about characters that were not seen before."""
        new = sorted(set(characters) - self._fate.keys())
        asked = []
        for char in new:
            if (char.isascii() and char.isprintable()) or char in "\t\n\r\u200b":
                self._fate[char] = char
            elif _always_dropped(char):
                self._fate[char] = ""
            elif _unprintable(char):
                self._fate[char] = BOX
            else:
                asked.append(char)
        if not asked:
            return
        for char, found in zip(asked, self._ask(asked), strict=True):
            self._fate[char] = char if found else SUBSTITUTES.get(char, BOX)

    def changes(self, characters: Iterable[str]) -> dict[int, str]:
        """The characters among these that become something else, and what."""
        return {ord(c): self._fate[c] for c in sorted(set(characters)) if self._fate[c] != c}

    def lost(self, characters: Iterable[str]) -> list[str]:
        """The characters among these that become an empty box."""
        return [chr(c) for c, became in self.changes(characters).items() if became == BOX]

    def printable(self, text: str) -> str:
        """The text with every character that can't be printed replaced."""
        self.learn(text)
        return text.translate(self.changes(text))

    def _ask(self, characters: Sequence[str]) -> list[bool]:
        """Sets each character on a page of its own and looks for glyph 0 (OpenType: .notdef)."""
        pages = "\n#pagebreak()\n".join(f'#"\\u{{{ord(c):x}}}"#h(0pt)' for c in characters)
        self._probe.write_text(
            f'#set page(width: 40pt, height: 40pt)\n#set text(font: "Source Sans 3")\n{pages}\n',
            encoding="utf-8",
            newline="\n",
        )
        compiler = typst.Compiler(
            str(self._probe),
            root=str(self._probe.parent),
            font_paths=[str(path) for path in FONTS],
            ignore_system_fonts=True,
        )
        made = compiler.compile(format="pdf", pdf_tags=False, timestamp=0)
        assert isinstance(made, bytes)
        with pikepdf.open(io.BytesIO(made)) as pdf:
            assert len(pdf.pages) == len(characters)
            return [not _shows_notdef(page) for page in pdf.pages]


def _shows_notdef(page: pikepdf.Page) -> bool:
    for instruction in pikepdf.parse_content_stream(page, "Tj TJ"):
        for operand in instruction.operands:
            pieces = operand if isinstance(operand, pikepdf.Array) else [operand]
            for piece in pieces:
                if isinstance(piece, pikepdf.String):
                    codes = bytes(piece)
                    if any(codes[i : i + 2] == b"\0\0" for i in range(0, len(codes), 2)):
                        return True
    return False


if __name__ == "__main__":
    answer()
