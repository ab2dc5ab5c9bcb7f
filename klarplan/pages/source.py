"""The one reader for texts that people write: front matter, body, and the macro calls in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from klarplan.pages.calls import Call, Pieces, read_calls
from klarplan.pages.front_matter import Head, head
from klarplan.strategy.setting_slips import Slip, slip_of
from klarplan.strategy.yaml_reader import YamlFaultError, YamlText, read_yaml
from macros.seal import Seal

_HEADING = re.compile(r"#{2,6}\s")
_COMMENT = re.compile(r"\s{0,3}<!--(?!.*-->).*")
"""The beginning of a comment that ends on another line."""
_FENCE = re.compile(r"\s{0,3}(```|~~~)")


@dataclass(frozen=True)
class Source:
    """One text as it was written."""

    text: str

    @cached_property
    def _head(self) -> Head:
        return head(self.text)

    @cached_property
    def _yaml(self) -> tuple[YamlText, YamlFaultError | None]:
        if not self._head.text:
            return YamlText({}, {}), None
        try:
            return read_yaml(self._head.text), self._head.fault
        except YamlFaultError as fault:
            told = YamlFaultError(
                (fault.line or 1) + self._head.first_line - 1, fault.problem, fault.cure, fault.fix
            )
            return YamlText({}, {}), self._head.fault or told

    @property
    def meta(self) -> Mapping[str, Any]:
        """The names of the front matter with their values as written; none if it can't be read."""
        return self._yaml[0].values

    @property
    def meta_fault(self) -> YamlFaultError | None:
        """Why the front matter can't be read, or is not where it must be; its line in the file."""
        return self._yaml[1]

    def slip(self, name: str) -> Slip | None:
        """What is wrong with how a value of the front matter is written."""
        return slip_of(self._yaml[0], name, is_text=True)

    def meta_line(self, name: str) -> int:
        """The line of the file on which a name of the front matter stands."""
        return self._yaml[0].lines.get(name, 0) + self._head.first_line - 1

    @property
    def body(self) -> str:
        """The Markdown behind the front matter."""
        return self.text[self._head.end :]

    @property
    def first_line(self) -> int:
        """The line of the file on which the body begins."""
        return self.text.count("\n", 0, self._head.end) + 1

    @cached_property
    def pieces(self) -> Pieces:
        """The body as plain pieces and macro calls."""
        return read_calls(self.body)

    def sealed(self, seal: Seal) -> str:
        """The body with its calls written anew between marks that only this build knows."""
        parts = self.pieces.parts
        return "".join(seal.call(p.written()) if isinstance(p, Call) else p for p in parts)

    @property
    def plain(self) -> str:
        """The body without its calls."""
        return "".join(part for part in self.pieces.parts if isinstance(part, str))


def read_text(path: Path) -> str:
    """A text file with Unix line ends; what is no UTF-8 is shown as such."""
    text = path.read_bytes().decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def called(text: str, usual: str = "") -> str:
    """What a text of no row is called: by its own head, else as ``usual``, else by its heading."""
    source = Source(text)
    return " ".join(str(source.meta.get("title") or usual or heading(source.plain)).split())


def heading(text: str) -> str:
    """What the first heading of the first level says, without its attributes; empty without one."""
    for line in _read_lines(text):
        if line[:1] == "#" and line[1:2].isspace() and (said := line[1:].strip()):
            # Braces at the end are attributes, as far as they reach back without another end.
            start = said.find("{", said.rfind("}", 0, -1) + 1) if said.endswith("}") else -1
            return said[:start].rstrip() if start > 0 else said
    return ""


def parts(text: str) -> tuple[str, str]:
    """What stands before the first heading of a text, and the rest."""
    lines = text.split("\n")
    for number, line in enumerate(_read_lines(text)):
        if _HEADING.match(line):
            first = "".join(f"{line}\n" for line in lines[:number])
            return first, "\n".join(lines[number:])
    return text, ""


def only_begun(text: str) -> bool:
    """Whether a text holds nothing that a page shows: its title at most, and comments."""
    lines = (line.strip() for line in _read_lines(text))
    told = (line for line in lines if not line.startswith("<!--") or "-->" in line[:-3])
    return not any(line and not line.startswith("# ") for line in told)


def section_of(text: str, wanted: Callable[[str], bool]) -> tuple[str, str]:
    """The first section whose heading of the second level is wanted, and the text without it."""
    lines = text.split("\n")
    start = None
    for number, line in enumerate(_read_lines(text)):
        if line[:2] != "##" or not line[2:3].isspace():
            continue
        if start is not None:
            return _joined(lines[start:number]), _joined(lines[:start] + lines[number:])
        said = line[2:].strip()
        if said.endswith("}"):
            said = said[: said.rfind("{")] if "{" in said else said
        if wanted(said.rstrip().rstrip("#").rstrip()):
            start = number
    if start is None:
        return "", text
    return _joined(lines[start:]), _joined(lines[:start])


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n") + "\n" if lines else ""


def _read_lines(text: str) -> Iterator[str]:
    """The lines of a text; an empty one for each in code or in a comment of several lines."""
    lines = text.split("\n")
    last = max((number for number, line in enumerate(lines) if "-->" in line), default=-1)
    fenced = hidden = False
    for number, line in enumerate(lines):
        fence = not hidden and bool(_FENCE.match(line))
        yield "" if hidden or fenced or fence else line
        if hidden:
            hidden = "-->" not in line
        elif fence:
            fenced = not fenced
        elif not fenced:
            hidden = number < last and bool(_COMMENT.fullmatch(line))
