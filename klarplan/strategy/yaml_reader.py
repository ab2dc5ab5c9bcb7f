"""The one reader for YAML that people write: settings and the front matter of pages.

What it reads is a plain list of names and values. Anchors, aliases, tags, repeated names and deep
nesting are refused, and whatever the parser throws becomes one fault with its line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from klarplan.messages import NOTHING, Text

MOST_LETTERS = 100_000
DEEPEST = 10
"""So many lists and mappings may lie within one another."""

_HALF = re.compile("[\ud800-\udfff]")
_LONG = re.compile(r"[-+]?[0-9][0-9a-fA-FoxX_:]{18,}")
"""A plain scalar that may become a number too long to be written down again."""
_QUOTES = Text(
    "Prüfen Sie Einrückung und Doppelpunkte an dieser Stelle; "
    "Texte mit Doppelpunkt gehören in Anführungszeichen.",
    "Check indentation and colons here; a text with a colon needs quotation marks.",
)


class YamlFaultError(Exception):
    """A text is not what Klarplan takes as YAML; ``line`` counts from 1 within the text."""

    def __init__(self, line: int | None, problem: Text, cure: Text = NOTHING) -> None:
        super().__init__(problem.en)
        self.line = line
        self.problem = problem
        self.cure = cure


@dataclass(frozen=True, slots=True)
class YamlText:
    """Names with their values, and the line on which each name stands, counted from 1."""

    values: Mapping[str, Any]
    lines: Mapping[str, int]


def read_yaml(text: str) -> YamlText:
    """The names and values of a text; nothing for one that is empty.

    Raises ``YamlFaultError`` where it is no plain list of names and values.
    """
    if len(text) > MOST_LETTERS:
        raise YamlFaultError(
            None,
            Text(
                f"Der Text ist zu lang (mehr als {MOST_LETTERS} Zeichen).",
                f"The text is too long (more than {MOST_LETTERS} characters).",
            ),
        )
    try:
        look_through(text)
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        keys = list(node.value) if isinstance(node, yaml.MappingNode) else []
        values = loader.construct_document(node) if node else None
    except YamlFaultError:
        raise
    except Exception as error:  # whatever a parser throws: a stranger may have written the text
        mark = getattr(error, "problem_mark", None)
        raise YamlFaultError(
            mark.line + 1 if mark else None,
            Text("Das ist kein gültiges YAML.", "This is not valid YAML."),
            _QUOTES,
        ) from error
    if node is None:
        return YamlText({}, {})
    if not isinstance(values, dict):
        raise YamlFaultError(
            1,
            Text(
                "Hier müssen Zeilen „Name: Wert“ stehen.",
                "Lines “name: value” are needed here.",
            ),
        )
    lines: dict[str, int] = {}
    for key, _ in keys:
        name, line = str(key.value), key.start_mark.line + 1
        if name in lines:
            raise YamlFaultError(
                line,
                Text(
                    f"„{name}“ steht schon in Zeile {lines[name]}.",
                    f"“{name}” already stands on line {lines[name]}.",
                ),
                Text("Löschen Sie eine der beiden Zeilen.", "Delete one of the two lines."),
            )
        lines[name] = line
    return YamlText({str(key): value for key, value in values.items()}, lines)


def _is_odd(scalar: yaml.ScalarEvent) -> bool:
    plain = not scalar.style
    return bool(_HALF.search(scalar.value) or (plain and _LONG.fullmatch(scalar.value)))


def look_through(text: str) -> None:
    """Refuse what a plain list does not need, before anything is made of it.

    Raises ``YamlFaultError``, and whatever the parser throws.
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else None
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise YamlFaultError(
                line,
                Text(
                    "Verweise (&, *) und Kennzeichen (!) sind hier nicht erlaubt.",
                    "Anchors (&, *) and tags (!) are not allowed here.",
                ),
                Text("Schreiben Sie den Wert selbst hin.", "Write the value itself."),
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
