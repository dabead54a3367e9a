"""What was moved in from where, the memory that makes moving in again change only what changed at the source; what
sellers gave to be moved in; the files that they asked for to take along; and the feeds that platforms fetch."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lapak.goods.catalogue.models import Category
from lapak.goods.catalogue.rules import MAX_OPTION_LENGTH
from lapak.lib.follow import Bookmark
from lapak.lib.ids import new_id
from lapak.lib.private import private_storage
from lapak.lib.whole import WholeCharField
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

MAX_ADDRESS_LENGTH = 2000
"""Of a picture; the longest that browsers and servers agree about."""


class SourceRecord(models.Model):
    """One product or SKU of an old platform, the row it became here, and its fields as last read from a file.

    A later file is compared with `fields`, never with the living product: what the seller or buyers changed here
    since (a price, the stock) stays, and only what the file itself changed is applied.
    """

    class Kind(models.TextChoices):
        PRODUCT = "product"
        SKU = "sku"

    # No index of its own: the constraint below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    platform = models.CharField(max_length=20)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    source_id = models.CharField(max_length=64)
    target_id = models.UUIDField(help_text="Product or variant id here.")
    fields = models.JSONField()
    unmapped = models.JSONField(default=dict, help_text="Columns we have no place for, kept so that nothing is lost.")
    moved_in_at = models.DateTimeField()
    upload_id = models.UUIDField(null=True, help_text="Which brought it here first; none from the command line.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "platform", "kind", "source_id"], name="source_record_once"),
        ]

    def __str__(self) -> str:
        return f"{self.platform} {self.kind} {self.source_id}"


class KeptPicture(models.Model):
    """A picture that came for a product which was left out: it waits for the product."""

    # No index of its own: the constraint below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=300, help_text="As `pictures.picture_key`.")
    file = models.CharField(max_length=200, help_text="In the private storage.")
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "key"], name="kept_picture_once")]

    def __str__(self) -> str:
        return self.key


class SoughtPicture(models.Model):
    """A picture that did not come with the files and is fetched from the address they say; gone once its product shows it."""

    class WhyNot(models.TextChoices):
        GONE = "gone", _("The old platform does not give it out any more.")
        FORBIDDEN = "forbidden", _("Its address does not lead to a picture on the web.")
        SILENT = "silent", _("The old platform did not answer, several times.")
        UNFIT = "unfit", _("It is no JPEG, PNG or WebP picture that Lapak can take.")
        STOPPED = "stopped", _("Something Lapak did not foresee stopped it; it is written down for us to mend.")

    # No index of its own: the constraint below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(
        max_length=300, help_text="As `pictures.picture_key`: it is fetched once for all that show it."
    )
    platform = models.CharField(max_length=20)
    source_id = models.CharField(max_length=64, help_text="The product's, as `SourceRecord`.")
    address = models.CharField(max_length=MAX_ADDRESS_LENGTH)
    position = models.PositiveSmallIntegerField(help_text="In the gallery: every product gets its first picture first.")
    tries = models.PositiveSmallIntegerField(default=0)
    why_not = models.CharField(max_length=9, choices=WhyNot.choices, blank=True, help_text="Empty: it is waited for.")
    sought_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "key", "platform", "source_id"], name="sought_picture_once"),
        ]
        # What a shop's job fetches next.
        indexes = [models.Index(fields=["shop", "position", "id"], condition=Q(why_not=""), name="sought_next")]

    def __str__(self) -> str:
        return self.key


MAX_PATH_LENGTH = 500


class ChosenCategory(models.Model):
    """What a seller takes a category path of their old platform for, in every file from now on."""

    # No index of its own: the constraint below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    path = models.CharField(max_length=MAX_PATH_LENGTH)
    category = models.ForeignKey(
        Category, models.CASCADE, related_name="+", null=True, help_text="Empty: in no category, on purpose."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "path"], name="chosen_category_once")]

    def __str__(self) -> str:
        return self.path


class ChosenOptionName(models.Model):
    """What a seller calls the option that has this value, in every file from now on."""

    # No index of its own: the constraint below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    value = models.CharField(max_length=MAX_OPTION_LENGTH, help_text="As `options.folded` writes it.")
    name = models.CharField(max_length=MAX_OPTION_LENGTH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "value"], name="chosen_option_name_once")]

    def __str__(self) -> str:
        return f"{self.value}: {self.name}"


class ChosenColumns(models.Model):
    """What a seller says the columns of an own list mean, for every list with the same names above them from now on."""

    # No index of its own: the constraint below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    header = models.CharField(max_length=64, help_text="As `own_lists.found.OwnList.header`.")
    columns = models.JSONField(
        help_text="As `own_lists.columns.Columns.as_dict`; without roles it is no list of goods."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "header"], name="chosen_columns_once")]

    def __str__(self) -> str:
        return self.header[:12]


class SameGoods(models.Model):
    """What a seller says of goods of two platforms that look the same: they are one, or two for good."""

    # No index of its own: the constraint below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    platform = models.CharField(max_length=20, help_text="Of those that came later.")
    source_id = models.CharField(max_length=64)
    first_platform = models.CharField(max_length=20, help_text="Of those that were first; what they say, stands here.")
    first_source_id = models.CharField(max_length=64)
    are_one = models.BooleanField()
    later_leads = models.BooleanField(default=False, help_text="Price and stock come from those that came later.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "platform", "source_id", "first_platform", "first_source_id"], name="same_goods_once"
            ),
        ]
        # What leads, by those that were first.
        indexes = [models.Index(fields=["shop", "first_platform", "first_source_id"], name="same_goods_by_first")]

    def __str__(self) -> str:
        return f"{self.platform} {self.source_id} = {self.first_platform} {self.first_source_id}: {self.are_one}"


class Upload(models.Model):
    """Files a seller gave on the web: first only looked at, then, when the seller has seen what would happen, moved in."""

    class State(models.TextChoices):
        LOOKING = "looking", _("being looked at")
        UNCLEAR = "unclear", _("asking about columns")
        PLANNED = "planned", _("waiting for you")
        MOVING = "moving", _("being moved in")
        DONE = "done", _("moved in")
        REFUSED = "refused", _("refused")
        STOPPED = "stopped", _("stopped on the way")
        UNDONE = "undone", _("taken back")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: `upload_of_shop` begins with it.
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="uploads", db_index=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    language = models.CharField(max_length=5, help_text="In which the seller reads what is wrong.")
    file_names = models.JSONField(help_text="As kept in the private storage; gone once they are moved in.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.LOOKING)
    step = models.CharField(max_length=12, blank=True)
    step_done = models.PositiveIntegerField(default=0)
    step_total = models.PositiveIntegerField(null=True)
    found = models.JSONField(default=list, help_text="What was recognised: file, platform, sheet and rows of each.")
    worth_idr = models.BigIntegerField(null=True, help_text="Of what the files hold that is fit: price times stock.")
    counts = models.JSONField(default=dict, help_text="What would be, or was, created, changed, unchanged, left out.")
    proposals = models.JSONField(
        default=dict,
        help_text="Categories, names of options and columns of own lists, for the seller to confirm; what is listed no more.",
    )
    problems = models.JSONField(default=list, help_text="The first of them, in words; the report has them all.")
    problem_count = models.PositiveIntegerField(default=0)
    refusal = models.TextField(blank=True, help_text="Why it was refused, or stopped on the way, in words.")
    report = models.FileField(upload_to="moving", storage=private_storage, blank=True)
    given_at = models.DateTimeField()
    touched_at = models.DateTimeField(help_text="When the job was last heard of.")

    class Meta:
        # A shop's uploads, newest first.
        indexes = [models.Index(fields=["shop", "-given_at"], name="upload_of_shop")]

    def __str__(self) -> str:
        return f"{self.shop_id} {self.state}"

    @property
    def names(self) -> str:
        """The files, as the seller knows them."""
        return ", ".join(name.rpartition("/")[2] for name in self.file_names)


IS_RUNNING = {Upload.State.LOOKING, Upload.State.MOVING}
"""A job of the upload is at work, or will be."""

WAITS_FOR_SELLER = {Upload.State.UNCLEAR, Upload.State.PLANNED}
"""Its files are kept until the seller says more."""


class Takeout(models.Model):
    """A file that somebody asked for, to take along what is theirs: a shop's in one of the formats, or (no shop) their own."""

    OWN = "own"

    class State(models.TextChoices):
        MAKING = "making", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be made")
        GONE = "gone", _("no longer kept")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: `takeout_of_shop` begins with it.
    shop = models.ForeignKey(Shop, models.PROTECT, null=True, related_name="takeouts", db_index=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    platform = models.CharField(max_length=20, help_text="Whose format it is in; `OWN`.")
    language = models.CharField(max_length=5, help_text="In which its reader is told what is lost.")
    template = models.CharField(
        max_length=200,
        blank=True,
        help_text="The platform's own, as kept in the private storage until it is filled in.",
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.MAKING)
    file = models.FileField(upload_to="takeouts", storage=private_storage, blank=True)
    file_bytes = models.BigIntegerField(default=0)
    counts = models.JSONField(default=dict, help_text="What is in it: products, variants, pictures, and what is lost.")
    failure = models.TextField(blank=True, help_text="Why it could not be made, in words.")
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True, help_text="When its file is cleared away.")

    class Meta:
        indexes = [
            # A shop's, newest first.
            models.Index(fields=["shop", "-asked_at"], name="takeout_of_shop"),
            # The clock that clears them away.
            models.Index(fields=["until"], condition=models.Q(state="ready"), name="takeout_to_clear"),
        ]

    def __str__(self) -> str:
        return f"{self.shop_id} {self.platform} {self.state}"


class Feed(models.Model):
    """A shop's goods on sale at an address that a platform fetches by itself: whoever knows its code reads it. Its file lies in
    the private storage (feed_files.py)."""

    class Standing(models.TextChoices):
        SELLING = "selling"
        RESTING = "resting"
        CLOSED = "closed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: the constraint below begins with it.
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="feeds", db_index=False)
    platform = models.CharField(max_length=20, help_text="Whose format it is in.")
    code = WholeCharField(max_length=43, unique=True, help_text="In its address; nobody guesses it.")
    language = models.CharField(max_length=5, help_text="In which its owners are told what is lost.")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField(help_text="When the shop's goods were last seen to have changed.")
    as_of = models.DateTimeField(null=True, help_text="Of which moment its file tells; empty until there is one.")
    standing = models.CharField(
        max_length=7, choices=Standing.choices, blank=True, help_text="The shop's, at that moment."
    )
    tried_at = models.DateTimeField(null=True, help_text="When it was last begun to be written.")
    failed_at = models.DateTimeField(null=True, help_text="When that was in vain; empty once it is written.")
    counts = models.JSONField(default=dict, help_text="What is in it: products and variants.")
    lost = models.JSONField(default=list, help_text="What is not, in words, and of how many products: the most first.")
    fetched_at = models.DateTimeField(null=True, help_text="When somebody last fetched it, to the minute.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "platform"], name="feed_once_per_shop")]

    def __str__(self) -> str:
        return f"{self.shop_id} {self.platform}"


class FedUpTo(Bookmark):
    """How far the catalogue's changes have been seen to concern feeds."""
