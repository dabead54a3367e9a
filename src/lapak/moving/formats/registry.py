"""The formats Lapak reads. To add one, copy a format's folder and name it here."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lapak.moving.bundle import SourceSheet
from lapak.moving.errors import FileNotProducts, NoFormatKnows
from lapak.moving.formats.blibli import layouts as blibli
from lapak.moving.formats.bukalapak import layouts as bukalapak
from lapak.moving.formats.dub import layouts as dub
from lapak.moving.formats.generic import layouts as generic
from lapak.moving.formats.google_merchant import layouts as google_merchant
from lapak.moving.formats.lapak import layouts as lapak
from lapak.moving.formats.lazada import layouts as lazada
from lapak.moving.formats.meta_catalog import layouts as meta_catalog
from lapak.moving.formats.refersion import layouts as refersion
from lapak.moving.formats.rewardful import layouts as rewardful
from lapak.moving.formats.shopee import layouts as shopee
from lapak.moving.formats.shopify import layouts as shopify
from lapak.moving.formats.tapfiliate import layouts as tapfiliate
from lapak.moving.formats.tiktok_shop import layouts as tiktok_shop
from lapak.moving.formats.tokopedia import layouts as tokopedia
from lapak.moving.formats.woocommerce import layouts as woocommerce
from lapak.moving.layout import HEAD_ROWS, Format
from lapak.moving.nearest import Near, headings, nearest
from lapak.moving.recognise import sheet_of
from lapak.moving.table import Document

FORMATS: Sequence[Format] = (
    tiktok_shop.FORMAT,
    shopee.FORMAT,
    tokopedia.FORMAT,
    lazada.FORMAT,
    shopify.FORMAT,
    woocommerce.FORMAT,
    bukalapak.FORMAT,
    blibli.FORMAT,
    meta_catalog.FORMAT,
    google_merchant.FORMAT,
    dub.FORMAT,
    tapfiliate.FORMAT,
    rewardful.FORMAT,
    refersion.FORMAT,
    lapak.FORMAT,
    generic.FORMAT,
)
LAYOUTS = tuple(layout for fmt in FORMATS if fmt is not generic.FORMAT for layout in (*fmt.layouts, *fmt.past))
"""Those that claim a list by its columns; the rest is for the seller to say (`lists.py`)."""

_SEEN_CELLS = 8


def recognise(document: Document) -> list[SourceSheet]:
    """The document's lists of goods, and of what was sold before.

    Refuses one that no format knows (`NoFormatKnows`), saying what was seen, and one that a format knows as a list of
    something else (`FileNotProducts`).
    """
    heads = [table.head(HEAD_ROWS) for table in document.tables]
    sheets = []
    for table, head in zip(document.tables, heads, strict=True):
        if sheet := sheet_of(table, head, LAYOUTS):
            sheets.append(sheet)
        else:
            _refuse_other_lists(document.name, head)
    if not sheets:
        raise unknown(document.name, headings(heads[0]) if heads else ())
    return sheets


def format_of(sheet: SourceSheet) -> Format:
    """The format that the list is of."""
    return next(fmt for fmt in FORMATS if fmt.platform == sheet.platform)


def is_known(platform: str) -> bool:
    """Whether a format here is of this platform."""
    return any(fmt.platform == platform for fmt in FORMATS)


def title_of(platform: str) -> str:
    """What people call the platform."""
    return next(str(fmt.title) for fmt in FORMATS if fmt.platform == platform)


def lists_with(sheet: SourceSheet, *fields: str) -> list[str]:
    """What the lists of the sheet's platform are called that say these fields of goods with ids."""
    called = (str(layout.called) for layout in format_of(sheet).layouts if layout.holds >= {*fields})
    return list(dict.fromkeys(called))


def lists_missing(sheets: Sequence[SourceSheet]) -> dict[str, list[str]]:
    """Lists of the sheets' platform that would say what none of these can, and what that is in words."""
    fmt = format_of(sheets[0])
    words = {
        "description": _("descriptions"),
        "images": _("pictures"),
        "category": _("categories"),
        "weight_g": _("weights"),
    }
    missing: dict[str, list[str]] = {}
    for name, word in words.items():
        if any(name in sheet.layout.holds for sheet in sheets):
            continue
        having = [layout for layout in fmt.layouts if layout.holds >= {"product_id", name}]
        if having:
            missing.setdefault(str(having[0].called), []).append(word)
    return missing


def _refuse_other_lists(file: str, head: list[list[str]]) -> None:
    rows = [{cell.casefold() for cell in row} for row in head]
    for fmt in FORMATS:
        for other in fmt.other_lists:
            if any(other.header <= row for row in rows):
                how = _("Moving in takes the product export of %(platform)s: %(how)s.")
                raise FileNotProducts(file, f"{other.what} {how % {'platform': fmt.title, 'how': fmt.how}}")


def unknown(file: str, names: Sequence[str]) -> NoFormatKnows:
    """Why the file cannot be taken: the names that were seen in it, the formats it comes nearest to, and the way on."""
    seen = ", ".join(cell[:40] for cell in names[:_SEEN_CELLS]) or "–"
    reason = _("Lapak does not know this file. It begins with: %(seen)s.") % {"seen": seen}
    near = [_named(each) for each in nearest(names, FORMATS)]
    nearest_to = [_("It comes nearest to: %(formats)s.") % {"formats": "; ".join(near)}] if near else []
    own = _(
        "A list of your own comes in, too: with one row that names its columns, a title and a price among them. Then you say "
        "what each column means."
    )
    return NoFormatKnows(file, reason, what_would_do=" ".join([*nearest_to, own]))


def _named(near: Near) -> str:
    if not near.missing:
        return _("%(platform)s, of which too little is there") % {"platform": near.format.title}
    missing = ", ".join(near.missing)
    return _("%(platform)s, without %(missing)s") % {"platform": near.format.title, "missing": missing}
