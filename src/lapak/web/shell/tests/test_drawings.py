"""Every icon and drawing that a template names exists."""

import re

from django.conf import settings

TEMPLATES = settings.PACKAGE.glob("**/templates/**/*.html")
STATIC = settings.PACKAGE / "web/shell/static/shell"


def drawn(sprite: str) -> set[str]:
    return set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / sprite).read_text()))


def test_every_named_icon_and_drawing_exists() -> None:
    icons, drawings = drawn("icons.svg"), drawn("pictures.svg")
    missing = set()
    for template in TEMPLATES:
        text = template.read_text()
        named = re.findall(r'{% icon "([\w-]+)"|{% nav_item "?[^"%]*"? "([\w-]+)"|\bicon="([\w-]+)"', text)
        missing |= {name for names in named for name in names if name and name not in icons}
        named_drawings = re.findall(r'{% picture "([\w-]+)"|\bdrawing="([\w-]+)"', text)
        missing |= {name for names in named_drawings for name in names if name and name not in drawings}
    assert missing == set()
