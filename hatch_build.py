"""Adds to the wheel the files that a strategy takes from Klarplan if it has none of its own."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

UPSTREAM_FILES = ("mkdocs.yml", "docs", "overrides")


class UpstreamFilesHook(BuildHookInterface):
    """Puts the upstream files beside the package; an editable install reads them in place."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Map each file to ``klarplan/upstream/`` unless the install is editable."""
        if version == "editable":
            return
        for name in UPSTREAM_FILES:
            build_data["force_include"][name] = f"klarplan/upstream/{name}"
