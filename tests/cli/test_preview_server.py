"""The server of the preview: whom it answers, and what it gives."""

from __future__ import annotations

import functools
import os
import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from klarplan.cli.preview_server import EVENTS, SCRIPT, Handler, State


@pytest.fixture
def state() -> State:
    """The state of a preview that has been built."""
    state = State()
    state.built("")
    return state


@pytest.fixture
def port(tmp_path: Path, state: State) -> Iterator[int]:
    """The port of a preview of a small site, with a secret beside it and links to that."""
    site = tmp_path / "preview"
    (site / "seite" / "ohne").mkdir(parents=True)
    (site / "index.html").write_text("<body>Start</body>", encoding="utf-8")
    (site / "seite" / "index.html").write_text("<body>Seite</body>", encoding="utf-8")
    (site / "daten.csv").write_text("id\n", encoding="utf-8")
    secret = tmp_path / "geheim"
    secret.mkdir()
    (secret / "index.html").write_text("geheim", encoding="utf-8")
    (site / "link.html").symlink_to(secret / "index.html")
    (site / "ordner").symlink_to(secret)
    (site / "seite" / "ohne" / "index.html").symlink_to(secret / "index.html")
    handler = functools.partial(Handler, state=state, folder=site)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def asked(
    port: int, path: str, host: str | None = None, method: str = "GET"
) -> tuple[int, str, str]:
    """Status, content and address of what the server answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", f"127.0.0.1:{port}" if host is None else host.format(port))
    connection.endheaders()
    answer = connection.getresponse()
    said = answer.status, answer.read().decode("utf-8"), answer.getheader("Location", "")
    connection.close()
    return said


@pytest.mark.parametrize("host", ["127.0.0.1:{0}", "localhost:{0}", "[::1]:{0}"])
@pytest.mark.parametrize("path", ["/", "/index.html", "/?x=1"])
def test_this_machine_is_answered(port: int, host: str, path: str) -> None:
    """By each of its own names, the preview shows the page with the script that reloads it."""
    status, page, _ = asked(port, path, host)
    assert status == 200
    assert page.startswith(f'<body>Start<script src="{SCRIPT}" integrity="sha256-')


@pytest.mark.parametrize(
    "host",
    [
        "fremd.example",
        "fremd.example:{0}",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.:{0}",
        "",
        "localhost:{0}@fremd.example",
        "127.0.0.1.fremd.example:{0}",
        "127.1:{0}",
        "0.0.0.0:{0}",
    ],
)
@pytest.mark.parametrize("path", ["/", "/daten.csv", EVENTS, SCRIPT])
def test_a_foreign_name_gets_nothing(port: int, host: str, path: str) -> None:
    """A site that made its name lead to this machine reads nothing of the preview."""
    status, said, _ = asked(port, path, host)
    assert (status, said) == (421, "Die Vorschau hat einen anderen Namen.")


def test_a_request_without_or_with_two_names_gets_nothing(port: int) -> None:
    """Who says no name, or two, isn't a browser on this machine."""
    for names in ("", f"Host: 127.0.0.1:{port}\r\nHost: fremd.example\r\n"):
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            line.sendall(f"GET / HTTP/1.1\r\n{names}Connection: close\r\n\r\n".encode())
            assert line.recv(100).startswith(b"HTTP/1.0 421 ")


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/index.html%00",
        "/..%2fgeheim%2findex.html",
        "/../geheim/index.html",
        "/%2e%2e/",
        "/seite/..",
        "/%5c..%5c",
        "/C:/",
        "//",
        "/%ff",
        "/%",
        "/" + "a" * 300,
        "/" + "a/" * 5000,
        "/index.html/",
        "/daten.csv/",
        "/ordner",
        "/ordner/",
        "/link.html",
        "/seite/ohne/",
        "[::1",
        "http://fremd.example/",
        "*",
        "/seite/ohne",
        "/%ed%a0%80",
        "/_klarplan/",
        "/index.html/..",
    ],
)
def test_what_is_no_file_of_the_preview_is_not_found(port: int, path: str) -> None:
    """Odd paths, folders without a page and links are answered with 404 in plain German."""
    status, said, _ = asked(port, path)
    if path == "//":
        assert status == 200
        return
    assert (status, said) == (404, "Diese Seite gibt es in der Vorschau nicht.")


def test_a_folder_without_its_slash_leads_to_its_page(port: int) -> None:
    """As on a web server; the address names no host."""
    assert asked(port, "/seite") == (301, "", "/seite/")
    assert asked(port, "//seite") == (301, "", "/seite/")
    assert asked(port, "/seite/")[0] == 200


def test_asking_for_the_head_gives_no_content(port: int) -> None:
    """HEAD is answered like GET, without the content."""
    assert asked(port, "/daten.csv", method="HEAD")[:2] == (200, "")
    assert asked(port, "/daten.csv")[:2] == (200, "id\n")
    assert asked(port, "/", "fremd.example", "HEAD")[:2] == (421, "")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_plain_file_is_not_opened(port: int, tmp_path: Path) -> None:
    """A pipe would keep the browser waiting for ever."""
    os.mkfifo(tmp_path / "preview" / "rohr.html")
    assert asked(port, "/rohr.html")[0] == 404


def test_the_pages_that_browsers_asked_for_last_are_known(port: int, state: State) -> None:
    """Each counts once, the latest last; neither other files nor what is missing counts."""
    for path in ("/", "/seite/", "/daten.csv", "/index.html?x=1", "/fehlt/", SCRIPT):
        asked(port, path)
    asked(port, "/seite/", method="HEAD")
    asked(port, "/seite/", "fremd.example")
    assert state.viewed() == ("seite/index.html", "index.html")


def test_pages_that_are_still_old_say_so(browser: Browser, port: int, state: State) -> None:
    """While others are new already, a page tells that it is being renewed; a mistake goes first."""
    address = f"http://127.0.0.1:{port}/"
    new, old = browser.new_page(), browser.new_page()
    new.goto(address)
    old.goto(f"{address}seite/")
    told = [page.locator("#klarplan-behind") for page in (new, old)]
    expect(told[1]).to_have_count(0)
    state.shown(())
    for note in told:
        expect(note).to_have_text("Diese Seite wird gerade erneuert.")
    state.shown(["index.html"])
    expect(told[0]).to_have_count(0)
    expect(told[1]).to_be_visible()
    state.built("Zeile 3")
    expect(old.locator("#klarplan-mistake")).to_have_text("Zeile 3")
    expect(told[1]).to_have_count(0)
    state.built("")
    for page in (new, old):
        expect(page.locator("[id^=klarplan]")).to_have_count(0)
        page.close()
