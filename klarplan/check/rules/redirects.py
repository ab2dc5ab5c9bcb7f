"""The rule on redirects: each leads from an address that is gone to one that is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.messages import NOTHING, Finding, Text, near, quoted
from klarplan.pages.file_names import is_fit
from klarplan.pages.files import OURS
from klarplan.pages.site_addresses import is_page, site_addresses
from klarplan.strategy.addresses import DATA, page_url
from klarplan.strategy.redirects import REDIRECTS, Redirect, read_redirects

Fault = tuple[Text, Text]


@rule(
    "KP757",
    title=Text("Weiterleitung geht nicht", "Redirect does not work"),
    de=f"Jede Zeile in {REDIRECTS} führt von einer Adresse, die es nicht mehr gibt, zu einer, die "
    "es gibt: von Seite zu Seite, von Datei zu Datei gleicher Art.",
)
def redirects(subject: Subject) -> Iterator[Finding]:
    """Each row of strategy/redirects.csv leads from an address that is gone to one that exists."""
    root = subject.loaded.root
    found, unread = read_redirects(root, subject.public.strategy.settings.site_url)
    yield from unread
    if not found:
        return
    there = {a for a in site_addresses(subject.public, subject.as_of) if "#" not in a}
    there |= {page_url(page) for page in subject.places.values()}
    there |= {beside.place for beside in subject.beside_pages if beside.place}
    judge = _Judge(found, there)
    for redirect in found:
        if fault := judge.fault(redirect):
            problem, cure = fault
            yield Finding(
                rule="",
                file=REDIRECTS,
                line=redirect.line,
                value=shown(f"/{redirect.old},/{redirect.new}"),
                problem=problem,
                cure=cure,
            )


class _Judge:
    """What is wrong with redirects of a site that answers at these addresses."""

    def __init__(self, redirects: Iterable[Redirect], there: set[str]) -> None:
        self._there = there
        self._folded = {address.casefold() for address in there}
        self._leads = {redirect.old: redirect.new for redirect in redirects}
        self._times = Counter(redirect.old.casefold() for redirect in redirects)

    def fault(self, redirect: Redirect) -> Fault | None:
        """What is wrong with a redirect, and the cure; ``None`` where it works."""
        return self._wrong_old(redirect.old) or self._wrong_new(redirect)

    def _wrong_old(self, old: str) -> Fault | None:
        if "://" in old or not all(is_fit(part) for part in old.rstrip("/").split("/")):
            return (
                Text(
                    f"„{shown(old)}“ ist keine Adresse dieser Website; Abschnitte (#…) lassen sich "
                    "nicht weiterleiten.",
                    f"“{shown(old)}” is no address of this site; sections (#…) can't be "
                    "redirected.",
                ),
                Text(
                    "Nennen Sie die ganze Seite, zum Beispiel /massnahmen/m-012/",
                    "Name the whole page, for example /massnahmen/m-012/",
                ),
            )
        if not is_page(old) and "." not in old.rpartition("/")[2]:
            return (
                Text(
                    "Die alte Adresse ist weder eine Seite (mit / am Ende) noch eine Datei.",
                    "The old address is neither a page (which ends in /) nor a file.",
                ),
                Text(f"Schreiben Sie /{old}/", f"Write /{old}/"),
            )
        ours = tuple(place for place in OURS if place != DATA)
        if is_page(old) and old.casefold().startswith(ours):
            return (
                Text(
                    "An dieser Stelle der Website liegen Dateien von Klarplan, nie eine Seite.",
                    "Klarplan's own files are at this place of the site, never a page.",
                ),
                Text("Löschen Sie die Zeile.", "Delete the row."),
            )
        if old.casefold() in self._folded:
            return (
                Text(
                    f"Die Adresse „/{old}“ gibt es; sie braucht keine Weiterleitung.",
                    f"The address “/{old}” is there; it needs no redirect.",
                ),
                Text("Löschen Sie die Zeile.", "Delete the row."),
            )
        if self._times[old.casefold()] > 1:
            return (
                Text(
                    f"Die Adresse „/{old}“ wird zweimal weitergeleitet.",
                    f"The address “/{old}” is redirected twice.",
                ),
                Text("Löschen Sie eine der Zeilen.", "Delete one of the rows."),
            )
        return None

    def _wrong_new(self, redirect: Redirect) -> Fault | None:
        page = redirect.new.partition("#")[0]
        if page not in self._there:
            aim = self._aim(page)
            if aim is None:
                guess = near(page, self._there)
                meant = quoted(f"/{guess[0]}") if guess else NOTHING
                return (
                    Text(
                        f"Die neue Adresse „/{shown(page)}“ gibt es auf dieser Website nicht.",
                        f"The new address “/{shown(page)}” is not on this site.",
                    ),
                    Text(f"Meinten Sie {meant.de}?", f"Did you mean {meant.en}?")
                    if guess
                    else NOTHING,
                )
            return (
                Text(
                    f"Die neue Adresse „/{page}“ führt selbst weiter.",
                    f"The new address “/{page}” leads on itself.",
                ),
                Text(f"Schreiben Sie als neue Adresse /{aim}", f"Write /{aim} as the new address."),
            )
        if _kind(page) != _kind(redirect.old):
            return (
                Text(
                    "Die alte und die neue Adresse sind nicht von gleicher Art.",
                    "The old and the new address are not of one kind.",
                ),
                Text(
                    "Eine Seite führt zu einer Seite, eine Datei zu einer mit derselben Endung.",
                    "A page leads to a page, a file to one with the same ending.",
                ),
            )
        return None

    def _aim(self, page: str) -> str | None:
        """Where redirects lead to in the end; ``None`` where that is nowhere."""
        seen: set[str] = set()
        while page in self._leads and page not in seen:
            seen.add(page)
            page = self._leads[page].partition("#")[0]
        return page if seen and page in self._there else None


def _kind(address: str) -> str:
    return "/" if is_page(address) else address.rpartition(".")[2].lower()
