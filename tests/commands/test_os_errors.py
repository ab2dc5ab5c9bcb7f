"""What is said where the system refuses to read or write."""

from __future__ import annotations

import errno

import pytest

from klarplan.os_errors import explained, tells_of_full_disk


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "Der Datenträger ist voll"),
        (errno.EACCES, "Das Recht dafür fehlt"),
        (errno.EROFS, "schreibgeschützt"),
        (errno.EDQUOT, "Speicherplatz"),
        (errno.ENOTDIR, "statt eines Ordners"),
        (errno.EIO, "Lesen oder Schreiben ging nicht"),
    ],
)
def test_errors_of_the_system_have_words_and_a_cure(number: int, words: str) -> None:
    """An error names its cause, the place, and what helps; unknown ones in the system's words."""
    told = explained(OSError(number, "told by the system", "build/site"))
    assert words in told.problem.de
    assert told.problem.de.endswith(": build/site")
    assert ("(told by the system)" in told.problem.de) == (number == errno.EIO)
    assert told.cure.de
    assert told.cure.en
    assert told.exit_code == 1


def test_full_disk_is_seen_in_the_words_of_other_programs() -> None:
    """Programs that Klarplan calls say it in their own ways."""
    assert tells_of_full_disk("OSError: [Errno 28] No space left on device: 'a'")
    assert tells_of_full_disk("failed to write file (os error 28)")
    assert not tells_of_full_disk("os error 281, Errno 2")
