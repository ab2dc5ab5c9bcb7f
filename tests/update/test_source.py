"""Versions from folders, ZIP files and repositories; what comes from outside harms nothing."""

from __future__ import annotations

import stat
import warnings
import zipfile
from pathlib import Path

import pytest

from klarplan.messages import KlarplanError
from klarplan.update import source as source_module
from klarplan.update import version as version_module
from klarplan.update.source import read_version
from tests.support.git import committed
from tests.support.versions import Upstream, archive, version, write

FILES = version("1.2.3")


def entry(name: str, mode: int = stat.S_IFREG | 0o644) -> zipfile.ZipInfo:
    """An entry of a ZIP file with a mode as Unix has it."""
    made = zipfile.ZipInfo(name)
    made.create_system = 3
    made.external_attr = mode << 16
    return made


def test_folder_and_zip_file_and_repository_are_the_same_version(tmp_path: Path) -> None:
    """However a version comes, its files and its number are the same."""
    folder = write(tmp_path / "folder", FILES)
    packed = archive(tmp_path / "version.zip", FILES)
    flat = archive(tmp_path / "flat.zip", FILES, "")
    upstream = Upstream(tmp_path / "repository")
    upstream.release("1.2.3")

    found = [read_version(str(p)) for p in (folder, packed, flat, upstream.folder)]

    assert {version.number for version in found} == {(1, 2, 3)}
    contents = [{n: f.content.decode() for n, f in v.files.items()} for v in found]
    assert all(content == FILES for content in contents)


def test_only_the_engine_is_read_of_a_folder(tmp_path: Path) -> None:
    """What else lies in a folder, such as an environment, is not looked at."""
    folder = write(
        tmp_path / "folder",
        {**FILES, ".venv/x": "", "site/y": "", "macros/__pycache__/z.pyc": ""},
    )
    assert set(read_version(str(folder)).files) == set(FILES)


def test_what_may_be_run_stays_so(tmp_path: Path) -> None:
    """Scripts keep their mark, from a folder and from a ZIP file."""
    folder = write(tmp_path / "folder", {**FILES, ".ci/run": "#!/bin/sh\n"})
    (folder / ".ci/run").chmod(0o755)
    packed = archive(tmp_path / "version.zip", FILES, "")
    with zipfile.ZipFile(packed, "a") as file:
        file.writestr(entry(".ci/run", stat.S_IFREG | 0o755), "#!/bin/sh\n")
    for place in (folder, packed):
        files = read_version(str(place)).files
        assert files[".ci/run"].executable
        assert not files["Makefile"].executable


@pytest.mark.parametrize(
    ("wanted", "number"), [(None, (1, 10, 0)), ("v1.2.0", (1, 2, 0)), ("1.9.0", (1, 9, 0))]
)
def test_the_newest_release_or_the_one_that_is_named(
    tmp_path: Path, wanted: str | None, number: tuple[int, ...]
) -> None:
    """Of a repository the newest tag is taken, by number and not by letter."""
    upstream = Upstream(tmp_path / "repository")
    for name in ("1.2.0", "1.10.0", "1.9.0"):
        upstream.release(name)
    assert read_version(str(upstream.folder), wanted).number == number


def test_a_release_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    """Who names a wrong version hears which ones there are."""
    upstream = Upstream(tmp_path / "repository")
    upstream.release("1.2.0")
    with pytest.raises(KlarplanError, match=r"no version “v1\.3\.0”") as refused:
        read_version(str(upstream.folder), "v1.3.0")
    assert "v1.2.0" in refused.value.cure.de


def test_a_folder_has_no_releases(tmp_path: Path) -> None:
    """A version is chosen from a git project only."""
    folder = write(tmp_path / "folder", FILES)
    with pytest.raises(KlarplanError, match="--to chooses"):
        read_version(str(folder), "v1.2.3")


@pytest.mark.parametrize(
    "name",
    [
        "../evil.py",
        "macros/../../evil.py",
        "/etc/evil",
        "macros\\..\\evil.py",
        "C:/evil.py",
        ".git/hooks/post-checkout",
        "macros/.GIT/config",
        "macros//evil.py",
        "macros/evil.py.",
        "macros/evil.py ",
        "macros/\x1b[2Jevil.py",
    ],
)
def test_no_file_of_a_zip_file_ends_up_elsewhere(tmp_path: Path, name: str) -> None:
    """A path that leads out, to a drive or into git's own folder refuses the whole file."""
    packed = archive(tmp_path / "version.zip", FILES, "")
    made = entry("x")
    made.filename = name
    with zipfile.ZipFile(packed, "a") as file:
        file.writestr(made, "böse")
    with pytest.raises(KlarplanError, match="end up elsewhere") as refused:
        read_version(str(packed))
    assert "\x1b" not in refused.value.problem.de


def test_a_zip_file_holds_no_links(tmp_path: Path) -> None:
    """A link in a ZIP file refuses the whole file."""
    packed = archive(tmp_path / "version.zip", FILES, "")
    with zipfile.ZipFile(packed, "a") as file:
        file.writestr(entry("macros/link.py", stat.S_IFLNK | 0o777), "/etc/passwd")
    with pytest.raises(KlarplanError, match="symbolic link"):
        read_version(str(packed))


@pytest.mark.parametrize("kind", ["file", "folder", "repository"])
def test_a_folder_holds_no_links(tmp_path: Path, kind: str) -> None:
    """A link to a file or folder outside refuses the whole version, in a repository as well."""
    folder = write(tmp_path / "folder", FILES)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("geheim", "utf-8")
    (folder / "macros/link").symlink_to(outside if kind == "folder" else outside / "secret")
    if kind == "repository":
        committed(folder)
    with pytest.raises(KlarplanError, match=r"“macros/link” is a symbolic link"):
        read_version(str(folder))


@pytest.mark.parametrize("bound", ["MOST_FILES", "MOST_BYTES", "LARGEST"])
@pytest.mark.parametrize("kind", ["folder", "zip", "repository"])
def test_what_is_too_large_is_refused(
    tmp_path: Path, kind: str, bound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Number of files, bytes of all and of one are bounded, wherever they come from."""
    for module in (source_module, version_module):
        monkeypatch.setattr(module, bound, 5)
    place = tmp_path / "version"
    if kind == "zip":
        archive(place, FILES)
    elif kind == "folder":
        write(place, FILES)
    else:
        Upstream(place).release("1.2.3")
    with pytest.raises(KlarplanError, match="too large"):
        read_version(str(place))


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that says to be small and is not is read no further than is allowed."""
    monkeypatch.setattr(source_module, "LARGEST", 100_000)
    monkeypatch.setattr(version_module, "LARGEST", 100_000)
    packed = archive(tmp_path / "version.zip", {**FILES, "macros/big.py": "0" * 10_000_000}, "")
    raw = packed.read_bytes().replace((10_000_000).to_bytes(4, "little"), b"\x10\0\0\0")
    packed.write_bytes(raw)
    with pytest.raises(KlarplanError):
        read_version(str(packed))


@pytest.mark.parametrize(
    "more",
    [
        {"klarplan/__init__.py": None},
        {"klarplan/__init__.py": "__version__ = 'neu'\n"},
        {"klarplan/ownership.yml": "engine: 3\n"},
        {"klarplan/ownership.yml": "- [\n"},
        {"pyproject.toml": "[project"},
        {"requirements.lock": None},
    ],
    ids=str,
)
def test_what_is_no_version_is_told(tmp_path: Path, more: dict[str, str | None]) -> None:
    """A folder and a ZIP file without what every version has are refused in one sentence."""
    files = version("1.2.3", more)
    for place in (write(tmp_path / "folder", files), archive(tmp_path / "version.zip", files)):
        with pytest.raises(KlarplanError, match="no version of Klarplan") as refused:
            read_version(str(place))
        assert refused.value.cure.de


def test_a_file_that_is_no_zip_file_is_no_version(tmp_path: Path) -> None:
    """A letter, and a ZIP file that was cut off, are refused in one sentence."""
    letter = tmp_path / "brief.txt"
    letter.write_text("Sehr geehrte Damen und Herren", "utf-8")
    packed = archive(tmp_path / "version.zip", FILES)
    packed.write_bytes(packed.read_bytes()[:-200])
    for place in (letter, packed):
        with pytest.raises(KlarplanError, match="no version of Klarplan"):
            read_version(str(place))


def test_what_is_nowhere_is_told(tmp_path: Path) -> None:
    """A name that is neither folder nor file nor repository is told with it, and options are none.

    So is a way of git's to run programs.
    """
    for name in (str(tmp_path / "fehlt"), "--upload-pack=touch x", "ext::sh -c touch% x"):
        with pytest.raises(KlarplanError, match="git reaches no project"):
            read_version(name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["macros/Start.py", "MACROS/start.py", "macros/start.py"])
def test_no_file_replaces_another(tmp_path: Path, name: str) -> None:
    """Two names that are one where capitals don't count refuse the whole file."""
    packed = archive(tmp_path / "version.zip", FILES, "")
    with zipfile.ZipFile(packed, "a") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a name comes twice is what is tried here
        file.writestr(entry(name), "anders")
    with pytest.raises(KlarplanError, match="no version of Klarplan"):
        read_version(str(packed))
