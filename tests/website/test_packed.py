"""Texts that lie compressed beside themselves, for hosts that compress nothing."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from klarplan.website.packed import LEAST, pack
from tests.support import klein
from tests.support.project import klarplan


def test_only_texts_that_gain_are_packed(tmp_path: Path) -> None:
    """Long texts get a twin that holds the same, whatever the day; short ones and pictures none."""
    long = "Öffentlich; " * LEAST
    for name in ("a/index.html", "feed.atom", "k.ttl", "bild.svg", "b.png", "c.pf_index"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(long, "utf-8")
    (tmp_path / "kurz.html").write_text("kurz", "utf-8")
    pack(tmp_path)
    packed = {p.relative_to(tmp_path).as_posix(): p for p in tmp_path.rglob("*.gz")}
    assert set(packed) == {"a/index.html.gz", "feed.atom.gz", "k.ttl.gz", "bild.svg.gz"}
    contents = {path.read_bytes() for path in packed.values()}
    assert len(contents) == 1  # neither name nor time is in them
    assert gzip.decompress(contents.pop()).decode() == long


@pytest.mark.long
def test_a_build_packs_where_it_is_asked_to(tmp_path: Path) -> None:
    """``build --packed`` packs pages, data and what the pages load."""
    root = klein.copied(tmp_path)
    day = klein.DAY.isoformat()
    done = klarplan("build", "--root", str(root), "--as-of", day, "--no-pdf", "--packed")
    assert done.returncode == 0, done.stderr
    for name in ("index.html", "api/v1/openapi.json", "assets/site.css"):
        content = (root / "site" / name).read_bytes()
        assert gzip.decompress((root / "site" / f"{name}.gz").read_bytes()) == content
