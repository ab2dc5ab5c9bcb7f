"""Words that mean the same for the search: Klarplan's own, and those of ``local/synonyms.yml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml

from klarplan.messages import NOTHING, Finding, Text
from klarplan.strategy.yaml_reader import YamlFaultError, read_yaml_file

SYNONYMS = "local/synonyms.yml"
LONGEST = 80
"""So many letters an expression may have."""

Synonyms = Mapping[str, tuple[str, ...]]
"""By what people may type: what stands on the pages."""


@cache
def usual_synonyms(lang: str) -> Synonyms:
    """What every site of a language knows."""
    found, _ = _read(Path(__file__).with_name(f"synonyms.{lang}.yml"))
    return found


def read_synonyms(root: Path, lang: str) -> tuple[Synonyms, list[Finding]]:
    """The words of a strategy that mean the same, and what is wrong with those of its own.

    Its own come before the usual ones; an empty list takes a usual one away.
    """
    path = root / SYNONYMS
    own, findings = _read(path) if path.is_file() else ({}, [])
    known = {word.casefold() for word in own}
    usual = {w: s for w, s in usual_synonyms(lang).items() if w.casefold() not in known}
    return {word: same for word, same in {**own, **usual}.items() if same}, findings


def _read(path: Path) -> tuple[dict[str, tuple[str, ...]], list[Finding]]:
    try:
        read = read_yaml_file(path)
    except YamlFaultError as fault:
        return {}, [_finding(fault.line, fault.problem, fault.cure)]
    found: dict[str, tuple[str, ...]] = {}
    findings: list[Finding] = []
    for word, node in read.nodes.items():
        same = tuple(_texts(node))
        line = node.start_mark.line + 1
        if odd := _odd(word, same):
            findings.append(_finding(line, *odd, word))
        else:
            found[word.strip()] = tuple(text.strip() for text in same if text is not None)
    return found, findings


def _texts(node: yaml.Node) -> Iterator[str | None]:
    """The texts of a value: itself or those of its list; ``None`` for what is no text."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            text = isinstance(item, yaml.ScalarNode) and not item.tag.endswith(":null")
            yield str(item.value) if text else None
    else:
        text = isinstance(node, yaml.ScalarNode) and not node.tag.endswith(":null")
        yield str(node.value) if text else None


def _odd(word: str, same: tuple[str | None, ...]) -> tuple[Text, Text] | None:
    """What is told of a line that says nothing to the search."""
    if not word.strip() or any(text is None or not text.strip() for text in same):
        return (
            Text(
                f"Zu „{word}“ fehlt, was gleich viel heißt.",
                f"What means the same as “{word}” is missing.",
            ),
            Text(
                "Schreiben Sie ein Wort oder eine Liste von Wörtern dahinter: "
                "E-Akte: [elektronische Akte]",
                "Write a word or a list of words behind it: E-Akte: [elektronische Akte]",
            ),
        )
    texts = [text for text in same if text is not None]
    if too_long := next((t for t in (word, *texts) if len(t) > LONGEST), None):
        return (
            Text(
                f"„{too_long[:LONGEST]}…“ ist zu lang für eine Suche.",
                f"“{too_long[:LONGEST]}…” is too long for a search.",
            ),
            Text(f"Höchstens {LONGEST} Zeichen.", f"At most {LONGEST} characters."),
        )
    if any(text.strip().casefold() == word.strip().casefold() for text in texts):
        return (
            Text(
                f"„{word}“ steht als gleichbedeutend mit sich selbst da.",
                f"“{word}” is said to mean the same as itself.",
            ),
            Text(
                "Nennen Sie das Wort, das auf den Seiten steht.",
                "Name the word that stands on the pages.",
            ),
        )
    return None


def _finding(
    line: int | None, problem: Text, cure: Text = NOTHING, value: str | None = None
) -> Finding:
    return Finding(rule="KP056", file=SYNONYMS, line=line, value=value, problem=problem, cure=cure)
