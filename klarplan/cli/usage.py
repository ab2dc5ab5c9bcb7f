"""What is wrong with a command line, in German as well; typer itself speaks English only."""

from __future__ import annotations

import re

import typer

from klarplan.messages import KlarplanError, Text

USED_WRONGLY = 2

_PROBLEMS = (
    (r"No such command '(.*?)'\.(?: Did you mean (.*)\?)?", "Den Befehl „{0}“ gibt es nicht."),
    (
        r"No such option: (\S+)(?: \(Possible options: (.*)\)| Did you mean (.*)\?)?",
        "Die Option „{0}“ gibt es nicht.",
    ),
    (r"Option '(.*)' requires an argument\.", "Nach „{0}“ fehlt ein Wert."),
    (r"Option '(.*)' does not take a value\.", "Die Option „{0}“ hat keinen Wert."),
    (
        r"Missing (?:argument|option|parameter) '(.*?)'\.(?: Choose from: (.*))?",
        "Die Angabe „{0}“ fehlt.",
    ),
    (r"Missing command\.", "Der Befehl fehlt."),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", "„{0}“ ist hier zu viel."),
    (
        r"Invalid value for ('.*?'(?: / '.*?')*)(?: \(env var: '.*?'\))?: (.*)",
        "Der Wert für {0} geht nicht: {1}",
    ),
)
"""Messages of typer, and what they are in German with what stands in their brackets."""

_REASONS = (
    (r"(?:.*, )?'(.*)' is not one of (.*)\.", "„{0}“ ist nicht dabei, möglich sind {1}."),
    (r"it is empty", "er ist leer."),
    (r"de \| en", "Möglich sind „de“ und „en“."),
    (r"(?:path|file|dir) '(.*)' does not exist\.", "„{0}“ gibt es nicht."),
    (r"(?:path|file|dir) '(.*)' is not readable\.", "„{0}“ lässt sich nicht lesen."),
    (r"(?:path|file|dir) '(.*)' is not writable\.", "„{0}“ lässt sich nicht schreiben."),
    (r"dir '(.*)' is a file\.", "„{0}“ ist eine Datei, gebraucht wird ein Ordner."),
    (r"file '(.*)' is a directory\.", "„{0}“ ist ein Ordner, gebraucht wird eine Datei."),
    (r"Input should be a valid integer.*", "gebraucht wird eine ganze Zahl."),
    (r"Input should be less than or equal to (\d+)", "höchstens {0} ist möglich."),
    (r"Input should be greater than or equal to (\d+)", "mindestens {0} ist nötig."),
)
"""Why a value can't be taken, likewise."""


def explained(error: typer.TyperException) -> KlarplanError:
    """A usage error as one of ours: what is wrong, and which help to ask for."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "klarplan"
    describe = getattr(error, "format_message", None)
    message = " ".join((describe() if describe else str(error)).split())
    return KlarplanError(
        Text(re.sub("'([^']*)'", r"„\1“", _german(message)), message),
        Text(f"Hilfe: {command} --help", f"Help: {command} --help"),
        exit_code=USED_WRONGLY,
    )


def help_instead(error: typer.TyperException) -> str:
    """The help that typer shows in place of an error, where nothing was asked; else nothing."""
    context = getattr(error, "ctx", None)
    asked_nothing = type(error).__name__ == "NoArgsIsHelpError"
    return str(context.get_help()) if asked_nothing and context is not None else ""


def _german(message: str) -> str:
    for pattern, german in _PROBLEMS:
        if found := re.fullmatch(pattern, message):
            parts = [part or "" for part in found.groups()] or [""]
            if "{1}" in german:
                return german.format(parts[0], _reason(parts[1]))
            meant = next((part for part in parts[1:] if part), "")
            if "Choose from" in pattern and meant:
                return german.format(parts[0]) + f" Möglich sind: {meant}."
            return german.format(parts[0]) + (f" Meinten Sie {meant}?" if meant else "")
    return message


def _reason(message: str) -> str:
    for pattern, german in _REASONS:
        if found := re.fullmatch(pattern, message):
            return german.format(*found.groups())
    return message
