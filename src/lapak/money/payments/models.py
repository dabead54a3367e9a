"""Tables of money in."""

from datetime import datetime

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lapak.lib import clock
from lapak.lib.calendar import after_working_days
from lapak.lib.follow import transaction_number
from lapak.lib.ids import new_id, number_of
from lapak.lib.money import format_idr
from lapak.money.payments.methods import TITLES
from lapak.money.payments.rules import REFUND_ARRIVES_WITHIN
from lapak.people.users.models import User


class PaymentIntent(models.Model):
    """One attempt to pay one amount. What it pays for is known above: a purchase's attempts name its id."""

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting for payment")
        PAID = "paid", _("paid")
        EXPIRED = "expired", _("expired")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pays_for = models.UUIDField(help_text="The purchase's id.")
    buyer_id = models.UUIDField(help_text="Who is to pay.")
    provider = models.CharField(max_length=20)
    method = models.CharField(max_length=12, choices=list(TITLES.items()))
    amount_idr = models.BigIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    instructions = models.JSONField(
        default=dict, help_text='How to pay, by the method: for QRIS {"qris_payload", "pay_url"}. Empty until asked.'
    )
    provider_reference = models.CharField(max_length=64, blank=True, help_text="The provider's own id, once asked.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, help_text="When the buyer paid, by the provider's clock.")
    told_at = models.DateTimeField(null=True, help_text="When we heard of it.")
    doubted_paid_at = models.CharField(
        max_length=40,
        blank=True,
        db_default="",
        help_text="The provider's own time, where it cannot be right; then paid_at is told_at.",
    )
    ask_at = models.DateTimeField(null=True, help_text="When the provider is asked next what became of it.")
    times_asked = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_idr__gt=0), name="intent_amount_positive"),
            models.CheckConstraint(
                condition=Q(paid_at__isnull=False, told_at__isnull=False) | ~Q(status="paid"),
                name="intent_paid_has_time",
            ),
        ]
        indexes = [
            # The attempts of a purchase, the newest first.
            models.Index(fields=["pays_for", "-created_at"], name="intent_of_purchase"),
            # The sweep that asks the provider.
            models.Index(fields=["ask_at"], condition=Q(ask_at__isnull=False), name="intent_to_ask"),
        ]
        verbose_name = _("payment")
        verbose_name_plural = _("payments")

    def __str__(self) -> str:
        return f"{self.get_method_display()} · {format_idr(self.amount_idr)}"

    @property
    def number(self) -> str:
        """How people name the payment."""
        return number_of(self.id)


class Refund(models.Model):
    """Money owed back to a buyer, and where it is: its own way, or a payout to their bank account."""

    class Route(models.TextChoices):
        GATEWAY = "gateway", _("the way it was paid")
        BANK = "bank", _("bank account")
        CHARGEBACK = "chargeback", _("taken back by the buyer's bank")

    class Status(models.TextChoices):
        OWED = "owed", _("owed")
        SENT = "sent", _("on its way")
        ARRIVED = "arrived", _("arrived")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    buyer_id = models.UUIDField()
    order_id = models.UUIDField(null=True, help_text="Empty when a whole payment goes back.")
    return_id = models.UUIDField(null=True)
    intent = models.ForeignKey(
        PaymentIntent,
        models.PROTECT,
        null=True,
        related_name="refunds",
        help_text="The attempt that brought the money.",
    )
    amount_idr = models.BigIntegerField()
    dispute = models.ForeignKey(
        "Dispute",
        models.PROTECT,
        null=True,
        related_name="refunds",
        help_text="The lost dispute by which the buyer has it.",
    )
    route = models.CharField(max_length=10, choices=Route.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OWED)
    reason = models.CharField(max_length=1000, help_text="Why, as the buyer reads it; translated when shown.")
    owed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)
    payout_id = models.UUIDField(null=True, help_text="The payout that carries it, by bank.")
    ask_at = models.DateTimeField(null=True, help_text="By gateway: when the provider is spoken to next about it.")
    asked_at = models.DateTimeField(
        null=True, help_text="When the gateway was asked for it; empty again once it says that it knows of none."
    )
    instead_of = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", help_text="The failed one whose money this is."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_idr__gt=0), name="refund_amount_positive"),
            models.CheckConstraint(
                condition=Q(route="chargeback", dispute__isnull=False) | (~Q(route="chargeback") & Q(dispute=None)),
                name="refund_by_chargeback_has_dispute",
            ),
        ]
        indexes = [
            # What an order's page shows.
            models.Index(fields=["order_id"], name="refund_of_order"),
            # A buyer's refunds, newest first.
            models.Index(fields=["buyer_id", "-owed_at"], name="refund_of_buyer"),
            # The sweeps and the operator's list: what is not with the buyer yet, oldest first.
            models.Index(fields=["status", "owed_at"], condition=Q(status__in=["owed", "sent"]), name="refund_open"),
            models.Index(fields=["ask_at"], condition=Q(ask_at__isnull=False), name="refund_to_ask"),
        ]
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")

    def __str__(self) -> str:
        return f"{format_idr(self.amount_idr)} · {self.get_status_display()}"

    @property
    def arrives_by(self) -> datetime | None:
        """Until when it should be with the buyer; None while nobody has sent it."""
        return after_working_days(self.sent_at, REFUND_ARRIVES_WITHIN, str(clock.WIB)) if self.sent_at else None


class RefundEvent(models.Model):
    """One step of a refund: it is owed, for the first time or again, sent, arrived, failed. Append-only; the database sees to
    it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    refund = models.ForeignKey(Refund, models.PROTECT, related_name="events")
    status = models.CharField(max_length=10, choices=Refund.Status.choices)
    happened_at = models.DateTimeField()
    transaction_id = transaction_number()

    class Meta:
        # Followers read on from where they are (lib/follow.py).
        indexes = [BrinIndex(fields=["transaction_id"], name="event_of_refund_since")]

    def __str__(self) -> str:
        return f"{self.refund_id}: {self.status}"


class UnexplainedReceipt(models.Model):
    """Money that came for an attempt in another amount than was asked. A person says what becomes of it."""

    class Resolution(models.TextChoices):
        GIVEN_BACK = "given_back", _("given back to the buyer")
        TAKEN = "taken", _("taken as the payment")

    intent = models.OneToOneField(PaymentIntent, models.PROTECT, primary_key=True, related_name="receipt")
    amount_idr = models.BigIntegerField()
    received_at = models.DateTimeField()
    resolution = models.CharField(max_length=10, choices=Resolution.choices, blank=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_idr__gt=0), name="receipt_amount_positive")]
        verbose_name = _("unexplained receipt")
        verbose_name_plural = _("unexplained receipts")

    def __str__(self) -> str:
        return f"{self.amount_idr} {self.resolution}"


class Dispute(models.Model):
    """A payment, or part of one, that the buyer's bank or the partner itself takes back, until who has it is decided."""

    class Status(models.TextChoices):
        OPENED = "opened", _("waits for our answer")
        ANSWERED = "answered", _("answered")
        WON = "won", _("won")
        LOST = "lost", _("lost")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    intent = models.ForeignKey(PaymentIntent, models.PROTECT, related_name="disputes")
    provider = models.CharField(max_length=20)
    provider_reference = models.CharField(max_length=64, help_text="The provider's own id of it.")
    told_idr = models.BigIntegerField(help_text="What it was about when we heard of it.")
    amount_idr = models.BigIntegerField(help_text="What it is about: as told, unless a person has amended it.")
    reason = models.CharField(max_length=200, blank=True, help_text="The bank's word for why.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPENED)
    opened_at = models.DateTimeField(help_text="When we heard of it.")
    answer_by = models.DateTimeField(help_text="The provider's last moment for our answer.")
    taken_at = models.DateTimeField(null=True, help_text="When we heard that the money has left the gateway.")
    evidence = models.TextField(blank=True, help_text="Our answer.")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    evidence_sent_at = models.DateTimeField(null=True, help_text="When the provider had our answer.")
    concession = models.CharField(
        max_length=200, blank=True, help_text="Why it is given up without an answer, in a person's words."
    )
    ask_at = models.DateTimeField(null=True, help_text="When the provider is asked next what became of it.")
    ended_at = models.DateTimeField(null=True)
    won_back_at = models.DateTimeField(null=True, help_text="When it was won after all, having been lost.")
    fee_idr = models.BigIntegerField(default=0, help_text="What the provider has kept for it so far.")
    unexplained_idr = models.BigIntegerField(
        default=0, help_text="Of a lost one: what neither an order nor a refund still had."
    )
    resolution = models.CharField(
        max_length=200, blank=True, help_text="Why the platform bears that, in a person's words."
    )
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "provider_reference"], name="dispute_once"),
            models.CheckConstraint(
                condition=Q(told_idr__gt=0, amount_idr__gt=0, fee_idr__gte=0), name="dispute_amounts_sane"
            ),
            models.CheckConstraint(
                condition=Q(won_back_at=None) | Q(status="won", ended_at__isnull=False), name="dispute_won_back_is_won"
            ),
            models.CheckConstraint(
                condition=Q(unexplained_idr=0) | Q(status="lost", unexplained_idr__gt=0), name="dispute_rest_of_lost"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["opened", "answered"], ended_at=None)
                | Q(status__in=["won", "lost"], ended_at__isnull=False, ask_at=None),
                name="dispute_ended_has_time",
            ),
        ]
        indexes = [
            # The operator's list, what has to be answered soonest first.
            models.Index(fields=["answer_by"], condition=Q(ended_at=None), name="dispute_undecided"),
            models.Index(fields=["ask_at"], condition=Q(ask_at__isnull=False), name="dispute_to_ask"),
            # Answers that the provider does not have yet.
            models.Index(
                fields=["answered_at"],
                condition=Q(answered_at__isnull=False, evidence_sent_at=None, ended_at=None, concession=""),
                name="dispute_to_send",
            ),
            # What is lost and borne by nobody yet.
            models.Index(
                fields=["ended_at"], condition=Q(unexplained_idr__gt=0, resolved_at=None), name="dispute_unexplained"
            ),
        ]
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")

    def __str__(self) -> str:
        return f"{self.provider_reference} · {format_idr(self.amount_idr)}"


class LateWin(models.Model):
    """A lost dispute was won when its orders had moved on: its money has come, and a person says whose it is."""

    class Resolution(models.TextChoices):
        BUYER = "buyer", _("the buyer's")
        SHOP = "shop", _("the shop's")
        PLATFORM = "platform", _("the platform's")

    dispute = models.OneToOneField(Dispute, models.PROTECT, primary_key=True, related_name="late_win")
    came_at = models.DateTimeField()
    resolution = models.CharField(
        max_length=10, choices=Resolution.choices, blank=True, help_text="Empty until decided."
    )
    words = models.CharField(max_length=200, blank=True, help_text="Why, in a person's words.")
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(resolution="", resolved_at=None) | (~Q(resolution="") & Q(resolved_at__isnull=False)),
                name="late_win_resolved_has_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.resolution}"


class DisputeAmendment(models.Model):
    """A dispute is about more, or less, than was told: a person has found it out with its provider. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="amendments")
    more_idr = models.BigIntegerField(help_text="Below zero: so much less.")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    amended_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(more_idr=0), name="dispute_amended_by_something")]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.more_idr:+}"


class DisputeShare(models.Model):
    """What of a dispute is about one order, in proportion to what the payment brought it; and what of it that order lost."""

    # No index of its own: `dispute_share_once` begins with it.
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="shares", db_index=False)
    order_id = models.UUIDField()
    shop_id = models.UUIDField(help_text="The order's.")
    amount_idr = models.BigIntegerField()
    lost_goods_idr = models.BigIntegerField(
        default=0, help_text="Of the order's goods, once lost; with what the platform had put in."
    )
    lost_shipping_idr = models.BigIntegerField(default=0)
    lost_from_escrow = models.BooleanField(default=False, help_text="The order was not settled yet when it lost this.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "order_id"], name="dispute_share_once"),
            models.CheckConstraint(
                condition=Q(amount_idr__gte=0, lost_goods_idr__gte=0, lost_shipping_idr__gte=0),
                name="dispute_share_sane",
            ),
        ]
        indexes = [
            # What an order's page shows.
            models.Index(fields=["order_id"], name="dispute_share_of_order"),
            # A payout names the orders that a dispute held back.
            models.Index(fields=["shop_id"], name="dispute_share_of_shop"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.amount_idr}"
