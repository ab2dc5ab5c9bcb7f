"""From a macro's data to HTML: one autoescaped template each, in ``overrides/macros``."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import sys
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
)
from markupsafe import Markup

from klarplan.look.icons import drawing
from klarplan.messages import KlarplanError
from klarplan.own_files import LOCAL, PACKAGE
from klarplan.strategy.periods import name_of
from klarplan.strategy.unread import UnreadError
from klarplan.words.catalogue import GERMAN, UnknownSentenceError, Words
from macros.cell_text import parts
from macros.excerpt import excerpt
from macros.local_macros import macros_of
from macros.numbers import numbered
from macros.registry import Context, Macro
from macros.seal import Seal
from macros.sections import Section, as_sections
from macros.template_faults import broken

SPECIAL = {ord(c): f"&#{ord(c)};" for c in "&<>\"'`*_{}[]\\|~^$\n\r"}
"""Characters that HTML, Markdown or Jinja could take for their own, as entities."""
RISKY = re.compile("[" + re.escape("".join(map(chr, SPECIAL))) + "]")


def plain(value: object) -> str:
    """Text that stays text, whatever reads it next: HTML, Markdown or Jinja."""
    if value is None:
        return ""
    text = str(value)
    return text.translate(SPECIAL) if RISKY.search(text) else text


def _finalize(value: object) -> object:
    if type(value) is Markup or (type(value) is str and not RISKY.search(value)):
        return value
    if hasattr(value, "__html__"):
        return value
    return Markup(plain(value))  # noqa: S704 - escaped just now


def paragraphs(value: str | None) -> Markup:
    """Text of a cell as paragraphs: one for each line that is not blank, and lists."""
    return Markup("").join(Markup(_part(part)) for part in parts(value or ""))  # noqa: S704 - escaped


def _part(part: str | tuple[str, ...]) -> str:
    if isinstance(part, str):
        return f"<p>{plain(part)}</p>"
    return f"<ul>{''.join(f'<li>{plain(entry)}</li>' for entry in part)}</ul>"


@cache
def icon(name: str) -> Markup:
    """A drawing by its name, which only decorates: hidden from screen readers and on paper."""
    decorating = '<svg class="icon no-print" aria-hidden="true" focusable="false" '
    shown = drawing(name).replace("<svg ", decorating, 1)
    return Markup(shown)  # noqa: S704 - from the installed theme


def template_folders(root: Path, name: str) -> list[Path]:
    """Where the templates of a kind are: the town's, those of the fork, then Klarplan's own."""
    place = root.resolve()
    bases = dict.fromkeys((place / LOCAL, place, PACKAGE.parent, PACKAGE / "upstream"))
    found = [base / "overrides" / name for base in bases]
    return [folder for folder in found if folder.is_dir()]


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates beside the environment that runs, where no proposal can put any.

    A template is known by its name; what was compiled of another text is not used.
    """

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002
        """The name of the file for a template, wherever the template lies."""
        return name.replace("/", "-")


@cache
def compiled(kind: str = "jinja2") -> FileSystemBytecodeCache | None:
    """What was compiled of templates of a kind, whose environments have the same options."""
    folder = Path(sys.prefix) / "templates"
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return None  # nobody may write there: each run compiles anew
    return _Compiled(str(folder), f"__{kind}_%s.cache") if os.access(folder, os.W_OK) else None


class Templates(Environment):
    """The templates of a folder, each looked for and compiled once, however often it is filled."""

    def __init__(self, folders: Sequence[Path], **options: Any) -> None:
        super().__init__(
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=compiled(),
            **options,
        )

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One mapping in place of a chain, which every template that is filled would walk."""
        return {**self.globals, **(d or {})}


def sayer(words: Words) -> Callable[..., str]:
    """How templates say a sentence of the catalogue: markup among its values stays markup."""

    def say(key: str, /, **values: object) -> str:
        if not any(isinstance(value, Markup) for value in values.values()):
            return words(key, **values)
        pieces = words.pieces(key, values)
        return Markup("").join(
            piece if isinstance(piece, Markup) else Markup(plain(piece))  # noqa: S704 - escaped
            for piece in pieces
        )

    return say


def hander(words: Words) -> Callable[[Mapping[str, str]], str]:
    """How templates hand sentences to a script, as JSON: its own names to keys of the catalogue."""
    return lambda keys: json.dumps(
        {name: words.handed(key) for name, key in keys.items()},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def environment(root: Path, words: Words = GERMAN, *, preview: bool = False) -> Environment:
    """The templates of the fork, else Klarplan's own, with the filters that they share.

    ``say("late.intro", n=3)`` is a sentence of the catalogue; the filters speak its language.

    In a ``preview`` they show editors what is still to do.
    """
    env = Templates(
        template_folders(root, "macros"), trim_blocks=True, lstrip_blocks=True, finalize=_finalize
    )
    filters: dict[str, Callable[..., Any]] = {
        "day": words.day,
        "short_day": words.short_day,
        "term": words.term,
        "point": words.point,
        "number": words.number,
        "money": words.money,
        "short_money": words.short_money,
        "percent": words.percent,
        "years": words.years,
        "counted": words.count,
        "icon": icon,
        "paragraphs": paragraphs,
        "excerpt": excerpt,
        "period": partial(name_of, words),
        "iso": dt.date.isoformat,
        "share": lambda part, whole: float(Decimal(part) / Decimal(whole) * 100) if whole else 0.0,
    }
    env.filters.update(filters)
    env.globals["preview"] = preview
    env.globals["say"] = sayer(words)
    env.globals["handed"] = hander(words)
    return env


def one_line(markup: str) -> str:
    """Markup on one line, so that it may stand in a list or an admonition as well."""
    return " ".join(line for part in markup.split("\n") if (line := part.strip()))


def render(env: Environment, context: Context, macro: Macro, *args: Any, **kwargs: Any) -> str:
    """The HTML of one macro call on one line; nothing where there is nothing to show."""
    data = macro.select(context, *args, **kwargs)
    return "" if data is None else numbered(one_line(filled(env, context, macro, data)), context)


def filled(env: Environment, context: Context, macro: Macro, data: Mapping[str, Any]) -> str:
    """The template of a macro with its data; ``KlarplanError`` where it can't be filled."""
    try:
        return env.get_template(f"{macro.name}.html").render(**data, ctx=context)
    except UnknownSentenceError as error:
        raise broken(error, macro.template) from error
    except (KlarplanError, UnreadError):
        raise
    except Exception as error:  # whatever filters throw at what a template gives them
        raise broken(error, macro.template) from error


def placed(
    seal: Seal,
    macro: Macro,
    markup: str,
    heading: object = None,
    papers: Sequence[str] | None = None,
) -> str:
    """The Markdown that stands for a macro call on a page, with what the macro made.

    ``heading`` puts a heading of the second level above a block, unless there is nothing to show.
    ``papers`` names the papers in which the block stands, see ``klarplan.articles.selection``.
    """
    if macro.inline:
        return seal.made(markup)
    if markup and papers is not None:
        markup = f'<div data-papers="{plain(" ".join(papers))}">{markup}</div>'
    title = headed(heading, screen_only=macro.screen_only) if heading and markup else ""
    return f"\n\n{title}{seal.made(markup)}\n\n"


def headed(heading: object, *, screen_only: bool = False) -> str:
    """A heading of the second level in Markdown; one of our sections has its own anchor."""
    marks = [f"#{heading.anchor}"] if isinstance(heading, Section) else []
    marks += [".screen-only"] if screen_only else []
    told = f" {{ {' '.join(marks)} }}" if marks else ""
    return f"## {plain(heading)}{told}\n\n"


def caller(
    env: Environment, context_of: Callable[[], Context], macro: Macro, seal: Seal
) -> Callable[..., str]:
    """A function of an author's words that renders a macro for the page being built."""

    def call(*args: Any, **kwargs: Any) -> str:
        heading = None if macro.inline else kwargs.pop("heading", None)
        papers = kwargs.pop("papers", None)
        markup = render(env, context_of(), macro, *args, **kwargs)
        return placed(seal, macro, markup, heading, papers)

    call.__name__ = macro.name
    call.__doc__ = macro.doc
    return call


def on_page(context: Context, url: str) -> Context:
    """The same context for another page."""
    return replace(context, page_url=url)


class Skeletons:
    """The order of things on each kind of page, from ``overrides/pages``: Markdown and macros.

    Each is compiled once, however many pages it fills.
    """

    def __init__(self, root: Path, seal: Seal, words: Words = GERMAN) -> None:
        self._seal = seal
        self._templates = environment(root, words)
        self._env = Templates(
            template_folders(root, "pages"), keep_trailing_newline=True, finalize=_finalize
        )
        self._context: Context | None = None
        say = as_sections(sayer(words))
        self._env.globals["say"] = say
        self._env.globals["section"] = lambda key: Markup(headed(say(key)))  # noqa: S704 - escaped
        for macro in macros_of(root).values():
            self._env.globals[macro.name] = self._caller(macro)

    def _caller(self, macro: Macro) -> Callable[..., Markup]:
        call = caller(self._templates, self._current, macro, self._seal)
        return lambda *args, **kwargs: Markup(call(*args, **kwargs))  # noqa: S704 - escaped there

    def _current(self) -> Context:
        assert self._context is not None
        return self._context

    def fill(self, name: str, context: Context, **values: object) -> str:
        """The Markdown of one page."""
        self._context = context
        try:
            return self._env.get_template(name).render(**values)
        except (TemplateError, UnknownSentenceError) as error:
            raise broken(error, f"overrides/pages/{name}") from error
