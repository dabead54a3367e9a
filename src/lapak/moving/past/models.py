"""What was sold before a shop came here: never packed, refunded or booked, and in no list of living orders.

Nothing of a person is kept. Who bought is a pseudonym whose key is thrown away with the reading (`buyers.py`).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.rules import MAX_SELLER_SKU_LENGTH
from lapak.lib.ids import new_id
from lapak.lib.written import LONGEST_STORY
from lapak.moving.bundle import MAX_SOURCE_ID_LENGTH
from lapak.moving.partners import models as partners
from lapak.people.audit.models import Change
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.trade.reviews.models import ReviewReport
from lapak.trade.reviews.rules import LONGEST_REVIEW

MAX_TITLE_LENGTH = 255
MAX_VARIATION_LENGTH = 200
BUYER_LENGTH = 16
MAX_HANDLE_LENGTH = 100
MAX_FEE_LENGTH = 80


class PastOrder(models.Model):
    """An order of an old platform, as its list of orders last said."""

    class State(models.TextChoices):
        COMPLETED = "completed", _("completed")
        CANCELLED = "cancelled", _("cancelled")
        RETURNED = "returned", _("sent back")
        OPEN = "open", _("on its way then")
        UNKNOWN = "unknown", _("unknown")

    # No index of its own: the constraint below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    platform = models.CharField(max_length=20)
    source_id = models.CharField(max_length=MAX_SOURCE_ID_LENGTH)
    state = models.CharField(max_length=10, choices=State.choices)
    placed_at = models.DateTimeField()
    total_idr = models.BigIntegerField(null=True, help_text="What the buyer paid, shipping included; empty: unsaid.")
    buyer = models.CharField(max_length=BUYER_LENGTH, blank=True, help_text="A pseudonym, the same within an upload.")
    upload_id = models.UUIDField(null=True, help_text="Which brought it here first; none from the command line.")
    is_unpaid = models.BooleanField(
        default=False, help_text="Completed in the time of which reports of income tell, and in none of them; counted."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "platform", "source_id"], name="past_order_once")]
        indexes = [
            # A shop's orders of a platform, oldest first: what is counted by month, and the file of all.
            models.Index(fields=["shop", "platform", "placed_at", "id"], name="past_order_of_shop"),
            # Those that no report of income names, oldest first: the page of what was paid.
            models.Index(
                fields=["shop", "platform", "placed_at", "id"],
                condition=models.Q(is_unpaid=True),
                name="past_order_unpaid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform} {self.source_id}"


class PastLine(models.Model):
    """What was bought with a past order, and which of the shop's goods that is, where it is certain."""

    order = models.ForeignKey(PastOrder, models.CASCADE, related_name="lines")
    sku_id = models.CharField(max_length=MAX_SOURCE_ID_LENGTH, blank=True)
    seller_sku = models.CharField(max_length=MAX_SELLER_SKU_LENGTH, blank=True)
    title = models.CharField(max_length=MAX_TITLE_LENGTH)
    variation = models.CharField(max_length=MAX_VARIATION_LENGTH, blank=True)
    quantity = models.PositiveIntegerField()
    returned = models.PositiveIntegerField(default=0, help_text="Of these, sent back or never sent.")
    goods_idr = models.BigIntegerField(help_text="All pieces together, after discounts, without shipping.")
    product = models.ForeignKey(Product, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"


class PastMonth(models.Model):
    """A month of a shop at a platform, counted when orders come in, so that a page costs with its months alone."""

    # No index of its own: the constraint below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    platform = models.CharField(max_length=20)
    month = models.DateField(help_text="Its first day, in Jakarta.")
    orders = models.PositiveIntegerField(help_text="All that were placed, whatever became of them.")
    completed = models.PositiveIntegerField()
    buyers = models.PositiveIntegerField(help_text="Of completed orders; who is in two uploads may count twice.")
    goods_idr = models.BigIntegerField(help_text="Of completed orders: goods after discounts, without shipping.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "platform", "month"], name="past_month_once")]

    def __str__(self) -> str:
        return f"{self.platform} {self.month:%Y-%m}"


class PastGoods(models.Model):
    """What a shop sold of one thing at a platform, counted with the months."""

    # No index of its own: the one below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    platform = models.CharField(max_length=20)
    product = models.ForeignKey(Product, models.SET_NULL, null=True, related_name="+", help_text="Empty: not certain.")
    title = models.CharField(max_length=MAX_TITLE_LENGTH)
    pieces = models.PositiveIntegerField(help_text="Of completed orders, without what was sent back.")
    goods_idr = models.BigIntegerField()

    class Meta:
        # The best sellers first.
        indexes = [models.Index(fields=["shop", "platform", "-pieces", "id"], name="past_goods_best")]

    def __str__(self) -> str:
        return f"{self.pieces} × {self.title}"


class PastPromotion(models.Model):
    """What a creator brought about at an old platform: a line of an order, and the rate of its commission."""

    # No index of its own: the constraint below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    platform = models.CharField(max_length=20)
    source_id = models.CharField(max_length=MAX_SOURCE_ID_LENGTH, help_text="The order's.")
    sku = models.CharField(max_length=MAX_TITLE_LENGTH, help_text="Its SKU's id, else the product's, else its name.")
    handle = models.CharField(max_length=MAX_HANDLE_LENGTH, help_text="The creator's there.")
    rate_bp = models.PositiveIntegerField()
    goods_idr = models.BigIntegerField()
    commission_idr = models.BigIntegerField(help_text="As paid, or else as expected.")
    is_over = models.BooleanField(help_text="Whether nothing becomes of it any more.")
    is_kept = models.BooleanField(help_text="Whether it was neither cancelled nor sent back.")
    placed_at = models.DateTimeField()
    upload_id = models.UUIDField(null=True, help_text="Which brought it here first; none from the command line.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "platform", "source_id", "sku"], name="past_promotion_once")
        ]

    def __str__(self) -> str:
        return f"@{self.handle}: {self.source_id}"


class PastTerms(models.Model):
    """At which rate a creator promoted the shop at another Lapak, whether or not anything came of it."""

    # No index of its own: the constraint below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    platform = models.CharField(max_length=20)
    handle = models.CharField(max_length=MAX_HANDLE_LENGTH, help_text="The creator's there.")
    programme = models.CharField(max_length=10, help_text="Of which kind: open to all, or by invitation.")
    rate_bp = models.PositiveIntegerField()
    joined_at = models.DateTimeField()
    upload_id = models.UUIDField(null=True, help_text="Which brought it here first; none from the command line.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "platform", "handle"], name="past_terms_once")]

    def __str__(self) -> str:
        return f"@{self.handle}: {self.rate_bp} bp"


class PastCreator(models.Model):
    """What a creator sold for a shop at a platform, or only agreed on with it, counted with the months."""

    # No index of its own: the one below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    platform = models.CharField(max_length=20)
    handle = models.CharField(max_length=MAX_HANDLE_LENGTH)
    orders = models.PositiveIntegerField(help_text="Without those cancelled or sent back.")
    goods_idr = models.BigIntegerField()
    commission_idr = models.BigIntegerField()
    rate_bp = models.PositiveIntegerField(null=True, help_text="As agreed, else at which most was sold; empty: unsaid.")
    abroad = models.JSONField(
        default=dict, help_text="In other currencies than rupiah, by code: what was sold, and the commission."
    )
    last_at = models.DateTimeField(null=True, help_text="When they last sold something, else joined; empty: unsaid.")

    class Meta:
        # Those who sold most first.
        indexes = [models.Index(fields=["shop", "-goods_idr", "id"], name="past_creator_best")]

    def __str__(self) -> str:
        return f"@{self.handle}"


class PastIncome(models.Model):
    """What an old platform paid for an order, or as an adjustment, and what it took of it: a row of its report of income."""

    class Kind(models.TextChoices):
        ORDER = "order", _("order")
        ADJUSTMENT = "adjustment", _("adjustment")

    # No index of its own: the constraint below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    platform = models.CharField(max_length=20)
    source_id = models.CharField(max_length=MAX_SOURCE_ID_LENGTH, help_text="The order's, or the adjustment's own.")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    settled_on = models.DateField(help_text="The day as the report writes it.")
    order_id = models.CharField(max_length=MAX_SOURCE_ID_LENGTH, help_text="Of the order that it is about, as there.")
    payment_id = models.CharField(
        max_length=MAX_SOURCE_ID_LENGTH,
        blank=True,
        help_text="The platform's number of the payment; empty where its report has none.",
    )
    revenue_idr = models.BigIntegerField(help_text="Goods after the shop's discounts, less what buyers got back.")
    fees = models.JSONField(help_text="By name, in rupiah; what was taken is below nought.")
    adjustment_idr = models.BigIntegerField()
    paid_idr = models.BigIntegerField()
    upload_id = models.UUIDField(null=True, help_text="Which brought it here first; none from the command line.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "platform", "source_id", "kind", "settled_on"], name="past_income_once"
            )
        ]
        # By the order: which of the shop's past orders were never paid.
        indexes = [models.Index(fields=["shop", "platform", "order_id"], name="past_income_of_order")]

    def __str__(self) -> str:
        return f"{self.platform} {self.source_id}: {self.paid_idr}"


class PastIncomeMonth(models.Model):
    """What a platform paid a shop in a month, counted when reports come in."""

    # No index of its own: the constraint below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    platform = models.CharField(max_length=20)
    month = models.DateField(help_text="Its first day.")
    orders = models.PositiveIntegerField(help_text="Rows that are orders, not adjustments.")
    revenue_idr = models.BigIntegerField()
    fees = models.JSONField(help_text="By name, in rupiah; what was taken is below nought.")
    adjustment_idr = models.BigIntegerField()
    paid_idr = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "platform", "month"], name="past_income_month_once")]

    def __str__(self) -> str:
        return f"{self.platform} {self.month:%Y-%m}: {self.paid_idr}"


class PastReview(models.Model):
    """What somebody said of a product at an old platform; their name masked, and nothing checked by anyone here."""

    # No index of its own: the constraint below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    platform = models.CharField(max_length=20)
    source_id = models.CharField(max_length=MAX_SOURCE_ID_LENGTH, help_text="The platform's, or made of what it says.")
    product_key = models.CharField(max_length=MAX_SOURCE_ID_LENGTH, blank=True, help_text="The product's, as there.")
    seller_sku = models.CharField(max_length=MAX_SELLER_SKU_LENGTH, blank=True)
    title = models.CharField(max_length=MAX_TITLE_LENGTH, blank=True, help_text="The product's.")
    # No index of its own: the one below begins with it.
    product = models.ForeignKey(Product, models.SET_NULL, null=True, related_name="+", db_index=False)
    stars = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    author = models.CharField(max_length=10, blank=True, help_text="Masked.")
    written_at = models.DateTimeField()
    upload_id = models.UUIDField(null=True, help_text="Which brought it here first; none from the command line.")
    hidden_at = models.DateTimeField(null=True, help_text="Since when the operator shows it to nobody.")
    hidden_because = models.TextField(max_length=LONGEST_STORY, blank=True)
    reported_at = models.DateTimeField(null=True, help_text="Since when reports of it wait for the operator.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "platform", "source_id"], name="past_review_once"),
            models.CheckConstraint(
                condition=Q(hidden_at=None, hidden_because="") | (Q(hidden_at__isnull=False) & ~Q(hidden_because="")),
                name="past_review_hidden_with_reason",
            ),
        ]
        indexes = [
            # A product's, newest first.
            models.Index(fields=["product", "-written_at", "-id"], name="past_review_of_product"),
            # What waits for the operator, what was reported first first.
            models.Index(
                fields=["reported_at", "id"], condition=Q(reported_at__isnull=False), name="past_review_reported"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform} {self.source_id}"

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None


class PastReviewReport(models.Model):
    """Somebody says that a review from elsewhere should not stand here. All that wait are one case."""

    Reason = ReviewReport.Reason

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: the constraint below begins with it.
    review = models.ForeignKey(PastReview, models.CASCADE, related_name="reports", db_index=False)
    shop_id = models.UUIDField(help_text="The review's: every row of a shop names it.")
    # No index of its own: `past_report_of_person` begins with it.
    reporter = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=20, choices=ReviewReport.Reason.choices)
    words = models.TextField(max_length=LONGEST_REVIEW, blank=True)
    reported_at = models.DateTimeField()
    decision = models.ForeignKey(
        Change, models.PROTECT, null=True, related_name="+", help_text="What the operator did; empty while it waits."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "reporter"], name="past_report_once")]
        indexes = [
            # How many a person has sent today.
            models.Index(fields=["reporter", "-reported_at"], name="past_report_of_person"),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()


BROUGHT = (
    PastOrder.objects, PastPromotion.objects, PastTerms.objects, PastIncome.objects,
    PastReview.objects.filter(hidden_at=None),  # what is hidden stays, or taking an upload back and giving it again would show it
    *partners.BROUGHT,
)  # fmt: skip
"""What lists bring, each row with the upload that brought it first; all else is counted from it."""
