"""Pages that are shown in a preview before all is built anew: viewed ones, and those of texts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from klarplan.commands.at_once import AtOnce
from klarplan.commands.build import ProblemsFoundError, Wanted, build, renew_search
from klarplan.messages import KlarplanError, Text
from klarplan.website.generator import Generator
from tests.support.klein import DAY, append, copied, replace
from tests.support.project import REPOSITORY
from tests.support.some import first_of

PREVIEW = "build/preview"


@dataclass(frozen=True)
class Previewed:
    """A small strategy with its preview, and how texts are shown in it."""

    root: Path

    @property
    def site(self) -> Path:
        """The folder of the preview."""
        return self.root / PREVIEW

    def texts(self) -> AtOnce:
        """What shows texts in it, all else being built."""
        at_once = AtOnce(self.root, self.site, DAY)
        at_once.views(())
        at_once.follow()
        return at_once

    def views(self, *pages: str) -> list[str]:
        """Show pages that someone looks at; returns those that are shown."""
        with closing(AtOnce(self.root, self.site, DAY)) as at_once:
            return at_once.views([f"{page}/index.html".lstrip("/") for page in pages])[1]

    def html(self, page: str) -> str:
        """A page of the preview."""
        return (self.site / page / "index.html").read_text("utf-8")

    def files(self, site: Path | None = None) -> dict[str, bytes]:
        """All files of the preview, or of another site of the same strategy."""
        site = site or self.site
        return {
            path.relative_to(site).as_posix(): path.read_bytes()
            for path in site.rglob("*")
            if path.is_file()
        }

    def rebuilt(self, session: str = "") -> dict[str, bytes]:
        """All files of a build of what the strategy is now."""
        output = self.site if session else self.root.parent / "whole"
        wanted = Wanted(output=output, pdf=False, preview=True, session=session)
        build(self.root, DAY, wanted)
        return self.files(output)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Previewed:
    """A preview that no test changes."""
    root = copied(tmp_path_factory.mktemp("built"))
    append(root, "strategy/goals/G-2.md", "Ein Ziel mit [Maßnahme](../measures/A-1.md).\n")
    append(root, "strategy/measures/A-2.md", "## Bezahlen\n\nMit Karte.\n")
    wanted = Wanted(output=root / PREVIEW, pdf=False, preview=True, session="one")
    build(root, DAY, wanted)
    return Previewed(root)


@pytest.fixture
def preview(built: Previewed, tmp_path: Path) -> Iterator[Previewed]:
    """A preview that the test may change."""
    former = built.root.with_name("aside")
    shutil.copytree(built.root, former)
    yield built
    shutil.rmtree(built.root)
    former.rename(built.root)


VIEWED = ("massnahmen/a-1", "massnahmen", "")
EVERYWHERE = {
    "cells": [
        ("data/measures.csv", "A-1,Formulare", "A-1,Vordrucke"),
        (
            "data/status_reports.csv",
            "A-1,2025-12-15,2025,laeuft,60",
            "A-1,2025-12-15,2025,laeuft,70",
        ),
    ],
    "settings": [
        ("strategy/strategy.yml", "Kleinstadt digital", "Kleinstadt im Netz"),
        ("strategy/strategy.yml", 'title: "', 'primary_colour: "#7a1212"\ntitle: "'),
    ],
    "all that makes their look": [
        ("overrides/macros/measure_facts.html", "</table>", "</table><p>Pünktlich</p>"),
        ("overrides/pages/measure.md", "# {{ title }}", "# Neu: {{ title }}"),
        ("overrides/partials/klarplan-footer.html", "</footer>", "Neu</footer>"),
        ("overrides/assets/base.css", ":root {", ":root {\n  --neu: 1;"),
        ("overrides/assets/theme.js", "(() => {", "(() => {  // neu"),
    ],
}
"""What more pages than one may show."""


@pytest.mark.long
@pytest.mark.parametrize("kind", EVERYWHERE)
def test_what_someone_looks_at_is_new_before_the_rest(kind: str, preview: Previewed) -> None:
    """Viewed pages come out as the whole build makes them, with what they need; others stay."""
    root = preview.root
    if kind.startswith("all"):
        shutil.copytree(REPOSITORY / "overrides", root / "overrides")
    for file, old, new in EVERYWHERE[kind]:
        text = (root / file).read_text("utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new, 1), "utf-8")
    before = preview.files()
    shown = preview.views(*VIEWED, "massnahmen/a-99")
    after = preview.files()
    whole = preview.rebuilt()
    changed = {name for name in after if after[name] != before.get(name)}

    assert sorted(shown) == sorted(f"{page}/index.html".lstrip("/") for page in VIEWED)
    assert "massnahmen/a-1/index.html" in changed
    assert all(name.startswith("assets/") for name in changed - set(shown))
    known = changed | set(shown)
    assert {name: after[name] for name in known} == {name: whole[name] for name in known}
    assert differing(preview.rebuilt("one"), whole) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("data/measures.csv", "2025-02-28", "2025-02-31", marks=pytest.mark.long),
        pytest.param("data/measures.csv", "A-1,Formulare", "A-1,", marks=pytest.mark.long),
        ("strategy/strategy.yml", 'title: "', 'primary_colour: "blau"\ntitle: "'),
    ],
)
def test_errors_come_before_any_page(file: str, old: str, new: str, preview: Previewed) -> None:
    """Where the check finds an error, no page is shown, whoever looks at it."""
    before = preview.files()
    replace(preview.root, file, old, new)
    with pytest.raises(ProblemsFoundError):
        preview.views(*VIEWED)
    assert preview.files() == before


def test_what_cannot_be_made_is_left_to_the_whole_build(
    preview: Previewed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that is gone, or that the generator refuses, is not shown, and nothing is told yet."""
    before = preview.files()
    assert preview.views("massnahmen/a-99", "../..") == []

    def refuse(_self: Generator, _pages: int, **_options: Any) -> None:
        raise KlarplanError(Text("Nein.", "No."), Text("Nie.", "Never."))

    monkeypatch.setattr(Generator, "render", refuse)
    assert preview.views("massnahmen/a-1") == []
    assert preview.files() == before


EDITS = {
    "a measure, with a link, a picture and a macro": (
        "strategy/measures/A-1.md",
        "massnahmen/a-1",
        "\nSiehe [Ziel](../goals/G-2.md), ![Drei Kreise](../kreise.svg), "
        '{{ status_badge("A-2") }}.\n',
    ),
    "a goal": ("strategy/goals/G-2.md", "ziele/g-2", "\n- erst\n- dann\n"),
    "a field": ("strategy/fields/F-3.md", "handlungsfelder/f-3", "\nMehr Wasser.\n"),
    "the vision": ("strategy/vision.md", "vision", "\nWir sehen weit.\n"),
    "the start page": ("docs/index.md", "", "\nSchön, dass Sie da sind.\n"),
    "a page of docs": ("docs/mitmachen.md", "mitmachen", "\n## Noch etwas\n\nKommen Sie.\n"),
}


@pytest.mark.long
def test_pages_shown_at_once_are_those_of_a_whole_build(preview: Previewed) -> None:
    """Each text's page comes out byte for byte as if all had been built anew."""
    before = preview.files()
    with closing(preview.texts()) as at_once:
        for file, _, text in EDITS.values():
            append(preview.root, file, text)
        at_once.texts([file for file, _, _ in EDITS.values()])
    after = preview.files()
    changed = {name for name in after if after[name] != before.get(name)}
    whole = preview.rebuilt()

    assert changed == {f"{page}/index.html".lstrip("/") for _, page, _ in EDITS.values()}
    assert {name: after[name] for name in changed} == {name: whole[name] for name in changed}
    assert after.keys() == before.keys()


def test_a_mistake_in_a_text_changes_nothing_until_it_is_mended(preview: Previewed) -> None:
    """A text with an error is not shown; others wait, too, and all come once it is mended."""
    before = preview.files()
    with closing(preview.texts()) as at_once:
        append(preview.root, "strategy/measures/A-1.md", "\n[Umleitung](A-99.md)\n")
        append(preview.root, "docs/mitmachen.md", "\nKommen Sie.\n")
        for _ in range(2):
            with pytest.raises(ProblemsFoundError) as error:
                at_once.texts(["strategy/measures/A-1.md", "docs/mitmachen.md"])
            told = [f for f in error.value.findings if f.severity == "error"]
            assert [f.file for f in told] == ["strategy/measures/A-1.md"]
            assert preview.files() == before
        replace(preview.root, "strategy/measures/A-1.md", "A-99.md", "A-2.md")
        at_once.texts(["strategy/measures/A-1.md", "docs/mitmachen.md"])
        assert "Umleitung" in preview.html("massnahmen/a-1")
        assert "Kommen Sie." in preview.html("mitmachen")
        replace(preview.root, "strategy/measures/A-1.md", "Umleitung", "Abkürzung")
        at_once.texts(["strategy/measures/A-1.md"])
        assert "Abkürzung" in preview.html("massnahmen/a-1")


@pytest.mark.parametrize(
    "wrong",
    first_of(['{{ status_badge("A-99") }}', "<script>alert(1)</script>", "{{ nichts() }}"]),
)
def test_what_a_page_must_not_hold_is_told_at_once(preview: Previewed, wrong: str) -> None:
    """Macro calls and elements are checked as in every build."""
    with closing(preview.texts()) as at_once:
        line = append(preview.root, "docs/mitmachen.md", f"\n{wrong}\n") + 1
        with pytest.raises(ProblemsFoundError) as error:
            at_once.texts(["docs/mitmachen.md"])
    places = {(f.file, f.line) for f in error.value.findings if f.severity == "error"}
    assert places == {("docs/mitmachen.md", line)}


def test_a_link_to_a_heading_that_went_is_told_of_the_page_that_has_it(
    preview: Previewed,
) -> None:
    """A text is checked together with those that did not change."""
    with closing(preview.texts()) as at_once:
        replace(preview.root, "docs/mitmachen.md", "So geht es", "So geht das")
        with pytest.raises(ProblemsFoundError) as error:
            at_once.texts(["docs/mitmachen.md"])
    told = [f for f in error.value.findings if f.severity == "error"]
    assert [f.file for f in told] == ["strategy/measures/A-1.md"]


def test_new_texts_need_a_whole_build(built: Previewed) -> None:
    """What was no page of the preview can't be shown alone."""
    with closing(built.texts()) as at_once:
        assert at_once.are_known(["docs/index.md", "strategy/measures/A-1.md"])
        assert not at_once.are_known(["docs/index.md", "docs/neu.md"])
        assert not at_once.are_known(["strategy/README.txt"])


@pytest.mark.long
def test_builds_of_a_session_make_only_pages_that_changed(
    preview: Previewed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All is as a build from nothing makes it, its search included once that is renewed."""
    made: list[int] = []
    render = Generator.render

    def noted(self: Generator, pages: int, **options: Any) -> None:
        made.append(pages)
        render(self, pages, **options)

    monkeypatch.setattr(Generator, "render", noted)

    replace(preview.root, "data/measures.csv", "A-1,Formulare", "A-1,Vordrucke")
    by_session, whole = preview.rebuilt("one"), preview.rebuilt()
    assert differing(by_session, whole) == []
    assert 0 < made[0] < made[1] / 2

    replace(preview.root, "strategy/strategy.yml", "Kleinstadt digital", "Kleinstadt im Netz")
    replace(preview.root, "strategy/measures/A-1.md", "Der Anlass", "Der Grund")
    by_session, whole = preview.rebuilt("one"), preview.rebuilt()
    assert differing(by_session, whole) == []
    assert made[2] == made[3] == made[1]

    changed = preview.site / "ziele/g-2/index.html"
    changed.write_text(f"{preview.html('ziele/g-2')}<!-- fremd -->", "utf-8")
    assert differing(preview.rebuilt("one"), whole) == []
    renew_search(preview.root, preview.site)
    assert preview.files() == whole


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The names of files that are not the same, but those of the search."""
    names = {name for name in one.keys() | other.keys() if not name.startswith("pagefind/")}
    return [name for name in sorted(names) if one.get(name) != other.get(name)]
