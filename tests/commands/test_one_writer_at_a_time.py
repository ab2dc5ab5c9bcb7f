"""Several commands that change files: one works, the others are told, and no change is lost."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from klarplan.cli import app
from klarplan.commands import writing as writing_module
from klarplan.commands.adopt import adopt
from klarplan.commands.migrate import migrate
from klarplan.commands.writing import LOCK, writing
from klarplan.messages import KlarplanError
from klarplan.strategy.renewal import engine_package, package_bytes
from tests.support.git import committed, git
from tests.support.klein import DAY, append, copied
from tests.support.project import klarplan
from tests.support.workbooks import changed, exported, put, row_of

AS_OF = ("--as-of", "2026-06-30")


def work(root: Path, began: Event, end: Event) -> None:
    """Change files of a root for a long time."""
    with writing(root):
        began.set()
        end.wait(60)


Busy = tuple[Path, Any, Event]


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Busy]:
    """A root whose files another process changes, that process, and what ends its work."""
    root = copied(tmp_path)
    context = multiprocessing.get_context("spawn")
    began, end = context.Event(), context.Event()
    process = context.Process(target=work, args=(root, began, end), daemon=True)
    process.start()
    assert began.wait(60)
    yield root, process, end  # type: ignore[misc]
    process.kill()
    process.join()


def with_title(root: Path, name: str, measure: str, title: str) -> Path:
    """A workbook in which a measure gets another title."""

    def change(book: Any) -> None:
        put(book["Maßnahmen"], row_of(book["Maßnahmen"], measure), {"title": title})

    return changed(exported(root, name), change)


def state(root: Path) -> dict[str, bytes]:
    """All files of a root that people write."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("data", "strategy")
        for path in (root / folder).rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(
    "command", [("import", "MAPPE", "--write"), ("migrate",), ("adopt",), ("repair", "--write")]
)
def test_who_comes_second_is_told_and_changes_nothing(
    busy: Busy, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever changes files names the process that is at work; looking is free."""
    root, process, _ = busy
    path = with_title(root, "mappe.xlsx", "A-4", "Netze") if "MAPPE" in command else root
    before = state(root)
    monkeypatch.setattr(writing_module, "PATIENCE", 0)
    call = [str(path) if word == "MAPPE" else word for word in command]
    told = CliRunner().invoke(app, [*call, "--root", str(root)]).exception
    assert isinstance(told, KlarplanError)
    assert f"(Prozess {process.pid}, seit " in told.problem.de
    assert "Dieser Aufruf hat nichts geändert." in told.problem.de
    assert state(root) == before
    if "MAPPE" in command:
        looked = CliRunner().invoke(app, [*call[:2], "--root", str(root), *AS_OF])
        assert "Netze" in looked.output


def test_who_comes_second_waits_a_moment(busy: Busy, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the other is done in time, nothing has to be called again."""
    root, _, end = busy
    monkeypatch.setattr(writing_module, "PATIENCE", 0)
    with pytest.raises(KlarplanError), writing(root):
        pass
    monkeypatch.setattr(writing_module, "PATIENCE", 60)
    end.set()
    with writing(root):
        assert (root / "build" / LOCK).is_file()


def test_what_a_killed_process_held_is_free(busy: Busy) -> None:
    """A lock ends with its process, however that ended."""
    root, process, _ = busy
    process.kill()
    process.join()
    with writing(root):
        pass


@pytest.mark.long
def test_two_imports_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each has written its change, or has told that it wrote nothing."""
    root = copied(tmp_path)
    wanted = {"A-4": "Netze", "A-5": "Tafeln und Stifte"}
    runs = {
        measure: subprocess.Popen(
            [
                *(sys.executable, "-m", "klarplan", "import", "--write", "--root", str(root)),
                *(str(with_title(root, f"{measure}.xlsx", measure, title)), *AS_OF),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for measure, title in wanted.items()
    }
    for measure, run in runs.items():
        _, told = run.communicate()
        text = (root / "data/measures.csv").read_text("utf-8")
        assert (f"{measure},{wanted[measure]}," in text) is (run.returncode == 0), told
        assert run.returncode == 0 or "nichts geändert" in told
    assert any(run.returncode == 0 for run in runs.values())


def test_no_folder_is_made_where_there_is_no_strategy(tmp_path: Path) -> None:
    """A wrong root is told before anything is locked in it."""
    with pytest.raises(KlarplanError), writing(tmp_path):
        pass
    assert not [*tmp_path.iterdir()]


def former(root: Path) -> None:
    """The strategy lacks a table that this version describes."""
    package = json.loads(json.dumps(engine_package()))
    del package["resources"][-1]
    (root / "data/datapackage.json").write_bytes(package_bytes(package))


@pytest.mark.parametrize("command", ["migrate", "adopt", "export"])
def test_a_dry_run_writes_nothing(tmp_path: Path, command: str) -> None:
    """It says what would be done, and that it is not done yet; twice the same."""
    root = copied(tmp_path)
    if command == "migrate":
        former(root)
    before = state(root)
    target = (str(tmp_path / "mappe.xlsx"), *AS_OF) if command == "export" else ()
    said = [klarplan(command, *target, "--dry-run", "--root", str(root)).stdout for _ in "12"]
    assert said[0] == said[1]
    assert "Noch ist nichts geändert" in said[0] or "Würde geschrieben" in said[0]
    assert state(root) == before
    assert not (root / "build").exists()
    assert not (tmp_path / "mappe.xlsx").exists()


def test_what_git_does_not_have_is_not_overwritten(tmp_path: Path) -> None:
    """Neither migrate nor adopt writes over a change that could not be brought back."""
    root = copied(tmp_path)
    former(root)
    adopt(root, DAY)
    committed(root)
    append(root, "strategy/adressen.txt", "# von Hand\n")
    append(root, "data/datapackage.json", "\n")
    before = state(root)
    for call in (lambda: adopt(root, DAY), lambda: migrate(root)):
        with pytest.raises(KlarplanError) as refused:
            call()
        assert "Noch nicht in git gesichert ist" in refused.value.problem.de
    assert state(root) == before
    git(root, "checkout", "--quiet", "--", ".")
    assert migrate(root).done
    git(root, "commit", "--quiet", "--all", "--message", "umgestellt")
    assert not migrate(root).done
    assert not adopt(root, DAY).changed
