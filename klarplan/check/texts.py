"""Markdown pages as ``check`` sees them: front matter, text without Jinja, tags, headings."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from klarplan.check.html_tags import Tag, tags
from klarplan.check.jinja import Call, Evaluated, evaluate
from klarplan.messages import Finding, KlarplanError, Text
from klarplan.own_files import upstream
from klarplan.strategy.prose import FRONT_MATTER

FOLDERS = ("docs", "strategy")
LONGEST_PAGE = 500_000
"""Pages of more bytes are not rendered."""

UNREADABLE = "KP701"
FRONT_MATTER_BROKEN = "KP702"
NOT_RENDERED = "KP703"


_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")

Render = Callable[[str], str]


class _Lenient(yaml.SafeLoader):
    """Reads ``mkdocs.yml``; values with unknown tags become ``None`` and nothing is imported."""


_Lenient.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def _site_settings(text: str) -> Mapping[str, Any]:
    try:
        read = yaml.load(text, Loader=_Lenient)  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise KlarplanError(
            Text("Die Datei ist kein gültiges YAML.", "The file is not valid YAML."),
            Text(
                "Nehmen Sie die Fassung, die Klarplan mitbringt.",
                "Take the version that comes with Klarplan.",
            ),
            file="mkdocs.yml",
            line=mark.line + 1 if mark else None,
        ) from error
    return read if isinstance(read, Mapping) else {}


def renderer(root: Path) -> Render:
    """Markdown to HTML with the extensions that ``mkdocs.yml`` names, as MkDocs renders it."""
    from markdown import Markdown  # noqa: PLC0415 (slow import)

    text = upstream(root, "mkdocs.yml").read_text(encoding="utf-8")
    listed = _site_settings(text).get("markdown_extensions") or []
    extensions = ["toc", "tables", "fenced_code"]
    configs: dict[str, dict[str, Any]] = {}
    for entry in listed:
        named = entry if isinstance(entry, Mapping) else {entry: None}
        for name, options in named.items():
            extensions.append(name)
            if isinstance(options, Mapping):
                configs[name] = {k: v for k, v in options.items() if v is not None}
    if "pymdownx.superfences" in extensions:
        extensions.append("pymdownx.highlight")
        configs.setdefault("pymdownx.highlight", {})["use_pygments"] = False
    markdown = Markdown(extensions=list(dict.fromkeys(extensions)), extension_configs=configs)

    def render(source: str) -> str:
        markdown.reset()
        return str(markdown.convert(source))

    return render


@dataclass(frozen=True, kw_only=True)
class Page:
    """One Markdown file; everything beyond its text is made when it is asked for."""

    path: Path
    file: str
    """Path from the root, with slashes."""
    text: str
    render: Render
    call: Call
    faults: list[Finding] = field(default_factory=list)
    """What was found while the page was read, rendered, and its macros were called."""

    @property
    def is_docs(self) -> bool:
        """Whether the page has a title of its own, rather than one from the data."""
        return self.file.startswith("docs/")

    @cached_property
    def _split(self) -> tuple[str, int]:
        match = FRONT_MATTER.match(self.text)
        return (match[1], match.end()) if match else ("", 0)

    @property
    def front_matter(self) -> str:
        """The YAML at the beginning, without its fences."""
        return self._split[0]

    @property
    def body(self) -> str:
        """The Markdown after the front matter."""
        return self.text[self._split[1] :]

    @property
    def first_line(self) -> int:
        """The line on which the body begins."""
        return self.text[: self._split[1]].count("\n") + 1

    @cached_property
    def meta(self) -> Mapping[str, tuple[Any, int]]:
        """Keys of the front matter with value and line; broken YAML is told in ``faults``."""
        if not self.front_matter.strip():
            return {}
        try:
            node = yaml.compose(self.front_matter, Loader=yaml.SafeLoader)
            values = yaml.safe_load(self.front_matter)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            self._fault(
                FRONT_MATTER_BROKEN,
                (mark.line + 2) if mark else 1,
                Text("Der Kopf der Seite ist kein gültiges YAML.", "The front matter is no YAML."),
                Text(
                    "Texte mit Doppelpunkt gehören in Anführungszeichen.",
                    "Texts with a colon go into quotation marks.",
                ),
            )
            return {}
        if not isinstance(node, yaml.MappingNode) or not isinstance(values, dict):
            self._fault(
                FRONT_MATTER_BROKEN,
                1,
                Text(
                    "Der Kopf der Seite muss aus Zeilen „Name: Wert“ bestehen.",
                    "The front matter must consist of lines “name: value”.",
                ),
                Text("Zum Beispiel: description: …", "For example: description: …"),
            )
            return {}
        lines = {key.value: key.start_mark.line + 2 for key, _ in node.value}
        return {str(key): (value, lines.get(str(key), 1)) for key, value in values.items()}

    @cached_property
    def evaluated(self) -> Evaluated:
        """The body with holes for its macros."""
        return evaluate(self.body, self.file, self.first_line, self.call)

    @cached_property
    def html(self) -> str:
        """The rendered page; empty, with a fault, where it can't be rendered."""
        try:
            return self.render(self.evaluated.text)
        except Exception as error:
            self._fault(
                NOT_RENDERED,
                self.first_line,
                Text(
                    f"Die Seite lässt sich nicht umwandeln ({type(error).__name__}).",
                    f"The page can't be rendered ({type(error).__name__}).",
                ),
                Text(
                    "Sehr tief verschachtelte Listen oder Zitate können die Ursache sein.",
                    "Very deeply nested lists or quotes may be the cause.",
                ),
            )
            return ""

    @cached_property
    def tags(self) -> tuple[Tag | str, ...]:
        """Tags and texts of the rendered page."""
        return tuple(tags(self.html))

    @cached_property
    def ids(self) -> frozenset[str]:
        """What a link to this page may name after ``#``."""
        found = (tag.get("id") for tag in self.tags if isinstance(tag, Tag))
        return frozenset(i for i in found if i)

    @cached_property
    def numbered_lines(self) -> list[tuple[int, str]]:
        """Lines of the body with their numbers in the file, without code blocks."""
        lines: list[tuple[int, str]] = []
        fence = ""
        for number, line in enumerate(self.body.splitlines(), start=self.first_line):
            match = _FENCE.match(line)
            if match and not fence:
                fence = match[1][:3]
            elif match and fence == match[1][:3]:
                fence = ""
            elif not fence:
                lines.append((number, line))
        return lines

    def find(self, *needles: str, after: int = 0) -> int | None:
        """The line of the file that holds the first of the texts that occurs at all.

        Where it occurs more than once, the first line beyond ``after`` is meant.
        """
        lines = [(number, line.lower()) for number, line in self.numbered_lines]
        for needle in filter(None, needles):
            places = [number for number, line in lines if needle.lower() in line]
            if places:
                return next((p for p in places if p > after), places[0])
        bare = [(number, _bare(line)) for number, line in self.numbered_lines]
        for needle in filter(None, map(_bare, needles)):
            places = [number for number, line in bare if needle in line]
            if places:
                return next((p for p in places if p > after), places[0])
        return None

    def _fault(self, rule: str, line: int, problem: Text, cure: Text) -> None:
        self.faults.append(
            Finding(rule=rule, file=self.file, line=line, problem=problem, cure=cure)
        )


def _bare(text: str) -> str:
    return re.sub(r"[\s\x00-\x20]", "", html.unescape(text)).lower()


def page_files(root: Path) -> Iterator[tuple[Path, str]]:
    """Markdown files below ``docs`` and ``strategy`` with their names from the root."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.md")):
            if path.is_file() and not path.is_symlink():
                yield path, path.relative_to(root).as_posix()


def read_pages(root: Path, call: Callable[[str], Call]) -> tuple[tuple[Page, ...], list[Finding]]:
    """All pages, and findings on those that can't be read; ``call`` makes a caller for a file."""
    pages: list[Page] = []
    findings: list[Finding] = []
    render: Render | None = None
    for path, file in page_files(root):
        raw = path.read_bytes()
        problem = _unreadable(raw)
        if problem:
            findings.append(
                Finding(
                    rule=UNREADABLE,
                    file=file,
                    line=problem[0],
                    problem=problem[1],
                    cure=problem[2],
                )
            )
            continue
        render = render or renderer(root)
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        pages.append(Page(path=path, file=file, text=text, render=render, call=call(file)))
    return tuple(pages), findings


def _unreadable(raw: bytes) -> tuple[int | None, Text, Text] | None:
    if len(raw) > LONGEST_PAGE:
        size = f"{len(raw) // 1000} kB"
        return (
            None,
            Text(f"Die Seite ist zu lang ({size}).", f"The page is too long ({size})."),
            Text("Teilen Sie sie auf mehrere Seiten auf.", "Split it into several pages."),
        )
    try:
        raw.decode("utf-8")
        bad = raw.find(b"\x00")
    except UnicodeDecodeError as error:
        bad = error.start
    if bad < 0:
        return None
    return (
        raw[:bad].count(b"\n") + 1,
        Text("Die Seite ist nicht in UTF-8 gespeichert.", "The page is not saved in UTF-8."),
        Text(
            "Speichern Sie sie in Ihrem Editor als UTF-8.", "Save it as UTF-8 in your text editor."
        ),
    )
