"""A clone of the sample becomes an empty strategy of one's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from klarplan.check.run import check
from klarplan.commands.answers import field_titles
from klarplan.commands.init import KEPT_TABLES, make_empty
from klarplan.messages import KlarplanError
from klarplan.starter.texts import fields as fields_of
from klarplan.starter.texts import glossary
from klarplan.strategy.load import load
from klarplan.strategy.settings import SETTINGS, TOPICS, MenuItem, Settings
from klarplan.strategy.settings_file import read_settings
from klarplan.strategy.settings_text import EXPLAINED, settings_text
from klarplan.words.catalogue import GERMAN, LANGUAGES, Words
from tests.support.git import git
from tests.support.importing import LISTS, MEASURES, REPORTS, TODAY, take, workbook
from tests.support.project import REPOSITORY, klarplan

VALUES = {"municipality": "Stadt Münster", "key": "05515000"}
QUICK = {("de", "digital"), ("en", "climate"), ("de", "general")}
"""Languages and topics that every run tries; the long one tries all."""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of what the repository holds for a municipality, with some prose and an image."""
    root = tmp_path / "klon"
    for name in ("data", "docs", "strategy"):
        shutil.copytree(REPOSITORY / name, root / name)
    prose = root / "strategy" / "measures" / "M-001.md"
    prose.parent.mkdir(exist_ok=True)
    prose.write_text("Beispiel\n")
    (root / "data" / "risks.csv").write_text("id,title\nR-1,Beispiel\n")
    (root / "klarplan").mkdir()
    (root / "klarplan" / "eigenes.csv").write_text("bleibt")
    return root


@pytest.fixture
def repository(clone: Path) -> Path:
    """The copy as a git repository without uncommitted changes."""
    git(clone, "init", "--quiet")
    git(clone, "add", ".")
    git(clone, "commit", "--quiet", "--message", "Beispiel")
    return clone


def below(folder: Path) -> set[str]:
    """The files below a folder."""
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def test_the_sample_is_gone_and_headers_remain(repository: Path) -> None:
    """Prose is gone, the tables an editor begins with have headers only, statuses stay."""
    statuses = (repository / "data" / "statuses.csv").read_bytes()
    docs = below(repository / "docs")
    done = make_empty(repository, VALUES)
    assert below(repository / "strategy") == {"strategy.yml"}
    assert [p for p in (repository / "strategy").rglob("*") if p.is_dir()] == []
    kept = {*(f"{name}.csv" for name in KEPT_TABLES), "statuses.csv", "datapackage.json"}
    assert below(repository / "data") == kept
    loaded = load(repository)
    for name in KEPT_TABLES:
        assert loaded.strategy.tables[name].records == ()
        assert loaded.strategy.tables[name].header == tuple(loaded.descriptor.tables[name].columns)
    assert (repository / "data" / "statuses.csv").read_bytes() == statuses
    assert below(repository / "docs") == docs - {"assets/wappen.svg"}
    assert (repository / "klarplan" / "eigenes.csv").read_text() == "bleibt"
    assert done.backup is None
    assert done.removed > 0


def test_the_settings_are_the_given_ones(repository: Path) -> None:
    """Name and key stand in the settings; nothing of the sample's does."""
    make_empty(repository, {**VALUES, "title": 'Plan "2030": #1', "site_url": "https://x.example/"})
    settings, findings = read_settings(repository)
    assert findings == []
    assert settings == Settings(
        municipality="Stadt Münster",
        key="05515000",
        title='Plan "2030": #1',
        site_url="https://x.example/",
    )


def test_the_empty_strategy_passes_the_check(repository: Path) -> None:
    """Right after init there is no error in tables and settings."""
    make_empty(repository, VALUES)
    found = check(repository, TODAY, pages=False)
    assert [f for f in found if f.severity == "error"] == []


def test_an_emptied_strategy_takes_over_a_list(repository: Path) -> None:
    """After init the first import begins with M-001 and HF-01."""
    make_empty(repository, VALUES)
    book = workbook(repository / "a.xlsx", {"Maßnahmen": MEASURES, "Sachstand": REPORTS})
    outcome = take(repository, [book], LISTS)
    assert outcome.left_out == ()
    assert [m.id for m in load(repository).strategy.measures] == ["M-001", "M-002", "M-003"]


def test_uncommitted_changes_are_not_discarded(repository: Path) -> None:
    """With changes that git does not know, init refuses and names them; --yes goes on."""
    (repository / "strategy" / "neu.md").write_text("meins")
    before = below(repository)
    with pytest.raises(KlarplanError) as caught:
        make_empty(repository, VALUES)
    assert caught.value.exit_code == 2
    assert "strategy/neu.md" in caught.value.problem.de
    assert below(repository) == before
    make_empty(repository, VALUES, force=True)
    assert not (repository / "strategy" / "neu.md").exists()


def test_files_that_git_ignores_are_not_discarded(repository: Path) -> None:
    """What git is told to ignore it can't bring back; only what systems leave does not count."""
    (repository / ".gitignore").write_text("entwurf.md\n.DS_Store\n")
    git(repository, "add", ".gitignore")
    git(repository, "commit", "--quiet", "--message", "Entwürfe")
    (repository / "strategy" / ".DS_Store").touch()
    (repository / "strategy" / "entwurf.md").write_text("meins")
    with pytest.raises(KlarplanError) as caught:
        make_empty(repository, VALUES)
    assert "git noch nicht kennt: strategy/entwurf.md." in caught.value.problem.de
    (repository / "strategy" / "entwurf.md").unlink()
    make_empty(repository, VALUES)


@pytest.mark.parametrize("name", ["data", "strategy"])
def test_folders_elsewhere_are_not_emptied(repository: Path, tmp_path: Path, name: str) -> None:
    """Where a folder of the strategy is a link, nothing is emptied."""
    (repository / name).rename(tmp_path / "draussen")
    (repository / name).symlink_to(tmp_path / "draussen")
    before = below(tmp_path / "draussen")
    with pytest.raises(KlarplanError):
        make_empty(repository, VALUES, force=True)
    assert below(tmp_path / "draussen") == before


def test_changes_elsewhere_do_not_matter(repository: Path) -> None:
    """Only strategy/ and data/ are looked at."""
    (repository / "notiz.txt").write_text("meins")
    make_empty(repository, VALUES)
    assert (repository / "notiz.txt").exists()


def test_without_git_the_old_content_is_kept_aside(clone: Path) -> None:
    """Where nothing could bring the old content back, a copy of it is made first."""
    old = below(clone / "strategy")
    done = make_empty(clone, VALUES)
    assert done.backup == clone / "vor-init"
    assert below(clone / "vor-init" / "strategy") == old
    assert (clone / "vor-init" / "data" / "risks.csv").exists()
    again = make_empty(clone, VALUES)
    assert again.backup == clone / "vor-init-2"


def test_a_strategy_of_ones_own_is_not_emptied_unasked(repository: Path) -> None:
    """Whoever has begun to write is told what is there; --yes means it."""
    make_empty(repository, VALUES)
    make_empty(repository, VALUES, force=True)
    git(repository, "commit", "--quiet", "--all", "--message", "Leer")
    make_empty(repository, VALUES)  # nothing is written yet
    table = repository / "data" / "measures.csv"
    header = table.read_text("utf-8").splitlines()[0]
    table.write_text(f"{header}\nM-001,Rad{',' * (header.count(',') - 1)}\n", "utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message", "Erste Maßnahme")
    before = table.read_bytes()
    with pytest.raises(KlarplanError, match="strategy of “Stadt Münster” is here"):
        make_empty(repository, VALUES)
    assert table.read_bytes() == before
    make_empty(repository, VALUES, force=True)
    assert table.read_bytes() != before


def test_a_text_of_ones_own_is_not_removed_unasked(clone: Path) -> None:
    """Without git and without rows, a text in strategy/ is somebody's work as well."""
    make_empty(clone, VALUES)
    (clone / "strategy" / "vision.md").write_text("Wir wollen.\n", "utf-8")
    with pytest.raises(KlarplanError, match="texts in strategy/: 1"):
        make_empty(clone, VALUES)


def test_links_are_removed_and_not_followed(repository: Path, tmp_path: Path) -> None:
    """A link in strategy/ disappears; what it points at stays."""
    outside = tmp_path / "draussen"
    outside.mkdir()
    (outside / "wichtig.md").write_text("bleibt")
    (repository / "strategy" / "link").symlink_to(outside)
    make_empty(repository, VALUES, force=True)
    assert (outside / "wichtig.md").read_text() == "bleibt"
    assert below(repository / "strategy") == {"strategy.yml"}


def test_a_missing_list_of_statuses_is_made(repository: Path) -> None:
    """A strategy without statuses gets the usual ones, so that reports can be written."""
    (repository / "data" / "statuses.csv").unlink()
    make_empty(repository, VALUES, force=True)
    assert {"planned", "running", "done", "unknown"} <= {
        status.id for status in load(repository).strategy.statuses
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "0551500"},
        {"key": "٠٥٥١٥٠٠٠"},
        {"municipality": " "},
        {"site_url": "strategie.example"},
        {"repository": "git@example.org:x.git"},
    ],
)
def test_wrong_settings_change_nothing(repository: Path, wrong: dict[str, str]) -> None:
    """A key that is none and an address without https are refused before anything is touched."""
    before = below(repository)
    with pytest.raises(KlarplanError) as caught:
        make_empty(repository, {**VALUES, **wrong})
    assert caught.value.exit_code == 2
    assert caught.value.cure.de
    assert below(repository) == before


def test_the_settings_file_explains_every_setting() -> None:
    """Each setting stands in the file once, with an explanation above it or its neighbour."""
    text = settings_text({})
    assert list(EXPLAINED) == list(yaml.safe_load(text))
    assert set(EXPLAINED) == {f.name for f in fields(Settings)}
    assert next(iter(EXPLAINED.values()))


def test_every_setting_survives_being_written(tmp_path: Path) -> None:
    """Whatever is written into the settings file is read back the same."""
    values = {
        "title": "A: „b“ # c",
        "summary": "Zwei Sätze.\nMit Zeilenumbruch und \\ und \"'.",
        "key": "05515000",
        "version": "1.0",
        "period_start": 2024,
        "chapters": ("measures", "vision"),
        "postcode": "01067",
        "primary_colour": "#000000",
    }
    (tmp_path / "strategy").mkdir()
    (tmp_path / SETTINGS).write_text(settings_text(values), encoding="utf-8")
    settings, findings = read_settings(tmp_path)
    assert findings == []
    assert settings == Settings(**values)  # type: ignore[arg-type]


def test_the_command_says_what_to_do_next(repository: Path) -> None:
    """With name and key given, nothing is asked; the output names the next steps."""
    done = klarplan("init", "--name", "Stadt Münster", "--key", "05515000", cwd=repository)
    assert done.returncode == 0, done.stderr
    assert "klarplan import" in done.stdout
    assert read_settings(repository)[0].title == "Strategie der Stadt Münster"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("--from", "alter text.docx"),
            '--from "alter text.docx" --name "Stadt Münster" --key 0551',
        ),
        (("--name=Amt Süd", "--yes"), 'klarplan init "--name=Amt Süd" --yes --key 05515000,'),
        (("--key", "261", "--country", "CH"), "init --key 261 --country CH --name "),
    ],
)
def test_what_is_missing_is_added_to_the_own_command(
    repository: Path, arguments: tuple[str, ...], told: str
) -> None:
    """The command that is told holds what was said already, and what lacks: it can be copied."""
    (repository / "alter text.docx").write_bytes(b"")
    done = klarplan("init", *arguments, cwd=repository)
    assert done.returncode == 2
    assert told in done.stderr


@pytest.mark.parametrize(
    ("page", "stays"),
    [("docs/glossar.md", True), ("docs/gibt-es-nicht.md", False), ("docs/Glossar.md", False)],
)
def test_a_menu_names_pages_that_there_will_be(repository: Path, page: str, stays: bool) -> None:
    """A page in the menu that the new strategy would not have is told before anything changes."""
    before = below(repository)
    values = {**VALUES, "menu": (MenuItem(title="Mehr", items=(MenuItem(file=page),)),)}
    if stays:
        make_empty(repository, values)
        return
    with pytest.raises(KlarplanError) as caught:
        make_empty(repository, values)
    assert page in caught.value.problem.de
    assert below(repository) == before


@pytest.mark.parametrize("arguments", [[], ["--name", "Stadt Münster"], ["--key", "05515000"]])
def test_without_a_terminal_nothing_is_asked(repository: Path, arguments: list[str]) -> None:
    """A missing name or key is told with an example of the full command."""
    before = below(repository)
    done = klarplan("init", *arguments, cwd=repository)
    assert done.returncode == 2
    assert "--key 05515000" in done.stderr
    assert "Traceback" not in done.stderr
    assert below(repository) == before


def test_on_a_terminal_missing_settings_are_asked(repository: Path) -> None:
    """On a terminal init asks for all that it needs, and again where a key is none."""
    pty = pytest.importorskip("pty", reason="needs a terminal of a Unix system")
    answers = "\nStadt Münster\n\nkein Schlüssel\n05515000\n" + "\n" * 18
    leader, follower = pty.openpty()
    with os.fdopen(leader, "wb", buffering=0) as terminal:
        process = subprocess.Popen(
            [sys.executable, "-c", "from klarplan.cli import main; main()", "init"],
            cwd=repository,
            stdin=follower,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        os.close(follower)
        terminal.write(answers.encode("utf-8"))
        told, _ = process.communicate(timeout=60)
    assert process.returncode == 0, told.decode("utf-8")
    assert "Nötig sind 8 oder 12 Ziffern" in told.decode("utf-8")
    settings, _ = read_settings(repository)
    assert (settings.municipality, settings.key) == ("Stadt Münster", "05515000")


def test_init_names_who_approves_the_program(clone: Path) -> None:
    """With a team, ``.github/CODEOWNERS`` is written, but never over another."""
    make_empty(clone, VALUES, force=True)
    path = clone / ".github" / "CODEOWNERS"
    assert not path.exists()
    make_empty(clone, VALUES, force=True, owners="@stadt/technik")
    assert "\n/klarplan/ @stadt/technik\n" in path.read_text(encoding="utf-8")
    make_empty(clone, VALUES, force=True, owners="@andere")
    assert "@andere" not in path.read_text(encoding="utf-8")
    with pytest.raises(KlarplanError, match="is no team"):
        make_empty(clone, VALUES, force=True, owners="technik")


@pytest.mark.parametrize(
    ("lang", "topic"),
    [
        pytest.param(lang, topic, marks=() if (lang, topic) in QUICK else pytest.mark.long)
        for lang in LANGUAGES
        for topic in TOPICS
    ],
)
def test_glossary_and_usual_fields_follow_topic_and_language(
    repository: Path, topic: str, lang: str
) -> None:
    """A climate plan explains no eID and begins with fields of its own, in its language."""
    values = {**VALUES, "topic": topic, "lang": lang}
    make_empty(repository, values, titles=field_titles(values))
    glossary = (repository / "docs" / "glossar.md").read_text(encoding="utf-8")
    assert ("eID" in glossary) == (topic == "digital")
    assert ("CO₂" in glossary) == (topic == "climate")
    assert ("Maßnahme" in glossary) == (lang == "de")
    strategy = load(repository).strategy
    titles = [field.title for field in strategy.fields_of_action]
    assert bool(titles) == (topic != "general")
    assert all(("ä" not in t and "und" not in t.split()) or lang == "de" for t in titles)
    assert next(s.label for s in strategy.statuses) == {"de": "geplant", "en": "planned"}[lang]
    errors = [f for f in check(repository, TODAY) if f.severity == "error"]
    assert errors == []


def test_an_english_strategy_has_english_pages_and_no_german_ones(repository: Path) -> None:
    """Pages keep their addresses, their words are English; Leichte Sprache is German and goes."""
    make_empty(repository, {**VALUES, "lang": "en"})
    assert not (repository / "docs" / "leichte-sprache.md").exists()
    pages = list((repository / "docs").glob("*.md"))
    assert {"index.md", "impressum.md", "glossar.md"} <= {p.name for p in pages}
    german = {"und", "der", "die", "das", "wir", "Sie"}
    for page in pages:
        assert not german & set(page.read_text(encoding="utf-8").split()), page.name


def test_changed_pages_are_not_overwritten_unasked(repository: Path) -> None:
    """A page of docs/ that init would write anew, changed and not in git, is refused."""
    (repository / "docs" / "glossar.md").write_text("# Meins")
    with pytest.raises(KlarplanError, match=r"glossar\.md"):
        make_empty(repository, VALUES)
    assert (repository / "docs" / "glossar.md").read_text() == "# Meins"


@pytest.mark.parametrize(
    ("key", "fits"),
    [("05999", True), ("05", True), ("", True), ("059990", False), ("5", False)],
)
def test_keys_of_districts_and_states_are_keys(repository: Path, key: str, fits: bool) -> None:
    """A Kreis has 5 digits, a Land 2, others may have none."""
    values = {"municipality": "Region Süd", "key": key}
    if fits:
        make_empty(repository, values)
        assert read_settings(repository)[0].key == key
    else:
        with pytest.raises(KlarplanError):
            make_empty(repository, values)


@pytest.mark.parametrize(
    ("country", "key", "fits"),
    [("CH", "261", True), ("AT", "60101", True), ("CH", "05515000", False), ("DE", "261", False)],
)
def test_a_key_is_that_of_its_country(
    repository: Path, country: str, key: str, *, fits: bool
) -> None:
    """A Swiss or Austrian town names its country with its key; another country's key is refused."""
    wanted = ("--name", "Stadt Süd", "--country", country, "--key", key)
    done = klarplan("init", *wanted, cwd=repository)
    assert done.returncode == (0 if fits else 2)
    if fits:
        settings = read_settings(repository)[0]
        assert (settings.country, settings.key) == (country, key)
    else:
        assert f"„{key}“ ist kein amtlicher Schlüssel." in done.stderr
        assert "--country" in done.stderr


def test_the_samples_glossary_is_the_one_of_its_topic() -> None:
    """What a fork with the sample's topic gets is what the sample shows."""
    shown = (REPOSITORY / "docs" / "glossar.md").read_text(encoding="utf-8")
    assert shown == glossary(GERMAN, "digital")


@pytest.mark.parametrize("topic", TOPICS)
def test_every_term_is_explained_in_both_languages(topic: str) -> None:
    """The English glossary has as many terms as the German one."""
    counts = {lang: glossary(Words(lang), topic).count("\n:   ") for lang in LANGUAGES}
    assert len(set(counts.values())) == 1
    assert len(fields_of(Words("de"), topic)) == len(fields_of(Words("en"), topic))


def test_options_of_init_are_checked(repository: Path) -> None:
    """A topic, kind or language that there is not is refused with those that there are."""
    for option, value in (
        ("--topic", "klima"),
        ("--kind", "Dorf"),
        ("--language", "fr"),
        ("--country", "FR"),
    ):
        done = klarplan("init", "--name", "X", "--key", "", option, value, cwd=repository)
        assert done.returncode == 2
        assert f"„{value}“ gibt es bei {option} nicht." in done.stdout + done.stderr
