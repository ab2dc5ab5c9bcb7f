"""Where a fork is hosted and published: workflows, nightly run, public site, outside addresses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from klarplan.commands.diagnosis import Diagnosis
from klarplan.commands.outside_links import ask, outside_links, page_at
from klarplan.messages import NOTHING, KlarplanError, Text, first_of
from klarplan.processes import git
from klarplan.strategy.code_hosts import git_project, kind_of_host
from klarplan.strategy.load import load
from klarplan.strategy.settings import SETTINGS, Settings

IDLE = 60
"""Days without a commit after which GitHub switches schedules off."""
FRESH = 2
"""So many days old the as-of date of a site that is made every night may be."""
_HOSTS = {
    "github": ("GitHub", ".github/workflows/publish.yml"),
    "gitlab": ("GitLab", ".gitlab-ci.yml"),
}
"""By the kind of host: its name, and the file that says what it does for the strategy."""
PUBLISHED = "main"
"""The branch that the workflow of GitHub publishes; that of GitLab asks for the default branch."""
_AS_OF = re.compile(r'data-as-of="(\d{4}-\d\d-\d\d)"')


def workflows(root: Path, as_of: dt.date) -> Diagnosis:
    """Whether the host of the git project has what publishes it, and has not switched it off."""
    subject = Text("Arbeitsabläufe", "Workflows")
    settings, remote = load(root).strategy.settings, _remote(root)
    kind = _kind(settings, remote)
    if not kind:
        return Diagnosis(subject=subject, state="unknown", **(_UNKNOWN if remote else _NOWHERE))
    host, file = _HOSTS[kind]
    if not (root / file).is_file():
        return Diagnosis(
            subject=subject,
            state="unwell",
            told=Text(f"„{file}“ fehlt.", f"“{file}” is missing."),
            cure=Text(
                "Holen Sie die Datei mit „klarplan update“ zurück.",
                "Bring the file back with “klarplan update”.",
            ),
        )
    if other := _other_branch(root, settings, kind):
        return other
    last = git(root, "log", "-1", "--format=%cs")
    day = dt.date.fromisoformat(last.decode().strip()) if last else as_of
    idle = kind == "github" and (as_of - day).days > IDLE
    return Diagnosis(
        subject=subject,
        state="unwell" if idle else "well",
        told=Text(
            f"{host}, letzter Commit {day.isoformat()}"
            + (
                f"; nach {IDLE} Tagen ohne Commit schaltet GitHub den nächtlichen Lauf ab."
                if idle
                else "."
            ),
            f"{host}, last commit {day.isoformat()}"
            + (f"; after {IDLE} days without one, GitHub ends the nightly run." if idle else "."),
        ),
        cure=_schedule(kind) if idle else NOTHING,
    )


def _other_branch(root: Path, settings: Settings, kind: str) -> Diagnosis | None:
    """What is wrong where the main branch of the project has another name than is expected."""
    told = git(root, "symbolic-ref", "--short", "refs/remotes/origin/HEAD") or b""
    branch = told.decode("utf-8", "replace").strip().removeprefix("origin/")
    subject = Text("Arbeitsabläufe", "Workflows")
    if branch and kind == "github" and branch != PUBLISHED:
        return Diagnosis(
            subject=subject,
            state="unwell",
            told=Text(
                f"Veröffentlicht wird nur der Zweig „{PUBLISHED}“; Ihrer heißt „{branch}“.",
                f"Only the branch “{PUBLISHED}” is published; yours is called “{branch}”.",
            ),
            cure=Text(
                f"Benennen Sie ihn bei GitHub um: Settings → General → Default branch → Stift → "
                f"{PUBLISHED}. Danach hier: git branch -m {branch} {PUBLISHED}, git fetch origin "
                f"und git branch -u origin/{PUBLISHED} {PUBLISHED}",
                f"Rename it on GitHub: Settings → General → Default branch → pencil → {PUBLISHED}. "
                f"Then here: git branch -m {branch} {PUBLISHED}, git fetch origin and git branch "
                f"-u origin/{PUBLISHED} {PUBLISHED}",
            ),
        )
    if branch and branch != settings.branch:
        return Diagnosis(
            subject=subject,
            state="unwell",
            told=Text(
                f"Der Zweig des Git-Projekts heißt „{branch}“, in den Einstellungen "
                f"„{settings.branch}“: „Diese Seite bearbeiten“ führt ins Leere.",
                f"The branch of the git project is called “{branch}”, in the settings "
                f"“{settings.branch}”: “Edit this page” leads nowhere.",
            ),
            cure=Text(
                f"Tragen Sie in {SETTINGS} ein: branch: {branch}",
                f"Enter in {SETTINGS}: branch: {branch}",
            ),
        )
    return None


_NOWHERE = {
    "told": Text("Das Git-Projekt liegt nirgends.", "The git project is hosted nowhere."),
    "cure": Text(
        "Legen Sie es bei openCode oder GitHub an: git remote add origin ADRESSE",
        "Put it onto openCode or GitHub: git remote add origin ADDRESS",
    ),
}
_UNKNOWN = {
    "told": Text(
        "Was für eine Plattform das Git-Projekt hat, sagt seine Adresse nicht.",
        "The address of the git project does not tell the kind of its host.",
    ),
    "cure": Text(
        "Tragen Sie in strategy/strategy.yml „repository_host: gitlab“ oder „github“ ein.",
        "Enter “repository_host: gitlab” or “github” in strategy/strategy.yml.",
    ),
}
_SCHEDULES: Mapping[str, Text] = {
    "github": Text(
        "GitHub: Actions → Veröffentlichen → „Enable workflow“, dazu Settings → Pages → Source "
        "„GitHub Actions“.",
        "GitHub: Actions → Veröffentlichen → “Enable workflow”, and Settings → Pages → Source "
        "“GitHub Actions”.",
    ),
    "gitlab": Text(
        "GitLab: Build → Pipeline schedules → „New schedule“, jede Nacht; das Ergebnis steht unter "
        "Build → Pipelines.",
        "GitLab: Build → Pipeline schedules → “New schedule”, every night; what came of it is told "
        "under Build → Pipelines.",
    ),
}
"""How each kind of host publishes every night."""


def _schedule(kind: str) -> Text:
    """The way of a host, or of each where it is not known."""
    ways = [_SCHEDULES[kind]] if kind in _SCHEDULES else [*_SCHEDULES.values()]
    return Text(" ".join(way.de for way in ways), " ".join(way.en for way in ways))


def _remote(root: Path) -> str:
    """The address of the git project; empty where it is hosted nowhere."""
    return (git(root, "remote", "get-url", "origin") or b"").decode().strip()


def _kind(settings: Settings, remote: str) -> str:
    """The kind of host of the git project; empty where nothing tells it."""
    return git_project(settings).kind or kind_of_host(remote)


def site(
    root: Path, as_of: dt.date, *, online: bool, may_ask: Callable[[str], bool] | None
) -> Iterator[Diagnosis]:
    """Whether the public site is there and fresh, and addresses of others lead somewhere."""
    subject = Text("Website und nächtlicher Lauf", "Website and nightly run")
    settings = load(root).strategy.settings
    address = settings.site_url
    if not address:
        yield Diagnosis(
            subject=subject,
            state="unwell",
            told=Text("Die Adresse der Website fehlt.", "The address of the website is missing."),
            cure=Text(
                "Tragen Sie „site_url“ in strategy/strategy.yml ein.",
                "Enter “site_url” in strategy/strategy.yml.",
            ),
        )
    if not online:
        yield Diagnosis(
            subject=subject if address else Text("Adressen", "Addresses"),
            state="unknown",
            told=Text("Nicht nachgesehen.", "Not looked for."),
            cure=Text(
                "Mit Internet: klarplan doctor --online", "With internet: klarplan doctor --online"
            ),
        )
        return
    if address:
        yield _made(subject, address, as_of, may_ask, _schedule(_kind(settings, _remote(root))))
    yield _addresses(root, as_of, may_ask)


def _made(
    subject: Text,
    address: str,
    as_of: dt.date,
    may_ask: Callable[[str], bool] | None,
    schedule: Text,
) -> Diagnosis:
    """Whether the public site is there and was made anew of late."""
    page = page_at(address, may_ask=may_ask)
    if page is None:
        return Diagnosis(
            subject=subject,
            state="unwell",
            told=Text(f"Von {address} kommt keine Seite.", f"No page comes from {address}."),
            cure=Text(
                "Öffnen Sie die Adresse im Browser. Geht es dort, fehlt hier die Verbindung. Sonst "
                f"stimmt site_url in {SETTINGS} nicht, oder es ist noch nichts veröffentlicht: "
                f"{schedule.de}",
                "Open the address in a browser. If it works there, the connection is missing here. "
                f"Otherwise site_url in {SETTINGS} is wrong, or nothing was published yet: "
                f"{schedule.en}",
            ),
        )
    found = _AS_OF.search(page)
    if found is None:
        return Diagnosis(
            subject=subject,
            state="unwell",
            told=Text(
                f"Unter {address} antwortet keine Website von Klarplan.",
                f"No website of Klarplan's answers at {address}.",
            ),
            cure=schedule,
        )
    day = dt.date.fromisoformat(found[1])
    fresh = (as_of - day).days <= FRESH
    told = Text(f"{address}, Stand {day.isoformat()}.", f"{address}, as of {day.isoformat()}.")
    return Diagnosis(
        subject=subject,
        state="well" if fresh else "unwell",
        told=told,
        cure=NOTHING if fresh else schedule,
    )


def _addresses(root: Path, as_of: dt.date, may_ask: Callable[[str], bool] | None) -> Diagnosis:
    subject = Text("Adressen anderer", "Addresses of others")
    links = outside_links(root, as_of)
    cure = Text("Die Stellen nennt: klarplan links", "The places are told by: klarplan links")
    try:
        gone = [a.address for a in ask(links, may_ask=may_ask) if a.state == "gone"]
    except KlarplanError as error:
        return Diagnosis(subject=subject, state="unknown", told=error.problem, cure=error.cure)
    told = Text(
        f"{len(links)}, davon nicht mehr da: {first_of(gone) or 'keine'}.",
        f"{len(links)}, of which are gone: {first_of(gone) or 'none'}.",
    )
    return Diagnosis(
        subject=subject,
        state="unwell" if gone else "well",
        told=told,
        cure=cure if gone else NOTHING,
    )
