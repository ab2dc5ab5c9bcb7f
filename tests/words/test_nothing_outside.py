"""Every sentence that readers see stands in the catalogue, and the catalogue holds no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from klarplan.words.catalogue import catalogue
from tests.support.project import REPOSITORY
from tests.words import keys
from tests.words.outside import FINDERS

ROOMS = (
    "macros",
    "overrides",
    "klarplan/website",
    "klarplan/papers",
    "klarplan/pages",
    "klarplan/open_data",
)
SAID_FROM = ("macros", "overrides", "klarplan")

TECHNICAL: Mapping[str, tuple[str, ...]] = {
    "klarplan/open_data/stratml.py": ("",),  # names of elements
    "klarplan/open_data/workbook/sheets.py": ("Calibri",),  # a typeface
    "klarplan/pages/bounds.py": ("",),  # names of marks, in both languages, for editors
    "klarplan/pages/extension.py": ("The ", "A file ", "What a table is called"),
    "klarplan/pages/facets.py": ("badge badge--", "trend trend--"),
    "klarplan/pages/file_names.py": ("A-Za-z0-9",),
    "klarplan/pages/gate.py": ("a abbr", "abbr align", "left ", "top "),
    "klarplan/pages/languages.py": ("",),  # codes, and what people write for them
    "klarplan/pages/linked_data.py": ("",),  # words of schema.org
    "klarplan/pages/open_elements.py": ("area ", "p li"),
    "klarplan/papers/docx/bare.py": ("Type", "Target", "External"),  # names in lists of relations
    "klarplan/papers/docx/drawings.py": ("",),  # typefaces, names of elements and parts
    "klarplan/papers/docx/finish.py": ("image caption", "table caption"),
    "klarplan/papers/docx/letters.py": ("",),  # typefaces, names of styles
    "klarplan/papers/docx/lists.py": ("List ",),  # names that Word has for styles in all languages
    "klarplan/papers/docx/images.py": ("#set",),
    "klarplan/papers/docx/make.py": ("Kontakt",),
    "klarplan/papers/docx/prepare.py": ("Verzug", "Nebentext", "Status"),
    "klarplan/papers/docx/reference.py": ("",),  # names of styles, fonts and parts
    "klarplan/papers/pptx/__init__.py": ("",),  # names of classes
    "klarplan/papers/pptx/make.py": ("",),  # names of parts and markup
    "klarplan/papers/pptx/reference.py": ("Target",),
    "klarplan/papers/links.py": ("th td", "dt dd", ", numbered: true"),
    "klarplan/papers/pdf/forms.py": ("#[#set", "region: none"),
    "klarplan/papers/pdf/lines.py": ("span mark",),
    "klarplan/papers/pdf/sheets.py": ("whole: true",),
    "klarplan/papers/pdf/tables.py": (
        "dense: true",
        "numbers: true",
        "#page(flipped",
    ),
    "klarplan/papers/pdf/volumes.py": ("#pagebreak",),
    "klarplan/papers/pictures.py": (", narrow: true",),
    "klarplan/look/letter_widths.py": ("ACSVXYÄ0123456789",),
    "klarplan/papers/widths.py": ("boxed: true",),
    "klarplan/papers/pptx/letters.py": (
        "aeäET0123456789–€§+=_*#",
        "bdhnopquöüCPY",
        "ßBKRX",
        "AVÄ",
        "NOQUÖÜ",
    ),
    "klarplan/papers/svg.py": ("attributeName", "Source Sans 3"),
    "klarplan/website/generator.py": ("… -m pip install",),
    "klarplan/website/policy.py": (
        "public, ",
        "always set ",
        "set Cache-Control",
        "RequestHeader ",
        "AddCharset ",
        "Header ",
        "AddOutputFilterByType ",
    ),
    "klarplan/website/root_files.py": (
        "Allow:",
        "Disallow:",
        "Sitemap:",
        "Contact:",
        "Expires:",
        "Preferred-Languages:",
        "Canonical:",
    ),
    "macros/excerpt.py": ("Abb Abg", "Art Bd"),  # abbreviations, to be recognised
    "macros/indicators.py": ("Euro",),
    "macros/render.py": ("svg class",),
    "macros/strategy.py": ("Name der", "Adresse der"),  # for editors, in a preview
    "macros/template_faults.py": ("",),  # patterns of messages of the template language
    "overrides/assets/age.js": ("use strict",),
    "overrides/assets/copy.js": ("use strict", "input"),
    "overrides/assets/measures_list.js": ("use strict", "ß", "Escape"),
    "overrides/assets/synonyms.js": ("use strict",),
    "overrides/assets/search.js": (
        "use strict",
        "ß",
        "Control+K",
        "Escape",
        "input, select",
        # Words that questions are made of, in both languages.
        "aber",
        "dieser",
        "ihr",
        "so über",
        "wer",
        "a about",
        "have",
        "that",
        "which",
    ),
    "overrides/assets/theme.js": ("use strict", "Escape"),
    "overrides/form/form.css": ("Source Sans 3", "Segoe UI", "Helvetica Neue"),
    "overrides/form/form.js": ("use strict",),
    "overrides/macros/_measures.html": ("klarplan import",),
    "overrides/macros/table_use.html": ("import pandas",),
    "overrides/print/design.typ": ("Source Sans 3", "DejaVu Sans Mono", "make site"),
    "overrides/print/filter.lua": ("#raw(block: true", "Plain", "Para"),
    "overrides/print/pictures.typ": ("Fira Sans",),
}
"""What looks like words and is none, by file: how it begins; the empty text is all of a file."""


def files(rooms: tuple[str, ...], endings: Mapping[str, object]) -> Iterator[str]:
    """The files below some folders that can be read."""
    for room in rooms:
        for path in sorted((REPOSITORY / room).rglob("*")):
            if path.suffix in endings and "upstream" not in path.parts:
                yield path.relative_to(REPOSITORY).as_posix()


def found_in(file: str) -> list[tuple[int, str]]:
    """What looks like words in a file."""
    source = (REPOSITORY / file).read_text(encoding="utf-8")
    return list(FINDERS[Path(file).suffix](source))


def outside(file: str) -> list[str]:
    """The sentences of a file that are not in the catalogue, each with its line."""
    technical = TECHNICAL.get(file, ())
    return [
        f"{file}:{line}: {text[:90]}"
        for line, text in found_in(file)
        if not any(text.strip().startswith(begins) for begins in technical)
    ]


@pytest.mark.parametrize("file", sorted(files(ROOMS, FINDERS)))
def test_sentences_stand_in_the_catalogue(file: str) -> None:
    """No module, template, script or print template holds words for readers."""
    assert outside(file) == []


@pytest.mark.parametrize("file", sorted(TECHNICAL))
def test_what_is_no_sentence_is_still_there(file: str) -> None:
    """An exception that nothing needs any more goes."""
    texts = [text.strip() for _, text in found_in(file)]
    assert [b for b in TECHNICAL[file] if not any(t.startswith(b) for t in texts)] == []


PLANTED: Mapping[str, tuple[str, ...]] = {
    ".py": (
        'X = {"a": "Teil von"}',
        'def f(n: int) -> str:\n    return f"{n} weitere Ziele"',
        'p("<b>{}</b> überfällig")',
        "p(\"<img alt='Ein Bild'>\")",
        'said = "ohne Termin" if late else ""',
    ),
    ".html": (
        "<p>Noch keine Meldung</p>",
        "{% if x %}<b>alle anzeigen</b>{% endif %}",
        '<nav aria-label="Hauptmenü"></nav>',
        '<input placeholder="Ihr Wort">',
        '<a title="{{ x }} öffnen"></a>',
        '{{ "Keine" if n == 0 else n }}',
        '{% for a, b in [("x", "Offene Daten")] %}{{ b }}{% endfor %}',
        '{{ table(heading="Risiken für alle") }}',
        "<td>{{ n }} von {{ m }} erreicht</td>",
    ),
    ".md": ("# {{ title }}\n\nMehr dazu steht hier.\n", '{{ lessons(heading="Was wir lernen") }}'),
    ".js": (
        'count.textContent = "Keine Treffer";',
        "const t = `${n} Treffer`;",
        'button.setAttribute("aria-label", "Menü");',
    ),
    ".css": ('p::before { content: "Sortieren nach:"; }',),
    ".typ": (
        "#let a = text(size: 9pt)[Notizen]",
        '#let a = text("Lizenz: " + job.licence)',
        "#let a = [Seite #here().page() von #n]",
        "#if x == [] [Die Daten stehen hier.] else [Keine Daten]",
    ),
    ".lua": ('return pandoc.Str("Siehe Seite")',),
}


@pytest.mark.parametrize(
    ("ending", "source"), [(ending, s) for ending, sources in PLANTED.items() for s in sources]
)
def test_a_planted_sentence_is_found(ending: str, source: str) -> None:
    """The finders see a sentence wherever one can stand."""
    assert list(FINDERS[ending](source))


SILENT: Mapping[str, tuple[str, ...]] = {
    ".py": (
        '"""Docstrings say nothing to readers."""',
        'x = Text("Die Datei fehlt.", "The file is missing.")',
        'raise ValueError("Not a file")',
        'x: Literal["Die Stadt"] = y',
        'log.info("Two words")',
        'NAMES = "alpha beta gamma".split()',
        'x = words("late.intro", n=3)',
        'x = node.xpath("descendant::td | descendant::th")',
    ),
    ".html": (
        '{# A comment. #}<p class="late quiet">{{ say("late.intro") }}</p>',
        '{% if x == "late" %}{{ p.badge(b) }}{% endif %}',
        '<a href="{{ url }}">{{ say["menu.start"] }}</a>',
    ),
    ".js": ("// Two words.", 'dialog.querySelector("form.filters button")', "/Aa Bb/.test(x)"),
    ".typ": ("// Two words.", '#let a = say("as_of", day: job.as-of)', '#import "a.typ": *'),
    ".css": (".a .b { color: red; } /* Two words. */",),
}


@pytest.mark.parametrize(
    ("ending", "source"), [(ending, s) for ending, sources in SILENT.items() for s in sources]
)
def test_what_readers_never_see_is_no_sentence(ending: str, source: str) -> None:
    """Comments, docstrings, messages to editors, patterns and keys are left alone."""
    assert list(FINDERS[ending](source)) == []


@pytest.fixture(scope="module")
def uses() -> list[tuple[str, keys.Use]]:
    """Every text of the engine that may be a key, with its file."""
    return [
        (file, use)
        for file in files(SAID_FROM, keys.READERS)
        for use in keys.READERS[Path(file).suffix]((REPOSITORY / file).read_text("utf-8"))
    ]


def test_every_key_that_is_used_is_there(uses: list[tuple[str, keys.Use]]) -> None:
    """What is asked for by key has a sentence."""
    known = catalogue("de")
    missing = {
        f"{file}: {use.key}"
        for file, use in uses
        if use.asked and use.key.strip("\0") and not any(map(use.fits, known))
    }
    assert sorted(missing) == []


def test_every_sentence_is_used(uses: list[tuple[str, keys.Use]]) -> None:
    """A sentence that nothing says goes."""
    plain = {use.key for _, use in uses if not use.pattern}
    patterns = {use for _, use in uses if use.pattern and "." in use.key and use.key[0] != "\0"}
    unused = [
        key
        for key in catalogue("de")
        if key not in plain and not any(use.fits(key) for use in patterns)
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("ending", "source"),
    [
        (".py", 'words("late.nothing")'),
        (".py", 'ctx.words(f"nowhere.{kind}")'),
        (".html", '{{ say("late.nothing") }}'),
        (".html", '{{ say["late.nothing"] }}'),
        (".html", '{{ say("nowhere." ~ kind) }}'),
        (".typ", '#let a = say("nothing")'),
    ],
)
def test_a_key_that_is_not_there_is_found(ending: str, source: str) -> None:
    """A slip in a key is seen before a page asks for it."""
    asked = [use for use in keys.READERS[ending](source) if use.asked]
    assert asked
    assert not any(use.fits(key) for use in asked for key in catalogue("de"))
