"""Tables of goods on their way back."""

from datetime import timedelta

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lapak.lib.follow import transaction_number
from lapak.lib.ids import new_id, number_of
from lapak.lib.private import private_storage
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.trade.orders.models import Order, OrderLine
from lapak.trade.returns.rules import GRANTED, OPEN


class Return(models.Model):
    """A buyer's wish to give goods of a delivered order back for their money. The order waits while one is open."""

    class State(models.TextChoices):
        ASKED = "asked", _("to be answered")
        DECLINED = "declined", _("declined")
        ESCALATED = "escalated", _("with Lapak")
        APPROVED = "approved", _("to be sent back")
        SENT_BACK = "sent_back", _("on the way back")
        ARRIVED = "arrived", _("being inspected")
        REFUNDED = "refunded", _("refunded")
        SEND_AGAIN = "send_again", _("to be sent to the buyer again")
        SENT_AGAIN = "sent_again", _("on the way to the buyer again")
        CLOSED = "closed", _("closed")

    class Reason(models.TextChoices):
        DAMAGED = "damaged", _("It arrived damaged")
        FAULTY = "faulty", _("It does not work")
        DIFFERENT = "different", _("It is not as described")
        WRONG = "wrong", _("The wrong goods came")
        MISSING = "missing", _("Something is missing")
        NOT_ARRIVED = "not_arrived", _("It has not arrived at all")
        CHANGED_MIND = "changed_mind", _("I have changed my mind")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="returns")
    # No index of its own: `return_of_shop` begins with it.
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="returns", db_index=False, help_text="The order's.")
    state = models.CharField(max_length=12, choices=State.choices)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    words = models.TextField(_("what is wrong"), max_length=1000)
    goods_come_back = models.BooleanField(help_text="Whether the goods are to be sent back before the refund.")
    asked_at = models.DateTimeField()
    act_by = models.DateTimeField(null=True, help_text="When the present state ends by itself.")
    ended_at = models.DateTimeField(null=True, help_text="When nobody had to act any more; empty while it is open.")
    courier = models.CharField(_("courier"), max_length=60, blank=True, help_text="Who carries the goods back.")
    tracking_number = models.CharField(_("tracking number"), max_length=40, blank=True)
    again_courier = models.CharField(max_length=60, blank=True, help_text="Who carries the goods to the buyer again.")
    again_tracking_number = models.CharField(max_length=40, blank=True)
    disputed_for = models.DurationField(
        default=timedelta,
        help_text="How long its order's payment was in dispute meanwhile: those days the order has again.",
    )
    way_back_stated_idr = models.BigIntegerField(default=0, help_text="What sending back cost, says the buyer.")
    way_back_borne_idr = models.BigIntegerField(default=0, help_text="What of it the shop bears when it is refunded.")
    # It names people and where they live: for the two sides and the operator, and under no public address.
    way_back_receipt = models.FileField(
        upload_to="receipts", storage=private_storage, blank=True, help_text="The courier's receipt for the way back."
    )
    rest_of = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        related_name="rest",
        help_text="The return of which these pieces were not paid back.",
    )
    kept_since = models.DateTimeField(
        null=True,
        help_text="Closed by the buyer's bank, which gave them the money, when the goods had left them: they are the shop's.",
    )
    shelved_at = models.DateTimeField(null=True, help_text="When the shop said what became of those goods.")
    refunded_goods_idr = models.BigIntegerField(default=0)
    refunded_shipping_idr = models.BigIntegerField(default=0)
    refunded_way_back_idr = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            # One at a time: the order waits for it, and two cannot claim the same pieces.
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state__in=[state.value for state in OPEN]),
                name="return_one_open_per_order",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, state__in=[state.value for state in OPEN])
                | Q(ended_at__isnull=False) & ~Q(state__in=[state.value for state in OPEN]),
                name="return_ended_when_over",
            ),
            models.CheckConstraint(
                # The shipping alone, where the buyer's bank had given all that the goods cost.
                condition=Q(state="refunded", refunded_goods_idr__gte=0, refunded_shipping_idr__gte=0)
                & (Q(refunded_goods_idr__gt=0) | Q(refunded_shipping_idr__gt=0))
                | (
                    ~Q(state="refunded")
                    & Q(refunded_goods_idr=0, refunded_shipping_idr=0)
                    & (Q(refunded_way_back_idr=0) | Q(kept_since__isnull=False))
                ),
                name="return_paid_back_when_refunded",
            ),
            models.CheckConstraint(
                condition=Q(way_back_borne_idr__gte=0, way_back_borne_idr__lte=F("way_back_stated_idr"))
                & Q(refunded_way_back_idr__gte=0, refunded_way_back_idr__lte=F("way_back_borne_idr")),
                name="return_way_back_sane",
            ),
        ]
        indexes = [
            # The seller's list by state, newest first.
            models.Index(fields=["shop", "state", "-asked_at"], name="return_of_shop"),
            # What a payout names again: orders whose return ended since the shop's last one (flows/payout_items.py).
            models.Index(fields=["shop", "ended_at"], condition=Q(ended_at__isnull=False), name="return_ended_of_shop"),
            # The sweep of returns whose clock has run out.
            models.Index(fields=["state", "act_by"], condition=Q(act_by__isnull=False), name="return_clock"),
        ]
        verbose_name = _("return")
        verbose_name_plural = _("returns")

    def __str__(self) -> str:
        return f"{number_of(self.order_id)} · {self.get_state_display()}"

    @property
    def refunded_idr(self) -> int:
        return self.refunded_goods_idr + self.refunded_shipping_idr + self.refunded_way_back_idr

    @property
    def is_open(self) -> bool:
        """Whether someone still has to act; the order waits as long."""
        return self.state in OPEN

    @property
    def is_granted(self) -> bool:
        """Whether the money goes back, at once or when the goods are there; until then, and after a refusal, it is only
        asked for."""
        return self.state in GRANTED

    @property
    def waits_for_goods(self) -> bool:
        """Whether the buyer is still to send something before the refund."""
        return self.goods_come_back and not self.tracking_number

    @property
    def has_left_buyer(self) -> bool:
        """Whether the buyer has handed the goods to a courier, and is without goods and money as long as it is open; not once
        the shop has sent them to the buyer again."""
        return bool(self.tracking_number) and not self.again_tracking_number


class ReturnLine(models.Model):
    """How many pieces of an order's line go back, and how many of them went on the shelf again."""

    # No index of its own: `return_line_once` begins with it.
    of_return = models.ForeignKey(Return, models.PROTECT, related_name="lines", db_index=False)
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="returns")
    shop_id = models.UUIDField(help_text="The order's: every row of a shop names it.")
    quantity = models.PositiveIntegerField()
    paid_idr = models.BigIntegerField(help_text="What these pieces were paid.")
    upheld_quantity = models.PositiveIntegerField(
        null=True, help_text="How many of them are paid back, by the shop or the operator; empty when all are."
    )
    restocked_quantity = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of_return", "line"], name="return_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, restocked_quantity__lte=F("quantity"))
                & (Q(upheld_quantity=None) | Q(upheld_quantity__lte=F("quantity"))),
                name="return_line_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line_id}"

    @property
    def counted(self) -> int:
        """The pieces that are paid back, or will be."""
        return self.quantity if self.upheld_quantity is None else self.upheld_quantity


class ReturnPicture(models.Model):
    """What one side of a return shows of the goods. For the two sides and the operator, under no public address."""

    class Side(models.TextChoices):
        BUYER = "buyer", _("buyer")
        SHOP = "shop", _("shop")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    of_return = models.ForeignKey(Return, models.PROTECT, related_name="pictures")
    shop_id = models.UUIDField(help_text="The order's.")
    side = models.CharField(max_length=5, choices=Side.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Named by its order and its SHA-256.
    file = models.FileField(upload_to="returns", storage=private_storage, max_length=150)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.file.name)


class ReturnEvent(models.Model):
    """One step of a return: who, when, in which words. Append-only; the database refuses update and delete."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: `event_of_return` begins with it.
    of_return = models.ForeignKey(Return, models.PROTECT, related_name="events", db_index=False)
    shop_id = models.UUIDField(help_text="The order's.")
    from_state = models.CharField(max_length=12, choices=Return.State.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=Return.State.choices)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="Empty when a clock acted.")
    words = models.TextField(max_length=1000, blank=True)
    deadline = models.DateTimeField(null=True, help_text="By when someone has to act from here on.")
    happened_at = models.DateTimeField()
    transaction_id = transaction_number()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(from_state=F("to_state")), name="return_event_changes_state")
        ]
        indexes = [
            models.Index(fields=["of_return", "happened_at"], name="event_of_return"),
            # Followers read on from where they are (lib/follow.py). BRIN: an order's every step is an insert.
            BrinIndex(fields=["transaction_id"], name="event_of_return_since"),
        ]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
