"""Ids of entries and events, which never change: readers would take a new id for something new."""

from __future__ import annotations

import uuid

from klarplan.strategy.settings import Settings

_NAMESPACE = uuid.UUID("6f1c1d5e-6f0e-5d5b-9a57-1b8d9a4f2c11")


def lasting_id(settings: Settings, *parts: str) -> str:
    """A UUID (RFC 9562, version 5) of a thing of one municipality.

    It follows from the municipality's key (else its name) and from what names the thing in the
    tables, so that it stays when titles, texts or the site's address change.
    """
    owner = settings.key or settings.municipality
    return str(uuid.uuid5(_NAMESPACE, "/".join((owner, *parts))))
