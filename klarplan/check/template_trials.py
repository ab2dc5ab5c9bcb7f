"""Whether the templates of a root can be filled: read them all, and try them on a few rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from klarplan.messages import Finding, KlarplanError
from klarplan.own_files import LOCAL, OVERRIDES, THEME, is_upstream, overrides, own_overrides
from klarplan.strategy.chapters import chapters_present
from klarplan.strategy.load import Loaded
from klarplan.strategy.unread import UnreadError
from klarplan.words.catalogue import GERMAN

if TYPE_CHECKING:
    from jinja2 import Environment

BROKEN = "KP807"
"""The rule whose findings are made here."""


class Trials:
    """The templates of a root, each read once; ``shown`` is what is published.

    A root without templates of its own takes Klarplan's, which need no trial: its tests fill them.
    """

    def __init__(self, shown: Loaded, as_of: dt.date) -> None:
        self._shown = shown
        self._as_of = as_of

    @cached_property
    def misspelt(self) -> tuple[Finding, ...]:
        """Templates that are not written correctly, whatever they would be filled with."""
        root, blocks = self._shown.root, self._blocks
        if not _own_folders(root):
            return ()
        found = [f for name in blocks.list_templates() for f in _compiled(blocks, name, "macros")]
        return (*found, *_skeletons(root), *_theme(root))

    @cached_property
    def unfillable(self) -> tuple[Finding, ...]:
        """Templates of macros that stumble over the first rows of which they show something."""
        own = any((folder / "macros").is_dir() for folder in _own_folders(self._shown.root))
        return tuple(self._unfillable()) if own and not self.misspelt else ()

    @cached_property
    def _blocks(self) -> Environment:
        from macros.render import environment  # noqa: PLC0415 (slow import)

        words = GERMAN
        with suppress(UnreadError):
            words = self._shown.strategy.words
        return environment(self._shown.root, words)

    def _unfillable(self) -> Iterator[Finding]:
        from klarplan.check.call_examples import selected  # noqa: PLC0415
        from macros.local_macros import macros_of  # noqa: PLC0415
        from macros.registry import Context  # noqa: PLC0415
        from macros.render import filled  # noqa: PLC0415

        context = Context(
            strategy=self._shown.strategy,
            descriptor=self._shown.descriptor,
            as_of=self._as_of,
            chapters=chapters_present(self._shown.strategy, self._shown.root),
            macros=macros_of(self._shown.root),
        )
        for macro in context.macros.values():
            data = selected(macro, context)
            with suppress(UnreadError):  # that error is the cause
                try:
                    if data is not None:
                        filled(self._blocks, context, macro, data)
                except KlarplanError as error:
                    yield _finding(error)


def _own_folders(root: Path) -> list[Path]:
    """Where a fork has templates that are not those of the Klarplan that runs."""
    folders = (root / OVERRIDES, own_overrides(root))
    return [folder for folder in folders if folder.is_dir() and not is_upstream(folder)]


def _skeletons(root: Path) -> Iterator[Finding]:
    from jinja2 import UndefinedError, meta, nodes  # noqa: PLC0415 (slow import)

    from macros.local_macros import GIVEN, failure_of, macros_of  # noqa: PLC0415
    from macros.render import Templates, template_folders  # noqa: PLC0415
    from macros.template_faults import broken  # noqa: PLC0415

    env = Templates(template_folders(root, "pages"))
    assert env.loader
    for name in env.list_templates():
        if wrong := [*_compiled(env, name, "pages")]:
            yield from wrong
            continue
        text, _, _ = env.loader.get_source(env, name)
        tree = env.parse(text)
        blocks = [block.target for block in tree.find_all(nodes.AssignBlock)]
        set_here = {target.name for target in blocks if isinstance(target, nodes.Name)}
        named = meta.find_undeclared_variables(tree)
        if failure_of(root):
            continue  # its macros may be meant
        for unknown in sorted(named - {*GIVEN, *macros_of(root), *env.globals, *set_here}):
            undefined = UndefinedError(f"'{unknown}' is undefined")
            yield _finding(broken(undefined, _file(env, name, "pages")))


def _theme(root: Path) -> Iterator[Finding]:
    from jinja2 import Environment, TemplateError  # noqa: PLC0415 (slow import)

    from macros.template_faults import broken  # noqa: PLC0415

    env = Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701 - reads only
    own = own_overrides(root)
    for name, path in overrides(root, *THEME).items():
        try:
            env.parse(path.read_text("utf-8", "replace"))
        except TemplateError as error:
            yield _finding(broken(error, f"{'local/' * (own in path.parents)}overrides/{name}"))


def _compiled(env: Environment, name: str, folder: str) -> Iterator[Finding]:
    from jinja2 import TemplateError  # noqa: PLC0415 (slow import)

    from macros.template_faults import broken  # noqa: PLC0415

    try:
        env.get_template(name)
    except (TemplateError, UnicodeDecodeError) as error:
        yield _finding(broken(error, _file(env, name, folder)))


def _file(env: Environment, name: str, folder: str) -> str:
    """The file of a template as seen from the root: the town's own, where it has one."""
    from jinja2 import FileSystemLoader  # noqa: PLC0415 (slow import)

    assert isinstance(env.loader, FileSystemLoader)
    places = (Path(place) for place in env.loader.searchpath)
    place = next(place for place in places if (place / name).is_file())
    return f"{'local/' * (place.parents[1].name == LOCAL)}overrides/{folder}/{name}"


def _finding(error: KlarplanError) -> Finding:
    return Finding(
        rule=BROKEN,
        file=error.file or "overrides",
        line=error.line,
        problem=error.problem,
        cure=error.cure,
    )
