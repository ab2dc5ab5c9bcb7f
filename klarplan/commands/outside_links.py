"""Addresses of other sites in tables, texts and settings, and whether they still lead anywhere."""

from __future__ import annotations

import datetime as dt
import http.client
import ipaddress
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urldefrag, urlsplit, urlunsplit

from klarplan.check.run import Standing
from klarplan.messages import KlarplanError, Place, Text
from klarplan.strategy.addresses import host_of, is_web
from klarplan.strategy.load import load, require_data
from klarplan.strategy.public import public
from klarplan.strategy.settings import SETTINGS
from klarplan.strategy.yaml_reader import YamlFaultError, read_yaml_file

State = Literal["there", "gone", "unsure"]
AT_ONCE = 8
"""So many hosts are asked at the same time; each gets one question after the other."""
PATIENCE = 20
"""Seconds that a host may take to answer."""
NO_HOST = Text("diesen Rechner gibt es nicht", "there is no such host")
NO_NAMES = Text("Name gerade nicht zu finden", "name can't be found now")
LATE = Text(f"keine Antwort in {PATIENCE} s", f"no answer in {PATIENCE} s")
NOTHING_HEARD = Text("keine Verbindung", "no connection")
SILENT = frozenset((NO_HOST, NO_NAMES, LATE, NOTHING_HEARD))
"""What is told of hosts that did not answer; where none does, nobody knows why."""
GONE = frozenset((404, 410))
"""Answers that say that a page is not there (RFC 9110)."""
ASKS = "Mozilla/5.0 (compatible; Klarplan)"
"""As what the command names itself; many hosts answer nobody without a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of an address; ``places`` say where it stands."""

    address: str
    places: tuple[Place, ...]
    state: State
    reason: Text


def outside_links(root: Path, as_of: dt.date) -> Mapping[str, tuple[Place, ...]]:
    """The addresses of other sites below ``root``, in their order, with all their places.

    Internal rows count as well: who works with them follows these links, too.
    """
    require_data(root)
    loaded = load(root)
    found: dict[str, dict[Place, None]] = {}

    def note(address: str, file: str, line: int | None, column: str | None = None) -> None:
        if is_web(address):
            place = Place(file, line, column, None, None)
            found.setdefault(urldefrag(address).url, {})[place] = None

    for table in loaded.strategy.tables.values():
        for record, begin in zip(table.records, table.lines, strict=True):
            for column, cell in zip(table.header, record, strict=False):
                note(cell, table.file, begin, column)
    standing = Standing(loaded, public(loaded), as_of)
    standing.read()
    for page in standing.pages.values():
        for link in page.links:
            note(link.address, page.file, page.find(f"]({link.address}", link.address))
    with suppress(YamlFaultError, OSError):  # settings that are none have no addresses
        read = read_yaml_file(root / SETTINGS)
        for name, value in read.values.items():
            if isinstance(value, str):
                note(value, SETTINGS, read.lines[name])
    # The own site is not published yet, or knows its own pages.
    own = loaded.strategy.settings.site_url.rstrip("/")
    return {
        address: tuple(places)
        for address, places in found.items()
        if not own or not f"{address}/".startswith(f"{own}/")
    }


def ask(
    links: Mapping[str, tuple[Place, ...]], *, may_ask: Callable[[str], bool] | None = None
) -> tuple[Answer, ...]:
    """Ask every address whether it is there, in the order of ``links``.

    Addresses of the own network are not asked (``may_ask`` says of a host whether it is): what is
    published leads to the internet. A host that refuses programs leaves it unsure. Raises
    ``KlarplanError`` (exit code 2) where no host at all answers.
    """
    by_host: dict[str, list[str]] = {}
    for address in links:
        by_host.setdefault(host_of(address), []).append(address)
    allowed = may_ask or _is_public
    with ThreadPoolExecutor(AT_ONCE) as pool:
        made = pool.map(lambda several: _ask_host(several, allowed), by_host.values())
        answers = {address: answer for part in made for address, answer in part}
    if links and all(reason in SILENT for _, reason in answers.values()):
        raise KlarplanError(
            Text("Das Internet ist nicht zu erreichen.", "The internet can't be reached."),
            Text(
                "Stellen Sie die Verbindung her, und rufen Sie den Befehl noch einmal auf.",
                "Connect to it, and call the command again.",
            ),
            exit_code=2,
        )
    return tuple(
        Answer(address=address, places=places, state=state, reason=reason)
        for address, places in links.items()
        for state, reason in (answers[address],)
    )


def _ask_host(
    addresses: Sequence[str], allowed: Callable[[str], bool]
) -> list[tuple[str, tuple[State, Text]]]:
    return [(address, _answer(address, allowed)) for address in addresses]


class _NotAskedError(Exception):
    """A host of the own network."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to where may be asked only."""

    def __init__(self, allowed: Callable[[str], bool]) -> None:
        self._allowed = allowed

    def redirect_request(  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917 - the base's
        self, req, fp, code, msg, headers, newurl
    ):
        """The next request; ``_NotAskedError`` where it would lead into the own network."""
        if urlsplit(newurl).scheme not in ("http", "https") or not self._allowed(host_of(newurl)):
            raise _NotAskedError
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _answer(address: str, allowed: Callable[[str], bool]) -> tuple[State, Text]:
    if not allowed(host_of(address)):
        return "unsure", Text("liegt im eigenen Netz", "lies in the own network")
    opener = urllib.request.build_opener(_Redirects(allowed))
    answer: tuple[State, Text] = "unsure", Text("antwortet nicht", "does not answer")
    for method in ("HEAD", "GET"):  # some hosts answer no HEAD
        request = urllib.request.Request(  # noqa: S310 - http and https only, see ``is_web``
            _in_ascii(address), method=method, headers={"User-Agent": ASKS, "Accept": "*/*"}
        )
        try:
            with opener.open(request, timeout=PATIENCE):
                return "there", Text("", "")
        except urllib.error.HTTPError as error:
            status = error.code
            error.close()
            told = Text(f"Antwort {status}", f"answer {status}")
            answer = ("gone" if status in GONE else "unsure"), told
        except _NotAskedError:
            return "unsure", Text("führt ins eigene Netz", "leads into the own network")
        except (OSError, http.client.HTTPException, ValueError) as error:
            return _no_connection(error)
    return answer


def page_at(address: str, *, may_ask: Callable[[str], bool] | None = None) -> str | None:
    """What stands at an address, at most a megabyte of it; ``None`` where nothing comes."""
    allowed = may_ask or _is_public
    if not is_web(address) or not allowed(host_of(address)):
        return None
    request = urllib.request.Request(_in_ascii(address), headers={"User-Agent": ASKS})  # noqa: S310
    opener = urllib.request.build_opener(_Redirects(allowed))
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            read: bytes = answer.read(1_000_000)
    except (OSError, http.client.HTTPException, ValueError, _NotAskedError):
        return None
    return read.decode("utf-8", "replace")


def _no_connection(error: Exception) -> tuple[State, Text]:
    """What to say where no answer came; a name that nobody knows is gone."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, socket.gaierror):
        if reason.errno == socket.EAI_AGAIN:
            return "unsure", NO_NAMES
        return "gone", NO_HOST
    if isinstance(reason, ssl.SSLError):
        return "gone", Text("Zertifikat ungültig", "certificate not valid")
    if isinstance(reason, TimeoutError):
        return "unsure", LATE
    return "unsure", NOTHING_HEARD


def _in_ascii(address: str) -> str:
    """An address as it is sent (RFC 3986): the name of the host in IDNA, all else in percent."""
    parts = urlsplit(address)
    host = (parts.hostname or "").encode("idna").decode()
    place = f"[{host}]" if ":" in host else host
    place += f":{parts.port}" if parts.port else ""
    kept = "/%:@!$&'()*+,;=~-._"
    path = quote(parts.path, safe=kept)
    query = quote(parts.query, safe=f"{kept}?")
    return urlunsplit((parts.scheme, place, path, query, ""))


def _is_public(host: str) -> bool:
    """Whether a host is in the internet, as far as its name can be found."""
    try:
        found = socket.getaddrinfo(host, None)
    except (OSError, UnicodeError):
        return True  # asking tells why
    return all(_is_global(str(entry[4][0])) for entry in found)


def _is_global(number: str) -> bool:
    return ipaddress.ip_address(number.partition("%")[0]).is_global
