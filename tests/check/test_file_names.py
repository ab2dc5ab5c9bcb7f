"""Files that are not read because of their names are told, with the name that they need."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.messages import Finding
from tests.pages.test_files import docx, put
from tests.support.klein import DAY, append, copied

TEXT = "strategy/measures/A-1.md"
OTHER = "strategy/measures/A-2"


def news(root: Path, before: set[Finding]) -> list[Finding]:
    """What the check finds that it did not find before."""
    return [f for f in check(root, DAY) if f not in before]


RENAMED = {
    TEXT: {
        "strategy/measures/A-1.MD": ("KP742", "error", "A-1.md"),
        "strategy/measures/A-1.Md": ("KP742", "error", "A-1.md"),
        "strategy/measures/A-1.markdown": ("KP742", "error", "A-1.md"),
        "strategy/measures/A-1.md.txt": ("KP742", "error", "A-1.md"),
        "strategy/measures/A-1.md.docx": ("KP742", "error", "A-1.md"),
        "strategy/measures/A-1 .md": ("KP742", "error", "A-1.md"),
        "strategy/measures/A-1..md": ("KP742", "error", "A-1.md"),
        "strategy/measures/a-1.md": ("KP705", "error", "A-1.md"),
    },
    "data/milestones.csv": {
        "data/Milestones.csv": ("KP744", "error", "milestones.csv"),
        "data/milestones.CSV": ("KP744", "error", "milestones.csv"),
        "data/milestones.csv.txt": ("KP744", "error", "milestones.csv"),
        "data/milestones.csv.csv": ("KP744", "error", "milestones.csv"),
        "data/milestones.xlsx": ("KP744", "warning", "milestones.csv"),
        "data/milestones-alt.csv": ("KP744", "warning", "milestones.csv"),
    },
    "docs/index.md": {"docs/Index.md": ("KP751", "error", "index.md")},
}


@pytest.mark.parametrize(
    ("old", "new", "told"), [(o, n, t) for o, names in RENAMED.items() for n, t in names.items()]
)
def test_a_file_under_another_name(
    old: str, new: str, told: tuple[str, str, str], tmp_path: Path
) -> None:
    """A text or table under a name that nobody reads is one finding with the right name."""
    root = copied(tmp_path)
    before = set(check(root, DAY))
    (root / old).rename(root / new)
    if (root / old).exists():
        pytest.skip("this file system takes both names for one")
    (found,) = news(root, before)
    assert (found.rule, found.severity, told[2] in found.cure.de) == (told[0], told[1], True)


@pytest.mark.parametrize(
    ("file", "rule", "severity", "word"),
    [
        (f"{OTHER}.docx", "KP745", "error", f"{OTHER}.md"),
        ("strategy/measures/a-2.odt", "KP745", "error", f"{OTHER}.md"),
        ("strategy/measures/A-1.docx", "KP745", "warning", TEXT),
        ("docs/Über uns.md", "KP746", "warning", "docs/ueber-uns.md"),
        ("docs/Bürger Rat/termine.md", "KP746", "warning", "docs/buerger-rat/termine.md"),
        (unicodedata.normalize("NFD", "docs/Übersicht.md"), "KP742", "error", "uebersicht.md"),
        (unicodedata.normalize("NFD", "docs/müll.pdf"), "KP742", "error", "muell.pdf"),
        ("data/measures (1).csv", "KP744", "warning", "löschen Sie diese Datei"),
        ("data/measures - Kopie.csv", "KP744", "warning", "löschen Sie diese Datei"),
        ("data/Measures_alt.xlsx", "KP744", "warning", "löschen Sie diese Datei"),
        ("docs/foto.HEIC", "KP742", "error", "JPG"),
        ("docs/brief.doc", "KP742", "error", "PDF"),
        ("docs/film.mov", "KP742", "error", "MP4"),
    ],
)
def test_a_file_too_many(file: str, rule: str, severity: str, word: str, tmp_path: Path) -> None:
    """A document in place of a text, an awkward address or a copy is told with its path."""
    root = copied(tmp_path)
    before = set(check(root, DAY))
    put(root, file, docx() if file.endswith(".docx") else b"# Titel\n\nText.\n")
    if file.endswith(".odt"):
        from tests.pages.test_files import odt  # noqa: PLC0415

        put(root, file, odt())
    found = [f for f in news(root, before) if f.rule not in ("KP753",)]
    assert [(f.rule, f.severity, f.file) for f in found] == [(rule, severity, file)]
    assert word in found[0].cure.de


@pytest.mark.parametrize(
    "file",
    [
        "strategy/measures/~$A-1.docx",
        "data/.~lock.measures.csv#",
        "data/~$measures.xlsx",
        "docs/.DS_Store",
        "docs/Foto vom Rathaus ä.txt",
    ],
)
def test_files_that_nobody_has_to_hear_of(file: str, tmp_path: Path) -> None:
    """Traces of office programs, and plain texts under any name elsewhere, are fine."""
    root = copied(tmp_path)
    before = set(check(root, DAY))
    put(root, file, docx() if file.endswith(".docx") else b"Text.\n")
    assert news(root, before) == []


def test_a_document_that_a_text_links_to(tmp_path: Path) -> None:
    """A document called like a measure is fine where a text offers it for download."""
    root = copied(tmp_path)
    put(root, f"{OTHER}.docx", docx())
    append(root, TEXT, "\nMehr steht im [Antrag](A-2.docx).\n")
    assert "KP745" not in {f.rule for f in check(root, DAY)}
