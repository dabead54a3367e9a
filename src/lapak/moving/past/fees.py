"""What old platforms take of an order, by name: the same in both of their languages. One that nobody knows goes by its label."""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNNAMED = "unnamed"
"""By how much a report's total of fees is more, or less, than those it names."""
SHIPPING = "shipping"

_WORDS: Mapping[str, Promise] = {
    "platform": _("Platform commission"),
    "administration": _("Administration fee"),
    "service": _("Service fee"),
    "transaction": _("Transaction fee"),
    "payment": _("Payment fee"),
    "processing": _("Order processing fee"),
    "dynamic": _("Dynamic commission"),
    "affiliate": _("Affiliate commission"),
    "affiliate_partner": _("Affiliate partner commission"),
    "affiliate_ads": _("Affiliate commission through ads"),
    "affiliate_partner_ads": _("Affiliate partner commission through ads"),
    "ads": _("Advertising"),
    SHIPPING: _("Shipping, as far as the shop bears it"),
    "free_shipping": _("Free shipping programme"),
    "cashback": _("Cashback programme"),
    "voucher": _("Voucher programme"),
    "live": _("Live programme"),
    "flash_sale": _("Flash sale programme"),
    "paylater": _("Pay later programme"),
    "campaign": _("Campaign fee"),
    "mall": _("Mall service fee"),
    "pre_order": _("Pre-order service fee"),
    "eams": _("EAMS programme"),
    "tokopedia": _("Served by Tokopedia"),
    "tokopedia_handling": _("Served by Tokopedia: handling"),
    "installation": _("Installation service fee"),
    "special": _("Special service fee"),
    "premium": _("Insurance premium"),
    "income_tax": _("Income tax withheld (PPh 22)"),
    "duty": _("Import duty and taxes"),
    UNNAMED: _("Not named in the report"),
}
_TAXES = {"income_tax", "duty"}
_FEE = re.compile(
    r"biaya|\bfees?\b|komisi|commission|pajak|\btax|\bpph|\bppn|\bvat\b|premi|denda|penalt", re.IGNORECASE
)
_NO_AMOUNT = re.compile(r"rate|persen|percent|%|tarif|tingkat|\btype|jenis|\bid\b|\btotal\b", re.IGNORECASE)


def fee_in_words(name: str) -> str:
    """What it is called here; a label of a report as it stands."""
    return str(_WORDS.get(name, name))


def is_commission(name: str) -> bool:
    """Whether creators, or their partners, get it."""
    return name.startswith("affiliate")


def is_tax(name: str) -> bool:
    """Whether the state gets it."""
    return name in _TAXES


def looks_like_a_fee(label: str) -> bool:
    """Whether a column that nobody knows is a fee by what stands above it: `Biaya layanan baru`, but no rate of one."""
    return _FEE.search(label) is not None and _NO_AMOUNT.search(label) is None
