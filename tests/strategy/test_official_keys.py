"""Official keys: those of each country fit, and what is typed to fill a gap does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.strategy.official_keys import COUNTRIES, fits
from klarplan.strategy.settings_file import read_settings

KEYS = [
    *[("DE", key) for key in ("05515000", "055150000000", "05554", "05", "02000000", "09999999")],
    *[("DE", key) for key in ("010605024", "033515402", "097", "055")],
    *[("AT", key) for key in ("60101", "90001", "10101")],
    *[("CH", key) for key in ("261", "1", "6810")],
]


@pytest.mark.parametrize(("country", "key"), KEYS)
def test_a_key_fits(country: str, key: str) -> None:
    """Municipalities, what they join in, a Kreis, a Bezirk and a Land have keys of their own."""
    assert fits(key, country)


@pytest.mark.parametrize(
    ("country", "key"),
    [
        *[("DE", "0" * digits) for digits in (2, 5, 8, 12)],
        *[("DE", key) for key in ("17", "99999999", "11111111", "12345678", "123456789012")],
        *[("DE", key) for key in ("05000", "05000000", "050000000000", "0551500", "261")],
        *[("DE", key) for key in ("033510402", "030005402", "050", "0335154020")],
        *[("AT", key) for key in ("00000", "60000", "05515", "6010", "05515000")],
        *[("CH", key) for key in ("0", "0261", "00000", "CH261", "05515000")],
    ],
)
def test_nonsense_is_no_key(country: str, key: str) -> None:
    """Zeros, made-up digits, unknown Länder and keys of other countries are refused."""
    assert not fits(key, country)


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ('key: "05515000"\npostcode: "48143"\n', []),
        ('key: "000000000000"\n', ["key"]),
        ('country: "CH"\nkey: "261"\npostcode: "8001"\n', []),
        ('country: "CH"\nkey: "05515000"\npostcode: "48143"\n', ["key", "postcode"]),
        ('country: "at"\nkey: "60101"\npostcode: "8010"\n', []),
        ('key: "261"\npostcode: "8001"\n', ["key", "postcode"]),
        ('country: "XX"\nkey: "05515000"\n', ["country"]),
    ],
)
def test_keys_and_postcodes_follow_the_country(
    tmp_path: Path, lines: str, named: list[str]
) -> None:
    """What a country does not have is an error at its line, with what is needed instead."""
    (tmp_path / "strategy").mkdir()
    (tmp_path / "strategy/strategy.yml").write_text(lines, "utf-8")
    _, findings = read_settings(tmp_path)
    told = [lines.split("\n")[(f.line or 1) - 1].partition(":")[0] for f in findings]
    assert told == named
    assert {f.rule for f in findings} <= {"KP012"}
    assert all(f.cure.de and f.cure.en for f in findings)


def test_another_countrys_key_is_no_german_one(tmp_path: Path) -> None:
    """Graz's key begins like the Saarland's; nothing German follows from it."""
    (tmp_path / "strategy").mkdir()
    (tmp_path / "strategy/strategy.yml").write_text('country: "AT"\nkey: "60101"\n', "utf-8")
    assert read_settings(tmp_path)[0].german_key == ""
    assert set(COUNTRIES) == {"DE", "AT", "CH"}
