"""What the system refuses, in words with a cure: the one place for errors of files and disks."""

from __future__ import annotations

import errno
import re
from collections.abc import Mapping
from pathlib import Path

from klarplan.messages import KlarplanError, Text

_AGAIN = Text(
    "Schaffen Sie Platz, und rufen Sie den Befehl noch einmal auf.",
    "Make room, and call the command again.",
)
_RIGHTS = Text(
    "Prüfen Sie, wem Datei und Ordner gehören und ob Sie dort schreiben dürfen.",
    "Check who owns the file and its folder, and whether you may write there.",
)
_IN_THE_WAY = Text(
    "Löschen Sie, was dort im Weg ist, oder benennen Sie es um.",
    "Delete what is in the way there, or rename it.",
)
_FULL = (Text("Der Datenträger ist voll", "The disk is full"), _AGAIN)
_REFUSED = (Text("Das Recht dafür fehlt", "Permission is missing"), _RIGHTS)

_CAUSES: Mapping[int, tuple[Text, Text]] = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: (Text("Ihr Speicherplatz ist aufgebraucht", "Your quota is used up"), _AGAIN),
    errno.EFBIG: (Text("Die Datei ist zu groß", "The file is too large"), _AGAIN),
    errno.EACCES: _REFUSED,
    errno.EPERM: _REFUSED,
    errno.EROFS: (
        Text("Der Datenträger ist schreibgeschützt", "The disk is read-only"),
        Text(
            "Nehmen Sie einen anderen Ordner, oder heben Sie den Schreibschutz auf.",
            "Take another folder, or lift the protection.",
        ),
    ),
    errno.ENOENT: (
        Text("Datei oder Ordner fehlt", "A file or folder is missing"),
        Text(
            "Prüfen Sie den Namen und ob ein anderes Programm den Ordner gerade ändert.",
            "Check the name, and whether another program is changing the folder.",
        ),
    ),
    errno.EEXIST: (Text("Dort liegt schon etwas", "Something is there already"), _IN_THE_WAY),
    errno.ENOTEMPTY: (Text("Der Ordner ist nicht leer", "The folder is not empty"), _IN_THE_WAY),
    errno.ENOTDIR: (
        Text("Dort liegt eine Datei statt eines Ordners", "A file is there instead of a folder"),
        _IN_THE_WAY,
    ),
    errno.EISDIR: (
        Text("Dort liegt ein Ordner statt einer Datei", "A folder is there instead of a file"),
        _IN_THE_WAY,
    ),
    errno.EBUSY: (
        Text("Ein anderes Programm benutzt sie gerade", "Another program is using it"),
        Text(
            "Schließen Sie das andere Programm, und rufen Sie den Befehl noch einmal auf.",
            "Close the other program, and call the command again.",
        ),
    ),
    errno.ENAMETOOLONG: (
        Text("Der Name ist zu lang", "The name is too long"),
        Text(
            "Nehmen Sie kürzere Namen, oder legen Sie den Ordner der Strategie weiter oben ab.",
            "Take shorter names, or put the folder of the strategy further up.",
        ),
    ),
}
"""What each number of the system means, and what helps."""

_OF_WINDOWS: Mapping[int, tuple[Text, Text]] = {
    5: (
        Text(
            "Das Recht dafür fehlt, oder ein anderes Programm benutzt Datei oder Ordner",
            "Permission is missing, or another program is using the file or folder",
        ),
        Text(
            "Schließen Sie Programme und Fenster, die etwas daraus zeigen, und prüfen Sie, ob Sie "
            "dort schreiben dürfen.",
            "Close programs and windows that show anything of it, and check whether you may write "
            "there.",
        ),
    ),
    32: _CAUSES[errno.EBUSY],
    33: _CAUSES[errno.EBUSY],
    112: _FULL,
    206: _CAUSES[errno.ENAMETOOLONG],
}
"""The same by numbers of Windows (``winerror``): access denied, sharing and lock violation …"""
_MISSING = (2, 3)
"""File or folder not found: what Windows says as well of a path that is too long for it."""
WINDOWS_PATH = 260
"""Characters of a path from which on Windows does without, unless it is told otherwise."""

_OTHER = (
    Text("Lesen oder Schreiben ging nicht", "Reading or writing failed"),
    Text(
        "Prüfen Sie Datenträger und Ordner, und rufen Sie den Befehl noch einmal auf.",
        "Check disk and folder, and call the command again.",
    ),
)

_TOLD_FULL = re.compile(r"No space left on device|Disk quota exceeded|os error (?:28|122)\b")


def reason(error: OSError) -> Text:
    """Why the system refuses, without place and full stop.

    What is not known here is told in the system's own words, for whoever searches for them.
    """
    if cause := _cause(error):
        return cause[0]
    told = error.strerror or str(error) or type(error).__name__
    return Text(f"{_OTHER[0].de} ({told})", f"{_OTHER[0].en} ({told})")


def _cause(error: OSError) -> tuple[Text, Text] | None:
    """What is known of an error, by Windows' own number first, since that says more."""
    number = getattr(error, "winerror", None)
    if number in _MISSING and len(str(error.filename or "")) >= WINDOWS_PATH:
        return _CAUSES[errno.ENAMETOOLONG]
    return _OF_WINDOWS.get(number or 0) or _CAUSES.get(error.errno or 0)


def explained(error: OSError) -> KlarplanError:
    """An error of the system as one of ours, with its place and a cure."""
    problem, (_, cure) = reason(error), _cause(error) or _OTHER
    place = " → ".join(str(name) for name in (error.filename, error.filename2) if name)
    return KlarplanError(
        Text(
            problem.de + (f": {place}" if place else ""),
            problem.en + (f": {place}" if place else ""),
        ),
        cure,
    )


def tells_of_full_disk(text: str) -> bool:
    """Whether the words of another program say that the disk is full."""
    return _TOLD_FULL.search(text) is not None


def full_disk(place: object) -> KlarplanError:
    """That there is no room left where ``place`` is."""
    problem, cure = _FULL
    return KlarplanError(Text(f"{problem.de}: {place}", f"{problem.en}: {place}"), cure)


def require_file(path: Path) -> None:
    """Raise ``KlarplanError`` (exit code 2) where there is no such file, or a folder."""
    if path.is_dir():
        raise KlarplanError(
            Text(
                f"„{path}“ ist ein Ordner, gebraucht wird eine Datei.",
                f"“{path}” is a folder, a file is needed.",
            ),
            Text("Nennen Sie die Datei selbst.", "Name the file itself."),
            exit_code=2,
        )
    if not path.is_file():
        raise KlarplanError(
            Text(f"Die Datei „{path}“ gibt es nicht.", f"There is no file “{path}”."),
            Text("Prüfen Sie Ordner und Namen.", "Check folder and name."),
            exit_code=2,
        )
