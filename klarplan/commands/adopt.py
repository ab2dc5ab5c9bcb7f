"""Writing down the addresses of a version that was adopted, so that later ones keep them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from klarplan.check.rules.kept_addresses import GONE
from klarplan.check.run import counts, examine
from klarplan.commands.targets import refuse_links
from klarplan.commands.writing import refuse_uncommitted
from klarplan.messages import KlarplanError, Text, first_of
from klarplan.pages.adopted import ADOPTED, as_file, read_adopted
from klarplan.pages.site_addresses import site_addresses
from klarplan.strategy.csv_writer import replace_files
from klarplan.strategy.load import load, require_data
from klarplan.strategy.public import public
from klarplan.strategy.redirects import REDIRECTS, read_redirects


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedNow:
    """How many addresses were written down, how many of them are new, and which are given up."""

    addresses: int
    new: int
    given_up: tuple[str, ...]
    changed: bool


def adopt(root: Path, as_of: dt.date, *, dry_run: bool = False) -> AdoptedNow:
    """Write the addresses of the public site below ``root`` into ``strategy/adressen.txt``.

    With ``dry_run`` nothing is written.
    Addresses that are gone and whose warning was answered are noted as given up; ids stay taken.
    Raises ``KlarplanError`` where the strategy has errors or an address of the last adopted
    version is missed, or git does not have the last changes of that file; nothing is written then.
    """
    require_data(root)
    refuse_links(root, ("strategy",))
    findings = examine(root, as_of).single
    if number := counts(findings)["error"]:
        raise _refused(
            Text(f"{number} Fehler in der Strategie.", f"{number} errors in the strategy."),
            Text(
                "Beheben Sie zuerst, was „klarplan check“ nennt.",
                "First mend what “klarplan check” tells.",
            ),
        )
    if missed := [f.value for f in findings if f.rule == GONE]:
        listed = first_of(missed)
        raise _refused(
            Text(
                f"Adressen der letzten Fassung fehlen: {listed}.",
                f"Addresses of the last version are missing: {listed}.",
            ),
            Text(
                f"Leiten Sie sie weiter; „klarplan check“ nennt die Zeilen für {REDIRECTS}. Was "
                "Sie aufgeben wollen, beantworten Sie in strategy/acknowledged.csv.",
                f"Redirect them; “klarplan check” names the lines for {REDIRECTS}. What you want "
                "to give up, answer in strategy/acknowledged.csv.",
            ),
        )
    loaded = load(root)
    shown = public(loaded)
    redirects, _ = read_redirects(root, loaded.strategy.settings.site_url)
    standing = site_addresses(shown, as_of) | {r.old: "" for r in redirects}
    known = site_addresses(loaded, dt.date.max) | standing
    former = {p.address: p for p in read_adopted(root).promises}
    led = {r.old for r in redirects}
    gone = {a: p.title for a, p in former.items() if a not in known or (a in led and p.title)}
    content = as_file(standing, gone, "en" if loaded.strategy.words.lang == "en" else "de")
    path = root / ADOPTED
    changed = not path.is_file() or path.read_bytes() != content
    if changed and not dry_run:
        refuse_uncommitted(root, [path])
        path.parent.mkdir(exist_ok=True)
        replace_files({path: content})
    return AdoptedNow(
        addresses=len(standing),
        new=len([a for a in standing if a not in former or former[a].given_up]),
        given_up=tuple(a for a in gone if not former[a].given_up and a not in led),
        changed=changed,
    )


def _refused(problem: Text, cure: Text) -> KlarplanError:
    nothing = Text("Festgehalten wurde nichts.", "Nothing was written down.")
    return KlarplanError(
        Text(f"{problem.de} {nothing.de}", f"{problem.en} {nothing.en}"), cure, exit_code=1
    )
