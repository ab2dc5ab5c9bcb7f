"""Writing the forms for issues anew, of what the tables hold now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from klarplan.commands.targets import refuse_links
from klarplan.strategy.csv_writer import replace_files
from klarplan.strategy.issue_forms import GITHUB, GITLAB, issue_forms
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from klarplan.words.catalogue import Words


def changed_forms(root: Path) -> Mapping[Path, bytes]:
    """The forms below ``root`` that are missing or would be other than they are."""
    loaded = public(load(root))
    texts = issue_forms(loaded, Words(loaded.strategy.settings.lang))
    made = {root / file: text.encode() for file, text in texts.items()}
    return {
        file: content
        for file, content in made.items()
        if not file.is_file() or file.read_bytes().replace(b"\r\n", b"\n") != content
    }


def write_forms(root: Path) -> Mapping[Path, bytes]:
    """Write them; returns what has changed.

    Raises ``KlarplanError`` where a link stands in the way.
    """
    refuse_links(root, (GITHUB, GITLAB))
    contents = changed_forms(root)
    for folder in {file.parent for file in contents}:
        folder.mkdir(parents=True, exist_ok=True)
    replace_files(contents)
    return contents
