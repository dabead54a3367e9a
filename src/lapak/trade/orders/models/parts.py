"""What an order consists of: its lines, what paid it, and every step it took."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lapak.goods.catalogue.models import Variant
from lapak.lib.follow import transaction_number
from lapak.lib.ids import new_id
from lapak.people.users.models import User
from lapak.trade.orders.models.order import Order


class OrderLine(models.Model):
    """One variant in an order, at the price and in the words it was bought."""

    id = models.UUIDField(primary_key=True, editable=False)
    # No index of its own: `order_line_once_per_variant` begins with it.
    order = models.ForeignKey(Order, models.PROTECT, related_name="lines", db_index=False)
    shop_id = models.UUIDField(help_text="The order's: every row of a shop names it.")
    # No index of its own: nobody asks for all lines of a variant, and none is ever deleted.
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=255)
    option_label = models.CharField(max_length=200, blank=True)
    quantity = models.PositiveIntegerField()
    refunded_quantity = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Pieces that went back, or were never sent, and were refunded."
    )
    cancelled_quantity = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Of those, pieces that the shop did not have, before it sent the others."
    )
    taken_back_idr = models.BigIntegerField(
        default=0, db_default=0, help_text="Of what its remaining pieces were paid, what the buyer's bank took back."
    )
    unit_price_idr = models.BigIntegerField()
    paid_idr = models.BigIntegerField(
        help_text="What all its pieces were really paid: refunds and commission count from it."
    )

    fee_bp = models.PositiveSmallIntegerField(help_text="Lapak's fee of it, by the order's schedule.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "variant"], name="order_line_once_per_variant"),
            models.CheckConstraint(condition=Q(quantity__gt=0, unit_price_idr__gt=0), name="order_line_positive"),
            models.CheckConstraint(
                condition=Q(paid_idr__gte=0, paid_idr__lte=F("quantity") * F("unit_price_idr")),
                name="order_line_paid_within_price",
            ),
            models.CheckConstraint(
                condition=Q(refunded_quantity__lte=F("quantity"), cancelled_quantity__lte=F("refunded_quantity")),
                name="order_line_refund_within_bought",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_idr__gte=0, taken_back_idr__lte=F("paid_idr")),
                name="order_line_taken_back_within_paid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"

    @property
    def total_idr(self) -> int:
        return self.paid_idr

    @property
    def pieces(self) -> int:
        """How many are in the parcel."""
        return self.quantity - self.cancelled_quantity

    @property
    def remaining_quantity(self) -> int:
        """Pieces that stay sold."""
        return self.quantity - self.refunded_quantity

    @property
    def sold_idr(self) -> int:
        """What was paid for the pieces that stay sold, less what the buyer's bank took back of it."""
        return self.paid_idr - self.paid_idr * self.refunded_quantity // self.quantity - self.taken_back_idr


class PaymentAllocation(models.Model):
    """So much of what an attempt paid was for this order. Written when the money arrives."""

    intent_id = models.UUIDField(help_text="The attempt that paid.")
    order = models.ForeignKey(Order, models.PROTECT, related_name="allocations")
    shop_id = models.UUIDField(help_text="The order's.")
    amount_idr = models.BigIntegerField()
    borne_by_platform_idr = models.BigIntegerField(
        default=0, help_text="Of it, what had not come, and the platform put in: no refund to the buyer."
    )

    class Meta:
        constraints = [
            # Also the way from a transfer's reference to its order.
            models.UniqueConstraint(fields=["intent_id", "order"], name="allocation_once_per_order"),
            models.CheckConstraint(
                condition=Q(amount_idr__gt=0, borne_by_platform_idr__gte=0)
                & Q(borne_by_platform_idr__lte=F("amount_idr")),
                name="allocation_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.amount_idr}"


class OrderEvent(models.Model):
    """A step, a wish, a refusal or a new deadline of an order: who, when, why. Append-only; the database sees to it."""

    class Kind(models.TextChoices):
        MOVED = "moved", _("moved on")
        CANCEL_ASKED = "cancel_asked", _("cancelling was asked for")
        CANCEL_DECLINED = "cancel_declined", _("cancelling was declined")
        GOODS_MISSING = "goods_missing", _("some of the goods were cancelled")
        HANDED_OVER = "handed_over", _("shown to be with the courier")
        NUMBER_CORRECTED = "number_corrected", _("the tracking number was corrected")
        ADDRESS_CHANGED = "address_changed", _("the address was changed")
        NOT_ARRIVED = "not_arrived", _("said not to have arrived")
        DISPUTED = "disputed", _("the payment is in dispute")
        DISPUTE_OVER = "dispute_over", _("the dispute is decided")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: `event_of_order` begins with it.
    order = models.ForeignKey(Order, models.PROTECT, related_name="events", db_index=False)
    shop_id = models.UUIDField(help_text="The order's.")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.MOVED, db_default="moved")
    from_state = models.CharField(max_length=20, choices=Order.State.choices, blank=True)
    to_state = models.CharField(max_length=20, choices=Order.State.choices, help_text="As before, unless it moved.")
    # No index of its own: nobody asks for what one person did to orders.
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, help_text="Empty when a clock acted."
    )
    reason = models.CharField(max_length=1000, blank=True)
    deadline = models.DateTimeField(null=True, help_text="By when someone has to act from here on, where that is new.")
    happened_at = models.DateTimeField()
    transaction_id = transaction_number()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="moved") & ~Q(from_state=F("to_state")))
                | (~Q(kind="moved") & Q(from_state=F("to_state"))),
                name="event_changes_state_or_says_what",
            )
        ]
        indexes = [
            models.Index(fields=["order", "happened_at"], name="event_of_order"),
            # Followers read on from where they are (lib/follow.py). BRIN: an order's every step is an insert.
            BrinIndex(fields=["transaction_id"], name="event_of_order_since"),
        ]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
