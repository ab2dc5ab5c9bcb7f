"""Settings are read as they are written, and slips that YAML takes for something else are told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from klarplan.strategy.settings import SETTINGS
from klarplan.strategy.settings_file import read_settings


def write(root: Path, text: str) -> None:
    """Write the settings of a root."""
    (root / SETTINGS).parent.mkdir()
    (root / SETTINGS).write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("postcode", "01067"),
        ("postcode", "00999"),
        ("key", "05515000"),
        ("key", "055150000000"),
        ("version", "2.10"),
        ("version", "1_0"),
        ("version", "2026-10-12"),
        ("contact_phone", "0123"),
        ("contact_phone", "+49 9999 123-450"),
        ("version", "1e5"),
        ("vat_id", "DE123456789"),
        ("subtitle", "ja"),
        ("town", "No"),
        ("street", "12:30:00"),
    ],
)
def test_texts_are_read_as_they_are_written(name: str, written: str, tmp_path: Path) -> None:
    """A setting that is a text keeps zeros, days, times and words like yes, without quotes."""
    write(tmp_path, f"{name}: {written}\n")
    settings, findings = read_settings(tmp_path)
    assert findings == []
    assert getattr(settings, name) == written


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ('period_start: "2023"', "period_start", 2023),
        ('period_end: ""', "period_end", None),
        ('server_log_days: ""', "server_log_days", None),
        ("published: ja", "published", True),
        ("published: Nein", "published", False),
        ('published: "true"', "published", True),
        ('accessibility_tested: "2026-10-12"', "accessibility_tested", dt.date(2026, 10, 12)),
        ("vat_id: # gibt es nicht", "vat_id", ""),
        ("review_months: 8 #Monate", "review_months", 8),
        ("title: „Gut“ und „schön“", "title", "„Gut“ und „schön“"),
        ('title: "„Gut leben“"', "title", "„Gut leben“"),
        ('title: "Strategie #1"', "title", "Strategie #1"),
        ("title: C#-Dorf", "title", "C#-Dorf"),
        ("logo: docs/wappen.svg", "logo", "docs/wappen.svg"),
    ],
)
def test_what_can_be_meant_is_taken(line: str, name: str, value: object, tmp_path: Path) -> None:
    """Quotes around numbers, German yes and no, remarks and quotation marks within are fine."""
    write(tmp_path, f"{line}\n")
    settings, findings = read_settings(tmp_path)
    assert findings == []
    assert getattr(settings, name) == value


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("primary_colour: #1f4e79", 'primary_colour: "#1f4e79"'),
        ("accent_colour:  #9a3b00", 'accent_colour: "#9a3b00"'),
        ("subtitle: #digital", 'subtitle: "#digital"'),
        ("title: „Digitalstrategie“", 'title: "Digitalstrategie"'),
        ("title: “Digitalstrategie”  # Name", 'title: "Digitalstrategie"  # Name'),
        ("key: „05515000“", 'key: "05515000"'),
        ("town: »Neustadt«", 'town: "Neustadt"'),
        ('town: „Neustadt"', 'town: "Neustadt"'),
        ("contact_email: mailto:info@stadt.example", 'contact_email: "info@stadt.example"'),
        ('contact_email: "MAILTO: info@stadt.example"', 'contact_email: "info@stadt.example"'),
        ('contact_email: "<info@stadt.example>"', 'contact_email: "info@stadt.example"'),
        ("privacy_contact: mailto:ds@stadt.example", 'privacy_contact: "ds@stadt.example"'),
        ("contact_phone: tel:+49999912345", 'contact_phone: "+49999912345"'),
        ("site_url: www.stadt.example/", 'site_url: "https://www.stadt.example/"'),
        ("repository: github.com/stadt/x", 'repository: "https://github.com/stadt/x"'),
        ("accessibility_tested: 12.10.2026", 'accessibility_tested: "2026-10-12"'),
        ("accessibility_tested: 1. 2. 2026", 'accessibility_tested: "2026-02-01"'),
        ("logo: /assets/wappen.svg", 'logo: "assets/wappen.svg"'),
    ],
)
def test_slips_are_told_with_the_line_as_it_should_be(
    line: str, right: str, tmp_path: Path
) -> None:
    """What YAML takes for a remark or for text, and what Klarplan adds itself, is one finding."""
    write(tmp_path, f"# Einstellungen\n{line}\n")
    settings, findings = read_settings(tmp_path)
    (finding,) = findings
    assert (finding.rule, finding.line, finding.severity) == ("KP012", 2, "error")
    assert finding.fix is not None
    assert (finding.fix.old, finding.fix.new) == (line, right)
    assert right.strip() in finding.cure.de
    assert settings == type(settings)()


@pytest.mark.parametrize("line", ['title: ""', "title:", 'municipality: "  "'])
def test_a_strategy_has_a_name(line: str, tmp_path: Path) -> None:
    """An empty title or municipality is told, and none is made up in silence."""
    write(tmp_path, f"{line}\n")
    _, (finding,) = read_settings(tmp_path)
    assert (finding.rule, finding.line) == ("KP012", 1)
    assert finding.problem.de.endswith("ist leer.")


def test_the_rest_of_a_text_behind_a_number_sign(tmp_path: Path) -> None:
    """A text that ends at # without people seeing it is a warning."""
    write(tmp_path, "title: Strategie #1 der Stadt\n")
    settings, (finding,) = read_settings(tmp_path)
    assert (finding.severity, settings.title) == ("warning", "Strategie")
    assert "vor „#1“" in finding.problem.de


def test_a_list_is_shown_without_brackets(tmp_path: Path) -> None:
    """A message shows a list as people write it, not as a program does."""
    write(tmp_path, "title: [Digital, Stadt]\n")
    _, (finding,) = read_settings(tmp_path)
    assert finding.value == "Digital, Stadt"


@pytest.mark.parametrize(
    ("other", "cure"),
    [
        ("", "git checkout HEAD -- strategy/strategy.yml"),
        ("Strategy.yml", "Benennen Sie strategy/Strategy.yml um"),
        ("strategy.yml.txt", "Benennen Sie strategy/strategy.yml.txt um"),
        ("strategy.yaml", "Benennen Sie strategy/strategy.yaml um"),
    ],
)
def test_missing_settings_are_one_error(other: str, cure: str, tmp_path: Path) -> None:
    """A strategy without settings is not built as one of no name; a file called so is named."""
    write(tmp_path, "")
    if other:
        (tmp_path / SETTINGS).rename(tmp_path / "strategy" / other)
    else:
        (tmp_path / SETTINGS).unlink()
    _, (finding,) = read_settings(tmp_path)
    assert (finding.rule, finding.file, finding.severity) == ("KP009", SETTINGS, "error")
    assert cure in finding.cure.de
