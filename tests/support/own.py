"""What a town adds to its fork: a macro with its template, a rule, and a page that shows both."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

MACROS = '''"""Die eigenen Bausteine der Stadt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from macros.registry import Context, macro


@macro
def our_greeting(ctx: Context, name: str = "Grüß Gott") -> Mapping[str, Any]:
    """Grüßt mit der Zahl der Maßnahmen."""
    return {"name": name, "number": len(ctx.strategy.measures)}
'''
TEMPLATE = "local/overrides/macros/our_greeting.html"
GREETING = '<p class="own">{{ name }}: {{ number }}</p>\n'
PAGE = '# Unsere Partner\n\nGemeinsam geht es leichter.\n\n{{ our_greeting("Moin & <Tach>") }}\n'
RULES = '''"""Die eigenen Regeln der Stadt."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding


@rule("EIGEN-1", title="Lange Titel", de="Titel sind kurz.", severity="warning")
def short_titles(subject: Subject) -> Iterator[Finding]:
    """Titles are short."""
    for measure in subject.strategy.measures:
        if len(measure.title) > 40:
            yield subject.cell(
                "measures", measure.line, "title", "Der Titel ist lang.", "Kürzen Sie ihn."
            )
'''


def added(root: Path, **files: str) -> Path:
    """The root with a macro, its template and a page that calls it; ``files`` are put in place."""
    written: Mapping[str, str] = {
        "local/macros.py": files.get("macros", MACROS),
        TEMPLATE: files.get("template", GREETING),
        "docs/partner.md": files.get("page", PAGE),
    }
    return put(root, written)


def put(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """The root with these files."""
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        raw = content if isinstance(content, bytes) else content.encode()
        (root / name).write_bytes(raw)
    return root
