"""Whom to ask, and addresses that open a prefilled letter (RFC 6068) or an issue form."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from klarplan.strategy.addresses import host_of

if TYPE_CHECKING:
    from klarplan.strategy.settings import Settings
    from klarplan.words.catalogue import Words


def contact_lines(words: Words, settings: Settings) -> tuple[str, ...]:
    """Who answers questions, as the head of a letter has it: office, address, phone, mail."""
    number = settings.contact_phone
    phone = words("imprint.phone_number", number=number) if number else ""
    lines = (settings.contact_name, settings.street, settings.place, phone, settings.contact_email)
    return tuple(line for line in map(str.strip, lines) if line)


def mailto(address: str, subject: str, body: str) -> str:
    """A link that opens a letter with subject and text; line ends become CRLF as mail asks."""
    text = "\r\n".join(body.splitlines())
    return f"mailto:{quote(address, safe='@')}?subject={_value(subject)}&body={_value(text)}"


def issue_form(repository: str, title: str, body: str) -> str | None:
    """The address of a new issue at GitHub or GitLab; ``None`` for any other host."""
    host = host_of(repository)
    base = repository.rstrip("/").removesuffix(".git")
    if host == "github.com":
        return f"{base}/issues/new?title={_value(title)}&body={_value(body)}"
    if "gitlab" in host.split("."):
        return (
            f"{base}/-/issues/new?issue%5Btitle%5D={_value(title)}"
            f"&issue%5Bdescription%5D={_value(body)}"
        )
    return None


def _value(text: str) -> str:
    return quote(text, safe="")
