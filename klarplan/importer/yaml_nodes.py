"""Reading a YAML file node by node, so that every complaint names its line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from klarplan.messages import NOTHING, KlarplanError, Text, did_you_mean
from klarplan.os_errors import require_file
from klarplan.strategy.yaml_reader import fault_of, look_through

MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Node:
    """One node of a YAML file: a text, a list, or names with values."""

    file: str
    yaml: yaml.Node

    @property
    def line(self) -> int:
        """The line on which the node begins, counted from 1."""
        return int(self.yaml.start_mark.line) + 1

    def error(self, problem: Text, cure: Text = NOTHING) -> KlarplanError:
        """An error at this place."""
        return KlarplanError(problem, cure, file=self.file, line=self.line)

    @property
    def is_text(self) -> bool:
        """Whether the node is a single value."""
        return isinstance(self.yaml, yaml.ScalarNode)

    def text(self) -> str:
        """The value as it is written; ``null`` and ``~`` are empty."""
        if not isinstance(self.yaml, yaml.ScalarNode):
            raise self.error(
                Text("Hier muss ein einzelner Wert stehen.", "A single value is needed here.")
            )
        return "" if self.yaml.tag.endswith(":null") else str(self.yaml.value)

    def flag(self) -> bool:
        """A yes or no."""
        word = self.text().lower()
        if word not in ("true", "false", "ja", "nein"):
            raise self.error(
                Text(f"„{word}“ ist weder true noch false.", f"“{word}” is not true or false.")
            )
        return word in ("true", "ja")

    def items(self) -> list[Node]:
        """The entries of a list."""
        if not isinstance(self.yaml, yaml.SequenceNode):
            raise self.error(
                Text(
                    "Hier muss eine Liste stehen; jeder Eintrag beginnt mit „- “.",
                    "A list is needed here; each entry begins with “- ”.",
                )
            )
        return [Node(self.file, item) for item in self.yaml.value]

    def texts(self) -> tuple[str, ...]:
        """A single value or a list of them."""
        return (self.text(),) if self.is_text else tuple(item.text() for item in self.items())

    def pairs(self, known: Iterable[str] | None = None) -> dict[str, Node]:
        """Names with values; an unknown or repeated name is an error."""
        if not isinstance(self.yaml, yaml.MappingNode):
            raise self.error(
                Text(
                    "Hier müssen Zeilen „Name: Wert“ stehen.",
                    "Lines “name: value” are needed here.",
                )
            )
        found: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key, value in self.yaml.value:
            place = Node(self.file, key)
            name = str(key.value) if place.is_text else place.text()
            if name in found:
                raise place.error(
                    Text(
                        f"„{name}“ steht hier zweimal, zuerst in Zeile {lines[name]}.",
                        f"“{name}” stands here twice, first on line {lines[name]}.",
                    )
                )
            if known is not None and name not in known:
                raise place.unknown(name, known)
            found[name], lines[name] = Node(self.file, value), place.line
        return found

    def unknown(self, name: str, known: Iterable[str]) -> KlarplanError:
        """The error for a name that does not exist, with the nearest one that does."""
        options = [option for option in known if option]
        guess = did_you_mean(name, options)
        listed = ", ".join(options)
        return self.error(
            Text(f"„{name}“ gibt es hier nicht.", f"There is no “{name}” here."),
            Text(
                f"{guess.de} Möglich sind: {listed}.".strip(),
                f"{guess.en} Possible are: {listed}.".strip(),
            ),
        )


def read_yaml(path: Path) -> Node:
    """The root node of a YAML file.

    Raises ``KlarplanError`` where the file is missing, empty, too large or no YAML.
    """
    require_file(path)
    file, raw = path.name, path.read_bytes()
    if len(raw) > MAX_BYTES:
        raise KlarplanError(
            Text("Die Datei ist zu lang.", "The file is too long."),
            Text(
                "Nötig ist eine Datei mit Zuordnungen, wie „klarplan import DATEI --suggest“ sie "
                "schreibt.",
                "Needed is a mapping file as “klarplan import FILE --suggest” writes it.",
            ),
            file=file,
        )
    text = raw.decode("utf-8-sig", "replace")
    try:
        look_through(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except Exception as error:  # whatever a parser throws: a stranger may have written the text
        raise _broken(file, text, error) from error
    if root is None:
        raise KlarplanError(
            Text("Die Datei ist leer.", "The file is empty."),
            Text(
                "Einen ersten Entwurf schreibt „klarplan import DATEI --suggest“.",
                "“klarplan import FILE --suggest” writes a first draft.",
            ),
            file=file,
        )
    return Node(file, root)


def _broken(file: str, text: str, error: Exception) -> KlarplanError:
    fault = fault_of(text, error)
    return KlarplanError(fault.problem, fault.cure, file=file, line=fault.line)
