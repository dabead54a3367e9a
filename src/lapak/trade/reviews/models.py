"""Tables of what buyers say of goods."""

from datetime import datetime

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.rules import STARS
from lapak.lib.clock import WIB
from lapak.lib.follow import transaction_number
from lapak.lib.ids import new_id
from lapak.lib.private import private_storage
from lapak.lib.written import LONGEST_STORY
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.trade.orders.models import OrderLine
from lapak.trade.reviews.rules import LONGEST_REVIEW, changed_until, masked


class Review(models.Model):
    """What a buyer says of the goods of one order line. Deleted by its author it is gone; its events stay, without its words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    line = models.OneToOneField(OrderLine, models.PROTECT, related_name="review")
    # No indexes of their own: those below begin with them.
    product = models.ForeignKey(Product, models.PROTECT, related_name="reviews", db_index=False)
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="reviews", db_index=False)
    author = models.ForeignKey(User, models.PROTECT, related_name="reviews")
    stars = models.PositiveSmallIntegerField(_("stars"))
    words = models.TextField(_("in your own words"), max_length=LONGEST_REVIEW, blank=True, help_text="Plain text.")
    picture_count = models.PositiveSmallIntegerField(default=0, db_default=0)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    answer = models.TextField(_("answer"), max_length=LONGEST_REVIEW, blank=True, help_text="The shop's.")
    answered_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True, help_text="Since when the operator shows it to nobody.")
    hidden_because = models.TextField(max_length=LONGEST_STORY, blank=True)
    answer_hidden_at = models.DateTimeField(null=True, help_text="Since when the answer alone is shown to nobody.")
    answer_hidden_because = models.TextField(max_length=LONGEST_STORY, blank=True)
    reported_at = models.DateTimeField(null=True, help_text="Since when reports of it wait for the operator.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stars__in=STARS), name="review_stars"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="review_answered_with_words",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at=None, hidden_because="") | (Q(hidden_at__isnull=False) & ~Q(hidden_because="")),
                name="review_hidden_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(answer_hidden_at=None, answer_hidden_because="")
                | (Q(answer_hidden_at__isnull=False) & ~Q(answer_hidden_because="") & ~Q(answer="")),
                name="review_answer_hidden_with_reason",
            ),
        ]
        indexes = [
            # A product's, newest first: all, of so many stars, and those with pictures. Whether it has any, hidden ones too, is
            # asked when a product goes.
            models.Index(fields=["product", "-written_at", "-id"], name="review_of_product"),
            models.Index(
                fields=["product", "stars", "-written_at", "-id"],
                condition=Q(hidden_at=None),
                name="review_of_product_by_stars",
            ),
            models.Index(
                fields=["product", "-written_at", "-id"],
                condition=Q(hidden_at=None, picture_count__gt=0),
                name="review_with_pictures",
            ),
            # The seller's list, newest first, and what of it waits for an answer.
            models.Index(fields=["shop", "-written_at", "-id"], name="review_of_shop"),
            models.Index(
                fields=["shop", "-written_at", "-id"],
                condition=Q(hidden_at=None, answered_at=None),
                name="review_unanswered",
            ),
            # The operator's, newest first.
            models.Index(fields=["-written_at", "-id"], name="review_newest"),
            # What waits for the operator, what was reported first first.
            models.Index(fields=["reported_at", "id"], condition=Q(reported_at__isnull=False), name="review_reported"),
        ]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self) -> str:
        return f"{'★' * self.stars} {self.words[:40]}".strip()

    @property
    def author_name(self) -> str:
        """As others are shown it (`B***i`); empty where they gave no name."""
        return masked(self.author.name)

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def is_answer_hidden(self) -> bool:
        return self.answer_hidden_at is not None

    @property
    def shown_answer(self) -> str:
        """What others read of the shop's answer; empty while the operator hides it."""
        return "" if self.is_answer_hidden else self.answer

    @property
    def last_said_at(self) -> datetime:
        """When the author or the shop last wrote in it."""
        return max(moment for moment in (self.written_at, self.changed_at, self.answered_at) if moment)

    @property
    def changed_until(self) -> datetime:
        """The last moment at which its author may change it."""
        return changed_until(self.written_at.astimezone(WIB))


class ReviewPicture(models.Model):
    """A picture of the goods, painted anew; under no public address, so that nobody sees it while its review is hidden."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(Review, models.CASCADE, related_name="pictures")
    shop_id = models.UUIDField(help_text="The review's: every row of a shop names it.")
    # Named by their order line and their SHA-256.
    file = models.FileField(upload_to="reviews", storage=private_storage, max_length=150)
    small = models.FileField(
        upload_to="reviews", storage=private_storage, max_length=150, help_text="The same, as lists show it."
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.file.name)


class ReviewEvent(models.Model):
    """What was done with the review of an order line, by whom. Append-only; the database refuses update and delete."""

    class Kind(models.TextChoices):
        WRITTEN = "written", _("written")
        CHANGED = "changed", _("changed")
        DELETED = "deleted", _("deleted")
        ANSWERED = "answered", _("answered")
        HIDDEN = "hidden", _("hidden")
        SHOWN = "shown", _("shown again")
        ANSWER_HIDDEN = "answer_hidden", _("answer hidden")
        ANSWER_SHOWN = "answer_shown", _("answer shown again")
        REPORTED = "reported", _("reported")
        DISMISSED = "dismissed", _("left as it is")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: `event_of_review` begins with it.
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="review_events", db_index=False)
    shop_id = models.UUIDField(help_text="The review's.")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    from_stars = models.PositiveSmallIntegerField(null=True, help_text="Before, where there was a review.")
    to_stars = models.PositiveSmallIntegerField(null=True, help_text="From then on, where there is one.")
    # No index of its own: nobody asks for what one person did to reviews.
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    words = models.TextField(max_length=LONGEST_STORY, blank=True, help_text="Why the operator decided so.")
    happened_at = models.DateTimeField()
    transaction_id = transaction_number()

    class Meta:
        indexes = [
            models.Index(fields=["line", "happened_at"], name="event_of_review"),
            # Followers read on from where they are (lib/follow.py).
            BrinIndex(fields=["transaction_id"], name="event_of_review_since"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.line_id}"


class ReviewReport(models.Model):
    """Somebody says that a review, or the shop's answer to it, should not stand there. All that wait are one case."""

    class Reason(models.TextChoices):
        PERSONAL = "personal", _("It names a person, a number or an address")
        INSULT = "insult", _("It insults or threatens")
        OFF_TOPIC = "off_topic", _("It is not about these goods")
        ADVERTISING = "advertising", _("It advertises something else")
        MADE_UP = "made_up", _("It is made up or was paid for")
        ANSWER = "answer", _("It is the shop's answer that should not stand there")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: `report_of_review` begins with it.
    review = models.ForeignKey(Review, models.CASCADE, related_name="reports", db_index=False)
    shop_id = models.UUIDField(help_text="The review's: every row of a shop names it.")
    # No index of its own: `report_of_person` begins with it.
    reporter = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    words = models.TextField(max_length=LONGEST_REVIEW, blank=True)
    reported_at = models.DateTimeField()
    decision = models.ForeignKey(
        ReviewEvent,
        models.PROTECT,
        null=True,
        related_name="reports",
        help_text="What the operator did; empty while it waits.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "reporter"], condition=Q(decision=None), name="report_once_while_it_waits"
            ),
        ]
        indexes = [
            # The case: who said what.
            models.Index(fields=["review", "reported_at"], name="report_of_review"),
            # How many a person has sent today.
            models.Index(fields=["reporter", "-reported_at"], name="report_of_person"),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
