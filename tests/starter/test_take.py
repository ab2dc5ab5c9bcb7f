"""Prose that there is already becomes pages of a strategy; what can't be is told with its place."""

from __future__ import annotations

import io
import subprocess
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pypandoc
import pytest
from PIL import Image

from klarplan.check.run import check
from klarplan.messages import KlarplanError
from klarplan.starter.prose.chapter_titles import chapter_of
from klarplan.starter.prose.take import Taken, take
from klarplan.strategy.chapters import CHAPTERS
from klarplan.words.catalogue import GERMAN, LANGUAGES, Words
from tests.commands.test_init import clone, repository
from tests.support.importing import TODAY
from tests.support.project import REPOSITORY, build, copy_of_sample, klarplan
from tests.support.some import first_of

__all__ = ["clone", "repository"]

HUGO = {
    "content/leitbild/index.md": """\
+++
title = "Leitbild"
weight = 3
+++

Unser **Leitbild** {{< param "x" >}} nennt {{% mark %}}Ziele{{% /mark %}}.
Siehe [Wärme](../klima.md#wärme), [Klima]({{< ref "klima.md" >}}) und [nichts](fehlt.md).

{{< figure src="bild.png" alt="Ein Feld" caption="Foto: Stadt" >}}

![](bild.png) ![Größe](/images/größe.png) ![fort](fort.png) ![fremd](https://x.example/a.png)

### Tief

<div><p>Roh <b>fett</b></p><script>alert(1)</script><img src="bild.png" alt="roh"></div>

Ein <kbd>Strg</kbd> und <script>alert(2)</script> danach. {{ site.title }} {% include x.html %}

`{{ code }}` bleibt.
""",
    "content/klima.md": """\
---
title: Klima & Energie
sidebar_position: 3
description: Worum es geht
---

# Wärme
#### Netze

Text[^a] mit Fußnote und [Liste](liste.pdf).

[^a]: Eine *Note*.
""",
    "content/_index.md": "---\ntitle: Start\n---\n",
    "content/alt.rst": "Alt\n===\n",
}
DOCUSAURUS = {
    "vision.mdx": """\
import Tabs from '@theme/Tabs';

# Our vision

:::tip Remember
A tip {props.x}.
:::

<Tabs>
<TabItem value="a">One</TabItem>
</Tabs>
""",
    "resources/index.md": "# Funding and costs\n\nMoney.\n",
}
MKDOCS = {
    "docs/plan.md": """\
# Klimaplan

Vorwort. {{ macro("x") }}

## 1. Ausgangslage

!!! warning "Achtung"
    So ist es.

    --8<-- "snippet.md"

## Verschiedenes

=== "Reiter"

    Inhalt

[TOC]

## Steuerung und Organisation

Wer. {: .class }
""",
    "docs/wiki.md": "# Notizen\n\n[[Seite|Ein Wort]] und ![[bild.png]]\n",
}


def picture() -> bytes:
    """A picture of one pixel (PNG)."""
    written = io.BytesIO()
    Image.new("RGB", (1, 1), "red").save(written, "PNG")
    return written.getvalue()


def folder(place: Path, texts: Mapping[str, str]) -> Path:
    """A folder with these texts."""
    for name, text in texts.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, "utf-8")
    return place


def hugo(place: Path) -> Path:
    """Prose as Hugo has it, with pictures."""
    folder(place, HUGO)
    (place / "static/images").mkdir(parents=True)
    (place / "static/images/größe.png").write_bytes(picture())
    (place / "content/leitbild/bild.png").write_bytes(picture())
    (place / "content/liste.pdf").write_bytes(b"%PDF-1.7\n")
    return place


def word(place: Path, text: str) -> Path:
    """A Word document made of Markdown by pandoc; pictures lie beside it."""
    command = [pypandoc.get_pandoc_path(), "--from", "markdown", "--to", "docx", "-o", str(place)]
    subprocess.run(command, input=text.encode(), check=True, cwd=place.parent)
    return place


def said(taken: Taken) -> set[str]:
    """What was told, in German."""
    return {f"{r.place}: {r.found.de}. {r.done.de}" for r in taken.remarks}


def text(taken: Taken, file: str) -> str:
    """A text that was taken over."""
    return taken.files[file].decode()


def test_texts_for_hugo_become_pages(tmp_path: Path) -> None:
    """Chapters by title, other pages in the menu; pictures, links and notes come along."""
    taken = take(hugo(tmp_path), REPOSITORY, GERMAN)
    assert [(p.source, p.file, p.title) for p in taken.pages] == [
        ("content/klima.md", "docs/klima-energie.md", "Klima & Energie"),
        ("content/leitbild/index.md", "strategy/vision.md", "Vision"),
    ]
    vision = text(taken, "strategy/vision.md")
    assert vision.startswith("Unser **Leitbild** nennt Ziele.\n")
    assert "[Wärme](../docs/klima-energie.md#waerme)" in vision
    assert "[Klima](../docs/klima-energie.md) und nichts." in vision
    assert "![Ein Feld](../docs/dateien/bild.png) Foto: Stadt" in vision
    assert "![TODO: Alternativtext für bild.png](../docs/dateien/bild.png)" in vision
    assert "![Größe](../docs/dateien/groesse.png)" in vision
    assert "\n## Tief\n\nRoh fett\n\n![roh]" in vision
    assert "`{{ code }}` bleibt." in vision
    assert "alert" not in vision
    assert "{{<" not in vision
    klima = text(taken, "docs/klima-energie.md")
    assert klima.startswith('---\ndescription: "Worum es geht"\n---\n\n# Klima & Energie\n\n')
    assert "## Wärme\n\n### Netze\n\nText[^1] mit Fußnote und [Liste](dateien/liste.pdf)" in klima
    assert klima.endswith("[^1]: Eine *Note*.\n")
    assert taken.files["docs/dateien/bild.png"] == picture()
    (group,) = taken.menu
    assert group.title == "Strategie"
    assert [item.file for item in group.items] == ["docs/klima-energie.md"]


def test_what_hugo_would_run_is_told_with_its_line(tmp_path: Path) -> None:
    """Shortcodes, templates, HTML, keys, pictures and links that can't be are named, none run."""
    told = said(take(hugo(tmp_path), REPOSITORY, GERMAN))
    leitbild, klima = "content/leitbild/index.md", "content/klima.md"
    assert told == {
        "content/_index.md (Start): Die Seite hat keinen Text: Start. Ausgelassen.",
        "content/alt.rst: Text dieser Art wird nicht gelesen. Ausgelassen.",
        f"{klima}:3: Angabe im Kopf der Seite: sidebar_position. Ausgelassen.",
        f"{leitbild}:3: Angabe im Kopf der Seite: weight. Ausgelassen.",
        f'{leitbild}:6: Kurzbefehl (Shortcode): {{{{< param "x" >}}}}. Ausgelassen.',
        f"{leitbild}:6: Kurzbefehl (Shortcode): {{{{% mark %}}}}. Ausgelassen.",
        f"{leitbild}:6: Kurzbefehl (Shortcode): {{{{% /mark %}}}}. Ausgelassen.",
        f"{leitbild}:7: Link, der ins Leere führt: fehlt.md. Nur als Text übernommen.",
        f"{leitbild}:11: Bild ohne Alternativtext: bild.png. Schreiben Sie, was zu sehen ist; auf "
        "der Seite steht dort TODO.",
        f"{leitbild}:11: Bild, das es nicht gibt: fort.png. Ausgelassen.",
        f"{leitbild}:11: Bild von einem fremden Server: https://x.example/a.png. Ausgelassen.",
        f"{leitbild}:15: HTML: <div><p>Roh <b>fett</b></p><script>alert(1)</script><img sr…. Nur "
        "als Text übernommen.",
        f"{leitbild}:17: HTML: <kbd>. Nur als Text übernommen.",
        f"{leitbild}:17: HTML: <script>. Ausgelassen.",
        f"{leitbild}:17: Befehl einer Vorlagensprache: {{{{ site.title }}}}. Ausgelassen.",
        f"{leitbild}:17: Befehl einer Vorlagensprache: {{% include x.html %}}. Ausgelassen.",
    }


def test_texts_for_docusaurus_become_pages_in_english(tmp_path: Path) -> None:
    """Boxes stay boxes, imports and components are left out; titles are known in English, too."""
    taken = take(folder(tmp_path, DOCUSAURUS), REPOSITORY, Words("en"))
    assert [page.file for page in taken.pages] == ["strategy/resources.md", "strategy/vision.md"]
    vision = text(taken, "strategy/vision.md")
    assert vision.startswith('!!! tip "Remember"\n\n    A tip \\{props.x\\}.\n')
    assert "One" in vision
    assert "import" not in vision
    told = {f"{r.place}: {r.found.en}" for r in taken.remarks}
    assert "vision.mdx:1: program code: import Tabs from '@theme/Tabs';" in told
    assert 'vision.mdx:9: HTML: <Tabs> <TabItem value="a">One</TabItem> </Tabs>' in told


def test_a_text_with_chapters_in_it_is_split(tmp_path: Path) -> None:
    """Parts that are chapters go to them, the rest stays together; boxes and tabs are kept."""
    taken = take(folder(tmp_path, MKDOCS), REPOSITORY, GERMAN)
    files = [page.file for page in taken.pages]
    assert files == [
        *("docs/klimaplan.md", "strategy/assessment.md", "strategy/governance.md"),
        "docs/notizen.md",
    ]
    assert text(taken, "strategy/assessment.md") == '!!! warning "Achtung"\n\n    So ist es.\n'
    plan = text(taken, "docs/klimaplan.md")
    assert plan == "# Klimaplan\n\nVorwort.\n\n## Verschiedenes\n\n**Reiter**\n\nInhalt\n"
    assert text(taken, "docs/notizen.md") == "# Notizen\n\nEin Wort und\n"
    told = said(taken)
    assert 'docs/plan.md:10: Verweis auf eine andere Datei: --8<-- "snippet.md". Ausgelassen.' in {
        line.replace(":     --8", ": --8") for line in told
    }
    assert "docs/plan.md:18: Angabe für einen anderen Generator: [TOC]. Ausgelassen." in told
    assert "docs/plan.md:22: Angabe für einen anderen Generator: {: .class }. Ausgelassen." in told
    assert "docs/wiki.md:3: Verweis auf eine andere Datei: ![[bild.png]]. Ausgelassen." in told


CONCEPT = """\
---
title: Klimakonzept Ödhausen
---

### Vorwort

Ein Wort vorab.[^1] [Weiter](#ausgangslage)

### 1. Ausgangslage

a) eins
b) zwei

    - tief

        - tiefer

##### Zu tief

| Jahr | Wert |
|---|--:|
| 2020 | 1,5 |

![](größe.png)

### Maßnahmen

Ein `{{ Wort }}` und {{ noch_eins }}, H~2~O.

### Fördermittel & Recht

Ende.

[^1]: Fußnote mit **fett**.
"""


def test_a_word_document_becomes_pages(tmp_path: Path) -> None:
    """Its parts become chapters and pages, with lists, notes, tables and pictures."""
    (tmp_path / "größe.png").write_bytes(picture())
    document = word(tmp_path / "Konzept Größe.docx", CONCEPT)
    taken = take(document, REPOSITORY, GERMAN)
    assert [(page.file, page.title) for page in taken.pages] == [
        ("strategy/foreword.md", "Vorwort"),
        ("strategy/assessment.md", "Ausgangslage"),
        ("strategy/measures/index.md", "Maßnahmen"),
        ("docs/foerdermittel-recht.md", "Fördermittel & Recht"),
    ]
    foreword = text(taken, "strategy/foreword.md")
    assert "vorab.[^1] [Weiter](assessment.md)" in foreword
    assert foreword.endswith("[^1]: Fußnote mit **fett**.\n")
    state = text(taken, "strategy/assessment.md")
    assert state.startswith("-   a) eins\n\n-   b) zwei\n\n    -   tief\n\n        -   tiefer\n")
    assert "\n## Zu tief\n\n| Jahr | Wert |\n| --- | ---: |\n| 2020 | 1,5 |\n" in state
    assert "![TODO: Alternativtext für " in state
    measures = text(taken, "strategy/measures/index.md")
    assert measures == "Ein `{{ Wort }}` und \\{\\{ noch_eins \\}\\}, H<sub>2</sub>O.\n"
    (told,) = said(taken)
    assert told.startswith("Konzept Größe.docx (Zu tief): Bild ohne Alternativtext: media/")
    assert list(taken.files.values()).count(picture()) == 1


def changed(document: Path, parts: Mapping[str, bytes]) -> Path:
    """A Word document with parts added or replaced."""
    old = zipfile.ZipFile(io.BytesIO(document.read_bytes()))
    with zipfile.ZipFile(document, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in dict.fromkeys((*old.namelist(), *parts)):
            archive.writestr(name, parts[name] if name in parts else old.read(name))
    return document


@pytest.mark.parametrize(
    "parts",
    [
        {"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
        {
            "word/document.xml": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x>'.encode(
                "utf-16"
            )
        },
        {"word/document.xml": b" " * 50_000_000},
        {"word/document.xml": b"<w:document"},
        {"word/vbaProject.bin": b"x"},
        {"[Content_Types].xml": b"macroEnabled"},
    ],
    ids=["entity", "utf-16", "bomb", "broken", "macro", "type"],
)
def test_hostile_word_documents_are_refused(tmp_path: Path, parts: Mapping[str, bytes]) -> None:
    """Entities, bombs, macros and broken parts end in a message with a cure, nothing else."""
    document = changed(word(tmp_path / "a.docx", "# A\n\nB"), parts)
    with pytest.raises(KlarplanError) as caught:
        take(document, REPOSITORY, GERMAN)
    assert caught.value.file == "a.docx"
    assert caught.value.problem.de


def test_pictures_of_a_word_document_stay_within_it(tmp_path: Path) -> None:
    """A part named as if it lay elsewhere is not unpacked, and a false picture is left out."""
    (tmp_path / "a.png").write_bytes(picture())
    document = word(tmp_path / "a.docx", "# A\n\n![alt](a.png)")
    name = next(n for n in zipfile.ZipFile(document).namelist() if n.startswith("word/media/"))
    evil = {name: b"<svg onload=x>", "word/media/../../../evil.png": b"x", "../evil.png": b"x"}
    taken = take(changed(document, evil), REPOSITORY, GERMAN)
    assert not list(tmp_path.parent.rglob("evil.png"))
    assert [file for file in taken.files if file.endswith(".png")] == []
    assert any("Bild, das sich nicht zeigen lässt" in line for line in said(taken))


def test_nothing_outside_of_the_folder_is_read(tmp_path: Path) -> None:
    """Neither links of the system nor addresses lead out of the folder that was named."""
    (tmp_path / "geheim.png").write_bytes(picture())
    (tmp_path / "geheim.md").write_text("# Geheim\n\nText.\n")
    inner = folder(tmp_path / "texte", {"a.md": "# A\n\n![a](../geheim.png) ![b](b.png) C\n"})
    (inner / "b.png").symlink_to(tmp_path / "geheim.png")
    (inner / "geheim.md").symlink_to(tmp_path / "geheim.md")
    (inner / "alles").symlink_to(tmp_path)
    taken = take(inner, REPOSITORY, GERMAN)
    assert set(taken.files) == {"docs/a.md"}
    assert text(taken, "docs/a.md") == "# A\n\nC\n"


@pytest.mark.parametrize("name", ["leer", "bild.png", "a.odt"])
def test_where_there_is_no_text_it_is_told(tmp_path: Path, name: str) -> None:
    """A folder without texts and a file of another kind are refused with what is possible."""
    place = tmp_path / name
    place.write_bytes(b"x") if "." in name else place.mkdir()
    with pytest.raises(KlarplanError) as caught:
        take(place, REPOSITORY, GERMAN)
    assert caught.value.exit_code == 2
    assert ".docx" in caught.value.cure.de


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chapter_is_known_by_its_title(lang: str) -> None:
    """What our own chapters are called names them, in each language."""
    for name in CHAPTERS:
        assert chapter_of(Words(lang)(f"chapter.{name}.title")) == name


@pytest.mark.parametrize(
    ("title", "chapter"),
    [
        ("2. Ausgangslage", "assessment"),
        ("Kapitel 4: Finanzierung", "resources"),
        ("Unsere Vision", "vision"),
        ("Steuerung und Organisation", "governance"),
        ("IV. Handlungsfelder", "fields"),
        ("Ziele und Maßnahmen", ""),
        ("1.2 Ziele", "goals"),
        ("1.2. Ziele", "goals"),
        ("1.Ziele", "goals"),
        ("(3) Maßnahmen", "measures"),
        ("Kapitel 3 – Ausgangslage", "assessment"),
        ("Teil A: Leitbild", "vision"),
        ("b) Kennzahlen", "indicators"),
        ("§ 4 Beteiligung", "participation"),
        ("1 Vorwort des Amtsvorstehers", "foreword"),
        ("Grußwort von Landrätin und Landrat", "foreword"),
        ("Ziele der Digitalstrategie", "goals"),
        ("Leitbild für die Stadt Süd", "vision"),
        ("5 Steuerung und Controlling", "governance"),
        ("Kosten der Unterkunft", ""),
        ("A Vision", ""),
        ("Ziele 2030", ""),
        ("2030", ""),
        ("I. ", ""),
        ("Vision und Kuchen", "vision"),
        ("Kuchen", ""),
        ("", ""),
        ("12", ""),
    ],
)
def test_titles_name_chapters(title: str, chapter: str) -> None:
    """Numbers and articles don't count; two chapters in one title are none."""
    assert chapter_of(title) == chapter


PARTS = """
# 1 Grundlagen

Vorab.

## 1.1 Vision

So wird es.

## 1.2 Ziele

Das wollen wir. $a^2$ und $$x_1$$, 5 $ bis 6 $.

## 1.3 Sonstiges

Mehr.

# 2 Wärme

## 2.1 Kosten

Viel.

## 2.2 Projekte

Netze.

# 3 Wege

## 3.1 Kosten

Wenig.

## 3.2 Projekte

Räder.
"""


def test_chapters_below_a_part_are_chapters(tmp_path: Path) -> None:
    """A part that is none, but is divided into chapters, gives them away; what every field of
    action repeats stays there."""
    plain = PARTS.replace("$", r"\$").replace("^", r"\^").replace("_", r"\_")
    taken = take(word(tmp_path / "a.docx", plain), REPOSITORY, GERMAN)
    pages = {page.file: page.title for page in taken.pages}
    assert pages == {
        "docs/1-grundlagen.md": "1 Grundlagen",
        "strategy/vision.md": "Vision",
        "strategy/goals/index.md": "Ziele",
        "docs/2-waerme.md": "2 Wärme",
        "docs/3-wege.md": "3 Wege",
    }
    assert text(taken, "docs/1-grundlagen.md") == (
        "# 1 Grundlagen\n\nVorab.\n\n## 1.3 Sonstiges\n\nMehr.\n"
    )
    assert "## 2.1 Kosten" in text(taken, "docs/2-waerme.md")


def test_dollars_of_a_text_are_dollars(tmp_path: Path) -> None:
    """What looks like a formula of another program stays as it was typed, and is none."""
    plain = PARTS.replace("$", r"\$").replace("^", r"\^").replace("_", r"\_")
    taken = take(word(tmp_path / "a.docx", plain), REPOSITORY, GERMAN)
    told = text(taken, "strategy/goals/index.md")
    assert "$a^2$" in told
    assert "$$x" in told
    assert "5 $ bis 6 $" in told
    assert not taken.remarks


def test_pages_of_the_site_keep_their_names(tmp_path: Path) -> None:
    """A text called like a page that there is, or like another text, gets another name."""
    names = ("glossar", "bilder", "vision-b", "daten", "ueber")
    texts = {f"{n}.md": f"# {n.title()}\n\nText.\n" for n in names}
    texts |= {"x/glossar.md": "# Glossar\n\nText.\n", "a.md": "# Über\n\nText.\n"}
    taken = take(folder(tmp_path, texts), REPOSITORY, GERMAN)
    files = {page.file for page in taken.pages}
    assert len(files) == 7
    assert not [file for file in files if (REPOSITORY / file).exists()]
    assert {"docs/glossar-2.md", "docs/glossar-3.md", "docs/bilder-2.md"} <= files


@pytest.mark.parametrize(
    "kind", ["hugo", *(pytest.param(k, marks=pytest.mark.long) for k in ("word", "mkdocs"))]
)
def test_what_was_taken_over_passes_the_check(repository: Path, tmp_path: Path, kind: str) -> None:
    """After init with prose there is no error; the command tells pages, remarks and next steps."""
    (tmp_path / "größe.png").write_bytes(picture())
    make = {
        "hugo": lambda: hugo(tmp_path / "alt"),
        "word": lambda: word(tmp_path / "a.docx", CONCEPT),
        "mkdocs": lambda: folder(tmp_path / "alt", MKDOCS),
    }
    source = make[kind]()
    options = ("--name", "Zweckverband Süd", "--key", "", "--from", str(source))
    done = klarplan("init", *options, cwd=repository)
    assert done.returncode == 0, done.stderr
    assert "Übernommene Seiten:" in done.stdout
    assert "klarplan check --ready" in done.stdout
    found = check(repository, TODAY)
    assert [f for f in found if f.severity == "error"] == []
    assert not any(f.rule == "KP748" for f in found)


def test_a_source_that_cannot_be_read_changes_nothing(repository: Path, tmp_path: Path) -> None:
    """Where the prose is refused, the sample is still there."""
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04kaputt")
    before = {p: p.read_bytes() for p in (repository / "strategy").rglob("*") if p.is_file()}
    options = ("--name", "X", "--key", "", "--from", str(tmp_path / "a.docx"), "--lang", "en")
    done = klarplan("init", *options, cwd=repository)
    assert done.returncode == 1
    assert "a.docx" in done.stderr
    assert {
        p: p.read_bytes() for p in (repository / "strategy").rglob("*") if p.is_file()
    } == before


@pytest.mark.long
def test_a_website_is_made_of_what_was_taken_over(tmp_path: Path) -> None:
    """The site has the chapters and the pages of one's own, in the menu, with their pictures."""
    root = copy_of_sample(tmp_path / "neu")
    options = ("--name", "Stadt Ödhausen", "--key", "", "--topic", "climate", "--usual-fields")
    done = klarplan("init", *options, "--from", str(hugo(tmp_path / "alt")), cwd=root)
    assert done.returncode == 0, done.stderr
    build(root)
    start = (root / "site/index.html").read_text("utf-8")
    assert 'href="klima-energie/"' in start
    vision = (root / "site/vision/index.html").read_text("utf-8")
    assert "../dateien/bild" in vision
    assert (root / "site/dateien/liste.pdf").is_file()


@pytest.mark.parametrize(
    "text",
    first_of(
        [
            "!!! note" + " " * 200_000,
            ":::note" + " " * 200_000 + "x",
            "`" * 150_000 + "{{",
            "+++\n" + "".join(f"a{n} = 1\n" for n in range(20_000)) + "+++\n",
            "{{" * 20_000,
            "{% " * 20_000,
            "[[a" * 20_000,
        ],
        4,
    ),
    ids=["box", "fence", "ticks", "keys", "braces", "percent", "brackets"],
)
def test_tangled_texts_take_no_time(tmp_path: Path, text: str) -> None:
    """What a stranger made to take long is read, or told, within the time of any other text."""
    folder(tmp_path, {"a.md": f"{text}\n\nText.\n"})
    begin = time.process_time()
    take(tmp_path, REPOSITORY, GERMAN)
    assert time.process_time() - begin < 5


@pytest.mark.parametrize("text", ["> " * 5_000 + "x", "- " * 3_000 + "x", "[" * 9_000])
def test_texts_within_texts_end_in_a_message(tmp_path: Path, text: str) -> None:
    """Nesting beyond all measure is told with the file, or the page that it makes is left out."""
    folder(tmp_path, {"a.md": f"{text}\n"})
    told = []
    try:
        told = [remark.file for remark in take(tmp_path, REPOSITORY, GERMAN).remarks]
    except KlarplanError as error:
        told = [error.file or ""]
    assert told == ["a.md"]
