"""„Diese Seite bearbeiten“ leads somewhere useful from every page, at every kind of host."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from klarplan.pages.edit_links import edit_link
from klarplan.pages.gather import Baker
from klarplan.pages.own_text import own_text
from klarplan.pages.page import Page
from klarplan.strategy.code_hosts import git_project, kind_of_host
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from klarplan.strategy.setting_values import SPECIAL
from klarplan.strategy.settings import Settings
from klarplan.words.catalogue import Words
from macros.seal import Seal
from tests.support.klein import DAY, copied
from tests.support.project import REPOSITORY

GITHUB = "https://github.com/stadt/strategie"
GITLAB = "https://gitlab.opencode.de/stadt/strategie"
OWN = "https://git.stadt.example/stadt/strategie"


def links(root: Path, repository: str, **settings: str) -> Iterator[tuple[Page, str]]:
    """Every page below a root with its link, for a project at this address."""
    loaded = public(load(root))
    given = {"repository": repository, **settings}
    for name, value in given.items():
        object.__setattr__(loaded.strategy.settings, name, value)
    baker = Baker(loaded, DAY, Seal.drawn())
    for page in baker.some(()):
        yield page, edit_link(baker, page)


def bare(folder: Path) -> Path:
    """The small strategy without any text of its own."""
    root = copied(folder)
    for text in (root / "strategy").rglob("*.md"):
        text.unlink()
    return root


def told(root: Path, repository: str, link: str) -> tuple[str, str]:
    """What a link does and with which file; it is of one of the known forms."""
    assert link.startswith(repository), link
    parts = urlsplit(link.removeprefix(repository))
    form = r"(?:/-)?/(edit|blob|new|issues)/(.*)"
    found = re.fullmatch(form, parts.path)
    assert found, link
    assert ("/-/" in link) == (repository != GITHUB)
    assert not parts.fragment, "a line of a table is no place to write"
    query = parse_qs(parts.query)
    if found[1] == "issues":
        return "issues", ""
    if found[1] == "new":
        assert found[2] == "main"
        (name,) = query["filename" if repository == GITHUB else "file_name"]
        return "new", name
    branch, _, name = found[2].partition("/")
    assert branch == "main"
    assert (root / unquote(name)).is_file(), link
    return found[1], unquote(name)


@pytest.mark.parametrize("repository", [GITHUB, GITLAB])
@pytest.mark.parametrize("which", ["sample", "klein", "without texts"])
def test_every_page_leads_to_a_file_or_begins_the_right_one(
    tmp_path: Path, which: str, repository: str
) -> None:
    """No link names a file that is not there, and a new one becomes the text of just that page."""
    made = {"sample": lambda _: REPOSITORY, "klein": copied, "without texts": bare}
    root = made[which](tmp_path)
    places = Baker(public(load(root)), DAY, Seal.drawn()).places
    done = set()
    for page, link in links(root, repository):
        deed, file = told(root, repository, link)
        done.add(deed)
        if deed == "new":
            assert not (root / file).exists()
            assert places[file] == page.path
        elif deed == "edit":
            assert not file.endswith(".csv")
        elif deed == "blob":
            assert file.startswith("data/")
            assert page.kind in ("table", "figures", "organisations", "places")
    assert {"new", "blob"} <= done


def test_a_table_of_another_name_is_the_one_that_is_shown(tmp_path: Path) -> None:
    """Where the description calls the file of a table otherwise, the link does so too."""
    root = copied(tmp_path)
    (root / "data/measures.csv").rename(root / "data/vorhaben.csv")
    descriptor = (REPOSITORY / "data/datapackage.json").read_text("utf-8")
    made = descriptor.replace('"measures.csv"', '"vorhaben.csv"')
    (root / "data/datapackage.json").write_text(made, "utf-8")
    found = {page.kind: told(root, GITHUB, link) for page, link in links(root, GITHUB)}
    assert found["figures"] == ("blob", "data/vorhaben.csv")


def test_without_a_file_below_the_root_an_issue_can_be_opened(tmp_path: Path) -> None:
    """Pages that come with Klarplan, and settings that are missing, lead to a filled-in form."""
    root = copied(tmp_path)
    shutil.rmtree(root / "docs")
    assert "issues" in {told(root, GITLAB, link)[0] for _, link in links(root, GITLAB)}
    for page, link in links(root, GITHUB):
        if page.source.startswith("docs/"):
            query = parse_qs(urlsplit(link).query)
            assert page.title in query["title"][0]
            assert page.title in query["body"][0]


@pytest.mark.parametrize(
    ("repository", "kind"),
    [
        (GITHUB, "github"),
        ("https://verwaltung.ghe.com/a/b", "github"),
        (GITLAB, "gitlab"),
        ("https://gitlab.stadt.example/a/b", "gitlab"),
        ("https://opencode.de/a/b", "gitlab"),
        ("git@github.com:a/b.git", "github"),
        ("ssh://git@gitlab.opencode.de/a/b.git", "gitlab"),
        ("C:/github.com/plan", ""),
        ("git@notgithub.com:a/b.git", ""),
        ("https://github.com.evil.example/a/b", ""),
        ("https://notopencode.de/a/b", ""),
        (OWN, ""),
    ],
)
def test_the_kind_of_host_follows_from_the_address(repository: str, kind: str) -> None:
    """A host is known by the whole of its name, never by a part of it."""
    assert kind_of_host(repository) == kind


def test_a_host_of_ones_own_is_told_by_the_settings(tmp_path: Path) -> None:
    """With „repository_host“ links have its form; without it they lead to the project."""
    root = copied(tmp_path)
    assert {link for _, link in links(root, OWN)} == {OWN}
    for _, link in links(root, OWN, repository_host="gitlab"):
        told(root, OWN, link)
    assert {link for _, link in links(root, "")} == {""}


def test_branches_and_names_are_written_as_addresses() -> None:
    """A branch with a slash or a „#“ and a file with umlauts lead where they should."""
    settings = Settings(repository=f"{GITHUB}.git/", branch="entwurf/neu#1")
    project = git_project(settings)
    assert project.edit("docs/Bürger rat.md") == (
        f"{GITHUB}/edit/entwurf/neu%231/docs/B%C3%BCrger%20rat.md"
    )
    assert f"{project.new('a/ü&b.md', 'x&y')}".endswith("?filename=a%2F%C3%BC%26b.md&value=x%26y")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_text_begins_with_nothing_that_is_published(lang: str) -> None:
    """What a new file begins with are comments alone, each on a line."""
    lines = own_text(Words(lang)).splitlines()
    assert lines
    assert all(re.fullmatch(r"<!-- [^<>{}]+ -->", line) for line in lines)
    assert "--" not in "".join(line[4:-3] for line in lines)


def test_the_setting_takes_known_hosts_only() -> None:
    """Another word in „repository_host“ is refused, and what is possible is told."""
    read, cure = SPECIAL["repository_host"]
    assert [read(value) for value in ("gitlap", "gitlab", "github", "")] == [
        *(None, "gitlab", "github", "")
    ]
    assert "github, gitlab" in cure.de
