"""Addresses of other sites are asked whether they are there, and what is not is told with place."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from klarplan.cli.links import told
from klarplan.commands.outside_links import ask, outside_links
from klarplan.messages import KlarplanError, Place
from tests.support.klein import DAY, append, copied, replace

PLACE = Place("data/x.csv", 2, "url", None, None)
CODES = {"/da": 200, "/weg": 404, "/fort": 410, "/verboten": 403, "/kaputt": 500, "/gr%C3%BCn": 200}


class Answers(BaseHTTPRequestHandler):
    """Answers as its path says; ``/nur-get`` knows no HEAD, ``/weiter`` leads on."""

    def answer(self) -> None:
        """One answer without content."""
        code = CODES.get(self.path, 404)
        if self.path == "/nur-get":
            code = 405 if self.command == "HEAD" else 200
        self.send_response(301 if self.path.startswith("/weiter") else code)
        if self.path == "/weiter":
            self.send_header("Location", "/da")
        if self.path == "/weiter-innen":
            self.send_header("Location", "http://169.254.169.254/geheim")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = answer  # noqa: N815 - the base's names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """A server that answers in each way."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/da", "there"),
        ("/grün", "there"),
        ("/nur-get", "there"),
        ("/weiter", "there"),
        ("/weg", "gone"),
        ("/fort", "gone"),
        ("/verboten", "unsure"),
        ("/kaputt", "unsure"),
        ("/weiter-innen", "unsure"),
    ],
)
def test_only_what_is_surely_gone_is_gone(host: str, path: str, state: str) -> None:
    """404 and 410 are gone; who refuses programs or is broken today leaves it unsure."""
    (answer,) = ask({host + path: (PLACE,)}, may_ask=lambda name: name == "127.0.0.1")
    assert answer.state == state


def test_the_own_network_is_not_asked(host: str) -> None:
    """An address of the own network is told, and nobody there is asked."""
    (answer,) = ask({f"{host}/da": (PLACE,)})
    assert (answer.state, answer.reason.de) == ("unsure", "liegt im eigenen Netz")


def test_a_host_that_is_not_there_is_told_where_others_answer(host: str) -> None:
    """A name that nobody knows is no reason to doubt the connection, unless no host answers."""
    lost = {"https://gibtsnicht.invalid/": (PLACE,)}
    answer, _ = ask({**lost, f"{host}/da": (PLACE,)}, may_ask=lambda _: True)
    assert answer.state != "there"
    with pytest.raises(KlarplanError, match="can't be reached") as told_:
        ask(lost, may_ask=lambda _: True)
    assert told_.value.exit_code == 2


def test_addresses_are_found_wherever_they_stand(tmp_path: Path) -> None:
    """Cells, texts and settings: each address once, with all its places, anchors apart."""
    root = copied(tmp_path)
    append(root, "strategy/vision.md", "\n[Mehr](https://andere.example/seite#teil)\n")
    append(root, "docs/mitmachen.md", "\n[Mehr](https://andere.example/seite)\n")
    append(root, "strategy/strategy.yml", "licence_url: https://lizenz.example/by\n")
    replace(root, "data/decisions.csv", "V/31,,A-4", "V/31,https://rat.example/v31,A-4")
    found = outside_links(root, DAY)
    places = {address: {(p.file, p.column) for p in at} for address, at in found.items()}
    assert places["https://andere.example/seite"] == {
        ("strategy/vision.md", None),
        ("docs/mitmachen.md", None),
    }
    assert places["https://rat.example/v31"] == {("data/decisions.csv", "url")}
    assert places["https://lizenz.example/by"] == {("strategy/strategy.yml", None)}
    assert not [address for address in found if "digital.kleinstadt.example" in address]
    assert all(place.line for at in found.values() for place in at)


def test_what_is_gone_is_told_first_with_its_places(host: str) -> None:
    """The list names address, reason and place, then counts; English if asked."""
    links = {f"{host}/verboten": (PLACE,), f"{host}/weg": (PLACE,) * 7, f"{host}/da": (PLACE,)}
    answers = ask(links, may_ask=lambda _: True)
    lines = list(told(answers, "de"))
    assert lines[0] == "Führt nirgendwohin:"
    assert lines[1] == f"  {host}/weg (Antwort 404)"
    assert lines[2] == "    data/x.csv:2 [url]"
    assert lines[7] == "    und 2 weitere Stellen"
    assert lines[-1] == "3 Adressen: 1 erreichbar, 1 nicht mehr da."
    assert "Leads nowhere:" in list(told(answers, "en"))
