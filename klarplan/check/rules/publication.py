"""What a public site must not lack: who answers, what the law asks for, words of one's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.check.sample import MUNICIPALITY
from klarplan.check.texts import Page
from klarplan.messages import Finding, Text
from klarplan.own_files import upstream
from klarplan.pages.calls import Call
from klarplan.strategy.laender import OVERVIEW, land_of
from klarplan.strategy.official_keys import GERMANY
from klarplan.strategy.setting_slips import NAMES
from klarplan.strategy.settings import CONFORMITY, SETTINGS, Settings
from klarplan.strategy.settings_text import EXPLAINED

_LEFT = re.compile(r"(?i)musterstadt|musterland|musterkreis|\(noch nicht angegeben\)")
"""Words of the sample, and what stands where a setting is empty."""

NEEDED: Mapping[str, Text] = {
    "title": Text("der Name der Strategie", "the title of the strategy"),
    "municipality": Text("der Name der Kommune", "the name of the municipality"),
    "summary": Text("die Zusammenfassung", "the summary"),
    "contact_name": Text("die Stelle, die Auskunft gibt", "the office that answers questions"),
    "contact_email": Text("die E-Mail-Adresse für Fragen", "the e-mail address for questions"),
    "street": Text("die Straße für das Impressum", "the street for the imprint"),
    "postcode": Text("die Postleitzahl für das Impressum", "the postcode for the imprint"),
    "town": Text("der Ort für das Impressum", "the town for the imprint"),
    "represented_by": Text("die Vertretung für das Impressum", "who represents, for the imprint"),
    "accessibility_state": Text(
        "der Stand in der Erklärung zur Barrierefreiheit", "the state of accessibility"
    ),
    "accessibility_tested": Text(
        "der Tag der Prüfung auf Barrierefreiheit", "the day of the accessibility test"
    ),
    "accessibility_method": Text(
        "die Art der Prüfung auf Barrierefreiheit", "the method of the accessibility test"
    ),
}
"""Settings that a public site has filled in (DDG § 5, Implementing Decision (EU) 2018/1523)."""
TOLD_BY: Mapping[str, Mapping[str, Text]] = {
    "imprint": {
        "contact_phone": Text(
            "die Telefonnummer für das Impressum", "the phone number for the imprint"
        )
    },
    "privacy_contacts": {
        "privacy_contact": Text(
            "die oder der Datenschutzbeauftragte", "the data protection officer"
        )
    },
    "privacy_server": {
        "server_log_days": Text(
            "die Dauer, für die der Webserver Protokolle aufbewahrt",
            "how long the web server keeps its logs",
        )
    },
}
"""Settings that these macros need for what they must say: who writes it in own words needs none
(DDG § 5 Abs. 1 Nr. 2; GDPR Art. 13 (1) (b) and (2) (a))."""
UNDER_GDPR = (GERMANY, "AT")
"""Countries in which each public body has a data protection officer (GDPR Art. 37 (1) (a))."""
IN_PART = ("partial", "none")
"""States with which the accessibility statement must tell what isn't accessible."""
EMPTY = ("", None, ())
"""What a setting is that nothing was entered for."""
EARLY = 6
"""A site that lacks so much was published too early."""
PAGES: Mapping[str, tuple[Text, tuple[str, ...]]] = {
    "docs/impressum.md": (Text("das Impressum", "the imprint"), ("imprint",)),
    "docs/datenschutz.md": (
        Text("die Datenschutzerklärung", "the privacy statement"),
        ("privacy_server", "privacy_contacts"),
    ),
    "docs/barrierefreiheit.md": (
        Text("die Erklärung zur Barrierefreiheit", "the accessibility statement"),
        (
            *("accessibility_state", "accessibility_exceptions", "accessibility_feedback"),
            "enforcement_body",
        ),
    ),
}
"""Pages that a public site has, and the macros that write what they must say."""
_UNSAID: Mapping[str, Text] = {
    "imprint": Text("wer die Website anbietet", "who provides the website"),
    "privacy_server": Text("was der Server festhält", "what the server records"),
    "privacy_contacts": Text("wer verantwortlich ist", "who is responsible"),
    "accessibility_state": Text("wie barrierefrei die Website ist", "how accessible the site is"),
    "accessibility_exceptions": Text("was nicht barrierefrei ist", "what isn't accessible"),
    "accessibility_feedback": Text("wie man eine Barriere meldet", "how to report a barrier"),
    "enforcement_body": Text("die Durchsetzungsstelle", "the enforcement body"),
}
"""What a page does not say without each of these macros."""
_ADDRESS = re.compile(r"\b\d{5}\b|@")
"""A postcode or an e-mail address: somebody can be reached."""
_REACHED = frozenset({"contact_email", "postcode", "privacy_contact"})
"""The same as settings that a page may show."""


@rule(
    "KP016",
    title=Text("Öffentlich oder Entwurf", "Public or a draft"),
    de="strategy/strategy.yml sagt, ob die Strategie öffentlich ist; sonst gilt sie als Entwurf.",
    severity="notice",
)
def undecided(subject: Subject) -> Iterator[Finding]:
    """strategy/strategy.yml says whether the strategy is public; else it counts as a draft."""
    if subject.strategy.settings.published:
        return  # it says so
    if SETTINGS in subject.texts and not subject.is_set("published", empty=False):
        yield subject.settings_file(
            Text(
                "Ob die Strategie veröffentlicht ist, steht nicht in den Einstellungen. "
                "Website und Dokumente tragen deshalb den Vermerk „Entwurf“.",
                "The settings don't say whether the strategy is published, so that site and papers "
                "are marked as a draft.",
            ),
            Text(
                "Schreiben Sie „published: false“ (Entwurf) oder „published: true“ (öffentlich).",
                "Write “published: false” (a draft) or “published: true” (public).",
            ),
        )


LACKING = "KP017"
"""What a public site lacks."""


@rule(
    LACKING,
    title=Text("Für die Veröffentlichung fehlt etwas", "Something lacks for publication"),
    de="Eine öffentliche Strategie nennt Zusammenfassung, Kontakt und alles, was Impressum, "
    "Datenschutzerklärung und Erklärung zur Barrierefreiheit sagen müssen, und enthält keine "
    "Wörter des Beispiels. "
    "Für einen Entwurf prüft das `klarplan check --ready`.",
)
def not_ready(subject: Subject) -> Iterator[Finding]:
    """A public strategy has summary, contact, whole legal pages, and own words."""
    settings = subject.strategy.settings
    if not settings.published and not subject.ready:
        return
    lacking = [*_lacks(subject, settings)]
    if subject.ready or len(lacking) < EARLY:
        yield from lacking
    else:
        yield _too_early(subject, lacking)


def _too_early(subject: Subject, lacking: Sequence[Finding]) -> Finding:
    """The one cause of so much that a public site lacks."""
    told = subject.setting(
        "published",
        Text(
            f"Die Strategie ist öffentlich (published: true), es fehlen ihr aber noch "
            f"{len(lacking)} Angaben, die jede öffentliche Website braucht.",
            f"The strategy is public (published: true), but still lacks {len(lacking)} things "
            "that every public site needs.",
        ),
        Text(
            "Schreiben Sie „published: false“, bis alles da ist. Was fehlt und was zu tun ist, "
            "nennt „klarplan check --ready“.",
            "Write “published: false” until all is there. What is missing, and what to do, is "
            "told by “klarplan check --ready”.",
        ),
    )
    return replace(told, also=tuple(finding.place for finding in lacking))


def _lacks(subject: Subject, settings: Settings) -> Iterator[Finding]:
    """All that a public site lacks."""
    yield from _settings(subject, settings)
    docs = upstream(subject.loaded.root, "docs")
    by_file = {page.file: page for page in subject.pages}
    for file, (what, calls) in PAGES.items():
        lines = [f"# {what.de.partition(' ')[2]}", *(f"{{{{ {call}() }}}}" for call in calls)]
        written, written_en = (f" {word} ".join(lines) for word in ("und", "and"))
        if not (docs.parent / file).is_file():
            yield Finding(
                rule="",
                file=file,
                problem=_lacking(what),
                cure=Text(
                    f"Legen Sie die Seite {file} an, mit den Zeilen {written}",
                    f"Create the page {file} with the lines {written_en}",
                ),
            )
        elif (page := by_file.get(file)) and (left := _left_out(page, calls, settings)):
            wanted = [f"{{{{ {call}() }}}}" for call in left]
            whole = len(left) == len(calls)
            yield Finding(
                rule="",
                file=file,
                line=page.first_line,
                problem=Text(
                    f"Auf dieser Seite fehlt, was für {what.de} nötig ist"
                    + (": Sie nennt niemanden." if whole else f": {_UNSAID[left[0]].de}."),
                    f"This page lacks what {what.en} needs"
                    + (": it names nobody." if whole else f": {_UNSAID[left[0]].en}."),
                ),
                cure=Text(
                    f"Ergänzen Sie, je auf einer eigenen Zeile: {' und '.join(wanted)}",
                    f"Add, each on a line of its own: {' and '.join(wanted)}",
                ),
            )
    yield from _shown_empty(subject, settings)
    if settings.municipality != MUNICIPALITY:
        yield from _left_words(subject)


def _settings(subject: Subject, settings: Settings) -> Iterator[Finding]:
    usual = Settings()
    told = {*subject.told_settings, *(name for name in NAMES if not subject.is_set(name))}
    for name, what in NEEDED.items():
        if name not in told and getattr(settings, name) == getattr(usual, name):
            yield subject.setting(name, _lacking(what), _enter(name))
    for name, what in _unsaid(subject, settings).items():
        yield subject.setting(name, _lacking(what), _enter(name))
    yield from _accessibility(subject, settings)


def _called(subject: Subject) -> set[str]:
    """The macros that any page calls."""
    parts = (part for page in subject.pages for part in page.source.pieces.parts)
    return {part.name for part in parts if isinstance(part, Call)}


def _unsaid(subject: Subject, settings: Settings) -> Mapping[str, Text]:
    """Empty settings that macros of the legal pages need, with what is missing then."""
    spared = set(subject.told_settings)
    if settings.country not in UNDER_GDPR:
        spared.add("privacy_contact")
    if settings.participation_url:  # a second way to reach somebody at once
        spared.add("contact_phone")
    needed = {n: what for call in _called(subject) for n, what in TOLD_BY.get(call, {}).items()}
    return {
        name: needed[name]
        for name in sorted(needed)
        if name not in spared and getattr(settings, name) in EMPTY
    }


def _accessibility(subject: Subject, settings: Settings) -> Iterator[Finding]:
    """What the accessibility statement says must fit together (Decision (EU) 2018/1523, annex)."""
    called = _called(subject)
    name, state = "accessibility_exceptions", settings.accessibility_state
    if name in called and name not in subject.told_settings:
        if state in IN_PART and not settings.accessibility_exceptions:
            yield subject.setting(
                name,
                Text(
                    f"Die Erklärung zur Barrierefreiheit sagt „{CONFORMITY[state]}“, aber nicht, "
                    "was nicht barrierefrei ist.",
                    f"The accessibility statement says “{state}”, but not what isn't accessible.",
                ),
                _enter(name),
            )
        elif state == "full" and settings.accessibility_exceptions:
            yield subject.setting(
                "accessibility_state",
                Text(
                    "Die Erklärung zur Barrierefreiheit sagt „vollständig vereinbar“ und nennt "
                    "doch, was nicht barrierefrei ist.",
                    "The accessibility statement says “full”, and yet tells what isn't accessible.",
                ),
                Text(
                    "Setzen Sie accessibility_state auf „partial“, oder leeren Sie "
                    "accessibility_exceptions.",
                    "Set accessibility_state to “partial”, or empty accessibility_exceptions.",
                ),
            )
    if settings.enforcement_body:
        return
    name, land = "enforcement_body", land_of(settings.german_key)
    if land is None:
        what = Text("die Durchsetzungsstelle für Barrierefreiheit", "the enforcement body")
        yield subject.setting(name, _lacking(what), _enter(name))
    elif subject.ready and name in called:
        body = ", ".join(filter(None, (land.body, land.address)))
        yield subject.setting(
            name,
            Text(
                "Die Erklärung zur Barrierefreiheit nennt die Durchsetzungsstelle aus einer Liste "
                "aller Länder und sagt, dass Sie die Angabe noch nicht bestätigt haben.",
                "The accessibility statement takes the enforcement body from a list of all Länder, "
                "and says that you have not confirmed it yet.",
            ),
            Text(
                f"Vergleichen Sie mit {OVERVIEW}, und tragen Sie ein, was gilt, zum Beispiel: "
                f'enforcement_body: "{body}"',
                f"Compare with {OVERVIEW}, and enter what holds, for example: "
                f'enforcement_body: "{body}"',
            ),
        )


def _shown_empty(subject: Subject, settings: Settings) -> Iterator[Finding]:
    """Further settings that a page shows and that are empty, each at its first place."""
    told = {*NEEDED, *_unsaid(subject, settings), *subject.told_settings}
    for page in subject.pages:
        for part in page.source.pieces.parts:
            if not isinstance(part, Call) or part.name != "setting" or not part.args:
                continue
            name = str(part.args[0])
            given = getattr(settings, name, name)  # that there is no such setting is told elsewhere
            if name not in told and given in EMPTY:
                told.add(name)
                yield Finding(
                    rule="",
                    file=page.file,
                    line=page.first_line + part.line - 1,
                    value=name,
                    problem=Text(
                        f"Hier stünde „(noch nicht angegeben)“: „{name}“ ist leer.",
                        f"Here would stand “(noch nicht angegeben)”: “{name}” is empty.",
                    ),
                    cure=_enter(name),
                )


def _left_out(page: Page, calls: Sequence[str], settings: Settings) -> list[str]:
    """Which of its macros a page that the law asks for lacks; none where it names somebody's
    address in own words."""
    made = [part for part in page.source.pieces.parts if isinstance(part, Call)]
    if any(set(part.args) & _REACHED for part in made) or _ADDRESS.search(page.source.plain):
        return []
    called = {part.name for part in made}
    if settings.accessibility_state not in IN_PART:
        called.add("accessibility_exceptions")  # there are none
    left = [call for call in calls if call not in called]
    return list(calls) if called.isdisjoint(calls) else left


def _lacking(what: Text) -> Text:
    return Text(
        f"Für die Veröffentlichung fehlt {what.de}.", f"For publication, {what.en} is missing."
    )


def _enter(name: str) -> Text:
    words, _, _ = EXPLAINED.get(name, "").partition("\n  ")
    sentence = words.replace("\n", " ").partition(".")[0].rstrip(":")
    return Text(
        f"Tragen Sie „{name}“ in {SETTINGS} ein{f': {sentence}' if sentence else ''}.",
        f"Enter “{name}” in {SETTINGS}.",
    )


def _left_words(subject: Subject) -> Iterator[Finding]:
    """One finding for each file in which words of the sample are left."""
    for file, lines in _public_lines(subject):
        found = Counter[str]()
        first: int | None = None
        for number, text in lines:
            words = _LEFT.findall(text)
            first = number if words and first is None else first
            found.update(words)
        if first is not None:
            word = next(iter(found))
            times = found.total()
            yield Finding(
                rule="",
                file=file,
                line=first,
                value=word,
                problem=Text(
                    f"Hier steht noch der Platzhalter „{word}“"
                    + (f" ({times} solche Stellen in der Datei)." if times > 1 else "."),
                    f"The placeholder “{word}” is still here"
                    + (f" ({times} such places in the file)." if times > 1 else "."),
                ),
                cure=Text(
                    "Schreiben Sie, was für Ihre Kommune gilt, oder löschen Sie die Stelle.",
                    "Write what holds for your municipality, or delete it.",
                ),
            )


def _public_lines(subject: Subject) -> Iterator[tuple[str, Iterable[tuple[int, str]]]]:
    """The texts that would be published, by file, with their lines."""
    root = subject.loaded.root
    for file, lines in subject.texts.items():
        internal = file.rpartition("/")[2].removesuffix(".md") in subject.internal
        if not internal and not file.startswith("docs/handbuch/"):
            yield file, enumerate(lines, start=1)
    for path in sorted((root / "docs").rglob("*.svg")):
        text = path.read_bytes().decode("utf-8", "replace")
        yield path.relative_to(root).as_posix(), enumerate(text.split("\n"), start=1)
    for table in subject.public.strategy.tables.values():
        rows = zip(table.lines, table.records, strict=True)
        yield table.file, ((line, "\n".join(record)) for line, record in rows)
