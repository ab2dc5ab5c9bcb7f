"""The form of ``klarplan edit`` in tests: asked without sockets, filled in as a browser does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser, LexborNode

from klarplan.cli.form.asked import Request, Response
from klarplan.cli.form.guard import FORM, Guard
from klarplan.cli.form.site import FormSite
from klarplan.commands.edit import Editor
from tests.support.klein import DAY

PORT = 8000
HOST = f"127.0.0.1:{PORT}"
OURS = {"host": HOST, "origin": f"http://{HOST}", "content-type": FORM}


@dataclass
class Shown:
    """A page, as somebody sees it."""

    response: Response
    tree: LexborHTMLParser = field(init=False)

    def __post_init__(self) -> None:
        self.tree = LexborHTMLParser(self.response.content.decode())

    @property
    def text(self) -> str:
        """What is read in the main part, on one line."""
        main = self.tree.css_first("main")
        return " ".join(main.text(separator=" ").split()) if main else ""

    def links(self) -> dict[str, str]:
        """Where the links of the main part lead, by their words."""
        return {
            " ".join(a.text().split()): a.attributes["href"] or "" for a in self.tree.css("main a")
        }

    def values(self) -> dict[str, str]:
        """What the form that is sent would say, as it stands."""
        form = self.tree.css_first("form[method=post]")
        assert form
        return {n.attributes["name"] or "": _value(n) for n in form.css("input, select, textarea")}

    def messages(self) -> dict[str, str]:
        """What is told at fields, by their names."""
        found = {}
        for node in self.tree.css("input, select, textarea"):
            box = self.tree.css_first(f"[id='{node.attributes.get('id')}-messages']")
            text = " ".join(box.text(separator=" ").split()) if box else ""
            if text:
                found[(node.attributes["name"] or "").removeprefix("cell.")] = text
        return found

    def summary(self) -> str:
        """What stands above all."""
        box = self.tree.css_first("#summary")
        return " ".join(box.text(separator=" ").split()) if box else ""


def _value(node: LexborNode) -> str:
    if node.tag == "textarea":
        # A parser drops the first line end, as browsers do, and these send both signs.
        return node.text().replace("\n", "\r\n")
    if node.tag == "select":
        chosen = node.css_first("option[selected]") or node.css_first("option")
        return (chosen.attributes["value"] or "") if chosen else ""
    return node.attributes.get("value") or ""


class Form:
    """The form of a strategy, and who uses it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.site = FormSite(Editor(root, DAY), Guard("token", PORT))

    def get(self, address: str = "") -> Shown:
        """Open a page."""
        target = address if address.startswith("/") else f"/token/{address}"
        return Shown(self.site.answer(Request(method="GET", target=target, headers=OURS)))

    def post(self, address: str, values: Mapping[str, str]) -> Shown:
        """Send a form, and open the page that comes of it."""
        body = urlencode(values).encode()
        request = Request(method="POST", target=f"/token/{address}", headers=OURS, body=body)
        answer = self.site.answer(request)
        led = answer.headers.get("Location", "")
        return self.get(led) if "/shown?" in led else Shown(answer)

    def sent(self, shown: Shown, does: str, **cells: str) -> Shown:
        """Change cells in the form of a row, and press a button."""
        values = shown.values()
        for name, text in cells.items():
            assert f"cell.{name}" in values, name
            values[f"cell.{name}"] = text
        return self.post("row", {**values, "do": does})

    def write(self, shown: Shown, **cells: str) -> Shown:
        """Change cells, see what that means, and confirm."""
        told = self.sent(shown, "show", **cells)
        done = self.post("row", {**told.values(), "do": "write"})
        assert done.response.status == 303, told.summary() or told.messages()
        return told
