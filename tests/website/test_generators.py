"""The site is the same whichever generator makes it, and however the work is shared out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import pytest
from jinja2 import DictLoader, Environment
from playwright.sync_api import Browser

from klarplan.messages import KlarplanError
from klarplan.processes import Child
from klarplan.website import generator
from klarplan.website.generator import GENERATORS, MANY, USUAL, chosen, render_site, started
from klarplan.website.generator_log import failure
from klarplan.website.generator_process import _at_hand
from klarplan.website.theme_mends import mended
from tests.support import canary
from tests.support.access import View, crawl, one_of_each_kind, pages_of, served
from tests.support.importing import NEEDS_REAL, import_real
from tests.support.klein import copied
from tests.support.project import REPOSITORY, baked, copy_of_sample, klarplan
from tests.support.shipped import unused
from tests.support.some import first_of
from tests.support.synthetic import write_strategy

Sites = dict[str, canary.Made]


@pytest.fixture(
    scope="module", params=["sample", pytest.param("muenster", marks=NEEDS_REAL)], name="sites"
)
def _sites(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """The sample, and a real city's list, made by each generator."""
    folder = tmp_path_factory.mktemp(request.param)
    root = folder / "root"
    if request.param == "sample":
        copy_of_sample(root)
    else:
        import_real(root)
    return {name: canary.make_with(name, root, folder, "--no-pdf") for name in GENERATORS}


@pytest.mark.long
@pytest.mark.parametrize("name", canary.OTHERS)
def test_site_is_the_same(sites: Sites, name: str) -> None:
    """Every generator makes the same pages, titles, texts and anchors, and no dead links more."""
    assert sites[USUAL].articles
    assert sites[name].differences(sites[USUAL]) == []


@pytest.mark.long
@pytest.mark.parametrize("name", canary.OTHERS)
def test_site_keeps_nobody_out(sites: Sites, browser: Browser, name: str) -> None:
    """axe finds nothing on ten pages of different kinds, and they fetch and keep nothing."""
    site = sites[name].site
    paths = one_of_each_kind(pages_of(site))[:10]
    with served(site) as address:
        assert crawl(browser, address, paths, [View("light", 1280)]) == {}


@pytest.mark.long
@pytest.mark.parametrize("name", GENERATORS)
def test_theme_leaves_nothing_unused(sites: Sites, name: str) -> None:
    """No generator's site ships a file of its theme that nothing on it uses.

    What lies below ``docs/`` is the municipality's, used or not.
    """
    found = unused(sites[name].site)
    assert [file for file in found if not (REPOSITORY / "docs" / file).is_file()] == []


@pytest.mark.long
def test_papers_are_the_same(tmp_path: Path) -> None:
    """The PDF says the same on every page whichever generator made the site."""
    root = copied(tmp_path)
    made = {name: canary.make_with(name, root, tmp_path) for name in GENERATORS}
    papers = {name: canary.paper_text(site.site / "strategie.pdf") for name, site in made.items()}
    assert len(papers[USUAL]) > 5
    for name in canary.OTHERS:
        assert papers[name] == papers[USUAL], name


def test_unknown_generator_is_refused_before_the_work(tmp_path: Path) -> None:
    """A generator that Klarplan does not know ends with 2 and names those that it knows."""
    root = copied(tmp_path)
    result = klarplan("build", "--root", str(root), "--generator", "hugo")
    assert result.returncode == 2
    assert "Möglich sind: mkdocs, properdocs, zensical." in result.stderr.replace("\n", " ")
    assert not (root / "build").exists()


def test_missing_generator_is_told_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A generator that is not installed is told with the line that installs it."""
    monkeypatch.setattr(generator, "find_spec", lambda _: None)
    with pytest.raises(KlarplanError, match="“zensical” is not installed") as told:
        chosen("zensical")
    assert told.value.exit_code == 2
    assert told.value.cure.de.endswith('-m pip install "klarplan[zensical]"')


@pytest.mark.parametrize("name", first_of(GENERATORS))
@pytest.mark.parametrize("command", first_of(["build", "serve"]))
def test_generator_started_alone_says_what_to_type(tmp_path: Path, name: str, command: str) -> None:
    """Whoever starts a generator in the root reads what to type instead, and no traceback."""
    shutil.copy(REPOSITORY / "mkdocs.yml", tmp_path)
    for folder in ("docs", "overrides"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    result = subprocess.run(
        [sys.executable, "-m", name, command],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    said = result.stdout + result.stderr
    assert result.returncode == 1, said
    assert "make serve" in said
    assert "make site" in said
    assert "Traceback" not in said


@pytest.mark.long
def test_findings_are_the_same_however_pages_are_shared_out(tmp_path: Path) -> None:
    """What the generator warns of on the pages of all shares is told, in one order."""
    write_strategy(tmp_path, 6)
    config = baked(tmp_path)
    pages = sorted((tmp_path / "build/pages/massnahmen").glob("m-*/index.md"))
    assert len(pages) == 6
    for page in pages:
        page.write_text(page.read_text("utf-8") + "\n\n[x](../nirgends/index.md)\n", "utf-8")
    found = []
    for number in (MANY - 1, MANY):
        with pytest.raises(KlarplanError) as broken:
            render_site(config, tmp_path / "build/out", number)
        found.append(broken.value.problem.de)
    assert found[0] == found[1]
    assert found[0].count("'../nirgends/index.md'") == 6


@pytest.mark.long
def test_settings_are_read_while_pages_are_written(tmp_path: Path) -> None:
    """What is written after the generator got its settings is on the site, mended."""
    write_strategy(tmp_path, 6)
    config = baked(tmp_path)
    page, other = (tmp_path / "build/pages/massnahmen" / f"m-000{n}/index.md" for n in (1, 2))
    with started() as made:
        made.prepare(config, tmp_path / "build/out")
        page.write_text(page.read_text("utf-8") + "\n\nSpät geschrieben.\n", "utf-8")
        other.unlink()
        made.look()
        made.render(1)
    out = tmp_path / "build/out/massnahmen"
    html = (out / "m-0001/index.html").read_text("utf-8")
    assert "Spät geschrieben." in html
    assert mended(html) == html
    assert not (out / "m-0002").exists()


def test_generator_without_work_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A generator that was started while pages were written ends with them where they fail."""
    processes: list[Child] = []
    start = generator._start

    def noted(command: Sequence[str], said: IO[str]) -> Child:
        processes.append(start(command, said))
        return processes[-1]

    monkeypatch.setattr(generator, "_start", noted)
    with pytest.raises(ZeroDivisionError), started():
        raise ZeroDivisionError
    (process,) = processes
    assert process.poll() is not None


def test_words_of_zensical_come_without_colours_and_traceback() -> None:
    """What Zensical says is passed on as plain text."""
    said = (
        "Build started\n\x1b[33mWarning:\x1b[0m page does not exist\n"
        "  \x1b[38;5;246m[\x1b[0m ziele/index.md:28:67 ]\nTraceback (most recent call last):\n"
        '  File "x.py", line 1\nRuntimeError: Aborted because --strict flag is set\n'
    )
    told = failure(said).problem.de
    assert "Warning: page does not exist\n  [ ziele/index.md:28:67 ]\nRuntimeError" in told


def test_a_changed_template_of_the_theme_is_compiled_anew() -> None:
    """What an earlier build compiled of another text with the same name is not used."""
    for text in ("eins", "zwei {{ n }}"):
        env = _at_hand(Environment(loader=DictLoader({"tried.html": text})))
        env.globals["n"] = 3
        assert env.get_template("tried.html").render() == text.replace("{{ n }}", "3")
