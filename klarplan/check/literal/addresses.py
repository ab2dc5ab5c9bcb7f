"""Addresses of pages and mailboxes that stand in a text as text: nobody can follow them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klarplan.check.literal.view import Line, Slip, View
from klarplan.check.rules.people import personal
from klarplan.messages import Fix, Text
from klarplan.strategy.addresses import is_host

_NO_TEXT = re.compile(
    r"`[^`]*`|!?\[[^\[\]]*\]\([^()\s]*(?:\([^()]*\)[^()\s]*)?(?: [^()]*)?\)|<[^<>]*>"
    r"|^ {0,3}\[[^\]^][^\]]*\]:.*"
)
"""Code, links, pictures and HTML of a line, in which addresses are meant."""
_BARE = re.compile(
    r"(?<![\w/.:@=\"'-])(?:https?://|www\.)([\w-]+(?:\.[\w-]+)+)(?:[/?#][^\s\[\]<>\"“”]*)?"
    r"|(?<![\w/.:@=\"'+-])[\w+-]+(?:\.[\w+-]+)*@([\w-]+(?:\.[\w-]+)+)"
)
_LIKELY = ("http", "www.", "@")


def bare_slips(view: View) -> Iterator[Slip]:
    """Addresses without a link, those of a line as one."""
    body = view.page.source.body
    if not any(sign in body for sign in _LIKELY):
        return
    linked: set[str] | None = None
    for line in view.lines:
        if line.number in view.told or not any(sign in line.plain for sign in _LIKELY):
            continue
        if line.plain.startswith("    ") or "{}" in line.plain:
            continue  # code, or an address within a call
        if line.number - 1 in view.told and line.plain.lstrip(" >").startswith("("):
            continue  # the rest of a link over two lines, which is told
        text = _NO_TEXT.sub(lambda found: " " * len(found[0]), line.plain)
        found = [m[0].rstrip(".,:;!?)*_") for m in _BARE.finditer(text) if is_host(m[1] or m[2])]
        if found and linked is None:
            linked = {node.text(deep=True) for node in view.page.elements("a, code, pre")}
        bare = [a for a in found if not (personal(a) or any(a in said for said in linked or ()))]
        if bare:
            yield _bare(view, line, bare)


def _bare(view: View, line: Line, bare: list[str]) -> Slip:
    links = {address: _link(address) for address in dict.fromkeys(bare)}
    mended = line.written
    for address, link in links.items():
        mended = mended.replace(address, link)
    sure = all(line.written.count(a) == 1 for a in links) and len(links) == len(bare)
    return view.slip(
        "link",
        line,
        Text(
            "Die Adresse erscheint als Text; niemand kann sie anklicken.",
            "The address appears as text; nobody can follow it.",
        ),
        Text(
            f"Schreiben Sie {' und '.join(links.values())}",
            f"Write {' and '.join(links.values())}",
        ),
        Fix(line.written, mended) if sure else None,
        value=bare[0],
    )


def _link(address: str) -> str:
    """The address as a link that says what it is."""
    if "@" in address:
        return f"[{address}](mailto:{address})"
    target = address if address.startswith("http") else f"https://{address}"
    return f"[{re.sub('^https?://', '', address).rstrip('/')}]({target})"
