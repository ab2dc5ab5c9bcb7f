"""Builds strategies with every generator and prints how the sites differ, as a table.

``python -m tests.tools.canary`` takes the sample and, where it lies beside the repository, the list
of a real city.
"""

from __future__ import annotations

import tempfile
from importlib.metadata import version
from pathlib import Path

from klarplan.website.generator import GENERATORS, USUAL
from tests.support.canary import make_with
from tests.support.importing import REAL, import_real
from tests.support.project import copy_of_sample


def main() -> None:
    """Build, compare and print."""
    print("| strategy | generator | version | pages | differences |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        roots = {"sample": copy_of_sample(Path(folder) / "sample" / "root")}
        if (REAL / "muenster.xlsx").is_file():
            roots["muenster"] = Path(folder) / "muenster" / "root"
            import_real(roots["muenster"])
        for strategy, root in roots.items():
            made = {name: make_with(name, root, root.parent, "--no-pdf") for name in GENERATORS}
            for name, site in made.items():
                found = site.differences(made[USUAL])
                shown = f"{len(found)}: {'; '.join(found[:3])}" if found else "none"
                print(f"| {strategy} | {name} | {version(name)} | {len(site.articles)} | {shown} |")


if __name__ == "__main__":
    main()
