"""The one reader for YAML that people write: settings and the front matter of pages.

What it reads is a plain list of names and values, each as it is written: no number loses its
zeros. Anchors, aliases, tags, repeated names and deep nesting are refused, and whatever the parser
throws becomes one fault with its line.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.resolver import Resolver

from klarplan.messages import NOTHING, Fix, Text
from klarplan.strategy.yaml_faults import Cause, cause, lines_of, no_pairs, swallowed
from klarplan.strategy.yaml_slips import unmarked, write

MOST_LETTERS = 100_000
DEEPEST = 10
"""So many lists and mappings may lie within one another."""

_HALF = re.compile("[\ud800-\udfff]")
_LONG = re.compile(r"[-+]?[0-9][0-9a-fA-FoxX_:]{18,}")
"""A plain scalar that may become a number too long to be written down again."""


class YamlFaultError(Exception):
    """A text is not what Klarplan takes as YAML; ``line`` counts from 1 within the text.

    ``fix`` is the line as it should be, where there is no choice; ``conflict`` tells that the text
    was left in a conflict of git.
    """

    def __init__(
        self,
        line: int | None,
        problem: Text,
        cure: Text = NOTHING,
        fix: Fix | None = None,
        *,
        conflict: bool = False,
    ) -> None:
        super().__init__(problem.en)
        self.line = line
        self.problem = problem
        self.cure = cure
        self.fix = fix
        self.conflict = conflict


@dataclass(frozen=True, slots=True)
class YamlText:
    """Names with their values as they are written, and where they stand.

    A value is a text, ``None`` where nothing is written, or a list or mapping of such values.
    """

    values: Mapping[str, Any]
    lines: Mapping[str, int]
    """The line on which each name stands, counted from 1."""
    nodes: Mapping[str, yaml.Node] = field(default_factory=dict)
    text: str = ""

    def line_of(self, name: str) -> str:
        """The whole line on which a name stands."""
        return lines_of(self.text)[self.lines[name] - 1]

    def rewritten(self, name: str, value: str) -> Fix | None:
        """The line of a name with another value in quotation marks, where it is a single line."""
        node, line = self.nodes[name], self.line_of(name)
        start, end = node.start_mark, node.end_mark
        if start.line != self.lines[name] - 1 or end.line != start.line:
            return None
        new = json.dumps(value, ensure_ascii=False)
        return Fix(line, f"{line[: start.column]}{new}{line[end.column :]}")


def fault_of(text: str, error: Exception) -> YamlFaultError:
    """What is told of a text that a parser refused."""
    if isinstance(error, YamlFaultError):
        return error
    return _told(cause(text, error))


def _told(found: Cause) -> YamlFaultError:
    return YamlFaultError(found.line, found.problem, found.cure, found.fix, conflict=found.conflict)


@lru_cache(maxsize=512)
def read_yaml(text: str) -> YamlText:
    """The names and values of a text, kept for who reads it again; nothing for one that is empty.

    Nothing is guessed of a value: ``01067`` and ``2.10`` stay as they are. Raises
    ``YamlFaultError`` where it is no plain list of names and values.
    """
    if len(text) > MOST_LETTERS:
        raise YamlFaultError(
            None,
            Text(
                f"Der Text ist zu lang (mehr als {MOST_LETTERS} Zeichen).",
                f"The text is too long (more than {MOST_LETTERS} characters).",
            ),
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        node = _Composer(look_through(text)).get_single_node()
    except Exception as error:  # whatever a parser throws: a stranger may have written the text
        raise fault_of(text, error) from error
    if node is None:
        return YamlText({}, {})
    if not isinstance(node, yaml.MappingNode):
        raise _told(no_pairs(text))
    values, lines, nodes = _pairs(node)
    return YamlText(values, lines, nodes, text)


def read_yaml_file(path: Path) -> YamlText:
    """The names and values of a file; raises as ``read_yaml`` does, and where it is no UTF-8."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise YamlFaultError(
            error.object.count(b"\n", 0, error.start) + 1,
            Text("Die Datei ist nicht in UTF-8 gespeichert.", "The file is not saved in UTF-8."),
            Text(
                "Speichern Sie sie als „UTF-8“; Umlaute prüfen.",
                "Save it as “UTF-8”; check the umlauts.",
            ),
        ) from error
    return read_yaml(text)


def _pairs(
    node: yaml.Node,
) -> tuple[dict[str, Any], dict[str, int], dict[str, yaml.Node]]:
    """Values, lines and nodes of a mapping by name; a name that is none, or twice, is a fault."""
    lines: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise YamlFaultError(
                line,
                Text(
                    "Ein Name kann keine Liste und keine Klammer sein.",
                    "A name can be neither list nor bracket.",
                ),
                Text(
                    "Texte mit Klammern gehören in Anführungszeichen.",
                    "Texts with brackets need quotation marks.",
                ),
            )
        name = key.value
        if name in lines:
            raise YamlFaultError(
                line,
                Text(
                    f"„{name}“ steht zweimal da, in Zeile {lines[name]} und in Zeile {line}.",
                    f"“{name}” stands there twice, on line {lines[name]} and on line {line}.",
                ),
                Text("Löschen Sie eine der beiden Zeilen.", "Delete one of the two lines."),
            )
        lines[name] = line
    nodes = {key.value: value for key, value in node.value}
    return {name: _written(value) for name, value in nodes.items()}, lines, nodes


def _written(node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag.endswith(":null") else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_written(item) for item in node.value]
    return _pairs(node)[0]


def _is_odd(scalar: yaml.ScalarEvent) -> bool:
    plain = not scalar.style
    return bool(_HALF.search(scalar.value) or (plain and _LONG.fullmatch(scalar.value)))


class _Composer(Composer, Resolver):
    """Makes nodes of events that were looked at before, so that a text is only parsed once."""

    def __init__(self, events: Iterable[yaml.Event]) -> None:
        Composer.__init__(self)
        Resolver.__init__(self)
        self._events = deque(events)

    def check_event(self, *kinds: type[yaml.Event]) -> bool:
        return bool(self._events) and (not kinds or isinstance(self._events[0], kinds))

    def peek_event(self) -> yaml.Event:
        return self._events[0]

    def get_event(self) -> yaml.Event:
        return self._events.popleft()


def look_through(text: str) -> list[yaml.Event]:
    """Refuse what a plain list does not need, before anything is made of it; all parser events.

    Raises ``YamlFaultError``, and whatever the parser throws.
    """
    depth = 0
    events = []
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        events.append(event)
        line = event.start_mark.line + 1 if event.start_mark else None
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            plain = unmarked(text.split("\n")[line - 1]) if line else None
            raise YamlFaultError(
                line,
                Text(
                    "Verweise (&, *) und Kennzeichen (!) sind hier nicht erlaubt.",
                    "Anchors (&, *) and tags (!) are not allowed here.",
                ),
                write(plain)
                if plain
                else Text("Schreiben Sie den Wert selbst hin.", "Write the value itself."),
            )
        if isinstance(event, yaml.ScalarEvent) and _is_odd(event):
            raise YamlFaultError(
                line,
                Text(
                    "Hier steht ein halbes Zeichen (\\ud800 bis \\udfff) oder eine Zahl mit mehr "
                    "als 18 Stellen.",
                    "Here is half a character (\\ud800 to \\udfff) or a number of more than 18 "
                    "digits.",
                ),
                Text(
                    "Löschen Sie das Zeichen; sehr lange Zahlen gehören in Anführungszeichen.",
                    "Delete the character; very long numbers need quotation marks.",
                ),
            )
        if isinstance(event, yaml.ScalarEvent) and not event.style and event.start_mark:
            last = event.end_mark.line if event.end_mark else 0
            if last > event.start_mark.line and (
                found := swallowed(text, event.start_mark.line, last)
            ):
                raise _told(found)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise YamlFaultError(
                line,
                Text(
                    f"Die Angaben sind zu tief verschachtelt (mehr als {DEEPEST} Ebenen).",
                    f"The values are nested too deeply (more than {DEEPEST} levels).",
                ),
            )
    return events
