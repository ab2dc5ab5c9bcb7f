"""The files that pages of the form load: style sheet and script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping

from klarplan.cli.form.asked import Response
from klarplan.cli.form.guard import POLICY
from klarplan.commands.edit import Editor
from klarplan.look.colour_css import shades
from klarplan.strategy.settings_file import read_settings
from macros.render import template_folders


def files(editor: Editor) -> Mapping[str, Response]:
    """All of them, by name; the municipality's colours stand before the rest.

    They need no table: pages that tell what can't be read have their look, too.
    """
    light, dark = shades(read_settings(editor.root)[0])
    colours = f":root{{{light}}}\n@media(prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    return {
        "form.css": _file(editor, "form.css", "text/css; charset=utf-8", colours),
        "form.js": _file(editor, "form.js", "text/javascript; charset=utf-8"),
    }


def alone(editor: Editor) -> tuple[str, str]:
    """A style sheet to stand within a page, and the policy of that page, which allows it alone."""
    text = _text(editor, "former.css")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return text, POLICY.replace("style-src 'self'", f"style-src 'sha256-{digest}'")


def _file(editor: Editor, name: str, kind: str, before: str = "") -> Response:
    return Response(content=(before + _text(editor, name)).encode(), kind=kind)


def _text(editor: Editor, name: str) -> str:
    places = [folder / name for folder in template_folders(editor.root, "form")]
    return next(place for place in places if place.is_file()).read_text("utf-8")
