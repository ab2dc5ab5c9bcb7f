"""How a fork is: its version, programs, settings, host and public site, with a cure for each."""

from __future__ import annotations

import datetime as dt
import platform
import re
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from klarplan import __version__
from klarplan.check.rules.colours import CONTRAST
from klarplan.check.rules.publication import LACKING
from klarplan.check.run import examine
from klarplan.commands.diagnosis import Diagnosis
from klarplan.commands.hosting import site, workflows
from klarplan.messages import NOTHING, Finding, Text, first_of
from klarplan.processes import git
from klarplan.programs import by_make
from klarplan.strategy.load import load, require_data
from klarplan.update.fork import compared
from klarplan.update.plan import BESIDE
from klarplan.update.source import read_version

LOCK = "requirements.lock"
_PIP = f"py -m pip install --require-hashes -r {LOCK}"
_AGAIN = Text(
    f"{by_make('clean', _PIP)}, danach {by_make('setup', 'klarplan doctor')}",
    f"{by_make('clean', _PIP)}, then {by_make('setup', 'klarplan doctor')}",
)
"""What makes the environment that the lock names: whatever was changed in it by hand is renewed."""
_PIN = re.compile(r"^([\w.-]+)==([\w.!+]+) \\?$", re.MULTILINE)


def doctor(
    root: Path,
    as_of: dt.date,
    *,
    source: str | None = None,
    online: bool = False,
    may_ask: Callable[[str], bool] | None = None,
) -> tuple[Diagnosis, ...]:
    """How the fork below ``root`` is on a day.

    With ``source`` (as for ``update``) it says what is new there; ``online``, it asks the public
    site and the addresses of others, but not those for which ``may_ask`` says no. Raises
    ``KlarplanError`` where there is no strategy or the source can't be read.
    """
    require_data(root)
    return (
        *_version(root),
        _news(root, source),
        *_kept(root),
        *_content(root, as_of),
        workflows(root, as_of),
        *site(root, as_of, online=online, may_ask=may_ask),
    )


def _version(root: Path) -> Iterator[Diagnosis]:
    subject = Text("Fassung", "Version")
    here = f"Klarplan {__version__}, Python {platform.python_version()}"
    pins = _PIN.findall((root / LOCK).read_text("utf-8")) if (root / LOCK).is_file() else []
    others = [name for name, pinned in pins if _installed(name) not in (pinned, None)]
    if others:
        listed = first_of(others)
        yield Diagnosis(
            subject=subject,
            state="unwell",
            told=Text(
                f"{here}; anders als in {LOCK}: {listed}.",
                f"{here}; other than in {LOCK}: {listed}.",
            ),
            cure=Text(f"Richten Sie neu ein: {_AGAIN.de}", f"Set up again: {_AGAIN.en}"),
        )
    else:
        yield Diagnosis(subject=subject, state="well", told=Text(f"{here}.", f"{here}."))


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None  # the lock names packages of other systems, too


def _news(root: Path, source: str | None) -> Diagnosis:
    subject = Text("Neues", "News")
    if source is None:
        return Diagnosis(
            subject=subject,
            state="unknown",
            told=Text("Nicht nachgesehen.", "Not looked for."),
            cure=Text(
                "Nennen Sie mit --from, wo Klarplan steht: klarplan doctor --from ADRESSE",
                "Name with --from where Klarplan is: klarplan doctor --from ADDRESS",
            ),
        )
    found = read_version(source)
    here = compared(root, found)
    plan, entries = here.plan, sum(map(len, here.news.values()))
    if not plan.changes or here.newer:
        told = Text("Ihre Fassung ist die neueste.", "Yours is the newest version.")
        return Diagnosis(subject=subject, state="well", told=told)
    return Diagnosis(
        subject=subject,
        state="unwell",
        told=Text(
            f"Klarplan {found.name} ist da (Neuerungen: {entries}; von Ihnen geänderte Dateien des "
            f"Programms: {len(plan.kept)}).",
            f"There is Klarplan {found.name} (news: {entries}; files of the engine that you have "
            f"changed: {len(plan.kept)}).",
        ),
        cure=Text(
            f"Lesen Sie, was es bringt: klarplan update --from {source} --dry-run",
            f"Read what it brings: klarplan update --from {source} --dry-run",
        ),
    )


def _kept(root: Path) -> Iterator[Diagnosis]:
    listed = (git(root, "ls-files", "-z", "--", f"*{BESIDE}", f"*{BESIDE}-[0-9]*") or b"").decode()
    if names := [name for name in listed.split("\0") if name]:
        yield Diagnosis(
            subject=Text("Eigene Fassungen", "Own versions"),
            state="unwell",
            told=Text(
                f"Neben Dateien des Programms liegen: {first_of(names)}",
                f"Beside files of the engine are: {first_of(names)}",
            ),
            cure=Text(
                "Übertragen Sie, was Sie davon brauchen, nach local/, und löschen Sie sie.",
                "Take what you need of them to local/, and delete them.",
            ),
        )


def _content(root: Path, as_of: dt.date) -> Iterator[Diagnosis]:
    examined = examine(root, as_of, ready=True)
    found = [f for f in examined.single if f.severity == "error"]
    warnings = sum(f.severity == "warning" for f in examined.findings)
    legal = [f for f in found if f.rule == LACKING]
    contrast = [f for f in found if f.rule == CONTRAST]
    rest = [f for f in found if f.rule not in (LACKING, CONTRAST)]
    check = Text("Was zu tun ist, nennt: klarplan check", "What to do is told by: klarplan check")
    ready = Text(f"{check.de} --ready", f"{check.en} --ready")
    subject = Text("Einstellungen, Tabellen, Texte", "Settings, tables, texts")
    yield _errors(subject, rest, check, warnings)
    yield _errors(Text("Rechtliche Seiten, Kontakt", "Legal pages, contact"), legal, ready)
    yield _errors(Text("Kontrast", "Contrast"), contrast, check)
    settings = load(root).strategy.settings
    public = settings.published
    yield Diagnosis(
        subject=Text("Öffentlich", "Public"),
        state="well" if public else "unwell",
        told=Text("Ja.", "Yes.") if public else Text("Nein, ein Entwurf.", "No, a draft."),
        cure=NOTHING
        if public
        else Text(
            "Ist alles da, schreiben Sie „published: true“ in strategy/strategy.yml.",
            "When all is there, write “published: true” into strategy/strategy.yml.",
        ),
    )


def _errors(subject: Text, found: Sequence[Finding], cure: Text, warnings: int = 0) -> Diagnosis:
    """Errors of one kind; without any, there may be ``warnings``, which stop nothing."""
    if not found and warnings:
        told = Text(f"Keine Fehler; Warnungen: {warnings}.", f"No errors; warnings: {warnings}.")
        return Diagnosis(subject=subject, state="well", told=told, cure=cure)
    if not found:
        return Diagnosis(subject=subject, state="well", told=Text("In Ordnung.", "In order."))
    files = first_of(dict.fromkeys(f.file for f in found))
    return Diagnosis(
        subject=subject,
        state="unwell",
        told=Text(f"{len(found)} Fehler: {files}.", f"{len(found)} errors: {files}."),
        cure=cure,
    )
