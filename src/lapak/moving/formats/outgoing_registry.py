"""Every format that goods are written out in."""

from lapak.moving.formats.google_merchant import writing as google_merchant
from lapak.moving.formats.lapak import writing as lapak
from lapak.moving.formats.meta_catalog import writing as meta_catalog
from lapak.moving.formats.shopify import writing as shopify
from lapak.moving.formats.woocommerce import writing as woocommerce
from lapak.moving.outgoing import Outgoing

OUTGOING: dict[str, Outgoing] = {
    each.OUTGOING.platform: each.OUTGOING for each in (lapak, shopify, woocommerce, google_merchant, meta_catalog)
}
"""By platform."""
