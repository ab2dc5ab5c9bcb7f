"""``python -m tests.support.clients``: fetch the programs; tests do without where that fails."""

from __future__ import annotations

from tests.support.clients import install

if not install():
    print("Fremde Programme fehlen; Prüfungen, die sie brauchen, entfallen.")
