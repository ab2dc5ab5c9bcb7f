"""``klarplan find``: where a text stands, in files, in a built site, in git."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from klarplan.commands.find import Where, search
from klarplan.messages import KlarplanError
from tests.support import own
from tests.support.git import committed, git
from tests.support.klein import copied
from tests.support.project import BuiltSample, klarplan


def zipped(name: str, content: bytes) -> bytes:
    """A package with one file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


SECRET = "Geheime Müllabfuhr & Co"
FORMS: dict[str, bytes] = {
    "a.html": "<p>Geheime <b>Müll</b>abfuhr &amp; Co</p>".encode(),
    "b.html": "<p>Geheime Müll\u00adabfuhr\n &amp; Co</p>".encode(),
    "c.html": b'<img alt="geheime m&uuml;llabfuhr &amp; co">',
    "d.json": b'{"t": "Geheime M\\u00fcllabfuhr & Co"}',
    "e.ics": "SUMMARY:Geheime Mülla\r\n bfuhr & Co\r\n".encode(),
    "f.txt.gz": gzip.compress(SECRET.encode()),
    "g.zip": zipped("innen.csv", SECRET.encode()),
    "h.docx": zipped(
        "word/document.xml", "<w:t>Geheime Mülla</w:t><w:t>bfuhr &amp; Co</w:t>".encode()
    ),
    "i.zip": zipped(
        "daten.xlsx", zipped("xl/x.xml", "<t>Geheime Müllabfuhr &amp; Co</t>".encode())
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_text_is_found_in_every_form_that_a_site_has(name: str, tmp_path: Path) -> None:
    """Marks, soft hyphens, line ends, capitals, escapes and packages hide nothing."""
    own.put(tmp_path, {f"site/{name}": FORMS[name], "site/anders.html": b"<p>Nichts</p>"})
    (found,) = search(tmp_path, "  geheime Müllabfuhr & CO ", Where.SITE).found
    assert found.place.startswith(f"site/{name}")


def test_files_are_told_with_their_line_as_written(tmp_path: Path) -> None:
    """The line is that on which the text begins; what is shown is what stands there."""
    root = copied(tmp_path)
    own.put(root, {"strategy/vision.md": "# Vision\n\nDie STRAẞE\nzum Rathaus.\n"})
    (found,) = search(root, "straße zum", Where.FILES).found or search(root, "STRAẞE zum").found
    assert (found.place, found.excerpt[:19]) == ("strategy/vision.md:3", "# Vision Die STRAẞE")


@pytest.mark.parametrize("text", ["Kleinstadt", "Steht nirgends"])
def test_a_site_that_is_not_built_is_not_searched(tmp_path: Path, text: str) -> None:
    """Nobody takes a text for unpublished that was not looked for."""
    root = copied(tmp_path)
    call = ("find", text, "--root", str(root))
    assert "Die Website ist nicht gebaut" in klarplan(*call).stdout
    assert "nicht gebaut" not in klarplan(*call, "--in", "files").stdout
    own.put(root, {"site/index.html": b"<p>Da</p>"})
    assert "nicht gebaut" not in klarplan(*call).stdout


def test_what_is_not_read_is_named(tmp_path: Path) -> None:
    """Nobody takes a PDF for searched; a broken package is no crash."""
    own.put(tmp_path, {"site/a.pdf": b"%PDF-1.7 Geheim", "site/b.zip": b"PK\x03\x04kaputt"})
    result = search(tmp_path, "Geheim")
    assert (result.found, result.unread) == ((), ("site/a.pdf",))


def test_git_remembers_what_was_deleted(tmp_path: Path) -> None:
    """The commits that brought a text in and took it away are named, whatever signs it has."""
    root = own.put(tmp_path, {"data/x.csv": b"a\nTel. (0170) 12+34\n"})
    committed(root)
    own.put(root, {"data/x.csv": b"a\n"})
    git(root, "commit", "--quiet", "--all", "--message", "Nummer entfernt")
    found = search(root, "tel. (0170) 12+34").found
    assert [(one.where, one.excerpt.partition(":")[0]) for one in found] == [
        (Where.HISTORY, "Nummer entfernt"),
        (Where.HISTORY, "Stand"),
    ]
    assert search(root, "tel. (0170) 12.34").found == ()


@pytest.mark.parametrize(
    ("text", "where"), [(" \n", None), ("x", Where.SITE), ("x", Where.HISTORY)]
)
def test_what_cannot_be_searched_is_refused(text: str, where: Where | None, tmp_path: Path) -> None:
    """No text, no site, no git: the command says so and what to do."""
    with pytest.raises(KlarplanError) as refused:
        search(tmp_path, text, where)
    assert refused.value.exit_code == 2
    assert refused.value.cure.de


def test_the_command_says_where_and_where_not(tmp_path: Path) -> None:
    """Places stand below what they are in; nothing found is said, not left blank."""
    root = copied(tmp_path)
    told = klarplan("find", "Lecksuche", "--root", str(root)).stdout
    assert "Ihre Dateien:\n  data/measures.csv:" in told
    told = klarplan("find", "gibt es \x1b[31mnicht", "--root", str(root)).stdout
    assert "steht nirgends" in told
    assert "\x1b" not in told


@pytest.mark.long
def test_a_title_is_found_wherever_the_site_publishes_it(sample: BuiltSample) -> None:
    """In pages, open data, workbook, package, calendars and the index of the search."""
    found = search(sample.root, "Rufbus im Regelbetrieb", Where.SITE).found
    kinds = {one.place.split(" (")[0].rpartition(":")[0].rpartition(".")[2] for one in found}
    packed = {one.place.partition(" (")[0].rpartition(".")[2] for one in found if " (" in one.place}
    assert {"html", "json", "csv"} <= kinds
    assert {"xlsx", "zip"} <= packed
    assert any("pagefind" in one.place for one in found)


@pytest.mark.parametrize(
    ("asked", "texts", "places"),
    [
        ("A-1", ("Siehe A-1.", "Siehe A-12", "XA-1", "A-1-3", "a-1.md"), ["0.md", "4.md"]),
        ("A-1 und", ("A-1 und", "A-12 und"), ["0.md"]),
        ("Q-1", ("Q-1", "Q-12"), ["0.md", "1.md"]),  # nobody's key
    ],
)
def test_a_whole_key_is_not_found_within_another(
    tmp_path: Path, asked: str, texts: tuple[str, ...], places: list[str]
) -> None:
    """Any other text is found wherever it stands, be it within a word."""
    root = copied(tmp_path)
    own.put(root, {f"site/{n}.md": text for n, text in enumerate(texts)})
    found = search(root, asked, Where.SITE).found
    assert [one.place.removeprefix("site/").partition(":")[0] for one in found] == places


def test_history_knows_whole_keys(tmp_path: Path) -> None:
    """The commit that brought A-12 in is none that brought A-1 in."""
    root = copied(tmp_path)
    committed(root)
    for text in ("Siehe A-12", "Siehe A-1."):
        own.put(root, {"docs/neu.md": text})
        git(root, "add", "-A")
        git(root, "commit", "-qm", text)
    found = search(root, "A-1", Where.HISTORY).found
    assert ["A-12" in one.excerpt for one in found].count(True) == 0
    assert any("Siehe A-1." in one.excerpt for one in found)
