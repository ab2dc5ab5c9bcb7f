"""Who publishes without an official key is told once what it is good for and where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.messages import Finding
from klarplan.strategy.settings_text import settings_text
from klarplan.words.kinds import KINDS
from tests.support import klein

PUBLIC = {
    "title": "Klarstadt digital",
    "municipality": "Stadt Klarstadt",
    "published": True,
    "site_url": "https://klarstadt.example/",
}


def hints(folder: Path, **changes: object) -> list[Finding]:
    """What is said of the key of a small strategy with other settings."""
    root = klein.copied(folder)
    (root / "strategy/strategy.yml").write_text(settings_text({**PUBLIC, **changes}), "utf-8")
    return [f for f in check(root, klein.DAY) if f.rule == "KP059"]


@pytest.mark.parametrize(
    ("country", "source"), [("DE", "destatis"), ("AT", "statistik.at"), ("CH", "bfs.admin.ch")]
)
def test_without_a_key_there_is_one_hint(tmp_path: Path, country: str, source: str) -> None:
    """The hint is a notice at the setting and names who gives the keys of the country."""
    (hint,) = hints(tmp_path, country=country)
    assert hint.severity == "notice"
    assert (hint.file, hint.line is not None) == ("strategy/strategy.yml", True)
    assert source in hint.cure.de
    assert source in hint.cure.en


@pytest.mark.parametrize(
    "changes", [{"key": "05515000"}, {"published": False}, {"site_url": ""}], ids=str
)
def test_no_hint_where_there_is_a_key_or_no_catalogue(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    """A draft and a site without an address have no catalogue yet."""
    assert hints(tmp_path, **changes) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"municipality": "Zweckverband Klarwasser"},
        {"municipality": "Regionalverband Klartal"},
        {"municipality": "Kanton Klar", "country": "CH"},
        {"municipality": "Klarwerk", "kind": KINDS["Verband"]},
    ],
    ids=str,
)
def test_who_usually_has_no_key_is_told_nothing(tmp_path: Path, changes: dict[str, object]) -> None:
    """A Zweckverband, a region or a canton is in no register of municipalities."""
    assert hints(tmp_path, **changes) == []
