"""The form answers a browser on this machine that knows the address, and nobody else."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from html import escape
from http.client import HTTPConnection
from unittest import mock
from urllib.parse import urlencode

import pytest

from klarplan.cli.form.asked import Request
from klarplan.cli.form.guard import FORM, HEADERS, MOST_BYTES, Guard
from klarplan.cli.form.server import Handler, Server
from klarplan.cli.form.site import FormSite
from tests.support.form import HOST, OURS, PORT, Form, Shown
from tests.support.klein import KLEIN, copied
from tests.support.project import klarplan


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Form]:
    """The form of the small strategy, which no test here changes."""
    root = copied(tmp_path_factory.mktemp("guard"))
    before = {f: f.read_bytes() for f in root.rglob("*") if f.is_file()}
    yield Form(root)
    assert {f: f.read_bytes() for f in root.rglob("*") if f.is_file()} == before


def status(form: Form, method: str, target: str, headers: Mapping[str, str], body: str = "") -> int:
    """How a request is answered."""
    request = Request(method=method, target=target, headers=headers, body=body.encode())
    return int(form.site.answer(request).status)


def report(form: Form) -> str:
    """A whole report, as the form would send it in the last step."""
    values = form.get("row?table=status_reports&measure=A-1").values()
    return urlencode({**values, "cell.status": "laeuft", "do": "write"})


@pytest.mark.parametrize(
    "host",
    [
        *("fremd.example", f"fremd.example:{PORT}", "127.0.0.1", "127.0.0.1:1", ""),
        *(f"127.0.0.1:{PORT}.fremd.example", f"[::2]:{PORT}", f"127.0.0.1:{PORT} "),
    ],
)
def test_another_name_is_not_answered(form: Form, host: str) -> None:
    """A page from elsewhere whose name leads here reads nothing and writes nothing."""
    named = {**OURS, "host": host, "origin": f"http://{host}"}
    assert status(form, "GET", "/token/", named) == 421
    assert status(form, "POST", "/token/row", named, report(form)) == 421


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]"])
def test_this_machine_is_answered(form: Form, name: str) -> None:
    """By each of its own names."""
    assert status(form, "GET", "/token/", {"host": f"{name}:{PORT}"}) == 200


@pytest.mark.parametrize(
    "target",
    [
        *("/", "/token", "/toke/", "/tokens/", "/TOKEN/", "//token/", "/./token/", "/%74oken/"),
        *("token/", "/x/../token/", "/täken/", "http://127.0.0.1/token/", "*", ""),
    ],
)
def test_without_the_token_nothing_is_answered(form: Form, target: str) -> None:
    """Whoever only knows the port gets nothing, in whatever way the address is written."""
    assert status(form, "GET", target, OURS) == 404
    assert status(form, "POST", target, OURS, report(form)) == 404


def former(form: Form, target: str, values: Mapping[str, str] | None = None) -> Shown:
    """What a page of a former start is answered."""
    body = urlencode(values or {}).encode()
    method = "GET" if values is None else "POST"
    request = Request(method=method, target=target, headers=OURS, body=body)
    return Shown(form.site.answer(request))


def test_what_was_typed_before_a_restart_is_kept(form: Form) -> None:
    """A page of a former start is told what it has sent; with the new address the form has it."""
    values = {**form.get("row?table=measures").values(), "cell.title": 'Bänke "A" <b>&', "do": "x"}
    told = former(form, "/former/row", values)
    assert told.response.status == 404
    assert "neu gestartet" in told.text
    assert [t.text().strip() for t in told.tree.css("textarea")] == [values["cell.title"]]
    assert "Bezeichnung" in told.text
    sent = {n: v for n, v in told.values().items() if n}
    wrong = former(form, "/again", {**sent, "again.address": "http://127.0.0.1:8000/toke/"})
    assert "nicht die Adresse" in wrong.text
    sent = {n: v for n, v in wrong.values().items() if n}
    right = f" {form.site.guard.address}tables "
    led = former(form, "/again", {**sent, "again.address": right}).response
    assert led.status == 303
    shown = form.get(led.headers["Location"])
    assert shown.values()["cell.title"] == values["cell.title"]


def test_what_was_typed_is_told_as_it_was_shown(form: Form) -> None:
    """Choices and days, from before a restart and where a table is gone; no page need be ours."""
    shown = form.get("row?table=status_reports&measure=A-4")
    values = {**shown.values(), "cell.status": "laeuft", "cell.date": "2026-11-27", "do": "show"}
    told = former(form, "/former/row", values)
    texts = [t.text().strip() for t in told.tree.css("textarea")]
    assert texts == ["27.11.2026", "läuft"]
    changes = form.sent(shown, "show", status="laeuft", date="2026-05-27")
    told = former(form, "/former/row", {**changes.values(), "do": "write"})
    assert "läuft" in [t.text().strip() for t in told.tree.css("textarea")]
    for labels in ("[", "[1]", '{"status": 1}', '{"status": {"laeuft": 1}}'):
        told = former(form, "/former/row", {**values, "labels": labels})
        assert "laeuft" in [t.text().strip() for t in told.tree.css("textarea")]


@pytest.mark.parametrize("file", ["vision", "foreword"])
def test_a_text_typed_before_a_restart_is_kept(form: Form, file: str) -> None:
    """Also with the text as it was when it was opened, so nobody's change is lost."""
    values = form.get(f"text?file=strategy/{file}.md").values()
    text = "Erste Zeile.\r\n\r\n{{ zweite }} & <i>"
    told = former(form, "/former/text", {**values, "text": text, "do": "write"})
    assert told.tree.css("textarea")[0].text().strip() == text.replace("\r\n", "\n")
    sent = {n: v for n, v in told.values().items() if n}
    led = former(form, "/again", {**sent, "again.address": form.site.guard.address}).response
    again = form.get(led.headers["Location"]).values()
    assert again["text"] == text
    assert again["stand"] == values["stand"]


@pytest.mark.parametrize("target", ["/former/row", "/again", "/", "/former/check", "/again/row"])
def test_a_page_of_a_former_start_learns_nothing(form: Form, target: str) -> None:
    """Neither the token nor a word of the strategy, whatever it sends and names."""
    values = {"table": "measures", "row": "0", "base": "{}", "do": "write", "again.form": "row"}
    for address in ("", "/token", "http://[", "http://127.0.0.1:8000", "https://x/%74oken/", "ä"):
        told = former(form, target, {**values, "again.address": address})
        assert told.response.status == 404
        assert "Location" not in told.response.headers
        content = told.response.content.decode()
        assert "/token" not in content.replace(escape(address), "")
        for word in (form.site.editor.loaded.strategy.settings.title, "Formulare"):
            assert word not in content
    bare = former(form, target).response
    assert bare.status == 404
    policy = bare.headers["Content-Security-Policy"]
    assert "'self'" not in policy.partition("script-src")[0]
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"host": "fremd.example", "origin": "http://fremd.example"}, 421),
        ({"origin": "http://fremd.example"}, 404),
        ({"origin": f"http://127.0.0.1:{PORT + 1}"}, 404),
        ({"origin": ""}, 404),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"content-type": "text/plain"}, 404),
    ],
)
def test_a_page_from_elsewhere_is_no_former_page(
    form: Form, headers: Mapping[str, str], expected: int
) -> None:
    """It is told nothing, not even with the right address, which it can't know."""
    values = {"table": "measures", "again.form": "row", "again.address": "/token/", "base": "{}"}
    sent = {**OURS, **headers}
    request = Request(method="POST", target="/again", headers=sent, body=urlencode(values).encode())
    answer = form.site.answer(request)
    assert answer.status == expected
    assert answer.content.decode() == answer.status.phrase


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://fremd.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": f"https://{HOST}"},
        {"origin": f"http://localhost:{PORT}"},
        {"origin": f"http://127.0.0.1:{PORT + 1}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_page_from_elsewhere_sends_nothing(form: Form, headers: Mapping[str, str]) -> None:
    """Even one that has learned the address can't have a form written."""
    assert status(form, "POST", "/token/row", {**OURS, **headers}, report(form)) == 403


def test_a_form_without_its_page_is_refused(form: Form) -> None:
    """A request that does not say where it comes from is none of a browser's."""
    bare = {name: value for name, value in OURS.items() if name != "origin"}
    assert status(form, "POST", "/token/row", bare, report(form)) == 403


def test_a_link_from_elsewhere_opens_nothing(form: Form) -> None:
    """Only an address that somebody opens, or a page of the form, leads here."""
    for site, expected in {"cross-site": 403, "same-site": 403, "none": 200}.items():
        assert status(form, "GET", "/token/", {**OURS, "sec-fetch-site": site}) == expected


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
def test_no_other_method_is_known(form: Form, method: str) -> None:
    """No page from elsewhere may ask beforehand either (CORS)."""
    assert status(form, method, "/token/row", OURS) == 405


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data", ""])
def test_other_forms_are_refused(form: Form, kind: str) -> None:
    """What a page from elsewhere could send without asking is not read."""
    assert status(form, "POST", "/token/row", {**OURS, "content-type": kind}, report(form)) == 415


def test_too_much_is_refused(form: Form) -> None:
    """A form has an end."""
    long = "a" * (MOST_BYTES + 1)
    assert status(form, "POST", "/token/row", {**OURS, "origin": "null"}, long) == 403
    told = form.post("text", {"text": long})
    assert told.response.status == 413
    assert "zu lang: Ein Formular fasst 2 Megabyte" in told.text
    assert "Gehen Sie im Browser zurück" in told.text
    assert told.links()
    many = "&".join(f"a{n}=1" for n in range(1001))
    assert status(form, "POST", "/token/row", OURS, many) == 404


@pytest.mark.parametrize(
    "path",
    [
        *("../", "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/form.css", "/etc/passwd"),
        *("base.html", "form.css/", "form.css%00", "..\\form.css", "row/../tables", "data/x.csv"),
    ],
)
def test_no_path_leads_to_a_file(form: Form, path: str) -> None:
    """Only pages and files of a list are answered."""
    assert status(form, "GET", f"/token/{path}", OURS) == 404


@pytest.mark.parametrize(
    "query",
    [
        *("table=nichts", "table=..%2f..%2fx", "table=measures&row=99", "table=measures&row=-1"),
        *("table=measures&row=%D9%A1", "table=measures&row=1e1", "table=%FF", "row=1", ""),
        f"table=measures&row={'1' * 5000}",
    ],
)
def test_no_table_and_no_row_is_a_page(form: Form, query: str) -> None:
    """What is not there is said to be not there."""
    assert status(form, "GET", f"/token/row?{query}", OURS) == 404


@pytest.mark.parametrize(
    "base", ["", "[]", "{", '{"id": 1}', "null", "[" * 100_000, json.dumps({"id": None})]
)
def test_a_form_that_is_none_of_ours_is_refused(form: Form, base: str) -> None:
    """What a form was made from can be read, or nothing comes of it."""
    values = {"table": "measures", "row": "0", "base": base, "do": "write", "cell.title": "X"}
    assert status(form, "POST", "/token/row", OURS, urlencode(values)) == 404


def test_what_every_answer_says() -> None:
    """Nothing from elsewhere is loaded, nothing is framed, kept or told on."""
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert not any("access-control" in name.lower() for name in HEADERS)
    assert HEADERS["Cache-Control"] == "no-store"


def test_what_no_browser_sends_is_refused(form: Form) -> None:
    """Two names, a length that is none or too great, content without one; a head has no content."""
    server = Server(("127.0.0.1", 0), Handler)
    guard = Guard("token", server.server_port)
    server.answer = FormSite(form.site.editor, guard).answer
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    host = f"127.0.0.1:{server.server_port}"

    def asked(method: str, *headers: tuple[str, str]) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=30)
        connection.putrequest(method, "/token/", skip_host=True)
        for name, value in (("Host", host), *headers):
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        said = answer.status, answer.read()
        assert answer.getheader("X-Frame-Options") == "DENY"
        connection.close()
        return said

    assert asked("GET")[0] == 200
    assert asked("HEAD") == (200, b"")
    assert asked("GET", ("Host", host))[0] == 400
    assert asked("POST", ("Content-Length", str(MOST_BYTES + 1)))[0] == 403
    assert asked("POST", ("Content-Length", "-1"))[0] == 400
    assert asked("POST", ("Transfer-Encoding", "chunked"))[0] == 400
    for method in ("PUT", "OPTIONS", "DELETE", "BREW"):
        assert asked(method, ("Content-Length", "5")) == (405, b"Method Not Allowed")

    # All of it is taken before the connection is closed, and the answer can be read.
    for method, code in (("POST", 303), ("PUT", 405)):
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=30)
        headers = {"Origin": f"http://{host}", "Content-Type": FORM}
        connection.request(method, "/token/text", b"text=" + b"a" * 5_000_000, headers)
        assert connection.getresponse().status == code
        connection.close()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("lang", "said"), [("de", "kann verloren gehen"), ("en", "may be lost")])
def test_the_start_tells_where_the_form_is_and_what_its_end_costs(lang: str, said: str) -> None:
    """What is only typed is not kept; the address stands on a line of its own."""
    with mock.patch("klarplan.cli.form.server.Server.serve_forever"):
        done = klarplan("edit", "--no-browser", "--root", str(KLEIN), "--lang", lang)
    assert done.returncode == 0
    assert any(line.startswith("http://127.0.0.1:") for line in done.stdout.splitlines())
    assert said in " ".join(done.stdout.split())
