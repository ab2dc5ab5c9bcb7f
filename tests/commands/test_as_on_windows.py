"""What Windows does otherwise: files in use, code pages, devices, programs in the working folder.

Nothing here runs on Windows: the few calls that behave otherwise there are replaced.
"""

from __future__ import annotations

import errno
import importlib.util
import io
import mimetypes
import os
import shutil
import stat
import sys
import threading
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from unittest import mock

import pytest

from klarplan import file_lock, moves, os_errors, programs
from klarplan.cli import speak
from klarplan.cli.init import _quoted
from klarplan.cli.preview_server import State, server
from klarplan.commands.exchange import complete, exchange
from klarplan.messages import KlarplanError
from klarplan.os_errors import explained
from klarplan.programs import by_make
from klarplan.strategy.csv_writer import replace_files
from klarplan.strategy.media_types import MEDIA_TYPES
from tests.support import klein
from tests.support.former import is_former, write_former
from tests.support.project import BuiltSample, build, klarplan

DENIED, IN_USE, MISSING = 5, 32, 3
Refuse = Callable[[str, int], list[str]]


def of_windows(number: int, name: object = None, code: int = errno.EACCES) -> PermissionError:
    """An error as Windows raises it, with its own number."""
    kind = PermissionError if code == errno.EACCES else FileNotFoundError
    error = kind(code, "Der Prozess kann nicht zugreifen", None if name is None else str(name))
    error.winerror = number  # type: ignore[attr-defined,unused-ignore]
    return error  # type: ignore[return-value]


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Moving and removing as on Windows, without waiting long."""
    monkeypatch.setattr(moves, "WINDOWS", True)
    monkeypatch.setattr(moves, "PAUSE", 0)
    monkeypatch.setattr(moves, "PATIENCE", 0.2)
    monkeypatch.setattr("klarplan.commands.exchange._swapped_at_once", lambda *_: False)


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Refuse:
    """Lets the system refuse to move files whose name ends so, a number of times."""

    def refuse(ending: str, times: int) -> list[str]:
        refused: list[str] = []
        real = Path.replace

        def replace(old: Path, new: Path) -> Path:
            if str(old).endswith(ending) and len(refused) < times:
                refused.append(str(old))
                raise of_windows(IN_USE, old)
            return real(old, new)

        monkeypatch.setattr(Path, "replace", replace)
        return refused

    return refuse


def fresh_site(folder: Path) -> Path:
    """A new site that waits to be put in place."""
    fresh = folder / "build" / "site"
    fresh.mkdir(parents=True)
    (fresh / "index.html").write_text("neu", "utf-8")
    return fresh


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize("ending", ["site", "build/site"])
def test_a_site_in_use_for_a_moment_is_replaced(
    tmp_path: Path, refuse: Refuse, ending: str
) -> None:
    """A virus scanner that looks at a file holds up neither the former site nor the new one."""
    write_former(tmp_path / "site")
    fresh = fresh_site(tmp_path)
    refused = refuse(ending, 3)
    exchange(fresh, tmp_path / "site", complete(fresh, ["index.html"]))
    assert len(refused) == 3
    assert (tmp_path / "site/index.html").read_text("utf-8") == "neu"
    assert [path.name for path in tmp_path.iterdir() if "klarplan" in path.name] == []


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize("ending", ["/site", "build/site"])
def test_a_site_in_use_for_long_stays(tmp_path: Path, refuse: Refuse, ending: str) -> None:
    """Where a program keeps a file of it open, the former site stays whole, and it is told."""
    write_former(tmp_path / "site")
    fresh = fresh_site(tmp_path)
    made = complete(fresh, ["index.html"])
    refuse(f"{tmp_path}/site" if ending == "/site" else ending, 10**6)
    with pytest.raises(PermissionError) as raised:
        exchange(fresh, tmp_path / "site", made)
    assert is_former(tmp_path / "site")
    assert "Ein anderes Programm benutzt sie gerade" in explained(raised.value).problem.de


def test_elsewhere_nobody_waits(tmp_path: Path, refuse: Refuse) -> None:
    """What other systems refuse they refuse for good: no second try."""
    (tmp_path / "a").write_text("x", "utf-8")
    refused = refuse("a", 10)
    with pytest.raises(PermissionError):
        moves.moved(tmp_path / "a", tmp_path / "b")
    assert len(refused) == 1


@pytest.mark.usefixtures("windows")
def test_tables_open_in_a_spreadsheet_stay_as_they_are(tmp_path: Path, refuse: Refuse) -> None:
    """Of two tables the second of which is open in Excel none is changed, and the cause is told."""
    contents = {tmp_path / name: b"neu" for name in ("a.csv", "b.csv")}
    for path in contents:
        path.write_bytes(b"alt")
    real = Path.replace

    def replace(old: Path, new: Path) -> Path:
        if new.name == "b.csv":
            raise of_windows(IN_USE, new)
        return real(old, new)

    with (
        mock.patch.object(Path, "replace", replace),
        pytest.raises(KlarplanError, match="Another program is using it"),
    ):
        replace_files(contents)
    assert {path.read_bytes() for path in contents} == {b"alt"}
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.usefixtures("windows")
def test_write_protected_files_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files as git protects them don't keep a folder from being removed."""
    folder = tmp_path / "objects" / "ab"
    folder.mkdir(parents=True)
    for name in ("1", "2"):
        (folder / name).write_text("x", "utf-8")
        (folder / name).chmod(stat.S_IREAD)
    real = os.unlink

    def unlink(name: str, **options: object) -> None:
        place = options.get("dir_fd")
        mode = os.stat(name, dir_fd=place).st_mode  # type: ignore[arg-type]
        if not mode & stat.S_IWRITE:
            raise of_windows(DENIED, name)
        real(name, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "unlink", unlink)
    monkeypatch.setattr(shutil, "_use_fd_functions", False, raising=False)
    moves.removed(tmp_path / "objects")
    assert not (tmp_path / "objects").exists()
    moves.removed(tmp_path / "objects")  # nothing is there any more


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (of_windows(IN_USE, "a"), "Another program is using it"),
        (of_windows(33, "a"), "Another program is using it"),
        (of_windows(DENIED, "a"), "or another program is using the file or folder"),
        (of_windows(MISSING, "a" * 260, errno.ENOENT), "The name is too long"),
        (of_windows(MISSING, "a" * 200, errno.ENOENT), "A file or folder is missing"),
        (of_windows(206, "a", errno.ENOENT), "The name is too long"),
        (of_windows(112, "a", errno.EIO), "The disk is full"),
        (of_windows(0, "a", errno.EACCES), "Permission is missing"),
    ],
)
def test_what_windows_refuses_is_told_by_its_own_number(error: OSError, told: str) -> None:
    """What Windows' number says beyond the usual one gets words and a cure of its own."""
    shown = explained(error)
    assert told in shown.problem.en
    assert shown.cure in {
        cure for _, cure in (*os_errors._CAUSES.values(), *os_errors._OF_WINDOWS.values())
    }


def msvcrt(taken: dict[int, int]) -> SimpleNamespace:
    """The module of Windows that locks bytes; ``taken`` are those that are locked, by file."""

    def locking(handle: int, mode: int, count: int) -> None:
        assert (mode, count) == (2, 1)
        place = os.lseek(handle, 0, os.SEEK_CUR)
        number = os.fstat(handle).st_ino
        if taken.setdefault(number, handle) != handle:
            raise PermissionError(errno.EACCES, "Permission denied")
        assert place == file_lock.FAR  # what is told lies before, and anyone may read it

    return SimpleNamespace(LK_NBLCK=2, locking=locking)


@pytest.fixture
def lock_of_windows(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module ``file_lock`` as Windows loads it."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", msvcrt({}))  # type: ignore[arg-type]
    spec = importlib.util.spec_from_file_location("lock_of_windows", file_lock.__file__)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_lock_of_windows_holds_and_names_who_has_it(
    tmp_path: Path, lock_of_windows: ModuleType
) -> None:
    """A second one is told which process has the file, and since when."""
    path = tmp_path / "lock"
    with lock_of_windows.held(path, 0) as first, lock_of_windows.held(path, 0) as second:
        assert first is None
        assert f"Prozess {os.getpid()}, seit" in second.de


def streams(monkeypatch: pytest.MonkeyPatch, coded: str) -> tuple[io.BytesIO, io.TextIOWrapper]:
    """A pipe in a code page of Windows."""
    monkeypatch.setattr("klarplan.cli.os.name", "nt")
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    written = io.BytesIO()
    return written, io.TextIOWrapper(written, encoding=coded, newline="")


@pytest.mark.parametrize(("there", "told"), [(True, "make site"), (False, "klarplan build")])
def test_nobody_is_sent_to_a_make_that_there_is_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, there: bool, told: str
) -> None:
    """Where no make is, as on Windows, a message names the command of Klarplan's own."""
    if there:
        (tmp_path / "make").write_text("#!/bin/sh\n", "utf-8")
        (tmp_path / "make").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert by_make("site", "klarplan build") == told


@pytest.mark.parametrize(
    ("argument", "written"),
    [
        ("C:\\Pläne\\Konzept.docx", "C:\\Pläne\\Konzept.docx"),
        ("C:\\Eigene Dateien\\a.docx", '"C:\\Eigene Dateien\\a.docx"'),
        ("--from", "--from"),
        ("Stadt & Land", '"Stadt & Land"'),
    ],
)
def test_a_told_command_can_be_copied_into_each_shell(argument: str, written: str) -> None:
    """An argument with a blank or a sign stands between quotes that cmd and PowerShell know."""
    assert _quoted(argument) == written


@pytest.mark.parametrize("coded", ["cp1252", "cp437", "cp850"])
def test_files_and_pipes_get_utf8(monkeypatch: pytest.MonkeyPatch, coded: str) -> None:
    """A calendar that ``klarplan due`` writes into a file is UTF-8, in every code page."""
    written, stream = streams(monkeypatch, coded)
    speak(stream)
    stream.write("→ „Größe“ ✓ €")
    stream.flush()
    assert written.getvalue().decode("utf-8") == "→ „Größe“ ✓ €"


@pytest.mark.parametrize("coded", ["cp1252", "cp437"])
def test_who_asks_for_a_code_page_gets_it(monkeypatch: pytest.MonkeyPatch, coded: str) -> None:
    """Where the surroundings name an encoding it stays; what it lacks ends no command."""
    written, stream = streams(monkeypatch, coded)
    monkeypatch.setenv("PYTHONIOENCODING", coded)
    speak(stream)
    stream.write("→ Größe ✓")
    stream.flush()
    assert written.getvalue().decode(coded).replace("→", "?") == "? Größe ?"


def pretended(monkeypatch: pytest.MonkeyPatch, *folders: Path | str) -> None:
    """Let programs be looked for as on Windows, in these folders."""
    monkeypatch.setattr(
        programs,
        "os",
        SimpleNamespace(name="nt", environ={"PATH": ";".join(map(str, folders))}, pathsep=";"),
    )


def test_a_program_in_the_working_folder_is_not_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ``git.exe`` that a proposal brings along is none, however the path is written."""
    monkeypatch.chdir(tmp_path)
    for name in ("git", "git.exe", "git.bat"):
        (tmp_path / name).write_text("", "utf-8")
        (tmp_path / name).chmod(0o755)
    for folders in ([], ["."], [""], ["bin"]):
        pretended(monkeypatch, *folders)
        assert programs.program("git") is None
    installed = tmp_path / "Git" / "cmd"
    installed.mkdir(parents=True)
    (installed / "git.exe").write_text("", "utf-8")
    pretended(monkeypatch, ".", installed)
    assert programs.program("git") == str(installed / "git.exe")


@pytest.mark.parametrize("name", ["CON", "aux", "Nul", "com1", "LPT9", "index"])
def test_ids_that_windows_takes_for_devices_are_refused(tmp_path: Path, name: str) -> None:
    """A measure that would get a page no Windows can store is told with its cell."""
    root = klein.copied(tmp_path)
    klein.replace(root, "data/measures.csv", "\nA-1,", f"\n{name},")
    done = klarplan("check", "--root", str(root), "--as-of", klein.DAY.isoformat())
    assert "KP201" in done.stdout + done.stderr
    assert f"„{name}“ taugt nicht als Kennung" in done.stdout + done.stderr


def test_the_preview_knows_its_files_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Types don't come from the registry, in which scripts are often plain text."""
    monkeypatch.setattr(mimetypes, "guess_type", lambda *_: ("text/plain", None))
    state = State()
    state.built("")
    for ending in ("js", "css", "svg", "atom", "ttl"):
        (tmp_path / f"x.{ending}").write_text("x", "utf-8")
    serving = server(0, tmp_path, state)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    try:
        for ending in ("js", "css", "svg", "atom", "ttl"):
            address = f"http://127.0.0.1:{serving.server_port}/x.{ending}"
            with urllib.request.urlopen(address, timeout=10) as answer:
                assert answer.headers.get_content_type() == MEDIA_TYPES[ending]
    finally:
        serving.shutdown()
        serving.server_close()


UNLIKE = """
import multiprocessing, os, signal
for module, names in (os, ("fork", "killpg", "nice")), (signal, ("SIGALRM", "SIGHUP")):
    for name in names:
        if hasattr(module, name):
            delattr(module, name)
multiprocessing.get_all_start_methods = lambda: ["spawn"]
"""
"""What each process of a build does first: it forgets what Windows does not have."""


@pytest.mark.long
def test_without_forks_and_signals_the_site_is_the_same(
    tmp_path: Path, minimal: BuiltSample
) -> None:
    """Where nothing can be split off, pages, papers and data are the same byte by byte."""
    root = tmp_path / "eine stadt"
    shutil.copytree(minimal.root, root, ignore=shutil.ignore_patterns("site", "build"))
    (tmp_path / "first").mkdir()
    (tmp_path / "first/sitecustomize.py").write_text(UNLIKE, "utf-8")
    build(root, PYTHONPATH=str(tmp_path / "first"))
    files = {p.relative_to(minimal.site) for p in minimal.site.rglob("*") if p.is_file()}
    assert {
        p.relative_to(root / "site") for p in (root / "site").rglob("*") if p.is_file()
    } == files
    for file in files:
        assert (root / "site" / file).read_bytes() == (minimal.site / file).read_bytes(), file
