"""Rules on a town's additions in ``local/``: files without effect, templates left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.look.icons import theme_folder
from klarplan.look.own_styles import OWN_STYLES
from klarplan.look.word_template import WORD_TEMPLATE
from klarplan.messages import Finding, Text, near
from klarplan.own_code import MACROS, RULES
from klarplan.own_files import (
    ANSWERS,
    LOCAL,
    MADE_OF,
    OVERRIDES,
    PRINT,
    THEME,
    digest,
    mark,
    overrides,
    own_overrides,
    upstream,
)
from klarplan.pages.file_names import LEFTOVERS
from klarplan.strategy.own_words import OWN_WORDS
from klarplan.strategy.synonyms import SYNONYMS

READ = (MACROS, RULES, OWN_WORDS, SYNONYMS, OWN_STYLES, WORD_TEMPLATE)
"""What lies in ``local/`` itself and is read when a strategy is published."""
KEPT = (ANSWERS,)
"""What Klarplan itself keeps there."""
NOTES = ("readme", "liesmich", "lies-mich", "notizen")
"""What files are called that only people read."""
KINDS = (*THEME, "macros/*.html", "pages/*.md", PRINT)
"""The templates that a town may replace; scripts and style sheets are none."""


def _files(root: Path) -> list[str]:
    """All files below ``local/`` as seen from the root, but for what programs leave behind."""
    found = (path for path in (root / LOCAL).rglob("*") if path.is_file())
    names = (path.relative_to(root).as_posix() for path in found)
    return sorted(name for name in names if not _unseen(name))


def _unseen(name: str) -> bool:
    path = PurePosixPath(name)
    noted = path.stem.casefold() in NOTES and path.suffix.casefold() in (".md", ".txt", "")
    return noted or "__pycache__" in path.parts or bool(LEFTOVERS.fullmatch(path.name))


def _originals(root: Path) -> dict[str, Path]:
    """What a town may replace, by name in ``overrides``: the theme's templates, then Klarplan's."""
    found: dict[str, Path] = {}
    for folder in (theme_folder(), upstream(root, OVERRIDES)):
        for pattern in KINDS if folder else ():
            assert folder
            paths = (path for path in folder.glob(pattern) if path.is_file())
            found |= {path.relative_to(folder).as_posix(): path for path in paths}
    return found


def _owned(root: Path) -> dict[str, Path]:
    """The town's templates by name in ``overrides``."""
    folder = own_overrides(root)
    every = overrides(root, *KINDS) if folder.is_dir() else {}
    return {name: path for name, path in every.items() if folder in path.parents}


@rule(
    "KP071",
    title=Text("Ergänzung ohne Wirkung", "Addition without effect"),
    de="In local/ liegt nur, was Klarplan liest, und jede Vorlage in local/overrides/ ersetzt "
    "eine gleichnamige oder gehört zu einem eigenen Baustein.",
    severity="warning",
)
def without_effect(subject: Subject) -> Iterator[Finding]:
    """All in local/ is read, and each template in local/overrides/ takes the place of another."""
    root = subject.loaded.root
    files = _files(root)
    if not files:
        return
    owned, originals = _owned(root), _originals(root)
    used = _used(root, owned, originals)
    below = f"{LOCAL}/{OVERRIDES}/"
    for file in files:
        name = file.removeprefix(below) if file.startswith(below) else ""
        if file in READ or file in KEPT or name in used:
            continue
        folder = below if name else f"{LOCAL}/"
        known = originals if name else [one.removeprefix(folder) for one in READ]
        free = [one for one in known if not (root / folder / one).exists()]
        meant = near(file.removeprefix(folder), free)
        yield Finding(
            rule="",
            file=file,
            problem=Text(
                "Diese Datei wird nicht gelesen; an Website und Papieren ändert sie nichts.",
                "This file is not read; it changes nothing of website and papers.",
            ),
            cure=Text(f"Meinten Sie {folder}{meant[0]}?", f"Did you mean {folder}{meant[0]}?")
            if meant
            else Text(
                "Was hier liegen kann, sagt das Handbuch auf der Seite „Eigene Ergänzungen“. "
                "Notizen dürfen README.md heißen.",
                "The handbook's page on own additions says what may lie here. Notes may be called "
                "README.md.",
            ),
        )


def _used(root: Path, owned: dict[str, Path], originals: dict[str, Path]) -> set[str]:
    """The names of those templates that replace one, or that a macro or another one asks for."""
    from macros.local_macros import failure_of, macros_of  # noqa: PLC0415 (slow import)

    asked = {f"macros/{name}.html" for name in macros_of(root)}
    texts = {name: path.read_text("utf-8", "replace") for name, path in owned.items()}
    used = set()
    for name in owned:
        last = name.rpartition("/")[2]
        named = any(last in text for other, text in texts.items() if other != name)
        unknown = name.startswith("macros/") and failure_of(root) is not None
        if name in originals or name in asked or named or unknown:
            used.add(name)
    return used


@rule(
    "KP072",
    title=Text("Vorlage veraltet", "Template left behind"),
    de="Eine eigene Vorlage in local/overrides/ sagt in der ersten Zeile, aus welcher sie "
    "entstand; ändert sich diese mit einer neuen Fassung, sehen Sie nach, was Ihrer fehlt.",
    severity="warning",
)
def left_behind(subject: Subject) -> Iterator[Finding]:
    """A template of the town says which one it was made of; where that has changed, so may it."""
    root = subject.loaded.root
    owned = _owned(root)
    originals = _originals(root) if owned else {}
    for name, path in owned.items():
        if name not in originals:
            continue
        original = originals[name].read_bytes()
        first = path.read_text("utf-8", "replace").partition("\n")[0]
        told, line = MADE_OF.search(first), mark(name, original)
        if told and told[1] == digest(original):
            continue
        place = f"{OVERRIDES}/{name}"
        problem = Text(
            f"Die Vorlage {place}, aus der diese entstand, hat sich seitdem geändert.",
            f"The template {place} that this one was made of has changed since.",
        )
        cure = Text(
            f"Vergleichen Sie beide, übernehmen Sie, was Ihrer fehlt, und schreiben Sie dann als "
            f"erste Zeile: {line}",
            f"Compare both, take what yours lacks, and then write as the first line: {line}",
        )
        if not told:
            problem = Text(
                f"Diese Vorlage sagt nicht, aus welcher Fassung von {place} sie entstand; was sich "
                "dort ändert, bliebe unbemerkt.",
                f"This template does not say which version of {place} it was made of; nobody would "
                "notice what changes there.",
            )
            cure = Text(
                f"Schreiben Sie als erste Zeile: {line}", f"Write as the first line: {line}"
            )
        yield Finding(
            rule="",
            file=f"{LOCAL}/{OVERRIDES}/{name}",
            line=1,
            value=digest(original),
            problem=problem,
            cure=cure,
        )
