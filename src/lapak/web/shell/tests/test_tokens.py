"""The brand's colours can be read by everyone: WCAG 2.2 AA, in the light and in the dark."""

import re

import pytest
from django.conf import settings

from lapak.affiliates.showcase.models import Showcase

TEXT_RATIO = 4.5
CONTROL_RATIO = 3.0

# Foreground, background, least ratio: every pair that the style sheets put together.
PAIRS = [
    *[(text, ground, TEXT_RATIO) for text in ("text", "text-soft", "link", "bad") for ground in ("page", "surface")],
    *[(text, "sunk", TEXT_RATIO) for text in ("text", "text-soft")],
    *[(f"{tone}", f"{tone}-soft", TEXT_RATIO) for tone in ("primary", "good", "warn", "bad")],
    *[("text", f"{tone}-soft", TEXT_RATIO) for tone in ("primary", "good", "warn", "bad")],
    ("primary-strong", "primary-soft", TEXT_RATIO),
    ("text-soft", "primary-soft", TEXT_RATIO),
    ("good", "surface", TEXT_RATIO),
    ("primary", "surface", TEXT_RATIO),
    ("primary", "sunk", TEXT_RATIO),
    ("on-primary", "primary", TEXT_RATIO),
    ("on-primary", "primary-strong", TEXT_RATIO),
    ("on-accent", "accent", TEXT_RATIO),
    ("on-accent", "accent-strong", TEXT_RATIO),
    ("on-bad", "bad", TEXT_RATIO),
    ("on-bad", "bad-strong", TEXT_RATIO),
    ("on-header", "header", TEXT_RATIO),
    ("on-header-soft", "header", TEXT_RATIO),
    ("stripe", "header", CONTROL_RATIO),
    ("control-line", "surface", CONTROL_RATIO),
    ("control-line", "page", CONTROL_RATIO),
    ("focus", "page", CONTROL_RATIO),
    ("focus", "surface", CONTROL_RATIO),
]


def colours(scheme: str) -> dict[str, str]:
    """The colour tokens of a scheme; the dark one overrides the light one."""
    sheet = (settings.PACKAGE / "web/shell/static/shell/css/tokens.css").read_text()
    light, _, dark = sheet.partition("prefers-color-scheme: dark")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))
    return found


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance of `#rrggbb`."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_pair_can_be_read(scheme: str, text: str, ground: str, least: float) -> None:
    palette = colours(scheme)
    assert contrast(palette[text], palette[ground]) >= least


def test_both_schemes_name_the_same_colours() -> None:
    sheet = (settings.PACKAGE / "web/shell/static/shell/css/tokens.css").read_text()
    light, _, dark = sheet.partition("prefers-color-scheme: dark")
    pattern = r"--([\w-]+): #[0-9a-f]{6};"
    assert set(re.findall(pattern, light)) == set(re.findall(pattern, dark))


def test_every_theme_of_a_showcase_can_be_read() -> None:
    sheet = (settings.PACKAGE / "web/shell/static/shell/css/showcase.css").read_text()
    themes = re.findall(r"\.theme-(\w+) \{ --ground: (#[0-9a-f]{6}); --on-ground: (#[0-9a-f]{6}); \}", sheet)
    assert {name for name, _ground, _text in themes} == set(Showcase.Theme.values)
    assert [name for name, ground, text in themes if contrast(text, ground) < TEXT_RATIO] == []
