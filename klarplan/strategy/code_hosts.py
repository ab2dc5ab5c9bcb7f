"""Addresses at the host of the git project: to change a file, to begin one, to open an issue.

The forms are those of GitHub and GitLab, as openCode has it too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from klarplan.strategy.addresses import host_of

if TYPE_CHECKING:
    from klarplan.strategy.settings import Settings

HOSTS: Mapping[str, Mapping[str, str]] = {
    "github": {
        "edit": "/edit/{branch}/{path}",
        "view": "/blob/{branch}/{path}",
        "new": "/new/{branch}?filename={name}&value={text}",
        "issue": "/issues/new?title={title}&body={text}",
    },
    "gitlab": {
        "edit": "/-/edit/{branch}/{path}",
        "view": "/-/blob/{branch}/{path}",
        "new": "/-/new/{branch}?file_name={name}",
        "issue": "/-/issues/new?issue%5Btitle%5D={title}&issue%5Bdescription%5D={text}",
    },
}
"""What follows the address of a project, by the kind of host."""
_OPENCODE = "opencode.de"
"""Germany's platform for the public sector, a GitLab."""
_OF_SSH = re.compile(r"(?:[^@:/\s]+@)?([^@:/\s]{2,}):(?!//)(\S+)")
"""An address as git takes it for ssh, ``git@host:path``; a drive of Windows has one letter."""


def kind_of_host(repository: str) -> str:
    """The kind of host that an address tells, of ``HOSTS``; empty where it tells none."""
    of_ssh = _OF_SSH.fullmatch(repository)
    host = of_ssh[1].lower() if of_ssh else host_of(repository)
    labels = host.split(".")
    if "gitlab" in labels or host == _OPENCODE or host.endswith(f".{_OPENCODE}"):
        return "gitlab"
    return "github" if host == "github.com" or host.endswith(".ghe.com") else ""


@dataclass(frozen=True, slots=True)
class GitProject:
    """Where the git project of a strategy is; nothing has an address at a host of no known kind."""

    address: str
    kind: str = ""
    """The kind of host, of ``HOSTS``; empty where it is not known."""
    branch: str = "main"

    def edit(self, file: str) -> str | None:
        """Where a file that exists can be changed."""
        return self._at("edit", path=quote(file))

    def view(self, file: str) -> str | None:
        """Where a file that exists is shown; a CSV file as a table."""
        return self._at("view", path=quote(file))

    def new(self, file: str, text: str) -> str | None:
        """Where a file that does not exist can be written; GitHub fills in its text."""
        return self._at("new", name=_value(file), text=_value(text))

    def issue(self, title: str, text: str) -> str | None:
        """The form for an issue, filled in."""
        return self._at("issue", title=_value(title), text=_value(text))

    def _at(self, what: str, **values: str) -> str | None:
        if not self.address or self.kind not in HOSTS:
            return None
        form = HOSTS[self.kind][what]
        return self.address + form.format(branch=quote(self.branch), **values)


def git_project(settings: Settings) -> GitProject:
    """The git project that the settings name, at the kind of host that they or its address tell."""
    address = settings.repository.rstrip("/").removesuffix(".git")
    return GitProject(address, settings.repository_host or kind_of_host(address), settings.branch)


@lru_cache(maxsize=128)
def _value(text: str) -> str:
    return quote(text, safe="")
