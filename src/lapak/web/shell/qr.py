"""QR codes, drawn here: no third party hears what they say."""

import io

import segno
from django.utils.safestring import SafeString


def qr_drawing(text: str) -> SafeString:
    """The text as an SVG that stands in the page: black on white in any theme, for cameras want contrast."""
    drawn = _code(text).svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None, light="#fff")
    return SafeString(drawn)


def qr_picture(text: str) -> bytes:
    """The text as a PNG to keep: a wallet on the same phone reads it from the gallery."""
    picture = io.BytesIO()
    _code(text).save(picture, kind="png", border=4, scale=10)
    return picture.getvalue()


def qr_file(text: str) -> bytes:
    """The text as an SVG file: sharp at any size."""
    drawing = io.BytesIO()
    _code(text).save(drawing, kind="svg", border=4, scale=10, light="#fff")
    return drawing.getvalue()


def _code(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False)
