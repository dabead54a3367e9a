"""Every format that goods are written out in."""

from lapak.moving.formats.google_merchant import writing as google_merchant
from lapak.moving.formats.lapak import writing as lapak
from lapak.moving.formats.lazada import writing as lazada
from lapak.moving.formats.meta_catalog import writing as meta_catalog
from lapak.moving.formats.shopee import writing as shopee
from lapak.moving.formats.shopify import writing as shopify
from lapak.moving.formats.tiktok_shop import writing as tiktok_shop
from lapak.moving.formats.tokopedia import writing as tokopedia
from lapak.moving.formats.woocommerce import writing as woocommerce
from lapak.moving.outgoing import Outgoing

OUTGOING: dict[str, Outgoing] = {
    out.platform: out
    for out in (
        *(
            fmt.OUTGOING
            for fmt in (lapak, tiktok_shop, shopee, tokopedia, lazada, shopify, woocommerce, google_merchant)
        ),
        google_merchant.RSS,
        meta_catalog.OUTGOING,
    )
}
"""By name: the platform's, or of one of its forms."""
