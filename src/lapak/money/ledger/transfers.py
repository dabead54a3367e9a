"""What callers hand to the ledger: whose account, and which amount moves between which two."""

import uuid
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from lapak.lib.ids import derived_hex, derived_id
from lapak.money.ledger.models import AccountKind

PLATFORM = "platform"
"""The owner of the marketplace's own accounts."""


class TransferCode(TextChoices):
    """Which kind of fact a transfer records; docs/concepts/money.md "Accounts and transfers"."""

    PAYMENT_RECEIVED = "payment_received", _("payment received")
    LATE_PAYMENT_RECEIVED = "late_payment_received", _("late payment received")
    UNEXPLAINED_RECEIVED = "unexplained_received", _("another amount received than asked")
    UNEXPLAINED_GIVEN_BACK = "unexplained_given_back", _("refund of what was not asked")
    UNEXPLAINED_TAKEN = "unexplained_taken", _("taken as the payment")
    SHORTFALL_BORNE = "shortfall_borne", _("shortfall borne by the platform")
    SHORTFALL_GIVEN_BACK = "shortfall_given_back", _("shortfall given back to the platform")
    GATEWAY_CHARGE = "gateway_charge", _("gateway's charge")
    SHIPPING_SETTLED = "shipping_settled", _("shipping settled")
    GOODS_SETTLED = "goods_settled", _("goods settled")
    FEE = "fee", _("platform fee")
    FEE_VAT = "fee_vat", _("VAT on the fee")
    LENT_TO_SHOP = "lent_to_shop", _("owed by the shop")
    COMMISSION = "commission", _("commission")
    COMMISSION_RETURNED = "commission_returned", _("commission given back to the shop")
    PLATFORM_COMMISSION = "platform_commission", _("commission paid by the platform")
    PLATFORM_COMMISSION_RETURNED = "platform_commission_returned", _("commission given back to the platform")
    COMMISSION_CREDITED = "commission_credited", _("commission credited")
    COMMISSION_PPH21 = "commission_pph21", _("PPh 21 on the commission")
    COMMISSION_PPH23 = "commission_pph23", _("PPh 23 on the commission")
    POST_FEES_HELD = "post_fees_held", _("fees for posts set apart")
    POST_FEES_RETURNED = "post_fees_returned", _("fees for posts given back to the shop")
    POST_FEE = "post_fee", _("fee for a post")
    POST_FEE_PPH21 = "post_fee_pph21", _("PPh 21 on the fee for a post")
    POST_FEE_PPH23 = "post_fee_pph23", _("PPh 23 on the fee for a post")
    FEE_GIVEN_BACK = "fee_given_back", _("platform fee given back")
    FEE_VAT_GIVEN_BACK = "fee_vat_given_back", _("VAT on the fee given back")
    GOODS_PPH22_GIVEN_BACK = "goods_pph22_given_back", _("PPh 22 on the sale given back")
    COMMISSION_TAKEN_BACK = "commission_taken_back", _("commission taken back")
    PPH21_TAKEN_BACK = "pph21_taken_back", _("PPh 21 given back")
    PPH23_TAKEN_BACK = "pph23_taken_back", _("PPh 23 given back")
    LENT_TO_CREATOR = "lent_to_creator", _("owed by the creator")
    DEBT_REPAID = "debt_repaid", _("debt repaid")
    GOODS_PPH22 = "goods_pph22", _("PPh 22 on the sale")
    ORDER_REFUNDED = "order_refunded", _("refund owed to the buyer")
    GOODS_REFUNDED = "goods_refunded", _("returned goods refunded")
    SHIPPING_REFUNDED = "shipping_refunded", _("shipping refunded")
    WAY_BACK_REFUNDED = "way_back_refunded", _("sending back refunded")
    CARRIAGE_BORNE = "carriage_borne", _("carriage borne by the shop")
    PAYOUT_SENT = "payout_sent", _("payout sent")
    PAYOUT_CONFIRMED = "payout_confirmed", _("payout arrived")
    PAYOUT_FAILED = "payout_failed", _("payout did not arrive")
    PAYOUT_RETURNED = "payout_returned", _("payout sent back after it arrived")
    REFUND_SENT = "refund_sent", _("refund sent")
    REFUND_ARRIVED = "refund_arrived", _("refund arrived")
    REFUND_FAILED = "refund_failed", _("refund did not arrive")
    CHARGEBACK_TAKEN = "chargeback_taken", _("taken back by the buyer's bank")
    CHARGEBACK_RETURNED = "chargeback_returned", _("given back by the buyer's bank")
    CHARGEBACK_FEE = "chargeback_fee", _("gateway's charge for a dispute")
    REFUNDED_BY_CHARGEBACK = "refunded_by_chargeback", _("the buyer has it from their bank")
    CHARGEBACK_BORNE = "chargeback_borne", _("chargeback borne by the platform")
    CHARGEBACK_RECOVERED = "chargeback_recovered", _("chargeback set off after all")
    WON_LATE = "won_late", _("won after it was lost, to be decided")
    WON_LATE_GIVEN = "won_late_given", _("won after it was lost, decided")
    REMITTED = "remitted", _("paid by the house")
    REMITTANCE_UNDONE = "remittance_undone", _("payment of the house undone")
    CORRECTION = "correction", _("correction")


@dataclass(frozen=True)
class AccountKey:
    """Names an account by what it holds and whose it is."""

    kind: AccountKind
    owner: str

    @cached_property
    def id(self) -> uuid.UUID:
        """The account's id, derived: the same key is the same account on every node."""
        return derived_id("account", self.kind, self.owner)


@lru_cache(maxsize=65_536)
def account_of(kind: AccountKind, owner: uuid.UUID | str) -> AccountKey:
    """The owner's account, kept: a batch of orders names the same few over and over."""
    return AccountKey(kind, str(owner))


@dataclass(frozen=True, slots=True)
class NewTransfer:
    """One amount (whole rupiah, above zero) to move.

    `reference` is the fact's own id: the order, payment intent or payout whose page shows this transfer; `part` tells
    apart several of one code for it.
    """

    code: TransferCode
    reference: uuid.UUID
    debit: AccountKey
    credit: AccountKey
    amount_idr: int
    part: str = field(default="", kw_only=True)

    @property
    def id(self) -> uuid.UUID:
        """Derived from the fact, so a retry posts it once."""
        return uuid.UUID(self.id_hex)

    @property
    def id_hex(self) -> str:
        return derived_hex(self.code, self.reference, self.part)


def without_zeros(*transfers: NewTransfer) -> list[NewTransfer]:
    """Only the transfers that move something: a free shipping or a fee of nothing is no fact."""
    return [transfer for transfer in transfers if transfer.amount_idr]
