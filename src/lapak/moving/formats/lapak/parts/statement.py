"""The shop's books, which stay with the marketplace that kept them: a list to look at, and none that comes in."""

from django.utils.translation import gettext_lazy

from lapak.money.ledger.models import AccountKind
from lapak.moving import statement
from lapak.moving.formats.lapak.part import Part
from lapak.moving.layout import OtherList
from lapak.moving.outgoing import Beside

_OF_A_SHOP = (
    AccountKind.ORDER_ESCROW,
    AccountKind.SELLER_PAYABLE,
    AccountKind.SELLER_RECEIVABLE,
    AccountKind.CREATOR_CLEARING,
    AccountKind.POST_FEES_HELD,
)

PART = Part(
    Beside("statement.csv", statement.COLUMNS, lambda shop: statement.transfers(_OF_A_SHOP, shop.id)),
    OtherList(gettext_lazy("These are the books of a shop, for its own records."), {"account", "fact", "change_idr"}),
)
