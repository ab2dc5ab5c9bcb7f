"""The list of contents knows all that a file of the engine ever was."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.messages import KlarplanError
from klarplan.update.contents import hashes, of_history, read, together, written
from tests.support.git import committed, git


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one file."""
    (tmp_path / "ä.py").write_text("eins\n", "utf-8")
    committed(tmp_path)
    return tmp_path


def commit(root: Path, name: str, text: str) -> None:
    """Commit another content of a file."""
    (root / name).write_text(text, "utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", text.strip())


def knows(root: Path, name: str, text: str) -> bool:
    """Whether the history knows a content of a file."""
    return not hashes(text.encode()).isdisjoint(of_history(root, "HEAD").get(name, ()))


def test_every_content_of_the_history_is_known(repository: Path) -> None:
    """The first, a later and the last content are known, and none that never was."""
    for text in ("zwei\n", "drei\n"):
        commit(repository, "ä.py", text)
    assert [knows(repository, "ä.py", f"{t}\n") for t in ("eins", "zwei", "drei", "vier")] == [
        *(True, True, True, False)
    ]


def test_a_file_that_is_gone_or_has_moved_is_known(repository: Path) -> None:
    """Under its former name a file is known as well as under its new one."""
    git(repository, "mv", "ä.py", "neu.py")
    git(repository, "commit", "--quiet", "--message", "anders")
    assert knows(repository, "ä.py", "eins\n")
    assert knows(repository, "neu.py", "eins\n")


def test_what_only_a_merge_made_is_known(repository: Path) -> None:
    """A content that is in neither of two branches but in their merge is known."""
    git(repository, "branch", "--move", "main")
    git(repository, "switch", "--quiet", "--create", "other")
    commit(repository, "ä.py", "links\n")
    git(repository, "switch", "--quiet", "main")
    commit(repository, "ä.py", "rechts\n")
    git(repository, "merge", "--quiet", "--strategy", "ours", "--no-commit", "other")
    commit(repository, "ä.py", "beides\n")
    assert knows(repository, "ä.py", "beides\n")
    assert knows(repository, "ä.py", "links\n")


def test_a_history_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """Without a history, nothing is taken for a town's own in silence."""
    with pytest.raises(KlarplanError, match="history"):
        of_history(tmp_path, "HEAD")


def test_a_list_is_read_as_it_was_written() -> None:
    """Lists come back unchanged, lines that are none are passed over, and several are one."""
    one = {"a.py": frozenset({"1", "2"}), "b.py": frozenset({"3"})}
    other = {"b.py": frozenset({"4"})}
    assert read(written(one, one).decode() + "kein Eintrag\n") == one
    assert together(one, other) == {"a.py": one["a.py"], "b.py": frozenset({"3", "4"})}
