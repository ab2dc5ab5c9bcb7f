"""Reads ``strategy/strategy.yml``: the settings, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import yaml

from klarplan.messages import NOTHING, Finding, Fix, Text, did_you_mean
from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.official_keys import COUNTRIES, GERMANY, fits
from klarplan.strategy.proposals import faults
from klarplan.strategy.setting_slips import mended_value, nameless, slip_of, write
from klarplan.strategy.setting_values import (
    LINE_NEEDED,
    LONG,
    SPECIAL,
    TEXT_NEEDED,
    WRITTEN,
    as_line,
    as_text,
)
from klarplan.strategy.settings import SETTINGS, Settings
from klarplan.strategy.yaml_faults import lines_of
from klarplan.strategy.yaml_reader import YamlFaultError, YamlText, read_yaml_file

_LONGEST_SHOWN = 200
LISTS = ("chapters", "book_chapters", "menu")
"""Settings that are lists."""


def read_settings(root: Path) -> tuple[Settings, list[Finding]]:
    """The settings of a root; defaults where the file or a key is missing or wrong.

    A root without any folder ``strategy`` needs none: a strategy may be tables alone, as a draft.
    """
    path = root / SETTINGS
    if not path.is_file():
        return Settings(), [_missing(path)] if path.parent.is_dir() else []
    try:
        read = read_yaml_file(path)
    except YamlFaultError as fault:
        rule = "KP707" if fault.conflict else "KP010"
        told = _finding(rule, fault.line, fault.problem, fault.cure)
        return Settings(), [replace(told, fix=fault.fix)]
    if not read.values:
        return Settings(), [_empty()]
    values, findings = values_of(read)
    return Settings(**values), findings


def values_of(read: YamlText) -> tuple[dict[str, Any], list[Finding]]:
    """The settings that a text names, as ``Settings`` has them, and what is wrong with the others.

    Findings name the file of the settings, wherever the text stands.
    """
    known = {f.name: f.default for f in fields(Settings)}
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    for name, value in read.values.items():
        if name not in known:
            findings.append(_unknown(name, read.lines[name], set(known)))
            continue
        slip = _slip(read, name)
        if slip:
            findings.append(slip)
        unset = value is None or (value == "" and known[name] is None)
        if unset or (slip and slip.severity == "error"):
            continue
        usual = (as_text, TEXT_NEEDED) if name in LONG else (as_line, LINE_NEEDED)
        convert, cure = SPECIAL.get(name, usual)
        converted = _converted(convert, value)
        if converted is None:
            findings.append(_unfit(read, name, convert, cure))
        else:
            values[name] = converted
    return values, [*findings, *_turned_years(read, values), *_foreign(read, values)]


def _turned_years(read: YamlText, values: Mapping[str, Any]) -> Iterator[Finding]:
    """What is told where the strategy ends before it begins."""
    first, last = values.get("period_start"), values.get("period_end")
    if first and last and last < first:
        yield _finding(
            "KP012",
            read.lines["period_end"],
            Text(
                f"Die Strategie endete {last}, bevor sie {first} beginnt.",
                f"The strategy would end in {last} before it begins in {first}.",
            ),
            Text(
                "Prüfen Sie die Jahre period_start und period_end.",
                "Check the years period_start and period_end.",
            ),
            str(last),
        )


def _foreign(read: YamlText, values: Mapping[str, Any]) -> Iterator[Finding]:
    """What is told of a key or a postcode that the country does not have."""
    code = values.get("country", GERMANY)
    country = COUNTRIES[code]
    key, postcode = values.get("key"), values.get("postcode")
    if key and not fits(key, code):
        problem = Text(
            f"„{key}“ ist kein amtlicher Schlüssel ({country.name.de}).",
            f"“{key}” is no official key ({country.name.en}).",
        )
        yield _finding("KP012", read.lines["key"], problem, country.key_needed, key)
    if postcode and not country.postcode.fullmatch(postcode):
        problem = Text(
            f"„{postcode}“ ist keine Postleitzahl ({country.name.de}).",
            f"“{postcode}” is no postcode ({country.name.en}).",
        )
        yield _finding("KP012", read.lines["postcode"], problem, country.postcode_needed, postcode)


def _converted(convert: Callable[[Any], Any], value: Any) -> Any:
    try:
        return convert(value)
    except ValueError:
        return None


def _slip(read: YamlText, name: str) -> Finding | None:
    """What is wrong with how a setting is written."""
    is_text = name not in SPECIAL or name in WRITTEN
    slip = slip_of(read, name, is_text=is_text) or nameless(read, name)
    if slip is None:
        return None
    line, value = read.lines[name], read.values[name]
    told = _finding("KP012", line, slip.problem, slip.cure, _shown(value))
    return replace(told, fix=slip.fix, severity=slip.severity)


def _unfit(read: YamlText, name: str, convert: Callable[[Any], Any], cure: Text) -> Finding:
    """What is told of a value that does not fit; with the line as it should be where it is sure."""
    value = read.values[name]
    problem = Text(
        f"Die Einstellung „{name}“ hat einen Wert, der nicht passt.",
        f"The setting “{name}” has a value that does not fit.",
    )
    told = _finding("KP012", read.lines[name], problem, cure, _shown(value))
    if item := _unfit_item(read, name, convert):
        return replace(item, cure=item.cure if item.cure != NOTHING else cure)
    mended = mended_value(value, lambda text: _converted(convert, text) is not None)
    if mended and (fix := read.rewritten(name, mended.value)):
        return replace(told, problem=mended.problem, cure=write(fix), fix=fix)
    return told


def _unfit_item(read: YamlText, name: str, convert: Callable[[Any], Any]) -> Finding | None:
    """What is told of the one item of a list that does not fit, or of a list that is none."""
    node, value = read.nodes[name], read.values[name]
    if name == "proposals" and isinstance(value, dict):
        fault = next(faults(value, as_line))
        at = _line_at(node, fault.path) + 1
        return _finding("KP012", at, fault.problem, fault.cure, _shown(fault.value))
    if name not in LISTS:
        return None
    if isinstance(node, yaml.ScalarNode) and not node.style:
        lines = lines_of(read.text)
        first, last = node.start_mark.line, node.end_mark.line
        if any(line.lstrip().startswith("- ") for line in lines[first + 1 : last + 1]):
            line = lines[first]
            fix = Fix(line, f"{line[: node.start_mark.column]}- {line.lstrip()}")
            problem = Text(
                "Vor diesem Punkt der Liste fehlt der Strich.",
                "This item of the list lacks a dash.",
            )
            told = _finding("KP012", first + 1, problem, write(fix), line.strip())
            return replace(told, fix=fix)
    if not isinstance(node, yaml.SequenceNode) or not isinstance(value, list):
        return None
    for item, part in zip(node.value, value, strict=True):
        if _converted(convert, [part]) is None:
            problem = Text(
                f"Dieser Punkt der Liste „{name}“ passt nicht.",
                f"This item of the list “{name}” does not fit.",
            )
            cure = NOTHING
            if name != "menu":
                names = ", ".join(CHAPTERS)
                problem = Text(
                    f"Ein Kapitel „{_shown(part)}“ gibt es nicht.",
                    f"There is no chapter “{_shown(part)}”.",
                )
                cure = did_you_mean(_shown(part), CHAPTERS)
                if cure == NOTHING:
                    cure = Text(f"Möglich sind: {names}.", f"Possible: {names}.")
            return _finding("KP012", item.start_mark.line + 1, problem, cure, _shown(part))
    return None


def _line_at(node: yaml.Node, path: tuple[str | int, ...]) -> int:
    """The line, from 0, on which a value within another one stands, by names and places."""
    line = node.start_mark.line
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line
        elif isinstance(node, yaml.MappingNode):
            name, node = next(pair for pair in node.value if pair[0].value == step)
            line = name.start_mark.line
    return line


def _missing(path: Path) -> Finding:
    """What is told where there is no file of settings; one that is called otherwise is named."""
    folder = path.parent
    stems = ("strategy.yml", "strategy.yaml")
    others = sorted(
        other.name for other in folder.iterdir() if other.name.lower().removesuffix(".txt") in stems
    )
    cure = Text(
        "Holen Sie sie aus der letzten Fassung zurück: git checkout HEAD -- strategy/strategy.yml. "
        "War nie eine da, schreibt „klarplan init“ eine in einen neuen Ordner.",
        "Get it back from the last version: git checkout HEAD -- strategy/strategy.yml. If there "
        "never was one, “klarplan init” writes one into a new folder.",
    )
    if not others and (folder.parent / path.name).is_file():
        cure = Text(
            "Verschieben Sie strategy.yml in den Ordner strategy/.",
            "Move strategy.yml into the folder strategy/.",
        )
    if others:
        cure = Text(
            f"Benennen Sie strategy/{others[0]} um in strategy.yml.",
            f"Rename strategy/{others[0]} to strategy.yml.",
        )
    problem = Text(
        "Die Datei mit den Einstellungen der Strategie fehlt.",
        "The file with the settings of the strategy is missing.",
    )
    return _finding("KP009", None, problem, cure)


def _empty() -> Finding:
    """What is told of a file without any setting."""
    return _finding(
        "KP010",
        None,
        Text("Die Datei mit den Einstellungen ist leer.", "The file with the settings is empty."),
        Text(
            f"Holen Sie sie aus der letzten Fassung zurück: git checkout HEAD -- {SETTINGS}",
            f"Get it back from the last version: git checkout HEAD -- {SETTINGS}",
        ),
    )


def _unknown(name: str, line: int | None, known: set[str]) -> Finding:
    guess = did_you_mean(name, known)
    problem = Text(f"Die Einstellung „{name}“ gibt es nicht.", f"There is no setting “{name}”.")
    if guess == NOTHING:
        guess = Text(
            "Löschen Sie die Zeile. Welche Einstellungen es gibt, steht im Handbuch.",
            "Delete the line. The handbook says which settings there are.",
        )
    return _finding("KP011", line, problem, guess, name)


def _finding(
    rule: str, line: int | None, problem: Text, cure: Text = NOTHING, value: str | None = None
) -> Finding:
    return Finding(rule=rule, file=SETTINGS, line=line, value=value, problem=problem, cure=cure)


def _shown(value: Any) -> str:
    """A value as a message shows it."""
    if isinstance(value, dict):
        return ", ".join(value)
    text = ", ".join(map(_shown, value)) if isinstance(value, list) else value or ""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
