"""A strategy as it would be: a copy with some files changed, to be read and checked."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from klarplan.commands.repair import copied
from klarplan.strategy.csv_writer import replace_files


@contextlib.contextmanager
def candidate(root: Path, contents: Mapping[Path, bytes]) -> Iterator[Path]:
    """A copy of the strategy below ``root`` in which these of its files have other contents."""
    with TemporaryDirectory(prefix="klarplan-") as folder:
        copy = copied(root, Path(folder) / "copy")
        replace_files({copy / file.relative_to(root): c for file, c in contents.items()})
        yield copy
