"""Tables of what is for sale."""

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Greatest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lapak.goods.catalogue.barcodes import MAX_BARCODE_LENGTH
from lapak.goods.catalogue.renditions import Renditions
from lapak.goods.catalogue.rules import CM3_PER_G
from lapak.goods.catalogue.stars import Stars
from lapak.lib.follow import transaction_number
from lapak.lib.ids import new_id
from lapak.lib.money import MAX_IDR
from lapak.lib.whole import WholeCharField
from lapak.people.shops.models import Shop
from lapak.people.users.models import User


def path_of_product(slug: str, product_id: uuid.UUID) -> str:
    """A product page's address on this site."""
    return f"/p/{slug}-{product_id.hex}"


class Category(models.Model):
    """A node of Lapak's own category tree; `code` is stable and readable (`fashion.batik.kemeja`)."""

    id = models.AutoField(primary_key=True)
    code = WholeCharField(max_length=80, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name_id = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    class Meta:
        ordering = ["code"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "id").startswith("en") else self.name_id


class Product(models.Model):
    """Something a shop offers, in one or more variants."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("on sale")
        ARCHIVED = "archived", _("archived")

    class Origin(models.TextChoices):
        DOMESTIC = "domestic", _("made in Indonesia")
        IMPORTED = "imported", _("imported")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: those below begin with it.
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="products", db_index=False)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="products")
    title = models.CharField(_("title"), max_length=255)
    slug = models.SlugField(max_length=80, db_index=False)  # addresses carry the id as well
    description = models.TextField(_("description"), blank=True, help_text=_("Plain text."))
    brand = models.CharField(_("brand"), max_length=120, blank=True)
    origin = models.CharField(
        _("made in"),
        max_length=8,
        choices=Origin.choices,
        blank=True,
        default="",
        db_default="",
        help_text="As the shop says it; empty: not said.",
    )
    has_ai_pictures = models.BooleanField(
        _("pictures made by AI"), default=False, db_default=False, help_text="As the shop says; its page bears a label."
    )
    has_ai_words = models.BooleanField(
        _("description made by AI"),
        default=False,
        db_default=False,
        help_text="As the shop says; its page bears a label.",
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    taken_down_at = models.DateTimeField(
        null=True, editable=False, help_text="Since when Lapak allows it no more; empty: it may be on sale."
    )
    option_names = models.JSONField(default=list, help_text="Names of the option axes, in order: ['Warna', 'Ukuran'].")
    attributes = models.JSONField(default=dict, help_text="What the product is, by attribute name: {'Bahan': 'Katun'}.")
    source_category = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="What its old platform filed it under: its words are searched for, whatever category it is in here.",
    )
    sold_before = models.JSONField(
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        help_text="Pieces sold elsewhere before it came here, by the shop's own files: {'TikTok Shop': 1200}.",
    )
    reviewed_before = models.JSONField(
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        help_text="Reviews written elsewhere before it came here, by the shop's own files: {'Shopify': 12}.",
    )
    weight_g = models.PositiveIntegerField(_("weight with packaging (g)"), validators=[MinValueValidator(1)])
    length_cm = models.PositiveIntegerField(null=True, blank=True)
    width_cm = models.PositiveIntegerField(null=True, blank=True)
    height_cm = models.PositiveIntegerField(null=True, blank=True)
    # A kilogram for 6,000 cm³ is a gram for 6.
    charged_weight_g = models.GeneratedField(
        expression=Greatest(
            Cast("weight_g", models.BigIntegerField()),
            (Cast("length_cm", models.BigIntegerField()) * F("width_cm") * F("height_cm") + CM3_PER_G - 1) / CM3_PER_G,
        ),
        output_field=models.BigIntegerField(),
        db_persist=True,
        help_text="By which couriers charge: its weight, or that of its volume where all sides are known and it is more.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weight_g__gt=0), name="product_weight_positive"),
            # Whoever writes, also a careless one: what was taken down is on sale nowhere (`on_sale.py`).
            models.CheckConstraint(
                condition=Q(taken_down_at=None) | ~Q(status="published"), name="product_taken_down_is_not_on_sale"
            ),
        ]
        # Shop page and the seller's list: products of a shop, of one status or all, newest first. The id decides between
        # those moved in at one moment, which may be all of them.
        indexes = [
            models.Index(fields=["shop", "status", "-created_at", "-id"], name="product_of_shop"),
            models.Index(fields=["shop", "-created_at", "-id"], name="product_of_shop_any_status"),
            # What a creator may link to, of many shops, newest first.
            models.Index(fields=["-created_at", "-id"], condition=Q(status="published"), name="product_on_sale_newest"),
            # Those of a shop that were sold or reviewed elsewhere before.
            models.Index(
                fields=["shop"], condition=~Q(sold_before={}) | ~Q(reviewed_before={}), name="product_with_a_past"
            ),
        ]
        verbose_name = _("product")
        verbose_name_plural = _("products")

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """The product page's address on this site."""
        return path_of_product(self.slug, self.id)


class MissingNumber(models.Model):
    """A product that was seen on sale without a number of a standard that its category must show (`numbers.py`).

    It goes when the number is there. The product may be off sale by then: its time is not given twice.
    """

    product = models.OneToOneField(Product, models.CASCADE, primary_key=True, related_name="missing_number")
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    due_at = models.DateTimeField(help_text="From then on it is taken off sale.")
    taken_off_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # A shop's list of them, and how many there are.
            models.Index(fields=["shop", "due_at", "product"], name="missing_number_of_shop"),
            # Whose time is over, and whose shop is told that it will be.
            models.Index(fields=["due_at"], condition=Q(taken_off_at=None), name="missing_number_due"),
        ]
        verbose_name = _("missing number")
        verbose_name_plural = _("missing numbers")

    def __str__(self) -> str:
        return str(self.product_id)


class Variant(models.Model):
    """One sellable choice of a product; a product without options has one variant with no option values."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="variants")
    position = models.PositiveSmallIntegerField(default=0)
    option_values = models.JSONField(default=list, help_text="One value per axis, in the axes' order: ['Hitam', 'XL'].")
    seller_sku = models.CharField(_("seller SKU"), max_length=100, blank=True)
    barcode = models.CharField(
        _("barcode"),
        max_length=MAX_BARCODE_LENGTH,
        blank=True,
        default="",
        db_default="",
        help_text="GTIN, EAN or UPC.",
    )
    price_idr = models.BigIntegerField(_("price"))
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(price_idr__gt=0, price_idr__lte=MAX_IDR), name="variant_price_in_bounds"
            ),
        ]
        verbose_name = _("variant")
        verbose_name_plural = _("variants")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """`Hitam, XL`; empty for a product without options."""
        return ", ".join(self.option_values)

    @property
    def available(self) -> int:
        """How many can be bought now; a variant whose stock was never counted has none."""
        stock = getattr(self, "stock", None)
        return stock.available if stock else 0

    @property
    def sold(self) -> int:
        """How many have gone to buyers and not come back."""
        stock = getattr(self, "stock", None)
        return stock.sold if stock else 0


class Stock(models.Model):
    """How many of a variant there are and how many are promised to buyers. A narrow table: it is written often."""

    variant = models.OneToOneField(Variant, models.CASCADE, primary_key=True, related_name="stock")
    shop_id = models.UUIDField(help_text="The product's: every row of a shop names it.")
    on_hand = models.PositiveIntegerField(default=0)
    reserved = models.PositiveIntegerField(default=0)
    sold = models.PositiveIntegerField(
        default=0, db_default=0, help_text="How many have gone to buyers and not come back."
    )

    class Meta:
        constraints = [
            # Oversell is impossible, not unlikely: every writer, also a careless one, meets this.
            models.CheckConstraint(
                condition=Q(reserved__gte=0, reserved__lte=F("on_hand")), name="stock_within_bounds"
            ),
        ]
        verbose_name = _("stock")
        verbose_name_plural = _("stock")

    def __str__(self) -> str:
        return f"{self.available} / {self.on_hand}"

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


class StockChange(models.Model):
    """One change of what is on a shelf: who, why, from how many to how many. Append-only; the database sees to it.

    Names variant and shop without foreign keys: a journal outlives what it tells of.
    """

    class Reason(models.TextChoices):
        LISTED = "listed", _("put on sale")
        TYPED = "typed", _("corrected by the shop")
        MOVED_IN = "moved_in", _("moved in")
        SHIPPED = "shipped", _("shipped")
        RETURNED = "returned", _("came back")
        GONE = "gone", _("found missing or broken")
        SAMPLE = "sample", _("given to a creator")

    id = models.BigAutoField(primary_key=True)
    variant_id = models.UUIDField()
    shop_id = models.UUIDField()
    from_on_hand = models.PositiveIntegerField()
    to_on_hand = models.PositiveIntegerField()
    reason = models.CharField(max_length=10, choices=Reason.choices)
    # No index of its own: nobody asks for what one person did to stock.
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    reference = models.UUIDField(null=True, help_text="The order, return, upload or sample it came of.")
    happened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(from_on_hand=F("to_on_hand")), name="stock_change_changes_something")
        ]
        # A variant's journal, and the check of its stock against it.
        indexes = [models.Index(fields=["variant_id", "id"], name="stock_change_of_variant")]
        verbose_name = _("stock change")
        verbose_name_plural = _("stock changes")

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.from_on_hand} → {self.to_on_hand}"


class ProductRating(Stars):
    """What those who received a product gave it."""

    product = models.OneToOneField(Product, models.CASCADE, primary_key=True, related_name="rating")
    shop_id = models.UUIDField(help_text="The product's: every row of a shop names it.")

    def __str__(self) -> str:
        return f"{self.average} ({self.review_count})"


class ShopRating(Stars):
    """The same, of all that a shop ever sold."""

    shop = models.OneToOneField(Shop, models.CASCADE, primary_key=True, related_name="rating")

    def __str__(self) -> str:
        return f"{self.average} ({self.review_count})"


class StoredImage(models.Model):
    """A picture's bytes, once, whoever shows them: named by their SHA-256."""

    sha256 = WholeCharField(primary_key=True, max_length=64)
    file = models.ImageField(upload_to="images", width_field="width_px", height_field="height_px")
    width_px = models.PositiveIntegerField()
    height_px = models.PositiveIntegerField()
    size_bytes = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def renditions(self) -> Renditions:
        """The picture as pages show it."""
        return Renditions(str(self.file.name), self.width_px, self.height_px)


class ProductImage(models.Model):
    """A picture in a product's gallery; `source_path` is the URL path it had at its source, whose hosts rotate."""

    # No index of its own: the constraint below begins with it.
    product = models.ForeignKey(Product, models.CASCADE, related_name="images", db_index=False)
    image = models.ForeignKey(StoredImage, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    source_path = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["product", "position"], name="product_image_position")]

    def __str__(self) -> str:
        return f"{self.product} #{self.position}"


class ProductChange(models.Model):
    """The catalogue's change log: what the search index follows.

    `transaction_id` is the writing transaction's: only it tells a follower what a slow one committed behind its back, after
    higher ids were read.
    """

    id = models.BigAutoField(primary_key=True)
    product_id = models.UUIDField()
    transaction_id = transaction_number()
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        # The search index reads on from the oldest transaction that had not ended when it last looked.
        indexes = [models.Index(fields=["transaction_id", "id"], name="product_change_in_order")]

    def __str__(self) -> str:
        return f"{self.id}: {self.product_id}"
