"""Programs of others that read the open data, each beside the environment of the tests.

Those for Python are locked in ``tests/tools/clients.lock``, those for Node beside this file. Tests
that need them are skipped where they can't be had: no build needs them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.support.node import FILES, ends_well, npm_ci

HERE = Path(__file__).resolve().parent
FOLDER = Path(sys.prefix) / "clients"
LOCK = HERE.parents[1] / "tools" / "clients.lock"

_PYTHON = FOLDER / ("Scripts" if os.name == "nt" else "bin") / "python"
_NODE = FOLDER / "node"


def read(client: str, address: str, folder: Path) -> dict[str, Any]:
    """What a client for Python reads of the site at an address; see ``read.py``."""
    packages()
    return _told([str(_PYTHON), str(HERE / "read.py"), client, address, str(folder)])


def read_with_node(address: str) -> dict[str, Any]:
    """What the package ``datapackage`` for Node reads of the site at an address."""
    if not _is_there("node.stamp"):
        pytest.skip("Das Paket für Node fehlt. Führen Sie aus: make clients")
    return _told(["node", str(HERE / "read.js"), address], NODE_PATH=str(_NODE / "node_modules"))


def packages() -> Path:
    """The folder with the packages for Python; skips the test where they are not there."""
    if not _is_there("python.stamp"):
        pytest.skip("Die fremden Programme fehlen. Führen Sie aus: make clients")
    return next(FOLDER.glob("[Ll]ib*/**/site-packages"))


def _told(command: Sequence[str], **environment: str) -> dict[str, Any]:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _wanted(stamp: str) -> str:
    files = [LOCK] if stamp == "python.stamp" else [HERE / name for name in FILES]
    return "\n".join(file.read_text("utf-8") for file in files)


def _is_there(stamp: str) -> bool:
    path = FOLDER / stamp
    return path.is_file() and path.read_text("utf-8") == _wanted(stamp)


def install() -> bool:
    """Fetch the locked programs that are not there yet; returns whether all of them are."""
    if not _is_there("python.stamp"):
        pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
        ends_well([sys.executable, "-m", "venv", "--clear", str(FOLDER)], HERE)
        if ends_well([str(_PYTHON), *pip, "--require-hashes", "-r", str(LOCK)], HERE):
            (FOLDER / "python.stamp").write_text(_wanted("python.stamp"), "utf-8")
    if not _is_there("node.stamp") and npm_ci(HERE, _NODE):
        (FOLDER / "node.stamp").write_text(_wanted("node.stamp"), "utf-8")
    return _is_there("python.stamp") and _is_there("node.stamp")
