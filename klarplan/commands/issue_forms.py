"""Writing the forms for issues anew, of what the tables hold now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import yaml

from klarplan.commands.targets import refuse_links
from klarplan.editing.issue_text import read
from klarplan.messages import KlarplanError
from klarplan.strategy.csv_writer import replace_files
from klarplan.strategy.issue_forms import GITHUB, GITLAB, issue_forms
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from klarplan.words.catalogue import Words


def sent(root: Path) -> Iterator[list[str]]:
    """The questions of each form below ``root`` as it is now; all of them are sent, in order."""
    for file in sorted((root / GITHUB).glob("*.y*ml")):
        with suppress(OSError, ValueError, yaml.YAMLError):
            form = yaml.safe_load(file.read_text("utf-8"))
            body = form.get("body") if isinstance(form, dict) else None
            fields = [f for f in body if isinstance(f, dict)] if isinstance(body, list) else []
            labels = [f.get("attributes") for f in fields if f.get("type") != "markdown"]
            yield [str(each.get("label", "")) for each in labels if isinstance(each, dict)]
    for file in sorted((root / GITLAB).glob("*.md")):
        with suppress(OSError, ValueError, KlarplanError):
            yield [answer.question for answer in read(file.read_text("utf-8")).answers]


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
