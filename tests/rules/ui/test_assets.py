"""What the landlord serves carries no branding that only GOV.UK may use."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("build_assets", ROOT / "tools" / "build_assets.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not module.PACKAGE.is_dir():
        pytest.skip("The design system is not installed: run npm ci.")
    return module


def test_the_stock_styles_lose_their_branding_and_nothing_else(tool):
    stock = (tool.PACKAGE / "govuk-frontend.min.css").read_text()
    plain = tool.plain_css(stock)
    assert "GDS Transport" in stock
    assert "crest" in stock
    assert not [word for word in tool.FORBIDDEN if word in plain.lower()]
    assert plain.count("{") == plain.count("}")
    for kept in (".govuk-button{", ".govuk-radios__input", "--govuk-brand-colour", ".govuk-footer{"):
        assert kept in plain
    assert len(plain) > 0.95 * len(stock)


def test_a_second_build_touches_nothing(tool, tmp_path, monkeypatch):
    monkeypatch.setattr(tool, "OUT", tmp_path)
    names = tool.build()
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    (tmp_path / "stale.css").write_text("old")
    assert tool.build() == names
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_a_file_with_a_crown_is_refused(tool):
    with pytest.raises(SystemExit, match="branding"):
        tool.check("x.css", ".a{background:url(Crown.svg)}")
