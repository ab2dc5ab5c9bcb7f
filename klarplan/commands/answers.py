"""The answers that a new strategy is made of: asked, or read from a file; and kept in a file.

Answers have the names of the settings, and a few names more: ``fields``, ``logo``, ``owners``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from klarplan.check.rules.colours import CONTRAST, HOUSE, nearest, pale
from klarplan.look.colour import HEX
from klarplan.look.logo import KINDS as LOGOS
from klarplan.look.logo import logo_file
from klarplan.messages import NOTHING, Finding, Text, did_you_mean
from klarplan.own_files import ANSWERS
from klarplan.ownership import code_owners
from klarplan.pages.file_kinds import KINDS, ContentError
from klarplan.starter.texts import fields as usual_fields
from klarplan.strategy.official_keys import COUNTRIES, GERMANY
from klarplan.strategy.setting_values import SPECIAL
from klarplan.strategy.settings import DOCS, Settings
from klarplan.strategy.settings_file import values_of
from klarplan.strategy.settings_text import value_text
from klarplan.strategy.yaml_reader import YamlFaultError, YamlText, read_yaml, read_yaml_file
from klarplan.words.catalogue import Words

LOGO = "assets/logo"
"""Where a logo goes, below ``docs/`` and without its ending."""

FIELDS, LOGO_FILE, OWNERS = "fields", "logo", "owners"

ASKED = (
    *("lang", "municipality", "kind", "country", "key", "topic", FIELDS, "title"),
    *("contact_name", "contact_email", "contact_phone", "street", "postcode", "town"),
    *("represented_by", "privacy_contact"),
    *("primary_colour", "accent_colour", LOGO_FILE, "site_url", "repository", OWNERS),
)
"""What the file of the answers names always, in this order; other settings may follow."""

_OURS = (FIELDS, LOGO_FILE, OWNERS)
"""Answers that settings are not, or not as they are answered."""

_DRAFT = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered; all of it fits."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    """By the name of the setting, as ``Settings`` has them."""
    fields: tuple[str, ...] = ()
    """Titles of the topic's usual fields of action that the strategy begins with."""
    logo: Path | None = None
    """The file that becomes the logo."""
    owners: str = ""
    """Who approves changes of the program on GitHub."""

    @property
    def logo_place(self) -> str:
        """What the setting ``logo`` says; the ending is that of the file."""
        return LOGO + self.logo.suffix.lower() if self.logo else ""

    def with_title(self) -> Answers:
        """The same with the usual title, where none was answered."""
        if self.settings.get("title"):
            return self
        settings = Settings(**self.settings)
        words = Words(settings.lang, name=settings.municipality, kind=settings.sort)
        return replace(self, settings={**self.settings, "title": words("starter.title")})


def field_titles(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Titles of the usual fields of action of the topic and in the language that were answered."""
    words = Words(values.get("lang", "de"))
    return tuple(row["title"] for row in usual_fields(words, values.get("topic", "general")))


def read_answers(path: Path, root: Path) -> tuple[Answers, list[Finding]]:
    """The answers of a YAML file for the strategy below ``root``, and what is wrong with them.

    Findings name the file and the line. A logo is looked for below ``docs/``, then beside the file.
    """
    file = path.as_posix()
    try:
        read = read_yaml_file(path)
    except OSError:
        problem = Text("Diese Datei gibt es nicht.", "There is no such file.")
        cure = Text(
            "Nennen Sie eine Datei mit Antworten; das Handbuch zeigt eine zum Abschreiben.",
            "Name a file with answers; the handbook shows one to copy.",
        )
        return Answers(), [replace(_told("KP010", None, problem, cure), file=file)]
    except YamlFaultError as fault:
        told = _told("KP010", fault.line, fault.problem, fault.cure)
        return Answers(), [replace(told, file=file, fix=fault.fix)]
    answers, findings = _answers(read, root, path.parent)
    return answers, [replace(finding, file=file) for finding in findings]


def judged(name: str, text: str, before: Mapping[str, Any], root: Path) -> tuple[Any, Text, Text]:
    """What one answer means, given those ``before`` it, and what is wrong with it, and the cure.

    The last two are empty where it fits. ``root`` and the current folder are where a logo may be.
    """
    known = "".join(
        f"{n}: {json.dumps(before[n], ensure_ascii=False)}\n"
        for n in ("country", "topic", "lang")
        if n in before and n != name
    )
    value: str | list[str] = text.strip()
    if name in HOUSE and HEX.fullmatch(f"#{value}"):
        value = f"#{value}"
    if name == FIELDS:
        value = [part.strip() for part in text.split("\n") if part.strip()]
    try:
        read = read_yaml(f"{known}{name}: {json.dumps(value, ensure_ascii=False)}\n")
    except YamlFaultError as fault:
        return None, fault.problem, fault.cure
    answers, findings = _answers(read, root, Path())
    for finding in findings:
        if finding.severity == "error":
            problem = _UNFIT if name in SPECIAL and finding.rule == "KP012" else finding.problem
            return None, problem, _spoken(name, finding, before)
    of_ours = {FIELDS: answers.fields, LOGO_FILE: answers.logo, OWNERS: answers.owners}
    return of_ours[name] if name in of_ours else answers.settings.get(name), NOTHING, NOTHING


_UNFIT = Text("Das passt nicht.", "That does not fit.")


def _spoken(name: str, finding: Finding, before: Mapping[str, Any]) -> Text:
    """The cure for who answers a question, and so writes no YAML."""
    country = COUNTRIES[before.get("country", GERMANY)]
    if finding.fix:
        meant = read_yaml(finding.fix.new).values[name]
        return Text(f"Meinten Sie „{meant}“?", f"Did you mean “{meant}”?")
    if finding.rule == CONTRAST:
        return nearest(str(finding.value))
    return {"key": country.key_needed, "postcode": country.postcode_needed}.get(name, finding.cure)


def _answers(read: YamlText, root: Path, folder: Path) -> tuple[Answers, list[Finding]]:
    """The answers of a text; a logo may lie below the ``folder``."""
    plain = {name: value for name, value in read.values.items() if name not in (*_OURS, _DRAFT)}
    settings, findings = values_of(replace(read, values=plain))
    findings += [
        _told(CONTRAST, read.lines[name], *faded, str(settings[name]))
        for name in HOUSE
        if name in settings and (faded := pale(name, settings[name]))
    ]
    if (read.values.get(_DRAFT) or "false") != "false":
        findings.append(_not_public(read.lines[_DRAFT]))
    fields, told_fields = _fields(read, settings)
    logo, told_logo = _logo(read, root, folder)
    owners, told_owners = _owners(read)
    told = [*findings, *told_fields, *told_logo, *told_owners]
    answers = Answers(settings=settings, fields=fields, logo=logo, owners=owners)
    return answers, sorted(told, key=lambda finding: finding.line or 0)


def _not_public(line: int) -> Finding:
    return _told(
        "KP012",
        line,
        Text(
            "Eine neue Strategie beginnt als Entwurf.",
            "A new strategy begins as a draft.",
        ),
        Text(
            "Löschen Sie die Zeile. Später setzen Sie published in strategy/strategy.yml auf true.",
            "Delete the line. Later, set published to true in strategy/strategy.yml.",
        ),
    )


def _fields(read: YamlText, settings: Mapping[str, Any]) -> tuple[tuple[str, ...], list[Finding]]:
    """The fields of action in their usual order, and what is told of those that there are not."""
    value = read.values.get(FIELDS)
    if not value:
        return (), []
    known = field_titles(settings)
    named = value if isinstance(value, list) else [value]
    nodes = read.nodes[FIELDS].value if isinstance(value, list) else [read.nodes[FIELDS]]
    findings = []
    for title, node in zip(named, nodes, strict=True):
        if title in known:
            continue
        topic = settings.get("topic", "general")
        cure = did_you_mean(str(title), known)
        if cure == NOTHING:
            cure = Text(
                f"Möglich sind: {'; '.join(known)}. Andere tragen Sie später in "
                "data/fields_of_action.csv ein.",
                f"Possible: {'; '.join(known)}. Enter others in data/fields_of_action.csv later.",
            )
        if not known:
            cure = Text(
                "Löschen Sie die Zeile, und tragen Sie die Handlungsfelder später in "
                "data/fields_of_action.csv ein.",
                "Delete the line, and enter the fields in data/fields_of_action.csv later.",
            )
        findings.append(
            _told(
                "KP012",
                node.start_mark.line + 1,
                Text(
                    f"Das Thema „{topic}“ hat kein übliches Handlungsfeld, das so heißt.",
                    f"The topic “{topic}” has no usual field of action of this name.",
                ),
                cure,
                str(title),
            )
        )
    return tuple(title for title in known if title in named), findings


def _logo(read: YamlText, root: Path, folder: Path) -> tuple[Path | None, list[Finding]]:
    """The file of the logo, and what is told where there is none or it can't be shown."""
    named = read.values.get(LOGO_FILE)
    if not named:
        return None, []
    line = read.lines[LOGO_FILE]
    name = named if isinstance(named, str) else ""
    inner = logo_file(root, name.removeprefix(DOCS))
    places = (*([inner] if inner else []), folder / name, Path(name).expanduser())
    path = next((place for place in places if name and place.is_file()), None)
    if path is None:
        problem = Text("Diese Datei gibt es nicht.", "There is no such file.")
        cure = Text(
            "Nennen Sie den Pfad der Datei, oder lassen Sie das Logo leer.",
            "Name the path of the file, or leave the logo empty.",
        )
        return None, [_told("KP015", line, problem, cure, name)]
    kind = path.suffix.lower()
    if kind not in LOGOS:
        problem = Text(
            f"Eine Datei der Art „{path.suffix or path.name}“ kann kein Logo sein.",
            f"A file of kind “{path.suffix or path.name}” can be no logo.",
        )
        endings = ", ".join(LOGOS)
        cure = Text(f"Speichern Sie es als Bild: {endings}", f"Save it as a picture: {endings}")
        return None, [_told("KP015", line, problem, cure, name)]
    try:
        KINDS[kind](path)
    except ContentError as error:
        return None, [_told("KP015", line, error.problem, error.cure, name)]
    return path, []


def _owners(read: YamlText) -> tuple[str, list[Finding]]:
    team = read.values.get(OWNERS)
    if not team:
        return "", []
    try:
        code_owners(str(team))
    except ValueError:
        problem = Text(f"„{team}“ ist kein Team.", f"“{team}” is no team.")
        cure = Text(
            "Nennen Sie Konten oder Teams mit @, zum Beispiel @stadt/technik.",
            "Name accounts or teams with @, for example @town/tech.",
        )
        return "", [_told("KP012", read.lines[OWNERS], problem, cure, str(team))]
    return str(team), []


def _told(
    rule: str, line: int | None, problem: Text, cure: Text = NOTHING, value: str | None = None
) -> Finding:
    """A finding whose file is named later."""
    return Finding(rule=rule, file="", line=line, value=value, problem=problem, cure=cure)


_HEAD = Text(
    "# Womit diese Strategie angelegt wurde. Dieselben Antworten ergeben dieselben Dateien:\n"
    f"#   klarplan init --answers {ANSWERS}\n"
    "# Was danach geändert wurde, steht nicht hier.\n",
    "# What this strategy was set up with. The same answers give the same files:\n"
    f"#   klarplan init --answers {ANSWERS}\n"
    "# What was changed later is not told here.\n",
)


def answers_text(answers: Answers) -> str:
    """The file that keeps the answers: each on a line, the same bytes for the same answers."""
    usual = Settings()
    given = {**answers.settings, LOGO_FILE: answers.logo_place}
    others = {
        FIELDS: answers.fields,
        OWNERS: answers.owners,
    }
    more = sorted(set(given) - set(ASKED))
    lines = [_HEAD.in_("en" if given.get("lang") == "en" else "de")]
    for name in (*ASKED, *more):
        value = others[name] if name in others else given.get(name, getattr(usual, name, ""))
        lines.append(f"{name}:{value_text(value)}\n")
    return "".join(lines)


def kept_answers(root: Path) -> tuple[Answers, Sequence[Finding]] | None:
    """The answers that a strategy was set up with; ``None`` where they were not kept."""
    path = root / ANSWERS
    return read_answers(path, root) if path.is_file() else None
