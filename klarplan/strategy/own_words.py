"""Reads ``local/words.yml``: the sentences that a fork says in its own way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from klarplan.messages import NOTHING, Finding, Text, did_you_mean
from klarplan.strategy.settings import Settings
from klarplan.strategy.yaml_reader import YamlFaultError, read_yaml_file
from klarplan.words.catalogue import Words, catalogue
from klarplan.words.sentences import FORMS, BrokenSentenceError, Sentence, sentence

OWN_WORDS = "local/words.yml"


def read_words(root: Path, settings: Settings) -> tuple[Words, list[Finding]]:
    """The words of a strategy, and what is wrong with the sentences of its own.

    A sentence that does not fit stays as the catalogue has it.
    """
    own, findings = _own(root / OWN_WORDS, settings.lang)
    words = Words(settings.lang, name=settings.municipality, kind=settings.sort, own=own)
    return words, findings


def _own(path: Path, lang: str) -> tuple[dict[str, Sentence], list[Finding]]:
    if not path.is_file():
        return {}, []
    try:
        read = read_yaml_file(path)
    except YamlFaultError as fault:
        return {}, [_finding(fault.line, fault.problem, fault.cure)]
    usual, found, findings = catalogue(lang), {}, []
    for key, node in _sentences(read.nodes):
        line = node.start_mark.line + 1
        if key not in usual:
            guess = did_you_mean(key, usual)
            told = Text(f"Den Satz „{key}“ gibt es nicht.", f"There is no sentence “{key}”.")
            findings.append(_finding(line, told, guess, key))
            continue
        written = _written(node)
        if isinstance(written, dict) and "other" not in written:
            findings.append(_finding(line, *NO_OTHER, key))
            continue
        try:
            own = sentence(written)
        except BrokenSentenceError as error:
            findings.append(_broken(line, str(error)))
            continue
        if odd := _odd(own, sentence(usual[key])):
            findings.append(_finding(line, *odd, key))
        else:
            found[key] = own
    return found, findings


NO_OTHER = (
    Text(
        "Dem Satz fehlt „other“, die Form für alle anderen Zahlen.",
        "The sentence lacks “other”, the form for all other numbers.",
    ),
    Text(
        'Ergänzen Sie die Zeile other: "… {n} …".',
        'Add the line other: "… {n} …".',
    ),
)


def _sentences(nodes: Mapping[str, yaml.Node], above: str = "") -> Iterator[tuple[str, yaml.Node]]:
    """The sentences of the file by key; forms of counting stay together."""
    for name, node in nodes.items():
        below = (
            {key.value: value for key, value in node.value}
            if isinstance(node, yaml.MappingNode)
            else {}
        )
        if below and not set(below) <= set(FORMS):
            yield from _sentences(below, f"{above}{name}.")
        else:
            yield f"{above}{name}", node


def _written(node: yaml.Node) -> object:
    """A text, or a mapping of texts; anything else is no sentence."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _written(value) for key, value in node.value}
    return node.value if isinstance(node, yaml.ScalarNode) else None


def _odd(own: Sentence, usual: Sentence) -> tuple[Text, Text] | None:
    """What is told of a sentence that asks for what nobody gives it."""
    known = {*usual.slots, *Words().form_names}
    unknown = sorted(own.slots - known)
    if not unknown and (len(own.forms) == 1 or len(usual.forms) > 1):
        return None
    if not unknown:
        return (
            Text("Dieser Satz zählt nichts.", "This sentence counts nothing."),
            Text("Schreiben Sie ihn als einen Text.", "Write it as one text."),
        )
    several = ", ".join(f"{{{name}}}" for name in sorted(usual.slots)) or "–"
    return (
        Text(
            f"{{{unknown[0]}}} gibt es in diesem Satz nicht.",
            f"There is no {{{unknown[0]}}} in this sentence.",
        ),
        Text(
            f"Möglich sind: {several}; dazu die Formen aus dem Handbuch, etwa {{the_town}}.",
            f"Possible: {several}; and the forms told in the handbook, such as {{the_town}}.",
        ),
    )


def _broken(line: int, place: str) -> Finding:
    return _finding(
        line,
        Text("Der Satz lässt sich nicht lesen.", "The sentence can't be read."),
        Text(
            "Nötig ist ein Text oder, wo gezählt wird, one und other; in {Klammern} steht ein "
            "Name, und eine Klammer, die gezeigt werden soll, schreiben Sie doppelt.",
            "Needed is a text or, where it counts, one and other; {braces} hold a name, and a "
            "brace to be shown is written twice.",
        ),
        place,
    )


def _finding(
    line: int | None, problem: Text, cure: Text = NOTHING, value: str | None = None
) -> Finding:
    return Finding(rule="KP047", file=OWN_WORDS, line=line, value=value, problem=problem, cure=cure)
