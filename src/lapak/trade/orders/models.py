"""Tables of carts, purchases and orders."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lapak.goods.catalogue.models import Variant
from lapak.lib.ids import new_id
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.trade.orders.return_rules import OPEN


class Cart(models.Model):
    """What someone means to buy. A visitor's cart has no user yet; signing in gives it one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(User, models.CASCADE, null=True, related_name="cart")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.id)


class CartLine(models.Model):
    """A wish, not a promise: no stock is reserved. `price_idr` is the price last shown to the buyer."""

    cart = models.ForeignKey(Cart, models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField()
    price_idr = models.BigIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["added_at"]
        constraints = [
            models.UniqueConstraint(fields=["cart", "variant"], name="cart_line_once_per_variant"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=999), name="cart_line_quantity_in_bounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id}"

    @property
    def total_idr(self) -> int:
        """At today's price."""
        return self.quantity * self.variant.price_idr

    @property
    def price_has_changed(self) -> bool:
        """Whether the buyer was last shown another price than today's."""
        return self.price_idr != self.variant.price_idr

    @property
    def is_short(self) -> bool:
        """Whether more is wished for than is left."""
        return self.quantity > self.variant.available


class Purchase(models.Model):
    """What a buyer pays at once: one order per shop. Its attempts to pay name it (money/payments)."""

    id = models.UUIDField(primary_key=True, editable=False)
    buyer = models.ForeignKey(User, models.PROTECT, related_name="purchases")
    idempotency_key = models.UUIDField(
        help_text="Made by the buyer's browser: the same key twice is the same purchase."
    )
    address = models.JSONField(help_text="The delivery address as it was at purchase.")
    total_idr = models.BigIntegerField()
    placed_at = models.DateTimeField()
    pay_by = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["buyer", "idempotency_key"], name="purchase_once_per_key"),
            models.CheckConstraint(condition=Q(total_idr__gt=0), name="purchase_total_positive"),
        ]
        verbose_name = _("purchase")
        verbose_name_plural = _("purchases")

    def __str__(self) -> str:
        return str(self.id)


class Order(models.Model):
    """One shop's part of a purchase. Carries the clocks it was placed under."""

    class State(models.TextChoices):
        AWAITING_PAYMENT = "awaiting_payment", _("awaiting payment")
        PAID = "paid", _("to be packed")
        PACKED = "packed", _("packed")
        SHIPPED = "shipped", _("shipped")
        DELIVERED = "delivered", _("delivered")
        COMPLETED = "completed", _("completed")
        REFUNDED = "refunded", _("refunded")
        CANCELLED = "cancelled", _("cancelled")

    id = models.UUIDField(primary_key=True, editable=False)
    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="orders")
    buyer = models.ForeignKey(User, models.PROTECT, related_name="orders")
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="orders")
    state = models.CharField(max_length=20, choices=State.choices)
    goods_idr = models.BigIntegerField()
    shipping_idr = models.BigIntegerField()
    refunded_goods_idr = models.BigIntegerField(
        default=0, db_default=0, help_text="Of goods_idr, what returns have given back to the buyer."
    )
    refunded_shipping_idr = models.BigIntegerField(default=0, db_default=0)
    shipping_service = models.CharField(max_length=30, help_text="Code of the shipping service chosen at purchase.")
    courier = models.CharField(max_length=30)
    placed_at = models.DateTimeField()
    pay_by = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    ship_by = models.DateTimeField(null=True, help_text="Set when paid; after it the order is cancelled and refunded.")
    shipped_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    complete_at = models.DateTimeField(
        null=True, help_text="Set when delivered; from then on the order completes by itself."
    )
    completed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True, help_text="The buyer asked to cancel a packed order.")
    ship_within_working_days = models.PositiveSmallIntegerField()
    complete_after_days = models.PositiveSmallIntegerField()
    contract = models.JSONField(help_text="The nine items of PP 80/2019 Art. 53 as they stood at purchase.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(goods_idr__gt=0, shipping_idr__gte=0), name="order_amounts_sane"),
            models.CheckConstraint(
                condition=Q(refunded_goods_idr__gte=0, refunded_goods_idr__lte=F("goods_idr"))
                & Q(refunded_shipping_idr__gte=0, refunded_shipping_idr__lte=F("shipping_idr")),
                name="order_refund_within_paid",
            ),
            # Refunded means all of it, and all of it means refunded: such an order has nothing left to settle.
            models.CheckConstraint(
                condition=Q(
                    state="refunded", refunded_goods_idr=F("goods_idr"), refunded_shipping_idr=F("shipping_idr")
                )
                | (
                    ~Q(state="refunded")
                    & (Q(refunded_goods_idr__lt=F("goods_idr")) | Q(refunded_shipping_idr__lt=F("shipping_idr")))
                ),
                name="order_refunded_means_all",
            ),
        ]
        indexes = [
            # The seller's list by state, newest first.
            models.Index(fields=["shop", "state", "-placed_at"], name="order_of_shop"),
            # The buyer's list, newest first.
            models.Index(fields=["buyer", "-placed_at"], name="order_of_buyer"),
            # The sweeps that expire, auto-cancel and complete: only rows that still have that clock running.
            models.Index(fields=["pay_by"], condition=Q(state="awaiting_payment"), name="order_unpaid_clock"),
            models.Index(fields=["ship_by"], condition=Q(state__in=["paid", "packed"]), name="order_unshipped_clock"),
            models.Index(fields=["complete_at"], condition=Q(state="delivered"), name="order_delivered_clock"),
            models.Index(
                fields=["completed_at"],
                condition=Q(state="completed", settled_at=None),
                name="order_unsettled",
            ),
            models.Index(fields=["cancel_asked_at"], condition=Q(state="packed"), name="order_cancel_asked_clock"),
        ]
        verbose_name = _("order")
        verbose_name_plural = _("orders")

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How people name the order: the last twelve digits of its id."""
        return self.id.hex[-12:].upper()

    @property
    def total_idr(self) -> int:
        return self.goods_idr + self.shipping_idr

    @property
    def refunded_idr(self) -> int:
        return self.refunded_goods_idr + self.refunded_shipping_idr

    @property
    def remaining_goods_idr(self) -> int:
        """Of the goods, what stays sold."""
        return self.goods_idr - self.refunded_goods_idr

    @property
    def remaining_shipping_idr(self) -> int:
        return self.shipping_idr - self.refunded_shipping_idr


class PaymentAllocation(models.Model):
    """So much of what an attempt paid was for this order. Written when the money arrives."""

    intent_id = models.UUIDField(help_text="The attempt that paid.")
    order = models.ForeignKey(Order, models.PROTECT, related_name="allocations")
    shop_id = models.UUIDField(help_text="The order's.")
    amount_idr = models.BigIntegerField()

    class Meta:
        constraints = [
            # Also the way from a transfer's reference to its order.
            models.UniqueConstraint(fields=["intent_id", "order"], name="allocation_once_per_order"),
            models.CheckConstraint(condition=Q(amount_idr__gt=0), name="allocation_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.amount_idr}"


class OrderLine(models.Model):
    """One variant in an order, at the price and in the words it was bought."""

    id = models.UUIDField(primary_key=True, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="lines")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    title = models.CharField(max_length=255)
    option_label = models.CharField(max_length=200, blank=True)
    quantity = models.PositiveIntegerField()
    refunded_quantity = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Pieces that went back and were refunded."
    )
    unit_price_idr = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "variant"], name="order_line_once_per_variant"),
            models.CheckConstraint(condition=Q(quantity__gt=0, unit_price_idr__gt=0), name="order_line_positive"),
            models.CheckConstraint(
                condition=Q(refunded_quantity__lte=F("quantity")), name="order_line_refund_within_bought"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"

    @property
    def total_idr(self) -> int:
        return self.quantity * self.unit_price_idr

    @property
    def remaining_quantity(self) -> int:
        """Pieces that stay sold."""
        return self.quantity - self.refunded_quantity


class OrderEvent(models.Model):
    """One transition of an order: who, when, why. Append-only; the database refuses update and delete."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="events")
    from_state = models.CharField(max_length=20, choices=Order.State.choices, blank=True)
    to_state = models.CharField(max_length=20, choices=Order.State.choices)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="Empty when a clock acted.")
    reason = models.CharField(max_length=200, blank=True)
    happened_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(from_state=F("to_state")), name="event_changes_state")]
        indexes = [models.Index(fields=["order", "happened_at"], name="event_of_order")]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


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
        CLOSED = "closed", _("closed")

    class Reason(models.TextChoices):
        DAMAGED = "damaged", _("It arrived damaged")
        FAULTY = "faulty", _("It does not work")
        DIFFERENT = "different", _("It is not as described")
        WRONG = "wrong", _("The wrong goods came")
        MISSING = "missing", _("Something is missing")
        CHANGED_MIND = "changed_mind", _("I have changed my mind")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="returns")
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="returns", help_text="The order's.")
    state = models.CharField(max_length=12, choices=State.choices)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    words = models.TextField(_("what is wrong"), max_length=1000)
    goods_come_back = models.BooleanField(help_text="Whether the goods are to be sent back before the refund.")
    asked_at = models.DateTimeField()
    act_by = models.DateTimeField(null=True, help_text="When the present state ends by itself.")
    courier = models.CharField(_("courier"), max_length=60, blank=True, help_text="Who carries the goods back.")
    tracking_number = models.CharField(_("tracking number"), max_length=40, blank=True)
    refunded_goods_idr = models.BigIntegerField(default=0)
    refunded_shipping_idr = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            # One at a time: the order waits for it, and two cannot claim the same pieces.
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state__in=[state.value for state in OPEN]),
                name="return_one_open_per_order",
            ),
            models.CheckConstraint(
                condition=Q(state="refunded", refunded_goods_idr__gt=0, refunded_shipping_idr__gte=0)
                | (~Q(state="refunded") & Q(refunded_goods_idr=0, refunded_shipping_idr=0)),
                name="return_paid_back_when_refunded",
            ),
        ]
        indexes = [
            # The seller's list by state, newest first.
            models.Index(fields=["shop", "state", "-asked_at"], name="return_of_shop"),
            # The sweep of returns whose clock has run out.
            models.Index(fields=["state", "act_by"], condition=Q(act_by__isnull=False), name="return_clock"),
        ]
        verbose_name = _("return")
        verbose_name_plural = _("returns")

    def __str__(self) -> str:
        return f"{self.order_id.hex[-12:].upper()}: {self.state}"

    @property
    def refunded_idr(self) -> int:
        return self.refunded_goods_idr + self.refunded_shipping_idr

    @property
    def is_open(self) -> bool:
        """Whether someone still has to act; the order waits as long."""
        return self.state in OPEN

    @property
    def waits_for_goods(self) -> bool:
        """Whether the buyer is still to send something before the refund."""
        return self.goods_come_back and not self.tracking_number


class ReturnLine(models.Model):
    """How many pieces of an order's line go back, and how many of them went on the shelf again."""

    of_return = models.ForeignKey(Return, models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="returns")
    quantity = models.PositiveIntegerField()
    restocked_quantity = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of_return", "line"], name="return_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, restocked_quantity__lte=F("quantity")), name="return_line_sane"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line_id}"

    @property
    def total_idr(self) -> int:
        return self.quantity * self.line.unit_price_idr


class ReturnEvent(models.Model):
    """One step of a return: who, when, in which words. Append-only; the database refuses update and delete."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    of_return = models.ForeignKey(Return, models.PROTECT, related_name="events")
    from_state = models.CharField(max_length=12, choices=Return.State.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=Return.State.choices)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="Empty when a clock acted.")
    words = models.TextField(max_length=1000, blank=True)
    happened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(from_state=F("to_state")), name="return_event_changes_state")
        ]
        indexes = [models.Index(fields=["of_return", "happened_at"], name="event_of_return")]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
