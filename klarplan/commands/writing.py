"""Changing files of a strategy: one process at a time, so that no change is lost."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from klarplan.check.obstacles import BUILD
from klarplan.commands.targets import refuse_links
from klarplan.commands.workplace import mark
from klarplan.file_lock import held
from klarplan.messages import KlarplanError, Text, first_of
from klarplan.strategy.committed import not_committed
from klarplan.strategy.csv_writer import replace_files
from klarplan.strategy.load import require_data

LOCK = "writing"
"""The file in ``BUILD`` that is locked while files of the strategy change."""
PATIENCE = 5.0
"""Seconds that another one is waited for: most are done by then."""


@contextlib.contextmanager
def writing(root: Path, *, really: bool = True) -> Iterator[None]:
    """Keep others from changing files below ``root``, from reading them until they are written.

    Nothing is kept from anybody unless something is ``really`` to be written. Another process is
    waited for a while, then told in a ``KlarplanError``; one that has ended holds nothing back.
    """
    if not really:
        yield
        return
    require_data(root)
    refuse_links(root, (BUILD,), below=False)
    mark(root / BUILD)
    with held(root / BUILD / LOCK, PATIENCE) as other:
        if other is not None:
            raise _busy(other, root)
        yield


def refuse_uncommitted(root: Path, files: Iterable[Path]) -> None:
    """Raise ``KlarplanError`` where git does not have the changes yet that are in these files.

    New files of which git knows nothing, and folders without git, are passed over.
    """
    names = [file.relative_to(root).as_posix() for file in files]
    if names and (found := not_committed(root, "--untracked-files=no", paths=names)):
        raise KlarplanError(
            Text(
                f"Noch nicht in git gesichert ist: {first_of(found)}. Es ist nichts geändert.",
                f"Not committed to git yet: {first_of(found)}. Nothing is changed.",
            ),
            Text(
                "Sichern Sie diese Änderungen zuerst (git commit), damit nichts verloren geht.",
                "Commit these changes first, so that nothing is lost.",
            ),
        )


def replace_unchanged(before: Mapping[Path, bytes], contents: Mapping[Path, bytes]) -> None:
    """Write all of these files, or none where one is no longer as it was ``before``."""
    for file in contents:
        if (file.read_bytes() if file.is_file() else None) != before.get(file):
            raise KlarplanError(
                Text(
                    f"„{file.name}“ wurde gerade von jemand anderem geändert.",
                    f"“{file.name}” has just been changed by somebody else.",
                ),
                Text("Rufen Sie den Befehl noch einmal auf.", "Call the command once more."),
            )
    replace_files(contents)


def _busy(other: Text, root: Path) -> KlarplanError:
    return KlarplanError(
        Text(
            f"In „{root.resolve()}“ ändert gerade ein anderes Klarplan die Dateien{other.de}. "
            "Dieser Aufruf hat nichts geändert.",
            f"Another Klarplan is changing the files in “{root.resolve()}”{other.en}. This call "
            "has changed nothing.",
        ),
        Text(
            "Warten Sie, bis es fertig ist, und rufen Sie den Befehl noch einmal auf.",
            "Wait until it is done, and call the command once more.",
        ),
    )
