"""Why orders are cancelled, as buyers and shops choose it. The words are kept as they stand here, marked for translation:
whoever reads them, in an order's story, a refund or a commission, does so in their own language."""

from django.utils.translation import gettext_noop

OTHER = "other"

BUYERS: dict[str, tuple[str, str]] = {
    "changed_mind": (gettext_noop("I have changed my mind"), gettext_noop("The buyer has changed their mind.")),
    "wrong": (
        gettext_noop("I ordered the wrong goods or size"),
        gettext_noop("The buyer ordered the wrong goods or size."),
    ),
    "address": (gettext_noop("I need another address"), gettext_noop("The buyer needs another address.")),
    "elsewhere": (gettext_noop("I found it elsewhere"), gettext_noop("The buyer found it elsewhere.")),
    "too_long": (gettext_noop("It takes too long"), gettext_noop("It takes the buyer too long.")),
    OTHER: (gettext_noop("Another reason"), gettext_noop("Cancelled by the buyer.")),
}
"""By name: what the buyer says, and what is told of it."""

SOLD_OUT, DAMAGED = "sold_out", "damaged"

SHOPS: dict[str, str] = {
    SOLD_OUT: gettext_noop("The goods are sold out."),
    DAMAGED: gettext_noop("The goods are damaged."),
    "price": gettext_noop("The price was a mistake."),
    "courier": gettext_noop("The courier does not reach this address."),
    OTHER: gettext_noop("Another reason"),
}
"""By name. After the first two the goods are not on sale as they were: who orders next would be cancelled as well."""
