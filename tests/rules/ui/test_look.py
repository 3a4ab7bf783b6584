"""The landlord's colours: readable whatever the landlord chooses, and safe."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.ui import look

colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def test_black_on_white_has_the_contrast_that_the_standard_gives():
    assert look.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert look.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # W3C's own example of a near miss


@given(colours)
def test_text_on_any_brand_colour_can_be_read(colour: str):
    assert look.contrast(colour, look.text_on(colour)) >= look.READABLE


@given(colours)
def test_the_accent_of_any_brand_colour_can_be_read_on_white(colour: str):
    assert look.contrast(look.accent(colour), "#ffffff") >= look.READABLE


@given(st.text())
def test_what_is_no_colour_never_reaches_the_style_sheet(text: str):
    css = look.theme_css(SimpleNamespace(colour=text))
    assert look.DEFAULT_BRAND in css or (text.lower() in css and len(text) == 7)
    assert css.count("{") == css.count("}") == 1


def test_a_landlord_without_a_colour_gets_the_default():
    assert look.brand(None) == look.brand(SimpleNamespace(colour="")) == look.DEFAULT_BRAND
