"""The web servers of the handbook, nginx and Apache, from Debian's packages, without root.

Tests that need them are skipped where they can't be had: no build needs them. Each runs as a
process of its own with what the handbook says, and changes nothing on the machine.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.support.project import REPOSITORY

FOLDER = Path(sys.prefix) / "servers"
HANDBOOK = REPOSITORY / "docs" / "handbuch" / "webserver.md"
PROGRAMS = {"nginx": "nginx", "apache2": "apache2-bin"}
"""What is started, and the package that brings it."""
ROOT = "/var/www/strategie"
"""Where the handbook puts the site."""
NOBODY = 65534
MODULES = ("mpm_event", "authz_core", "dir", "mime", "filter", "deflate", "headers")
"""Modules of Apache: those that Debian switches on itself, and the one that the handbook does."""


def block(language: str) -> str:
    """The settings that the handbook shows in this language."""
    (found,) = re.findall(
        rf"^```{language}\n(.*?)^```$", HANDBOOK.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return str(found)


def program(name: str) -> Path | None:
    """A server's program: of this machine, else what ``install`` has fetched."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    fetched = FOLDER / "usr" / "sbin" / name
    return Path(found) if found else fetched if fetched.is_file() else None


def changed(text: str, **changes: str) -> str:
    """Settings with other values for these lines, each of which is there."""
    for old, new in changes.items():
        line = re.compile(rf"^( *{re.escape(old)} ).*$", re.MULTILINE)
        assert line.search(text), old
        text = line.sub(lambda m, new=new: m[1] + new, text)  # type: ignore[misc]
    return text


@contextlib.contextmanager
def nginx(site: Path, path: str) -> Iterator[str]:
    """The address of a site below a ``path`` (``/``, ``/a/``) of nginx, as the handbook says."""
    with _folder(site, path) as work:
        port = free_port()
        told = block("nginx").replace("    listen [::]:80;\n", "")
        told = changed(
            told,
            listen=f"127.0.0.1:{port};",
            server_name="127.0.0.1;",
            root=f"{work}/www;",
            error_page=f"404 {path}404.html;",
        )
        (work / "strategie.conf").write_text(told, "utf-8")
        temporary = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        whole = [
            *("daemon off;", "master_process off;", f"pid {work}/nginx.pid;"),
            *("events {}", "http {", "access_log off;"),
            *(f"{name}_temp_path {work}/{name};" for name in temporary),
            *(f"include {work}/strategie.conf;", "}"),
        ]
        (work / "nginx.conf").write_text("\n".join(whole), "utf-8")
        options = ["-p", str(work), "-e", str(work / "error.log"), "-c", str(work / "nginx.conf")]
        with _running("nginx", options, port, work):
            yield f"http://127.0.0.1:{port}{path}"


@contextlib.contextmanager
def apache(site: Path, path: str) -> Iterator[str]:
    """The same of Apache, which reads the rest in the site."""
    with _folder(site, path) as work:
        port = free_port()
        told = block("apache").replace("*:80>", f"127.0.0.1:{port}>")
        told = told.replace(f"<Directory {ROOT}>", f"<Directory {work}/www{path}>")
        told = changed(told, DocumentRoot=f"{work}/www", ServerName="127.0.0.1")
        (work / "strategie.conf").write_text(told, "utf-8")
        there = program("apache2")
        modules = there.parents[1] / "lib" / "apache2" / "modules" if there else work
        whole = [
            *(f"ServerRoot {work}", f"PidFile {work}/apache.pid", f"ErrorLog {work}/error.log"),
            *(f"DefaultRuntimeDir {work}", "ServerName 127.0.0.1", f"Listen 127.0.0.1:{port}"),
            *(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in MODULES),
            *([f"User #{NOBODY}", f"Group #{NOBODY}"] if os.geteuid() == 0 else []),
            *("TypesConfig /dev/null", "<Directory />", "AllowOverride None"),
            *("Require all denied", "</Directory>", '<FilesMatch "^\\.ht">', "Require all denied"),
            *("</FilesMatch>", f"Include {work}/strategie.conf"),
        ]
        (work / "apache.conf").write_text("\n".join(whole) + "\n", "utf-8")
        options = ["-d", str(work), "-f", str(work / "apache.conf"), "-D", "FOREGROUND"]
        with _running("apache2", options, port, work):
            yield f"http://127.0.0.1:{port}{path}"


SERVERS: Mapping[str, Callable[[Path, str], contextlib.AbstractContextManager[str]]] = {
    "nginx": nginx,
    "apache": apache,
}


@contextlib.contextmanager
def _folder(site: Path, path: str) -> Iterator[Path]:
    """A folder for a server that others may read, with a copy of the site."""
    with tempfile.TemporaryDirectory(prefix="klarplan-server-") as name:
        work = Path(name)
        work.chmod(0o755)
        shutil.copytree(site, work / "www" / path.strip("/"))
        yield work


@contextlib.contextmanager
def _running(name: str, options: list[str], port: int, work: Path) -> Iterator[None]:
    there = program(name)
    if there is None:
        pytest.skip("Die Webserver fehlen. Führen Sie aus: make servers")
    libraries = ":".join(map(str, FOLDER.glob("usr/lib/*-linux-*")))
    process = subprocess.Popen(
        [str(there), *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "LD_LIBRARY_PATH": libraries},
    )
    try:
        _wait(port, process, work / "error.log")
        yield
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _wait(port: int, process: subprocess.Popen[str], log: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    process.kill()
    raise AssertionError(
        process.communicate()[0] + (log.read_text("utf-8") if log.exists() else "")
    )


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def install() -> bool:
    """Fetch what is missing from Debian's packages; returns whether both servers are there."""
    missing = [package for name, package in PROGRAMS.items() if program(name) is None]
    if not missing or not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return not missing
    shutil.rmtree(FOLDER, ignore_errors=True)
    packages = FOLDER / "packages"
    packages.mkdir(parents=True)
    state = packages / "lists"
    (state / "partial").mkdir(parents=True)
    wanted = ["-s", "install", "--no-install-recommends", *missing]
    apt = ["apt-get", "-qq", "-o", "APT::Sandbox::User=root"]
    planned = _said([*apt, *wanted], packages)
    if planned is None or "Inst " not in planned:
        # Without root, its own list of what there is.
        apt += ["-o", f"Dir::State::Lists={state}", "-o", "Debug::NoLocking=1"]
        _said([*apt, "update"], packages)
        planned = _said([*apt, *wanted], packages) or ""
    names = re.findall(r"^Inst (\S+)", planned, re.MULTILINE)
    if names and _said([*apt, "download", *names], packages) is not None:
        for package in packages.glob("*.deb"):
            _said(["dpkg-deb", "-x", str(package), str(FOLDER)], packages)
    shutil.rmtree(packages)
    return all(program(name) for name in PROGRAMS)


def _said(command: list[str], folder: Path) -> str | None:
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=300
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return None if done.returncode else done.stdout


if __name__ == "__main__":
    if not install():
        print("Die Webserver ließen sich nicht holen; Prüfungen, die sie brauchen, entfallen.")
