"""Sites that tests share: built once for a state of the repository, and anew for another."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support.sites import KEPT, fingerprint, kept
from tests.support.synthetic import write_minimal


def test_every_file_that_git_does_not_ignore_counts(tmp_path: Path) -> None:
    """A change, a new file and a deleted one make another state; what git ignores does not."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text("build/\n")
    (tmp_path / "a.txt").write_text("eins")
    subprocess.run(["git", "-C", str(tmp_path), "add", "."], check=True)
    states = [fingerprint(tmp_path)]
    (tmp_path / "a.txt").write_text("zwei")
    states.append(fingerprint(tmp_path))
    (tmp_path / "neu.txt").write_text("drei")
    states.append(fingerprint(tmp_path))
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "b.txt").write_text("vier")
    assert fingerprint(tmp_path) == states[-1]
    (tmp_path / "a.txt").unlink()
    states.append(fingerprint(tmp_path))
    assert len(set(states)) == 4


@pytest.mark.long
def test_a_site_is_built_once_for_a_state(tmp_path: Path) -> None:
    """The second who asks gets the first one's site; only the last states are kept."""
    for old in range(KEPT + 1):
        (tmp_path / f"alt-{old}").mkdir()
    built = kept("klein", write_minimal, "--no-pdf", folder=tmp_path, state="jetzt")
    assert "Fertig" in built.output
    assert (built.site / "massnahmen/m-1/index.html").is_file()
    again = kept("klein", pytest.fail, "--no-pdf", folder=tmp_path, state="jetzt")
    assert again == built
    assert len(list(tmp_path.iterdir())) == KEPT
    assert (tmp_path / "jetzt").is_dir()


@pytest.mark.long
def test_a_site_that_was_not_finished_is_built_anew(tmp_path: Path) -> None:
    """What an interrupted run left behind is not taken for a site."""

    def interrupted(root: Path) -> None:
        (root / "data").mkdir()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept("klein", interrupted, folder=tmp_path, state="jetzt")
    built = kept("klein", write_minimal, "--no-pdf", folder=tmp_path, state="jetzt")
    assert built.site.is_dir()
