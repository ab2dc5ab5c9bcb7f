"""What the cover and the margins of a paper say, as values for the Typst template."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from typing import Any

from klarplan.articles.article import slug_of
from klarplan.look.colour import legible
from klarplan.look.glyphs import Glyphs
from klarplan.look.logo import logo_content
from klarplan.messages import KlarplanError, Text
from klarplan.papers.job import PaperJob
from klarplan.papers.pdf.typeset import OWN_FONTS
from klarplan.strategy.media_types import media_type
from klarplan.words.catalogue import catalogue

ATTACHMENTS = "attachments"
PAGES_PER_ENTRY = 1.25
"""About so many pages entries have; the digits of all get room where a page's number goes.

A longer number is set narrower.
"""
FRONT, SURE = 4, 1.5
"""So many pages are before all entries; and by how much they are counted higher for an entry that
may have a shorter number."""
PRINTED = "print."
"""How keys of sentences begin that the templates say."""


def _digits(job: PaperJob) -> list[int]:
    """How many digits the number of each entry's page has at most, by how many are before it."""
    every = PAGES_PER_ENTRY * job.zoom**2
    most = len(str(int(every * len(job.entries))))
    pages = (SURE * (FRONT + every * at) for at in range(1, len(job.entries)))
    return [*(min(len(str(int(page))), most) for page in pages), *([most] if job.entries else [])]


def cover_values(job: PaperJob, glyphs: Glyphs) -> dict[str, Any]:
    """All values for the template, every text printable; copies logo and attachments.

    Raises ``KlarplanError`` where the logo or an attachment can't be read.
    """
    digits = _digits(job)
    texts = {
        "title": job.title,
        "strategy": job.strategy,
        "subtitle": job.subtitle,
        "publisher": job.publisher,
        "version": job.version,
        "commit": job.commit[:10],
        "address": job.address,
        "licence": job.licence_name,
        "resolution": job.resolution,
        "as-of": job.dated(job.words.day(job.as_of)),
    }
    said = {key: job.words.handed(key) for key in catalogue(job.words.lang) if _is_printed(key)}
    # To ask for all at once takes no longer than to ask for one.
    glyphs.learn(json.dumps([texts, said, job.contact], ensure_ascii=False))
    shown = {key: glyphs.printable(" ".join(text.split())) for key, text in texts.items()}
    # PDF/UA-1 wants a title (7.1); of signs that nobody sees nothing is left.
    if not shown["title"].strip(" \u00ad\u200b"):
        shown["title"] = glyphs.printable(job.words("print.untitled"))
    return {
        **shown,
        "words": _words(said, glyphs),
        "lang": job.words.lang,
        "region": job.words.locale.territory,
        "font": _typeface(job),
        "contact": [glyphs.printable(" ".join(line.split())) for line in job.contact if line],
        "imprint": job.imprint,
        "draft": job.draft,
        "style": job.style,
        "zoom": job.zoom,
        "entries": len(job.entries),
        "digits": digits[-1] if digits else 1,
        "near": {
            slug_of(entry.page): number
            for entry, number in zip(reversed(job.entries), reversed(digits), strict=True)
            if entry.page and number < digits[-1]
        },
        "licence-url": job.licence_url,
        "keywords": [" ".join(word.split()) for word in job.keywords if word.strip()],
        "description": " ".join(job.description.split()),
        "primary": legible(job.primary_colour),
        "accent": legible(job.accent_colour),
        "logo": _logo(job),
        "attachments": _attachments(job),
        "broken": [],
    }


def _is_printed(key: str) -> bool:
    return key.startswith(PRINTED)


def _words(words: Mapping[str, Any], glyphs: Glyphs) -> dict[str, Any]:
    """What the templates say, by the rest of its key: text, parts or forms (``Words.handed``)."""

    def printable(said: Any) -> Any:
        if isinstance(said, dict):
            return {form: printable(text) for form, text in said.items()}
        if isinstance(said, list):
            return [part if n % 2 else glyphs.printable(part) for n, part in enumerate(said)]
        return glyphs.printable(said)

    return {key.removeprefix(PRINTED): printable(said) for key, said in words.items()}


def _typeface(job: PaperJob) -> str:
    """Copies the fonts to where the typesetter looks for them; the name of the family."""
    face, folder = job.typeface, job.work / OWN_FONTS
    folder.mkdir(exist_ok=True)
    for number, file in enumerate(dict.fromkeys((face.regular, face.italic, face.bold))):
        shutil.copyfile(file, folder / f"{number}{file.suffix.lower()}")
    return face.family


def _logo(job: PaperJob) -> str:
    if job.logo is None:
        return ""
    name = f"logo{job.logo.suffix.lower()}"
    content = logo_content(job.logo) if job.logo.is_file() else None
    if content is None:
        raise KlarplanError(
            Text(
                f"Das Logo „{job.logo.name}“ ist nicht lesbar.",
                f"The logo “{job.logo.name}” can't be read.",
            ),
            Text(
                "Prüfen Sie „logo“ in strategy/strategy.yml; der Pfad gilt ab docs/.",
                "Check “logo” in strategy/strategy.yml; the path starts at docs/.",
            ),
        )
    (job.work / name).write_bytes(content)
    return name


def _attachments(job: PaperJob) -> list[dict[str, str]]:
    folder = job.work / ATTACHMENTS
    folder.mkdir(exist_ok=True)
    listed = []
    for number, file in enumerate(sorted(job.attachments, key=lambda path: path.name)):
        place = f"{ATTACHMENTS}/{number:03}"
        try:
            shutil.copyfile(file, job.work / place)
        except OSError as error:
            raise KlarplanError(
                Text(
                    f"Die Datei „{file.name}“ kann nicht in das PDF eingebettet werden.",
                    f"The file “{file.name}” can't be embedded in the PDF.",
                )
            ) from error
        listed.append(
            {
                "name": re.sub(r"[^\w.-]", "_", file.name),
                "place": place,
                "type": media_type(file.name),
                "description": job.words("print.attachment", file=file.name),
            }
        )
    return listed
