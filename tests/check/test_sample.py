"""What is the sample's is found in the strategy of somebody else, and nothing else is."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.check.sample import LIST, is_sample
from klarplan.commands.build import ProblemsFoundError, Wanted, build
from klarplan.messages import Finding
from klarplan.strategy.settings_file import read_settings
from tests.support.forks import ENGLISH, GEMEINDE, KREIS, LAND, PROSE, Fork
from tests.support.klein import append
from tests.support.project import AS_OF, REPOSITORY, SAMPLE, klarplan
from tests.tools.sample import everybodys, of_the_sample

DAY = dt.date.fromisoformat(AS_OF)


def in_repository(file: str) -> str:
    """A file of the sample."""
    if SAMPLE not in (REPOSITORY / "strategy/strategy.yml").read_text("utf-8"):
        pytest.skip("the sample strategy has been replaced")
    return (REPOSITORY / file).read_text("utf-8")


def found(root: Path) -> list[Finding]:
    """What is found of the sample."""
    return [f for f in check(root, DAY) if f.rule == "KP060"]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A municipality's own strategy, which no test changes."""
    root = tmp_path_factory.mktemp("fork")
    GEMEINDE.write(root)
    return root


@pytest.fixture
def fork(written: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return shutil.copytree(written, tmp_path / "fork")


def sentence_of_the_sample() -> str:
    """A long sentence of the sample's vision."""
    lines = in_repository("strategy/vision.md").splitlines()
    return next(line for line in lines if len(line) > 80 and line[0].isalpha() and ":" not in line)


def test_the_list_is_in_step_with_the_sample() -> None:
    """All of the sample is in the list, and nothing that every strategy begins with."""
    in_repository("strategy/vision.md")
    listed = LIST.read_text("utf-8").split()
    general = everybodys()
    assert set(of_the_sample()) - general <= set(listed), "make renew"
    assert general.isdisjoint(listed), "make renew"
    assert listed == sorted(set(listed))


def test_the_sample_itself_has_its_key_and_name() -> None:
    """The sample is known as what it is, so that it may be published as a sample."""
    in_repository("strategy/vision.md")
    assert is_sample(read_settings(REPOSITORY)[0])


@pytest.mark.parametrize(
    "fork",
    [
        *(pytest.param(fork, id=fork.name) for fork in (GEMEINDE, ENGLISH)),
        *(pytest.param(f, id=f.name, marks=pytest.mark.long) for f in (KREIS, LAND, PROSE)),
    ],
)
def test_strategies_of_others_have_nothing_of_it(tmp_path: Path, fork: Fork) -> None:
    """Five strategies of different kinds, with Klarplan's pages and statuses, raise no alarm."""
    fork.write(tmp_path / "root")
    assert found(tmp_path / "root") == []


@pytest.mark.parametrize(
    "file", ["strategy/measures/M-001.md", "strategy/vision.md", "data/risks.csv"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_that_a_merge_brought_is_named(fork: Path, file: str, end: str) -> None:
    """A text or table of the sample is one error with its file, whatever its line ends."""
    text = in_repository(file).replace("\n", end)
    (fork / file).parent.mkdir(exist_ok=True)
    (fork / file).write_text(text, "utf-8", newline="")
    (told,) = [f for f in check(fork, DAY) if f.file == file and f.severity == "error"]
    assert told.rule == "KP060"
    assert "klarplan repair --sample --write" in told.cure.de


def test_many_files_are_told_once(fork: Path) -> None:
    """A merge that brings many files is one message with all of them."""
    names = [f"strategy/measures/M-00{n}.md" for n in (1, 2, 3)]
    for name in names:
        (fork / name).parent.mkdir(exist_ok=True)
        (fork / name).write_text(in_repository(name), "utf-8")
    (told,) = found(fork)
    assert [told.file, *(place.file for place in told.also)] == names


@pytest.mark.parametrize("before", ["", "- ", "Wir sagen es selbst: ", "> **Neu:** "])
def test_a_sentence_is_named_with_its_line(fork: Path, before: str) -> None:
    """A sentence of the sample is found in a list, a quotation, and behind one's own words."""
    line = append(fork, "strategy/vision.md", f"\n{before}{sentence_of_the_sample()}\n")
    (told,) = found(fork)
    assert (told.file, told.line) == ("strategy/vision.md", line + 1)


def test_a_sentence_in_the_pages_of_docs_is_named(fork: Path) -> None:
    """It is found in every page, not only in the strategy's."""
    line = append(fork, "docs/ueber.md", f"\n{sentence_of_the_sample()}\n")
    (told,) = found(fork)
    assert (told.file, told.line) == ("docs/ueber.md", line + 1)


def test_a_row_is_named_with_its_line(fork: Path) -> None:
    """A row of the sample between one's own is found, once."""
    row = in_repository("data/goals.csv").splitlines()[1]
    header = in_repository("data/goals.csv").splitlines()[0]
    (fork / "data/goals.csv").write_text(f"{header}\n{row}\n", "utf-8")
    (told,) = found(fork)
    assert (told.file, told.line) == ("data/goals.csv", 2)


@pytest.mark.parametrize(
    "text",
    [
        "Das Wichtigste in Kürze",
        "Die Verwaltung wird digital.",
        "| Maßnahme | Stand | Zuständig |",
        '{{ measures_table(field="HF-01", columns="title,status,lead,end") }}',
    ],
)
def test_what_anybody_may_write_is_no_alarm(fork: Path, text: str) -> None:
    """Headings, short sentences, table heads and calls are nobody's."""
    append(fork, "strategy/vision.md", f"\n{text}\n")
    assert found(fork) == []


def test_a_build_refuses_it(fork: Path) -> None:
    """Nothing of the sample is published under another name."""
    append(fork, "strategy/vision.md", f"\n{sentence_of_the_sample()}\n")
    with pytest.raises(ProblemsFoundError) as refused:
        build(fork, DAY, Wanted(pdf=False))
    assert {f.rule for f in refused.value.findings if f.severity == "error"} >= {"KP060"}


def planted(fork: Path) -> dict[str, str]:
    """Put a file, a row and a sentence of the sample into a fork; returns what it had before."""
    header, row = in_repository("data/stakeholders.csv").splitlines()[:2]
    append(fork, "data/stakeholders.csv", f"{header}\nunser,Vereine,,\n")
    before = {
        path.relative_to(fork).as_posix(): path.read_bytes().decode("utf-8")
        for name in ("data", "docs", "strategy")
        for path in (fork / name).rglob("*")
        if path.suffix in (".md", ".csv")
    }
    (fork / "strategy/decisions").mkdir(exist_ok=True)
    (fork / "strategy/decisions/B-09.md").write_text(
        in_repository("strategy/decisions/B-09.md"), "utf-8"
    )
    append(fork, "data/stakeholders.csv", f"{row}\n")
    append(fork, "strategy/vision.md", f"{sentence_of_the_sample()}\n")
    return before


def test_one_command_removes_all_of_it(fork: Path) -> None:
    """File, row and sentence go; every other byte is as it was."""
    before = planted(fork)
    shown = klarplan("repair", "--sample", "--root", str(fork))
    for name in ("strategy/decisions/B-09.md", "data/stakeholders.csv", "strategy/vision.md"):
        assert name in shown.stdout
    assert {f.file for f in found(fork)} == {
        *("data/stakeholders.csv", "strategy/decisions/B-09.md", "strategy/vision.md")
    }

    assert klarplan("repair", "--sample", "--write", "--root", str(fork)).returncode == 0

    assert found(fork) == []
    assert {name: (fork / name).read_bytes().decode("utf-8") for name in before} == before
    assert not (fork / "strategy/decisions").exists()


def test_own_words_beside_a_sentence_stay(fork: Path) -> None:
    """Of a line with one's own words only the sample's sentence is removed, also in a cell."""
    sentence = sentence_of_the_sample()
    append(fork, "strategy/vision.md", f"\nUnser Satz. {sentence}\n")
    append(fork, "data/goals.csv", f'Z-99,Ziel,"Eigenes. {sentence}"\n')
    assert klarplan("repair", "--sample", "--write", "--root", str(fork)).returncode == 0
    assert (fork / "strategy/vision.md").read_text("utf-8").endswith("\nUnser Satz.\n")
    assert (fork / "data/goals.csv").read_text("utf-8").endswith("Z-99,Ziel,Eigenes.\n")


def test_the_sample_keeps_its_words(copy: Path) -> None:
    """In the sample itself, the command refuses to remove what the sample is made of."""
    done = klarplan("repair", "--sample", "--write", "--root", str(copy))
    assert done.returncode == 2
    assert "klarplan init" in done.stderr
