"""What the engine was when a fork became a strategy of its own, from the fork's own history.

A folder or ZIP file without a list of contents does not tell what the engine's files once were.
Whatever was committed before the strategy stopped being the sample is no change of the town's.
"""

from __future__ import annotations

from pathlib import Path

from klarplan.check.sample import KEY, MUNICIPALITY
from klarplan.processes import git
from klarplan.strategy.settings import SETTINGS
from klarplan.strategy.yaml_reader import YamlFaultError, read_yaml
from klarplan.update.contents import Contents, of_history


def of_beginning(root: Path) -> Contents:
    """The contents up to the commit before the fork's strategy began; that commit's, if it is the
    first. Nothing where the strategy is still the sample, or git does not know its settings."""
    told = git(root, "log", "--reverse", "--topo-order", "--format=%H", "HEAD", "--", SETTINGS)
    commits = (told or b"").decode().split()
    began = next((commit for commit in commits if _is_own(root, commit)), None)
    if began is None:
        return {}
    before = git(root, "rev-parse", "--verify", "--quiet", f"{began}^")
    found = of_history(root, f"{began}^" if before else began)
    prefix = (git(root, "rev-parse", "--show-prefix") or b"").decode("utf-8", "replace").strip()
    return {p.removeprefix(prefix): some for p, some in found.items() if p.startswith(prefix)}


def _is_own(root: Path, commit: str) -> bool:
    text = git(root, "show", f"{commit}:./{SETTINGS}")
    if text is None:
        return False
    try:
        values = read_yaml(text.decode("utf-8-sig", "replace")).values
    except YamlFaultError:
        return False
    return values.get("municipality") != MUNICIPALITY and values.get("key") != KEY
