"""A purchase, its orders, and what was agreed of each."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lapak.lib.ids import number_of
from lapak.money.fees.models import Schedule
from lapak.money.fees.rules import MOST_FEE_BP
from lapak.money.taxes.models import Pph22Refund
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.trade.orders.rules import HOLDS_STOCK, OrderAmounts, RefundSplit


class Purchase(models.Model):
    """What a buyer pays at once: one order per shop. Its attempts to pay name it (money/payments)."""

    id = models.UUIDField(primary_key=True, editable=False)
    # No index of its own: `purchase_once_per_key` begins with it.
    buyer = models.ForeignKey(User, models.PROTECT, related_name="purchases", db_index=False)
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
        return self.number

    @property
    def number(self) -> str:
        """How people name the purchase."""
        return number_of(self.id)


class Order(OrderAmounts, models.Model):
    """One shop's part of a purchase. Carries the clocks it was placed under."""

    class State(models.TextChoices):
        AWAITING_PAYMENT = "awaiting_payment", _("awaiting payment")
        TO_PACK = "to_pack", _("to be packed")
        PACKED = "packed", _("packed")
        SHIPPED = "shipped", _("shipped")
        DELIVERED = "delivered", _("delivered")
        COMPLETED = "completed", _("completed")
        REFUNDED = "refunded", _("refunded")
        CANCELLED = "cancelled", _("cancelled")

    class Word(models.TextChoices):
        COURIER = "courier", _("the courier")
        SHOP = "shop", _("the shop")
        BUYER = "buyer", _("the buyer")

    id = models.UUIDField(primary_key=True, editable=False)
    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="orders")
    # No indexes of their own: `order_of_buyer` and `order_of_shop` begin with them.
    buyer = models.ForeignKey(User, models.PROTECT, related_name="orders", db_index=False)
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="orders", db_index=False)
    state = models.CharField(
        max_length=20, choices=State.choices, help_text="Where the parcel is, not what the money does."
    )
    goods_idr = models.BigIntegerField()
    shipping_idr = models.BigIntegerField()
    refunded_goods_idr = models.BigIntegerField(
        default=0, db_default=0, help_text="Of goods_idr, what returns have given back to the buyer."
    )
    refunded_shipping_idr = models.BigIntegerField(default=0, db_default=0)
    way_back_idr = models.BigIntegerField(
        default=0,
        db_default=0,
        help_text="What the buyer got for sending goods back that were the shop's fault.",
    )
    borne_by_shop_idr = models.BigIntegerField(
        default=0, db_default=0, help_text="Of what went back to the buyer, what was not in escrow: the shop owes it."
    )
    escrow_idr = models.BigIntegerField(
        default=0,
        db_default=0,
        help_text="What is really held for this order: raised by payment, lowered by refund and settlement.",
    )
    disputed_idr = models.BigIntegerField(
        default=0,
        db_default=0,
        help_text="What of its payment is in dispute; it neither completes, settles nor is refunded.",
    )
    disputed_at = models.DateTimeField(null=True, help_text="Since when; its clocks stand still from then on.")
    open_return_id = models.UUIDField(
        null=True, help_text="The return the order waits for; it neither completes nor settles."
    )
    # No index of its own: nobody asks for all orders of a schedule, and none is ever deleted.
    fee_schedule = models.ForeignKey(
        Schedule, models.PROTECT, related_name="+", db_index=False, help_text="By which Lapak's fee was reckoned."
    )
    fee_shares = models.BigIntegerField(
        help_text="Lapak's fee of all its goods in ten-thousandths of a rupiah: each line at its own rate."
    )
    pph22_bp = models.PositiveSmallIntegerField(
        null=True, help_text="PPh 22 of its goods, by the day it was paid; nought where its shop was exempt."
    )
    # No index of its own: `order_withheld_back` begins with it.
    pph22_refund = models.ForeignKey(
        Pph22Refund,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="By which it was given back, or not taken after all.",
    )
    shipping_service = models.CharField(max_length=30, help_text="Code of the shipping service chosen at purchase.")
    courier = models.CharField(max_length=30)
    changed_address = models.JSONField(
        null=True, help_text="Where it goes since its buyer changed the purchase's address; empty: there."
    )
    placed_at = models.DateTimeField()
    pay_by = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    pack_by = models.DateTimeField(null=True, help_text="Set when paid; after it the order is cancelled and refunded.")
    packed_at = models.DateTimeField(null=True)
    ship_by = models.DateTimeField(
        null=True, help_text="Set when packed: when the courier must have it, or it is cancelled."
    )
    handed_over_at = models.DateTimeField(
        null=True, help_text="The shop showed that the courier has it, before the number."
    )
    shipped_at = models.DateTimeField(null=True)
    arrive_by = models.DateTimeField(
        null=True, help_text="Set when shipped; after it the buyer may say that it did not arrive."
    )
    decide_by = models.DateTimeField(
        null=True, help_text="Set when shipped; by then the operator has decided what became of it."
    )
    not_arrived_at = models.DateTimeField(null=True, help_text="The buyer said that it did not arrive.")
    delivered_at = models.DateTimeField(null=True)
    delivered_by = models.CharField(
        max_length=10, choices=Word.choices, blank=True, db_default="", help_text="Whose word it is."
    )
    complete_at = models.DateTimeField(
        null=True, help_text="Set when delivered; from then on the order completes by itself."
    )
    completed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True, help_text="The buyer asked to cancel a packed order.")
    pack_within_working_days = models.PositiveSmallIntegerField()
    ship_within_working_days = models.PositiveSmallIntegerField(help_text="From packed until the courier has it.")
    cancel_answer_within_hours = models.PositiveSmallIntegerField(help_text="From the buyer's wish to cancel.")
    arrive_within_days = models.PositiveSmallIntegerField(help_text="From shipped, before it counts as not arrived.")
    decide_within_days = models.PositiveSmallIntegerField(help_text="From shipped, for the operator.")
    complete_after_days = models.PositiveSmallIntegerField(help_text="From delivered by the courier's word.")
    complete_after_days_by_shop = models.PositiveSmallIntegerField(help_text="From delivered by the shop's word alone.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(goods_idr__gt=0, shipping_idr__gte=0), name="order_amounts_sane"),
            models.CheckConstraint(
                condition=Q(refunded_goods_idr__gte=0, refunded_goods_idr__lte=F("goods_idr"))
                & Q(refunded_shipping_idr__gte=0, refunded_shipping_idr__lte=F("shipping_idr")),
                name="order_refund_within_paid",
            ),
            models.CheckConstraint(
                condition=Q(fee_shares__gte=0, fee_shares__lte=F("goods_idr") * MOST_FEE_BP), name="order_fee_in_bounds"
            ),
            models.CheckConstraint(condition=Q(escrow_idr__gte=0), name="order_escrow_not_below_zero"),
            models.CheckConstraint(
                condition=Q(disputed_idr=0, disputed_at=None) | Q(disputed_idr__gt=0, disputed_at__isnull=False),
                name="order_disputed_since",
            ),
            models.CheckConstraint(
                condition=Q(way_back_idr__gte=0, borne_by_shop_idr__gte=0)
                & (
                    Q(settled_at__isnull=False)  # the shop had the goods' money, less the ways back until then
                    | Q(way_back_idr__lte=F("goods_idr") - F("refunded_goods_idr") + F("borne_by_shop_idr"))
                ),
                name="order_way_back_within_goods",
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
            models.Index(fields=["shop", "state", "-placed_at", "-id"], name="order_of_shop"),
            # The buyer's list, newest first.
            models.Index(fields=["buyer", "-placed_at", "-id"], name="order_of_buyer"),
            # What a buyer holds unpaid, which each purchase of theirs asks (flows/place_purchase/read.py).
            models.Index(fields=["buyer"], condition=Q(state="awaiting_payment"), name="order_unpaid_of_buyer"),
            # What they cancelled after paying, which each purchase asks too.
            models.Index(
                fields=["buyer", "cancelled_at"],
                condition=Q(state="cancelled", paid_at__isnull=False),
                name="order_cancelled_of_buyer",
            ),
            # The sweeps that expire, auto-cancel and complete: only rows that still have that clock running.
            models.Index(fields=["pay_by"], condition=Q(state="awaiting_payment"), name="order_unpaid_clock"),
            models.Index(fields=["pack_by"], condition=Q(state="to_pack"), name="order_unpacked_clock"),
            models.Index(fields=["ship_by"], condition=Q(state="packed"), name="order_unshipped_clock"),
            models.Index(fields=["arrive_by"], condition=Q(state="shipped"), name="order_not_arrived_clock"),
            models.Index(
                fields=["decide_by"],
                condition=Q(state="shipped", not_arrived_at__isnull=False),
                name="order_case_clock",
            ),
            models.Index(fields=["complete_at"], condition=Q(state="delivered"), name="order_delivered_clock"),
            models.Index(
                fields=["completed_at"],
                condition=Q(state="completed", settled_at=None),
                name="order_unsettled",
            ),
            # What is to be given back of the days of a refund of PPh 22; and whose it was, to tell them.
            models.Index(fields=["paid_at"], condition=Q(pph22_bp__gt=0, pph22_refund=None), name="order_withheld"),
            models.Index(
                fields=["pph22_refund", "shop"], condition=Q(pph22_refund__isnull=False), name="order_withheld_back"
            ),
            models.Index(fields=["cancel_asked_at"], condition=Q(state="packed"), name="order_cancel_asked_clock"),
        ]
        verbose_name = _("order")
        verbose_name_plural = _("orders")

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How people name the order."""
        return number_of(self.id)

    @property
    def address(self) -> dict[str, str]:
        """Where it goes, for its buyer and the operator; its shop asks `sight.py`."""
        found: dict[str, str] = self.changed_address or self.purchase.address
        return found

    @property
    def total_idr(self) -> int:
        return self.goods_idr + self.shipping_idr

    @property
    def refunded_idr(self) -> int:
        return self.refunded_goods_idr + self.refunded_shipping_idr

    @property
    def held(self) -> RefundSplit:
        """What is held for it from when it is paid until it settles or ends: its price, less what went back of it. Together
        that is `escrow_idr`."""
        return RefundSplit(self.held_goods_idr, self.remaining_shipping_idr)

    @property
    def is_in_shop(self) -> bool:
        """Whether its goods are still in the shop, promised: else a courier has or had them, or there are none."""
        return self.state in HOLDS_STOCK and self.handed_over_at is None

    @property
    def shop_acts_by(self) -> datetime | None:
        """By when the shop has to pack it, or to have it with the courier; None when it is not the shop's turn."""
        return {"to_pack": self.pack_by, "packed": self.ship_by}.get(self.state)

    @property
    def cancel_answer_by(self) -> datetime | None:
        """By when the shop answers the buyer's wish to cancel; None without one."""
        return self.cancel_asked_at and self.cancel_asked_at + timedelta(hours=self.cancel_answer_within_hours)

    @property
    def contract(self) -> dict[str, Any]:
        """What was agreed at purchase."""
        body: dict[str, Any] = self.agreement.body
        return body


class OrderContract(models.Model):
    """What was agreed at purchase. Never changed; the database refuses update and delete."""

    order = models.OneToOneField(Order, models.PROTECT, primary_key=True, related_name="agreement")
    shop_id = models.UUIDField(help_text="The order's.")
    body = models.JSONField(help_text="The nine items of PP 80/2019 Art. 53 as they stood at purchase.")

    def __str__(self) -> str:
        return str(self.order_id)
