"""Alternative texts and link texts that tell nothing are warned of."""

from __future__ import annotations

import pytest

from klarplan.messages import Finding
from tests.support.many_pages import examined

PICTURE = "../../strategy/kreise.svg"
FOUND = {
    f"![kreise.svg]({PICTURE})": ("KP726", 1, "kreise.svg"),
    f"Text\n\n![IMG_2041]({PICTURE})": ("KP726", 3, "IMG_2041"),
    f"![Bild 3]({PICTURE})": ("KP726", 1, "Bild 3"),
    "Die Liste steht [hier](../mitmachen.md).": ("KP727", 1, "hier"),
    "Eins\n\nZwei. [Mehr …](../mitmachen.md)": ("KP727", 3, "Mehr …"),
    "[Klicken Sie hier!](https://a.example/)": ("KP727", 1, "Klicken Sie hier!"),
    "[https://a.example/b?c=1](https://a.example/b?c=1)": (
        "KP727",
        1,
        "https://a.example/b?c=1",
    ),
    "<https://a.example/rat/vorlage/123>": ("KP727", 1, "https://a.example/rat/vorlage/123"),
}
RIGHT = [
    f"![Drei Kreise]({PICTURE})",
    f"![Bild des neuen Radwegs]({PICTURE})",
    f"![Kreise]({PICTURE})",
    "[Mehr Grün in der Stadt](../mitmachen.md) und [hier wohnen](../mitmachen.md)",
    "[www.stadt.example](https://www.stadt.example/) und <https://a.example/>",
    "[Antrag (PDF)](https://a.example/antrag.pdf)",
    "<post@stadt.example> und [0251 492](tel:+49251492)",
]


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """What the check finds on a page of each text."""
    texts = {text: text for text in (*FOUND, *RIGHT)}
    found = examined(tmp_path_factory.mktemp("telling"), texts)
    return {n: [f for f in page if f.rule in ("KP726", "KP727")] for n, page in found.items()}


@pytest.mark.parametrize("text", FOUND)
def test_what_tells_nothing_is_a_warning(text: str, findings: dict[str, list[Finding]]) -> None:
    """A file name as alternative text, and “hier” or a long address as link text, are told."""
    (finding,) = findings[text]

    assert (finding.rule, finding.line, finding.value) == FOUND[text]
    assert finding.severity == "warning"
    assert finding.cure.de


@pytest.mark.parametrize("text", RIGHT)
def test_what_tells_something_is_left(text: str, findings: dict[str, list[Finding]]) -> None:
    """Words that say what is to be seen or found, and short addresses, are right."""
    assert findings[text] == []
