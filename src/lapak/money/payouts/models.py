"""Tables of money out."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lapak.lib.follow import transaction_number
from lapak.lib.ids import new_id, number_of
from lapak.lib.private import private_storage
from lapak.lib.written import LONGEST_NOTE
from lapak.money.ledger.models import Account
from lapak.people.users.models import BankAccount, User


class PayoutRun(models.Model):
    """The clock's run of one working day: never two, and made up the same day when no worker lived at its hour."""

    day = models.DateField(primary_key=True, help_text="In Jakarta.")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, help_text="Empty while it goes on, or was broken off.")

    class Meta:
        verbose_name = _("payout run")
        verbose_name_plural = _("payout runs")

    def __str__(self) -> str:
        return f"{self.day}"


class PayoutBatch(models.Model):
    """Payouts sent together: one file for a bank, one call for a provider."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.CharField(max_length=20)
    paid_from = models.CharField(max_length=20, help_text="The gateway whose cash it takes.")
    created_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="Empty when the clock sent it."
    )
    run = models.OneToOneField(
        PayoutRun, models.PROTECT, null=True, related_name="batch", help_text="Empty when a person sent it."
    )
    complete_at = models.DateTimeField(null=True, help_text="When its last payout was in it; then it is handed over.")
    dispatched_at = models.DateTimeField(null=True, help_text="When the provider had taken it, or the file was there.")
    file = models.FileField(upload_to="payouts", storage=private_storage, blank=True)

    class Meta:
        # The sweep of batches that nobody has handed over yet.
        indexes = [models.Index(fields=["created_at"], condition=Q(dispatched_at=None), name="batch_to_dispatch")]
        verbose_name = _("payout batch")
        verbose_name_plural = _("payout batches")

    def __str__(self) -> str:
        return number_of(self.id)


class Payout(models.Model):
    """One amount sent from one payable account to one bank account."""

    class Status(models.TextChoices):
        SENT = "sent", _("on its way")
        CONFIRMED = "confirmed", _("arrived")
        FAILED = "failed", _("did not arrive")
        RETURNED = "returned", _("sent back after it arrived")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(PayoutBatch, models.PROTECT, related_name="payouts")
    # No index of its own: `payout_of_account` begins with it.
    account = models.ForeignKey(Account, models.PROTECT, related_name="payouts", db_index=False)
    bank_account = models.ForeignKey(BankAccount, models.PROTECT, related_name="payouts")
    amount_idr = models.BigIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SENT)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    ask_at = models.DateTimeField(null=True, help_text="When its provider is asked next what became of it.")
    failure = models.CharField(max_length=200, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="Who said how it ended; empty: the provider."
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_idr__gt=0), name="payout_amount_positive")]
        indexes = [
            # The statement of an account: its payouts, newest first.
            models.Index(fields=["account", "-created_at"], name="payout_of_account"),
            # The operator's list of what has not arrived yet, oldest first.
            models.Index(fields=["created_at"], condition=Q(status="sent"), name="payout_unconfirmed"),
            # The sweep that asks the provider.
            models.Index(fields=["ask_at"], condition=Q(ask_at__isnull=False), name="payout_to_ask"),
        ]
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How people name the payout."""
        return number_of(self.id)

    @property
    def bank_reference(self) -> str:
        """How banks name it: the number's digits alone."""
        return self.number.replace("-", "")


class HoldRelease(models.Model):
    """A bank account that was changed is paid into before its time: one operator asks for that, and another agrees.

    It is about this one change: the next holds again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: `hold_released_once` begins with it.
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField(help_text="When the bank account replaced another.")
    words = models.TextField(max_length=LONGEST_NOTE, help_text="How it was made sure who changed it.")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "changed_at"], name="hold_released_once"),
            models.CheckConstraint(
                condition=Q(agreed_by=None, agreed_at=None) | Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="hold_release_has_its_moment",
            ),
            models.CheckConstraint(condition=~Q(agreed_by=F("asked_by")), name="hold_released_by_two"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.words}"


class PayoutEvent(models.Model):
    """One step of a payout: sent, arrived, come back. Append-only; the database sees to it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payout = models.ForeignKey(Payout, models.PROTECT, related_name="events")
    status = models.CharField(max_length=10, choices=Payout.Status.choices)
    happened_at = models.DateTimeField()
    transaction_id = transaction_number()

    class Meta:
        # Followers read on from where they are (lib/follow.py).
        indexes = [BrinIndex(fields=["transaction_id"], name="event_of_payout_since")]

    def __str__(self) -> str:
        return f"{self.payout_id}: {self.status}"


class PayoutItem(models.Model):
    """What a payout pays: so much of it for this commission, refund or order."""

    class Kind(models.TextChoices):
        COMMISSION = "commission", _("commission")
        POST = "post", _("fee for a post")
        REFUND = "refund", _("refund")
        ORDER = "order", _("order")

    payout = models.ForeignKey(Payout, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    item_id = models.UUIDField(help_text="The commission, the post, the refund or the order.")
    amount_idr = models.BigIntegerField()
    is_live = models.BooleanField(default=True, help_text="False once the payout came back: the item is owed again.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "item_id"], condition=Q(is_live=True), name="item_in_one_live_payout"
            ),
        ]
        verbose_name = _("paid item")
        verbose_name_plural = _("paid items")

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_idr}"
