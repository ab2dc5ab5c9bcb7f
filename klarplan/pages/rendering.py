"""Markdown as the site generator renders it, for whoever looks at a page before it is built."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown

from klarplan.messages import KlarplanError, Text
from klarplan.own_files import upstream
from klarplan.pages.extension import PagesExtension, Reading
from klarplan.pages.gate import Seen
from klarplan.strategy.yaml_reader import YamlFaultError, read_yaml
from macros.seal import Seal

PAGES = "klarplan.pages.extension"
"""Our extension, as the settings name it."""


CURE = Text(
    "Nehmen Sie die Fassung, die Klarplan mitbringt.",
    "Take the version that comes with Klarplan.",
)


def usual_settings(root: Path) -> Mapping[str, Any]:
    """What ``mkdocs.yml`` says; ``KlarplanError`` with its line where it can't be read."""
    path = upstream(root, "mkdocs.yml")
    try:
        read = _settings(path.read_bytes().decode("utf-8-sig"))
    except YamlFaultError as fault:
        raise KlarplanError(fault.problem, CURE, file="mkdocs.yml", line=fault.line) from fault
    except (OSError, ValueError) as error:
        raise KlarplanError(
            Text("Die Datei ist nicht lesbar.", "The file can't be read."), CURE, file="mkdocs.yml"
        ) from error
    if not read:
        raise KlarplanError(
            Text("Die Datei hat keine Einstellungen.", "The file has no settings."),
            CURE,
            file="mkdocs.yml",
        )
    return {str(name): value for name, value in read.items()}


@lru_cache(maxsize=4)
def _settings(text: str) -> Any:
    """What a text holds as the generator reads it; kept, since nobody changes it."""
    read_yaml(text)
    return yaml.safe_load(text)


def _extensions(root: Path) -> list[Any]:
    found = usual_settings(root).get("markdown_extensions") or []
    if not isinstance(found, list):
        raise KlarplanError(
            Text(
                "Unter „markdown_extensions“ muss eine Liste stehen.",
                "“markdown_extensions” must be a list.",
            ),
            CURE,
            file="mkdocs.yml",
        )
    return found


class Renderer:
    """Renders texts as the generator will, with its extensions.

    For the ``check``, links stay as they were written and macros are tokens.
    """

    def __init__(
        self,
        root: Path,
        places: Mapping[str, str],
        *,
        seal: Seal | None = None,
        check: bool = True,
    ) -> None:
        self.seal = seal or Seal.drawn()
        self._reading = Reading(self.seal, places, check=check)
        extensions: list[Any] = ["toc", "tables", "fenced_code"]
        configs: dict[str, dict[str, Any]] = {}
        for entry in _extensions(root):
            named = entry if isinstance(entry, Mapping) else {entry: None}
            for name, options in named.items():
                extensions.append(str(name))
                given = options if isinstance(options, Mapping) else {}
                configs[str(name)] = {k: v for k, v in given.items() if v is not None}
        if "pymdownx.superfences" in extensions:
            extensions.append("pymdownx.highlight")
            configs.setdefault("pymdownx.highlight", {})["use_pygments"] = False
        ours = PagesExtension()
        ours.reading = self._reading
        extensions = [name for name in dict.fromkeys(extensions) if name != PAGES]
        try:
            self._markdown = Markdown(extensions=[*extensions, ours], extension_configs=configs)
        except Exception as error:  # whatever an extension throws at what mkdocs.yml says of it
            raise KlarplanError(
                Text(
                    f"Die Erweiterungen von Markdown lassen sich so nicht verwenden ({error}).",
                    f"The extensions of Markdown can't be used like this ({error}).",
                ),
                CURE,
                file="mkdocs.yml",
            ) from error

    def render(self, file: str, text: str) -> Seen:
        """What the gate sees of a text that stands in ``file``; macros are between our marks."""
        self.html(f"{self.seal.source(file)}\n{text}")
        assert self._reading.seen is not None
        return self._reading.seen

    def html(self, text: str) -> str:
        """The HTML of a baked text."""
        self._markdown.reset()
        return str(self._markdown.convert(text))
