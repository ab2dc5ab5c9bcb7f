"""The rule that staff are named by role and functional mailbox, never by person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import TEXTS, Subject
from klarplan.messages import Finding, Text
from klarplan.strategy.addresses import is_web

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FIRST_NAMES = _words(
    """
    achim adam adrian agnes ahmet albert alex alexander alexandra alfred ali alina almut amelie
    andrea andreas angela angelika anika anita anja anke ann anna anne annegret anneliese
    annette annika anton antje arne astrid axel ayse barbara bastian beate ben benedikt benjamin
    bernd bernhard berta bettina bianca birgit birte björn bjoern bodo boris brigitte britta
    bruno burak carina carla carmen carola caroline carsten cem charlotte chiara christa
    christian christiane christina christine christof christoph christopher claas clara claudia
    claus clemens constanze cornelia corinna dagmar daniel daniela david denise dennis detlef
    diana dieter dietmar dirk dominik doris dorothea eberhard eckhard edith elena elif elisabeth
    elke ellen else emil emilia emine emma erich erik erika ernst erwin esther eva evelyn fabian
    fabio fatih fatma felix finn florian frank franz franziska frauke frida friederike friedrich
    fritz gabi gabriela gabriele georg gerd gerda gerhard gertrud gisela gregor grit gudrun
    guido günter guenter günther guenther gustav hanna hannah hannelore hannes hans harald
    hartmut hasan heidi heike heiko heiner heinrich heinz helena helene helga helmut hendrik
    henning henrik herbert hermann holger horst hubert hüseyin ibrahim ida ilka ilona ilse ina
    ines inga inge ingeborg ingo ingrid irene iris irmgard isabel isabella jakob jan jana janina
    jannik jasmin jens jessica joachim jochen johann johanna johannes jonas jörg joerg josef
    joseph judith jule julia julian juliane jürgen juergen jutta kai karin karina karl karla
    karoline karsten katharina kathrin katja katrin kerstin kevin kim klaus konrad konstantin
    kristin kristina kurt lara lars laura lea lena leon leonie lina lisa lothar louis luca luis
    luisa luise lukas lutz magdalena maike maja malte manfred manuel manuela marc marcel marco
    marcus mareike margarete margit margot maria marianne marie marina mario marion mark marko
    markus marlene marlies martha martin martina marvin mathias matthias max maximilian mehmet
    melanie merle meike michael michaela miriam mohamed mona monika moritz murat mustafa nadine
    nadja natalie niclas nico nicola nicole niklas nils nina noah nora norbert olaf ole oliver
    olivia oscar oskar otto pascal patricia patrick paul paula pauline peter petra philip
    philipp pia rafael rainer ralf ralph ramona rebecca regina reiner reinhard reinhold renate
    rene richard rita robert robin roger roland rolf roman ronald ronny rosemarie rudolf ruth
    sabine sabrina sandra sara sarah sascha sebastian selina sibylle siegfried sigrid silke
    silvia simon simone sina sofia sonja sophia sophie stefan stefanie steffen steffi stephan
    stephanie susanne svea sven svenja swen sylvia tanja tatjana theo theresa thomas thorben
    thorsten till tim timo tina tobias tom torben torsten udo ulf ulrich ulrike ursula ute uwe
    valentin valerie vanessa vera verena veronika viktor viktoria vincent volker waldemar walter
    waltraud werner wilfried wilhelm wilhelmine willi winfried wolf wolfgang wolfram xenia
    yannick yasemin yusuf yvonne
    """
)
_ROLES = _words(
    """
    amt anfrage anfragen auskunft bauamt bürger buerger bürgerbüro buergerbuero bürgermeister
    buergermeister büro buero datenschutz dezernat digitalisierung e-mail fachbereich fb info
    kontakt leitung mail ob oberbürgermeister oberbuergermeister office ordnungsamt post
    poststelle presse rat rathaus referat service stab stabsstelle stadt team verwaltung
    zentrale
    """
)


def personal(address: str) -> bool:
    """Whether an e-mail address looks like a person's: ``v.nachname@``, or a private mailbox."""
    local, _, provider = address.lower().partition("@")
    parts = [p for p in re.split(r"[._-]", local) if p]
    if not parts or _ROLES & set(parts):
        return False
    if provider in _PRIVATE:
        return True
    if len(parts) == 1:
        return False
    initial = len(parts[0]) == 1 and parts[0].isalpha() and len(parts[-1]) > 2
    return initial or bool({parts[0], parts[-1]} & _FIRST_NAMES)


_PRIVATE = _words(
    """
    web.de gmx.de gmx.net gmx.at gmx.ch gmail.com googlemail.com t-online.de freenet.de
    yahoo.de yahoo.com hotmail.com hotmail.de outlook.com outlook.de icloud.com arcor.de
    bluewin.ch mail.de posteo.de
    """
)
"""Providers at whose addresses private people have their mail."""
_NAME = r"[A-ZÄÖÜ][a-zäöüßéèç]+(?:-[A-ZÄÖÜ][a-zäöüßéèç]+)?"
_OFFICES = r"(?:meister|meisterin|rat|rätin|leiter|leiterin|präsident|präsidentin)"
_ADDRESSED = re.compile(
    rf"\b(?:Herrn?|Frau|Hr\.|Fr\.)\s(?:(?:Dr|Prof)\.\s|[A-ZÄÖÜ][a-zäöü]+{_OFFICES}\s)*"
    rf"(?:[A-ZÄÖÜ]\.\s?)?({_NAME})\b"
)
_INITIAL = re.compile(rf"(?:^|[,;/(]\s*)([A-ZÄÖÜ]\.\s?{_NAME})(?=$|\s*[,;/(])")
_FULL_NAME = re.compile(rf"(?:^|[,;/(]\s*)(?:Dr\.\s)?(({_NAME})\s{_NAME})(?=$|\s*[,;/(])")
_TURNED = re.compile(rf"{_NAME}, ({_NAME})")
_SHORT = re.compile(r"[a-zäöü]{2,4}(?:\s?[/,;]\s?[a-zäöü]{2,4})*")
_PHONE = re.compile(
    r"\b(?:Tel|Telefon|Handy|Mobil|Durchwahl|DW)\b[.:]{0,2}\s?([+\d(][\d /()-]{1,20}\d)"
    r"|(?<![\w/-])(\+\d{2}[\d /()-]{6,20}\d|0\d{2,4}\s?[/-]\s?\d[\d -]{3,12}\d"
    r"|01[567]\d[\s/-]?\d[\d -]{5,12}\d)"
)
_BODIES = re.compile(
    r"(?:amt|schule|stift|stiftung|haus|heim|werk|werke|verein|institut|kirche|zentrum|kreis|"
    r"platz|hof|club|bad|forum|bund|verband|rat|team|gruppe|gesellschaft|ag)$",
    re.IGNORECASE,
)


_LAST = re.compile(rf"\s{_NAME}\b")
_ROLE_ENDS = re.compile(rf"{_OFFICES}$")


def _person(text: str) -> str | None:
    """What of the name of an office is a person's: “Petra Müller”, “K. Schmidt”, “mü/sch”."""
    if found := _INITIAL.search(text):
        return found[1]
    if _SHORT.fullmatch(text) and text not in _ROLES:
        return text
    if (turned := _TURNED.fullmatch(text)) and turned[1].lower() in _FIRST_NAMES:
        return text
    found = _FULL_NAME.search(text)
    if found and found[2].lower() in _FIRST_NAMES and not _BODIES.search(found[1]):
        return found[1]
    return None


def named_people(text: str, *, office: bool) -> Iterator[str]:
    """People named in a text and their numbers, each once."""
    yield from _names(text, office=office)
    for found in _PHONE.finditer(text):
        yield found[1] or found[2]


@lru_cache(TEXTS)
def _each(text: str, *, office: bool) -> tuple[str, ...]:
    """The same, kept: most cells say what others say, and stay as they are from check to check."""
    return tuple(dict.fromkeys(named_people(text, office=office)))


def _names(text: str, *, office: bool) -> Iterator[str]:
    for found in _ADDRESSED.finditer(text):
        if found[1].lower() not in _ROLES and not _ROLE_ENDS.search(found[1]):
            last = _LAST.match(text, found.end()) if found[1].lower() in _FIRST_NAMES else None
            yield f"{found[0]}{last[0] if last else ''}"
    if (name := _person(text) if office else None) is not None and not _ADDRESSED.search(text):
        yield name


SETTINGS = {
    "contact_name": Text("die Stelle, die Auskunft gibt", "the office that answers questions"),
    "supervisory_authority": Text("die Behörde", "the authority"),
    "privacy_contact": Text(
        "das Postfach der oder des Datenschutzbeauftragten", "the mailbox for data protection"
    ),
    "enforcement_body": Text("die Stelle", "the body"),
    "accessibility_method": Text("die Stelle, die geprüft hat", "the office that tested"),
    "hosting": Text("den Betrieb", "the company"),
}
"""Settings that name offices, each with what to name; who represents the town, the law may ask."""

_CURE = Text(
    "Nennen Sie ein Funktionspostfach, zum Beispiel digitales@stadt.example.",
    "Name a functional mailbox, for example digital@city.example.",
)


def _problem(address: str) -> Text:
    return Text(
        f"„{address}“ sieht aus wie die Adresse einer Person.",
        f"“{address}” looks like the address of a person.",
    )


@rule(
    "KP603",
    title=Text("Persönliche E-Mail-Adresse", "Personal e-mail address"),
    de="E-Mail-Adressen sind Funktionspostfächer und nennen keine Personen.",
    severity="warning",
)
def personal_email(subject: Subject) -> Iterator[Finding]:
    """E-mail addresses are functional mailboxes and do not name persons."""
    for name, line, column, text in subject.text_cells:
        if "@" in text:
            for address in filter(personal, _EMAIL.findall(text)):
                yield subject.cell(name, line, column, _problem(address), _CURE)
    for file, lines in subject.texts.items():
        for number, text in enumerate(lines, start=1):
            if "@" in text:
                for address in filter(personal, _EMAIL.findall(text)):
                    yield Finding(
                        rule="",
                        file=file,
                        line=number,
                        value=address,
                        problem=_problem(address),
                        cure=_CURE,
                    )


@rule(
    "KP608",
    title=Text("Person statt Stelle", "Person instead of office"),
    de="Tabellen und Einstellungen nennen Stellen und Funktionen, keine Personen; Tabellen nennen "
    "auch keine Telefonnummern.",
    severity="warning",
)
def named_person(subject: Subject) -> Iterator[Finding]:
    """Tables and settings name offices, no people; tables no telephone numbers either."""
    for setting, what in SETTINGS.items():
        text = getattr(subject.strategy.settings, setting)
        for told in dict.fromkeys(_names(text, office=True)):
            yield subject.setting(
                setting,
                Text(
                    f"„{told}“ sieht aus wie der Name einer Person; auf der Website stünde er "
                    "dauerhaft.",
                    f"“{told}” looks like the name of a person; the site would show it for good.",
                ),
                Text(f"Nennen Sie {what.de}.", f"Name {what.en}."),
            )
    cure = Text(
        "Nennen Sie die Stelle oder Funktion, zum Beispiel „Tiefbauamt“ oder „Projektleitung“.",
        "Name the office or function, for example “roads office” or “project lead”.",
    )
    for name, line, column, text in subject.public_text_cells:
        if is_web(text):
            continue
        office = (name, column) == ("organisations", "name")
        for told in _each(text, office=office):
            problem = Text(
                f"„{told}“ sieht aus wie der Name oder die Telefonnummer einer Person.",
                f"“{told}” looks like the name or the telephone number of a person.",
            )
            yield subject.cell(name, line, column, problem, cure)
