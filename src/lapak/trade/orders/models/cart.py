"""What someone means to buy."""

from django.db import models
from django.db.models import Q

from lapak.goods.catalogue.models import Variant
from lapak.lib.ids import new_id
from lapak.people.users.models import User


class Cart(models.Model):
    """What someone means to buy. A visitor's cart has no user yet; signing in gives it one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(User, models.CASCADE, null=True, related_name="cart")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.id)


class CartLine(models.Model):
    """A wish, not a promise: no stock is reserved. `price_idr` is the price last shown to the buyer."""

    # No index of its own: `cart_line_once_per_variant` begins with it.
    cart = models.ForeignKey(Cart, models.CASCADE, related_name="lines", db_index=False)
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField()
    price_idr = models.BigIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)
    checkout_opened_at = models.DateTimeField(
        null=True, editable=False, help_text="Since when its buyer is at the checkout with it, or last was."
    )

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
