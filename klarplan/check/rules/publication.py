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
from klarplan.strategy.laender import land_of
from klarplan.strategy.setting_slips import NAMES
from klarplan.strategy.settings import SETTINGS, Settings
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
        ("accessibility_state", "accessibility_exceptions", "accessibility_feedback"),
    ),
}
"""Pages that a public site has, and the macros that write what they must say."""
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
    de="Eine öffentliche Strategie nennt Zusammenfassung, Kontakt, vollständiges Impressum und "
    "Erklärung zur Barrierefreiheit und enthält keine Wörter des Beispiels. "
    "Für einen Entwurf prüft das `klarplan check --ready`.",
)
def not_ready(subject: Subject) -> Iterator[Finding]:
    """A public strategy has summary, contact, imprint, accessibility statement, and own words."""
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
        elif (page := by_file.get(file)) and not _answers(page, calls):
            yield Finding(
                rule="",
                file=file,
                line=page.first_line,
                problem=Text(
                    f"Auf dieser Seite fehlt, was für {what.de} nötig ist: Sie nennt niemanden.",
                    f"This page lacks what {what.en} needs: it names nobody.",
                ),
                cure=Text(
                    f"Ergänzen Sie {' und '.join(lines[1:])}",
                    f"Add {' and '.join(lines[1:])}",
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
    if not settings.enforcement_body and land_of(settings.german_key) is None:
        what = Text("die Durchsetzungsstelle für Barrierefreiheit", "the enforcement body")
        yield subject.setting("enforcement_body", _lacking(what), _enter("enforcement_body"))


def _shown_empty(subject: Subject, settings: Settings) -> Iterator[Finding]:
    """Further settings that a page shows and that are empty, each at its first place."""
    told = set(NEEDED) | subject.told_settings
    for page in subject.pages:
        for part in page.source.pieces.parts:
            if not isinstance(part, Call) or part.name != "setting" or not part.args:
                continue
            name = str(part.args[0])
            given = getattr(settings, name, name)  # that there is no such setting is told elsewhere
            if name not in told and given in ("", None, ()):
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


def _answers(page: Page, calls: tuple[str, ...]) -> bool:
    """Whether a page that the law asks for has its macros, or somebody's address in own words."""
    parts = page.source.pieces.parts
    made = [part for part in parts if isinstance(part, Call)]
    reached = any(part.name in calls or set(part.args) & _REACHED for part in made)
    return reached or _ADDRESS.search(page.source.plain) is not None


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
