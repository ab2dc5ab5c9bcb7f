"""What lies in ``local/``: files without effect, and templates whose originals have changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.messages import Finding
from klarplan.own_files import PACKAGE, digest, mark
from tests.support import own
from tests.support.klein import DAY, copied

ENGINE = PACKAGE.parent / "overrides"
SHADOWED = ("main.html", "partials/klarplan-footer.html", "macros/ref.html", "pages/goal.md")
SHADOWED_PAPERS = ("print/cards.typ", "print/pictures.typ")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small strategy."""
    return copied(tmp_path)


def told(root: Path) -> list[Finding]:
    """What the check finds, but for what it would say of the page in any case."""
    return [finding for finding in check(root, DAY) if finding.rule != "KP753"]


def shadow(root: Path, name: str, text: str = "", line: str | None = None) -> str:
    """A town's template that was made of Klarplan's; returns its place."""
    original = (ENGINE / name).read_bytes()
    first = mark(name, original) if line is None else line
    place = f"local/overrides/{name}"
    own.put(root, {place: f"{first}\n{text or original.decode()}"})
    return place


@pytest.mark.parametrize("name", [*SHADOWED, *SHADOWED_PAPERS, "404.html"])
def test_a_template_that_says_what_it_was_made_of_is_accepted(root: Path, name: str) -> None:
    """With the digest of its original in the first line, nothing is told."""
    shadow(root, name)
    assert told(root) == []


@pytest.mark.parametrize("line", ["", "{# unsere #}", "{# klarplan: 0123 -#}"])
def test_a_template_that_does_not_say_it_is_asked_to(root: Path, line: str) -> None:
    """The warning names the line to be written, with which it is gone."""
    place = shadow(root, "main.html", line=line)
    (found,) = told(root)
    assert (found.rule, found.severity, found.file) == ("KP072", "warning", place)
    wanted = found.cure.de.rpartition(": {#")[2]
    shadow(root, "main.html", line="{#" + wanted)
    assert told(root) == []


def test_a_template_whose_original_has_changed_is_told(root: Path) -> None:
    """After an update that changes the original, the check reminds until the line is renewed."""
    shutil.copytree(ENGINE, root / "overrides")
    place = shadow(root, "partials/klarplan-footer.html")
    assert told(root) == []
    original = root / "overrides/partials/klarplan-footer.html"
    original.write_bytes(original.read_bytes().replace(b"\n", b"\r\n"))
    assert told(root) == []  # git writes lines as the system likes them
    original.write_bytes(original.read_bytes() + b"<p>Neu</p>\n")
    (found,) = told(root)
    assert (found.rule, found.file) == ("KP072", place)
    assert "geändert" in found.problem.de
    answer = f"KP072,{place},,,{digest(original.read_bytes())},Braucht unsere nicht.\n"
    own.put(root, {"strategy/acknowledged.csv": "rule,table,id,column,value,reason\n" + answer})
    assert told(root) == []
    original.write_bytes(original.read_bytes() + b"<p>Noch neuer</p>\n")
    assert "KP072" in {f.rule for f in told(root)}


WITHOUT_EFFECT = {
    "local/style.css": "local/styles.css",
    "local/Makros.py": "",
    "local/words.yaml": "local/words.yml",
    "local/vorlage.docm": "local/vorlage.docx",
    "local/teile/hilfe.py": "",
    "local/überblick.txt": "",
    "local/overrides/mian.html": "local/overrides/main.html",
    "local/overrides/macros/reff.html": "local/overrides/macros/ref.html",
    "local/overrides/pages/gaol.md": "local/overrides/pages/goal.md",
    "local/overrides/assets/theme.js": "",
    "local/overrides/assets/base.css": "",
    "local/overrides/print/desing.typ": "local/overrides/print/design.typ",
    "local/overrides/print/filter.lua": "",
}


@pytest.mark.parametrize("file", WITHOUT_EFFECT)
def test_what_is_not_read_is_named(root: Path, file: str) -> None:
    """A file that nothing reads is a warning, with the name that was meant where one is near."""
    own.put(root, {file: "x\n"})
    (found,) = told(root)
    assert (found.rule, found.severity, found.file) == ("KP071", "warning", file)
    assert WITHOUT_EFFECT[file] in found.cure.de


def test_what_helps_others_has_an_effect(root: Path) -> None:
    """Notes for people, parts that other templates of the town name, what systems leave behind."""
    own.added(root, template='{% import "_unsere.html" as u %}{{ u.p(name) }}\n')
    own.put(
        root,
        {
            "local/overrides/macros/_unsere.html": "{% macro p(n) %}<p>{{ n }}</p>{% endmacro %}\n",
            "local/README.md": "Für uns.\n",
            "local/init.yml": "municipality: Stadt Münster\n",
            "local/.gitkeep": "",
            "local/overrides/main.html.eigene": "alt\n",
        },
    )
    assert told(root) == []


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("main.html", "\n{% if %}", 2),
        ("partials/klarplan-footer.html", "{% endfor %}", 1),
        ("macros/ref.html", "{{ gibtesnicht }}", 1),
        ("pages/goal.md", "# {{ title }}\n\n{{ gibtesnicht() }}\n", None),
        ("pages/goal.md", "# {{ title }}\n\n{% if %}\n", 3),
    ],
)
def test_a_mistake_in_a_template_is_told_at_its_place(
    root: Path, name: str, text: str, line: int | None
) -> None:
    """The message names the town's file, not Klarplan's, and its line."""
    place = f"local/overrides/{name}"
    own.put(root, {place: text})
    found = [f for f in told(root) if f.rule != "KP072"]
    assert {(f.rule, f.file, f.line) for f in found} == {("KP807", place, line)}


def test_a_folder_that_is_called_local_confuses_nobody(tmp_path: Path) -> None:
    """A fork that lies in a folder of that name has templates of Klarplan's and of its own."""
    root = copied(tmp_path).rename(tmp_path / "local")
    own.put(root, {"overrides/macros/ref.html": "{{ gibtesnicht }}"})
    assert {f.file for f in told(root)} == {"overrides/macros/ref.html"}
