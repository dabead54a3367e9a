"""The two tables of the ledger, and the snapshots that keep balances cheap."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lapak.lib.follow import transaction_number
from lapak.lib.money import format_idr


class AccountKind(models.TextChoices):
    """What an account holds; docs/concepts/money.md. `is_debit_normal` says on which side its balance grows."""

    GATEWAY_CASH = "gateway_cash", _("money at the gateway")
    COD_RECEIVABLE = "cod_receivable", _("cash collected by couriers")
    SELLER_RECEIVABLE = "seller_receivable", _("owed by the shop")
    CREATOR_RECEIVABLE = "creator_receivable", _("owed by the creator")
    ORDER_ESCROW = "order_escrow", _("held for open orders")
    SELLER_PAYABLE = "seller_payable", _("owed to the shop")
    CREATOR_CLEARING = "creator_clearing", _("commissions of a shop's orders on their way")
    POST_FEES_HELD = "post_fees_held", _("fees set apart for posts")
    CREATOR_PAYABLE = "creator_payable", _("owed to the creator")
    COURIER_PAYABLE = "courier_payable", _("owed to the courier")
    BUYER_REFUND_PAYABLE = "buyer_refund_payable", _("refunds owed to the buyer")
    PAYOUT_IN_TRANSIT = "payout_in_transit", _("payouts on their way")
    UNEXPLAINED_RECEIPT = "unexplained_receipt", _("received, and not known what for")
    CHARGEBACK_PENDING = "chargeback_pending", _("taken back by the buyer's bank, not decided yet")
    TAX_VAT = "tax_vat", _("VAT to pay")
    TAX_PPH21 = "tax_pph21", _("PPh 21 to pay")
    TAX_PPH22 = "tax_pph22", _("PPh 22 to pay")
    TAX_PPH23 = "tax_pph23", _("PPh 23 to pay")
    PLATFORM_FEE = "platform_fee", _("platform fee income")
    GATEWAY_FEE = "gateway_fee", _("gateway charges")
    PROMOTION_COST = "promotion_cost", _("promotions paid by the platform")
    CHARGEBACK_LOSS = "chargeback_loss", _("chargebacks borne by the platform")

    @property
    def is_debit_normal(self) -> bool:
        return self in _DEBIT_NORMAL

    @property
    def may_go_below_zero(self) -> bool:
        """Only the platform's own: of others' money, and of what others owe, there is never less than nothing."""
        return self in _THE_PLATFORMS_OWN


_DEBIT_NORMAL = {
    AccountKind.GATEWAY_CASH,
    AccountKind.CHARGEBACK_PENDING,
    AccountKind.COD_RECEIVABLE,
    AccountKind.SELLER_RECEIVABLE,
    AccountKind.CREATOR_RECEIVABLE,
    AccountKind.GATEWAY_FEE,
    AccountKind.PROMOTION_COST,
    AccountKind.CHARGEBACK_LOSS,
}


_THE_PLATFORMS_OWN = {
    AccountKind.GATEWAY_CASH,
    AccountKind.TAX_VAT,
    AccountKind.TAX_PPH21,
    AccountKind.TAX_PPH22,
    AccountKind.TAX_PPH23,
    AccountKind.PLATFORM_FEE,
    AccountKind.GATEWAY_FEE,
    AccountKind.PROMOTION_COST,
    AccountKind.CHARGEBACK_LOSS,
}


class Account(models.Model):
    """One owner's money of one kind. The id is derived from both, so posting needs no look-up."""

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=24, choices=AccountKind.choices)
    owner = models.CharField(
        max_length=64,
        help_text="A shop's, creator's or buyer's id; a provider's or courier's name; 'platform'.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "owner"], name="account_once_per_owner")]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.get_kind_display()


class Transfer(models.Model):
    """One amount moved between two accounts: debited to one, credited to the other. Never changed, never deleted.

    `transaction_id` is the database's number of the transaction that posted it. Only it tells which transfers a snapshot
    has seen: one posted earlier by the clock may be committed later.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    debit_account = models.ForeignKey(Account, models.PROTECT, related_name="debits", db_index=False)
    credit_account = models.ForeignKey(Account, models.PROTECT, related_name="credits", db_index=False)
    amount_idr = models.BigIntegerField()
    code = models.CharField(max_length=32, help_text="Which kind of fact: a TransferCode.")
    reference = models.UUIDField(help_text="The fact's own id: an order, a payment intent, a payout.")
    posted_at = models.DateTimeField()
    transaction_id = transaction_number()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_idr__gt=0), name="transfer_amount_positive"),
            models.CheckConstraint(
                condition=~Q(debit_account=F("credit_account")), name="transfer_between_two_accounts"
            ),
        ]
        indexes = [
            # "Where does this number come from": all transfers of an order, payment or payout.
            models.Index(fields=["reference"], name="transfer_by_reference"),
            # Statements: an account's transfers, newest first.
            models.Index(fields=["debit_account", "posted_at"], name="transfer_by_debit_account"),
            models.Index(fields=["credit_account", "posted_at"], name="transfer_by_credit_account"),
            # The operator's list, newest first; its right end is the only place where it grows.
            models.Index(fields=["posted_at"], name="transfer_newest"),
            # Balances: the sum of an account's transfers since its last snapshot, from the index alone.
            models.Index(
                fields=["debit_account", "transaction_id"], include=["amount_idr"], name="transfer_debited_since"
            ),
            models.Index(
                fields=["credit_account", "transaction_id"], include=["amount_idr"], name="transfer_credited_since"
            ),
            # The next snapshots, and the balance sheet: every transfer since the last ones. A hundredth of the size of a tree;
            # who asks reads the rest of a range, some 1,000 transfers, as well.
            BrinIndex(fields=["transaction_id"], pages_per_range=16, name="transfer_since"),
        ]
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")

    def __str__(self) -> str:
        return format_idr(self.amount_idr)


class Reversal(models.Model):
    """A transfer that undoes another: the correction of a fact that was booked wrongly, with its reason and person."""

    transfer = models.OneToOneField(Transfer, models.PROTECT, primary_key=True, related_name="+")
    undoes = models.OneToOneField(Transfer, models.PROTECT, related_name="reversal")
    reason = models.CharField(_("reason"), max_length=200)
    by_id = models.UUIDField(null=True, help_text="Who corrected it: a user of the staff; empty: by a partner's word.")
    corrected_at = models.DateTimeField()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return f"{self.undoes_id} undone by {self.transfer_id}"


class BalanceSnapshot(models.Model):
    """An account's totals over every transfer of the transactions before `cut`. It can be dropped and made again.

    Before the cut every transaction had ended when the snapshot was taken, so nothing can come to it later. Transaction
    numbers are one server's: `counter` says whose (a restored dump counts anew, and its old snapshots count for nothing).
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="snapshots", db_index=False)
    counter = models.BigIntegerField(help_text="The database server's system identifier.")
    cut = models.BigIntegerField(help_text="The first transaction number that is not in it.")
    debits_idr = models.BigIntegerField()
    credits_idr = models.BigIntegerField()
    taken_at = models.DateTimeField()

    class Meta:
        # Balance = last snapshot + transfers since: the newest snapshot of an account.
        constraints = [models.UniqueConstraint(fields=["account", "counter", "cut"], name="snapshot_once_per_cut")]
        # Where the next snapshots begin: the newest cut of all.
        indexes = [models.Index(fields=["counter", "cut"], name="snapshot_newest_cut")]

    def __str__(self) -> str:
        return f"{self.account_id} < {self.cut}"


class KindSnapshot(models.Model):
    """The totals of all accounts of one kind, as `BalanceSnapshot` has one account's: the newest of each kind is kept.

    So the operator's balance sheet costs with what moved since, however many accounts there are.
    """

    kind = models.CharField(max_length=24, choices=AccountKind.choices)
    counter = models.BigIntegerField(help_text="The database server's system identifier.")
    cut = models.BigIntegerField(help_text="The first transaction number that is not in it.")
    debits_idr = models.BigIntegerField()
    credits_idr = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["counter", "cut", "kind"], name="kind_snapshot_once_per_cut")]

    def __str__(self) -> str:
        return f"{self.kind} < {self.cut}"
