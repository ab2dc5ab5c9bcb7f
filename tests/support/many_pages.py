"""Many small pages checked at once, as a check of each alone would take long."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from klarplan.check.run import check
from klarplan.messages import Finding
from tests.support.klein import DAY, copied

FOLDER = "docs/fall"


def examined(folder: Path, texts: Mapping[str, str]) -> dict[str, list[Finding]]:
    """What the check finds on pages of these texts, by their names."""
    root = copied(folder)
    files = {f"{FOLDER}/{number}.md": name for number, name in enumerate(texts)}
    (root / FOLDER).mkdir()
    for file, name in files.items():
        (root / file).write_text(texts[name], encoding="utf-8")
    found: dict[str, list[Finding]] = {name: [] for name in texts}
    for finding in check(root, DAY):
        if finding.file in files:
            found[files[finding.file]].append(finding)
    return found


def repaired(text: str, findings: list[Finding]) -> str:
    """A text with the cures that leave no choice, the last first, so that lines keep theirs."""
    lines = text.split("\n")
    for finding in sorted(findings, key=lambda f: -(f.line or 0)):
        if finding.fix and finding.line:
            old = finding.fix.old.split("\n")
            at = finding.line - 1
            assert lines[at : at + len(old)] == old, "the fix names what stands there"
            lines[at : at + len(old)] = finding.fix.new.split("\n")
    return "\n".join(lines)
