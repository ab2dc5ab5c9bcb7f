"""Rules on alternative texts and link texts that are there, and tell nothing."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.messages import Finding, Text
from klarplan.strategy.addresses import is_web

_FILE = re.compile(r"[\w .()-]+\.(?:png|jpe?g|gif|svg|webp|heic|tiff?|bmp|pdf|avif)", re.IGNORECASE)
_CAMERA = re.compile(
    r"(?:img|dsc[nf]?|pict?|image|bild|foto|screenshot|bildschirmfoto|unbenannt|scan)"
    r"[ _-]?\(?[\d_-]*\)?",
    re.IGNORECASE,
)
_EMPTY = frozenset(
    """
    hier|mehr|hier klicken|klicken sie hier|klick hier|bitte hier klicken|link|zum link|dieser link
    |diesem link|diesen link|weiter|weiterlesen|mehr lesen|mehr erfahren|mehr dazu|mehr infos
    |mehr informationen|weitere informationen|weitere infos|infos|details|siehe hier|dort|download
    |here|click here|more|read more|this link
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)


def _is_file_name(alternative: str, address: str) -> bool:
    """Whether an alternative text is what the file is called, or what a camera calls it."""
    said = alternative.strip()
    if _FILE.fullmatch(said) or _CAMERA.fullmatch(said):
        return True
    stem = posixpath.basename(address).rpartition(".")[0]
    return said.casefold() == stem.casefold() and bool(re.search(r"[\d_-]", stem))


_PROBLEM = Text(
    "Der Alternativtext ist der Name einer Datei; er sagt nicht, was zu sehen ist.",
    "The alternative text is the name of a file; it does not say what is to be seen.",
)
_CURE = Text(
    "Schreiben Sie in einem Satz, was das Bild zeigt, zum Beispiel „Radweg an der Hauptstraße“.",
    "Write in one sentence what the picture shows, for example “Cycle path on Main Street”.",
)


@rule(
    "KP726",
    title=Text("Alternativtext ist ein Dateiname", "Alternative text is a file name"),
    de="Der Alternativtext sagt, was zu sehen ist, nicht, wie die Datei heißt (WCAG 1.1.1).",
    severity="warning",
    pages=True,
)
def alternative_is_file(subject: Subject) -> Iterator[Finding]:
    """The alternative text tells what is to be seen, not what the file is called (WCAG 1.1.1)."""
    for page in subject.pages:
        last = 0
        for picture in page.pictures:
            said = picture.alternative or ""
            if said.strip() and _is_file_name(said, picture.address):
                last = page.find(f"![{said}](", said, after=last) or last
                yield Finding(
                    rule="",
                    file=page.file,
                    line=last or None,
                    value=shown(said),
                    problem=_PROBLEM,
                    cure=_CURE,
                )


@rule(
    "KP727",
    title=Text("Linktext sagt nicht, wohin er führt", "Link text does not tell where it leads"),
    de="Ein Link sagt, wohin er führt, auch wenn nur er vorgelesen wird (WCAG 2.4.4): nicht "
    "„hier“, nicht „mehr“, nicht eine lange Adresse.",
    severity="warning",
    pages=True,
)
def empty_words(subject: Subject) -> Iterator[Finding]:
    """A link tells where it leads, even if it is read alone (WCAG 2.4.4)."""
    for page in subject.pages:
        last = 0
        for link in page.links:
            said = " ".join(link.words.split())
            bare = said.strip(" .,:;!?…»›>→()[]").casefold()
            address = is_web(said) or bare.startswith("www.")
            path = "/" in re.sub(r"^\w+://", "", said).rstrip("/")
            if bare not in _EMPTY and not (address and path):
                continue
            last = page.find(f"[{said}](", link.address, after=last) or last
            yield Finding(
                rule="",
                file=page.file,
                line=last or None,
                value=shown(said),
                problem=Text(
                    "Der Linktext ist eine lange Adresse; vorgelesen versteht sie niemand."
                    if address
                    else f"„{said}“ sagt nicht, wohin der Link führt.",
                    "The link text is a long address, which nobody understands when it is read out."
                    if address
                    else f"“{said}” does not tell where the link leads.",
                ),
                cure=Text(
                    "Schreiben Sie, was man dort findet, zum Beispiel "
                    f"[Haushaltsplan 2026]({shown(link.address)}).",
                    "Write what is found there, for example "
                    f"[Budget of 2026]({shown(link.address)}).",
                ),
            )
