"""Papers speak the language of the site: what they say, and what they state of themselves."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from klarplan.words.catalogue import ENGLISH, GERMAN, Words
from klarplan.words.sentences import sentence
from tests.support.pdf_rules import failures
from tests.support.print_reading import page_texts
from tests.support.print_site import printed

BODY = """
<h1>Vision</h1>
<p>We <q>dare</q> more. <span lang="de">Wir machen das.</span> <span lang="en">We do.</span></p>
"""


@pytest.mark.parametrize(
    ("words", "tag", "said"),
    [
        (GERMAN, "de-DE", ("Stand: 21. November 2026", "Seite 3 von", "Inhalt", "„dare“")),
        (ENGLISH, "en-GB", ("As of 21 November 2026", "Page 3 of", "Contents", "“dare”")),
    ],
    ids=["de", "en"],
)
def test_a_paper_speaks_one_language(
    tmp_path: Path, words: Words, tag: str, said: tuple[str, ...]
) -> None:
    """Cover, contents, margins, quotes and colophon follow the language, as the file states it."""
    printed(tmp_path, BODY, words=words, imprint=True, draft=True)
    file = tmp_path / "strategie.pdf"
    assert failures(file) == []
    text = " ".join(" ".join(page_texts(file)).replace("\u00a0", " ").split())
    for words_said in said:
        assert words_said in text
    with pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang) == tag
    others = ("Stand:", "Seite", "Entwurf") if tag == "en-GB" else ("As of", "Page", "raft")
    assert [other for other in others if other in text] == []


def test_sentences_of_ones_own_are_printed(tmp_path: Path) -> None:
    """A fork's own sentence stands in its papers, also with marks of Typst and odd letters."""
    own = {"print.contents": sentence("#Was *hier* steht \U0001f9ff")}
    printed(tmp_path, BODY, words=Words("de", own=own))
    assert failures(tmp_path / "strategie.pdf") == []
    assert "#Was *hier* steht" in " ".join(page_texts(tmp_path / "strategie.pdf"))
