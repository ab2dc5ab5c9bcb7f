"""Macros for what the law asks of a website: imprint, privacy, accessibility statement."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from klarplan.strategy.addresses import host_of
from klarplan.strategy.contact import phone_link
from klarplan.strategy.laender import OVERVIEW, land_of
from klarplan.strategy.settings import CONFORMITY, EMAIL
from macros.registry import Context, macro

Data = Mapping[str, Any]


@macro
def imprint(ctx: Context) -> Data:
    """Zeigt die Angaben zum Anbieter, die § 5 des Digitale-Dienste-Gesetzes verlangt."""
    settings = ctx.strategy.settings
    rows = {
        "provider": [settings.municipality, settings.street, settings.place],
        "represented_by": [settings.represented_by],
        "office": [settings.contact_name],
        "phone": [settings.contact_phone],
        "authority": [settings.supervisory_authority],
        "vat": [settings.vat_id],
    }
    needed = (settings.street, settings.place, settings.represented_by, settings.contact_email)
    return {
        "rows": [
            (ctx.words(f"imprint.{name}"), [line for line in lines if line])
            for name, lines in rows.items()
        ],
        "email": settings.contact_email,
        "phone": settings.contact_phone,
        "dial": phone_link(settings.contact_phone, settings.country),
        "complete": all(needed),
    }


@macro
def privacy_server(ctx: Context) -> Data:
    """Erklärt, was der Webserver beim Besuch der Seiten festhält und wie lange."""
    settings = ctx.strategy.settings
    return {"hosting": settings.hosting.rstrip("."), "days": settings.server_log_days}


@macro
def privacy_contacts(ctx: Context) -> Data:
    """Nennt, wer für die Daten verantwortlich ist und wen man dazu fragen kann."""
    settings = ctx.strategy.settings
    contact = settings.privacy_contact
    land = land_of(settings.german_key)
    mail = contact if re.fullmatch(EMAIL, contact) else ""
    return {"settings": settings, "mail": mail, "land": land.called(ctx.words.lang) if land else ""}


@macro
def accessibility_state(ctx: Context) -> Data:
    """Sagt, wie weit die Website die Anforderungen an Barrierefreiheit erfüllt, und seit wann."""
    settings = ctx.strategy.settings
    state, land = settings.accessibility_state, land_of(settings.german_key)
    return {
        "settings": settings,
        "state": state if state in CONFORMITY else "unknown",
        "method": settings.accessibility_method.rstrip("."),
        "land": land.called(ctx.words.lang) if land else "",
        "law": land.law if land else "",
    }


@macro
def accessibility_exceptions(ctx: Context) -> Data | None:
    """Zählt auf, welche Inhalte nicht barrierefrei sind und warum."""
    rows = ctx.strategy.settings.accessibility_exceptions
    return {"rows": rows} if rows else None


@macro
def accessibility_feedback(ctx: Context) -> Data:
    """Sagt, wie man eine Barriere meldet."""
    settings = ctx.strategy.settings
    return {"settings": settings, "dial": phone_link(settings.contact_phone, settings.country)}


@macro
def contact_ways(ctx: Context) -> Data:
    """Nennt, wie man die zuständige Stelle erreicht: E-Mail, Telefon, Anschrift und
    Beteiligungsplattform, soweit sie in strategy/strategy.yml stehen."""
    settings = ctx.strategy.settings
    place = [line for line in (settings.street, settings.place) if line]
    return {
        "email": settings.contact_email,
        "phone": settings.contact_phone,
        "dial": phone_link(settings.contact_phone, settings.country),
        "lines": [settings.municipality, settings.contact_name, *place] if place else [],
        "platform": settings.participation_url,
        "host": host_of(settings.participation_url),
    }


@macro
def enforcement_body(ctx: Context) -> Data | None:
    """Nennt die Durchsetzungsstelle für Barrierefreiheit: die eigene Angabe, sonst die Stelle
    des Landes nach dem amtlichen Schlüssel."""
    settings = ctx.strategy.settings
    land = land_of(settings.german_key)
    if not settings.enforcement_body and land is None:
        return None
    return {"body": settings.enforcement_body, "land": land, "overview": OVERVIEW}
