"""Tables of the posts that shops pay for."""

from datetime import date, timedelta

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.models import Creator
from lapak.affiliates.posts.rules import HIGHEST_FEE_IDR, LOWEST_FEE_IDR, MOST_PLACES, held_idr
from lapak.affiliates.rules import LONGEST_POST_ADDRESS
from lapak.goods.catalogue.models import Product
from lapak.lib.clock import WIB
from lapak.lib.follow import transaction_number
from lapak.lib.ids import new_id, number_of
from lapak.lib.money import format_idr
from lapak.lib.written import LONGEST_STORY
from lapak.people.shops.models import Shop
from lapak.people.users.models import User


class PostOffer(models.Model):
    """A fee for each approved post about a product, for so many posts: offered to all who promote the shop, or to one creator.

    The money for every place is set aside when the offer is made. The database keeps that there is enough of it: a fee for each
    place of an open offer, later for each that was taken, less those that have been credited (`held_idr`).
    """

    class State(models.TextChoices):
        OPEN = "open", _("places are given")
        ENDED = "ended", _("its last day is over")
        WITHDRAWN = "withdrawn", _("withdrawn")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: the one below begins with it.
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="+", db_index=False)
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    invited = models.ForeignKey(
        Creator, models.PROTECT, null=True, related_name="+", db_index=False, help_text="For whom alone it is."
    )
    words = models.TextField(max_length=LONGEST_STORY, help_text="What a post is to show.")
    fee_idr = models.BigIntegerField(help_text="For each approved post, before tax.")
    places = models.PositiveSmallIntegerField(help_text="Of how many posts.")
    taken = models.PositiveSmallIntegerField(default=0, help_text="How many of them creators have, or were paid for.")
    credited = models.PositiveSmallIntegerField(default=0, help_text="How many fees have reached their creators.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="Until when a place can be taken.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    fee_idr__gte=LOWEST_FEE_IDR, fee_idr__lte=HIGHEST_FEE_IDR, places__gte=1, places__lte=MOST_PLACES
                ),
                name="post_offer_in_bounds",
            ),
            # No more fees are owed than are held.
            models.CheckConstraint(
                condition=Q(taken__lte=F("places"), credited__lte=F("taken")), name="post_offer_held"
            ),
        ]
        indexes = [
            # The shop's list, newest first.
            models.Index(fields=["shop", "-made_at", "-id"], name="post_offer_of_shop"),
            # What a creator alone is offered.
            models.Index(fields=["invited", "-made_at"], condition=Q(state="open"), name="post_offer_to_one"),
            # What creators may take, and the clock's: what ends first.
            models.Index(fields=["ends_at", "id"], condition=Q(state="open"), name="post_offer_ends"),
        ]
        verbose_name = _("offer for posts")
        verbose_name_plural = _("offers for posts")

    def __str__(self) -> str:
        return f"{format_idr(self.fee_idr)} × {self.places}"

    @property
    def number(self) -> str:
        """How people name it on statements."""
        return number_of(self.id)

    @property
    def held_idr(self) -> int:
        """What of its money is still set aside."""
        return held_idr(self.state, self.fee_idr, places=self.places, taken=self.taken, credited=self.credited)

    @property
    def free(self) -> int:
        """How many places nobody has."""
        return self.places - self.taken

    @property
    def last_day(self) -> date:
        """On which a place can be taken."""
        return (self.ends_at - timedelta(minutes=1)).astimezone(WIB).date()


class Post(models.Model):
    """A creator's place under an offer: from taking it to the fee in their balance."""

    class State(models.TextChoices):
        TAKEN = "taken", _("to be posted")
        HANDED_IN = "handed_in", _("posted, the shop looks at it")
        DECLINED = "declined", _("declined by the shop")
        ESCALATED = "escalated", _("with Lapak")
        APPROVED = "approved", _("approved")
        PAYABLE = "payable", _("in the balance")
        PAID = "paid", _("paid")
        GIVEN_UP = "given_up", _("given up")
        LAPSED = "lapsed", _("not posted in time")
        DENIED = "denied", _("not paid")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No indexes of their own: those below begin with them.
    offer = models.ForeignKey(PostOffer, models.PROTECT, related_name="posts", db_index=False)
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="+", db_index=False, help_text="The offer's.")
    creator = models.ForeignKey(Creator, models.PROTECT, related_name="posts", db_index=False)
    fee_idr = models.BigIntegerField(help_text="The offer's, before tax.")
    tax_idr = models.BigIntegerField(default=0, help_text="What was withheld of it when it was credited.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.TAKEN)
    act_by = models.DateTimeField(null=True, help_text="When its state ends by itself; empty for one that lasts.")
    address = models.CharField(
        max_length=LONGEST_POST_ADDRESS,
        blank=True,
        help_text="Where it was posted, in one way of writing; never fetched.",
    )
    reason = models.TextField(max_length=LONGEST_STORY, blank=True, help_text="Why the shop, or Lapak, said no.")
    objection = models.TextField(max_length=LONGEST_STORY, blank=True, help_text="What the creator says to it.")
    is_upheld = models.BooleanField(default=False, help_text="Lapak has decided for the creator: no second refusal.")
    taken_at = models.DateTimeField()
    credited_at = models.DateTimeField(null=True, help_text="When its fee reached the creator's balance.")
    taxed_as = models.CharField(max_length=10, choices=Creator.TaxStatus.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["taken", "handed_in", "declined", "escalated", "approved"], act_by__isnull=False)
                | (~Q(state__in=["taken", "handed_in", "declined", "escalated", "approved"]) & Q(act_by=None)),
                name="post_ends",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=["taken", "given_up", "lapsed"]) & Q(address=""))
                | (~Q(state__in=["taken", "given_up", "lapsed"]) & ~Q(address="")),
                name="post_somewhere",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=["payable", "paid"], credited_at__isnull=False) & ~Q(taxed_as=""))
                | (~Q(state__in=["payable", "paid"]) & Q(credited_at=None, taxed_as="", tax_idr=0)),
                name="post_credited_when_payable",
            ),
            models.CheckConstraint(
                condition=Q(fee_idr__gt=0, tax_idr__gte=0, tax_idr__lte=F("fee_idr")), name="post_fee_sane"
            ),
            # One post, one fee; what was denied may be shown again.
            models.UniqueConstraint(
                fields=["address"], condition=~Q(address="") & ~Q(state="denied"), name="post_paid_once"
            ),
            models.UniqueConstraint(
                fields=["offer", "creator"],
                condition=Q(state__in=["taken", "handed_in"]),
                name="post_one_at_a_time",
            ),
        ]
        indexes = [
            # The creator's list, newest first; of one state, for payouts and sums.
            models.Index(fields=["creator", "-taken_at", "-id"], name="post_of_creator"),
            models.Index(fields=["creator", "state"], name="post_of_creator_in_state"),
            # The shop's list, newest first; and of one state.
            models.Index(fields=["shop", "-taken_at", "-id"], name="post_of_shop"),
            models.Index(fields=["shop", "state", "-taken_at", "-id"], name="post_of_shop_in_state"),
            # Those of an offer, newest first.
            models.Index(fields=["offer", "-taken_at", "-id"], name="post_of_offer"),
            # The clock's, and the operator's list: what ends first.
            models.Index(fields=["state", "act_by", "id"], condition=Q(act_by__isnull=False), name="post_ends_by"),
        ]
        verbose_name = _("paid post")
        verbose_name_plural = _("paid posts")

    def __str__(self) -> str:
        return f"{format_idr(self.fee_idr)} · {self.creator_id}"

    @property
    def number(self) -> str:
        """How people name it on statements."""
        return number_of(self.id)

    @property
    def net_idr(self) -> int:
        """What its creator has of it, once credited."""
        return self.fee_idr - self.tax_idr


class PostEvent(models.Model):
    """A step of an offer, or of a post under it, by whom. Append-only; the database refuses update and delete."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        ENDED = PostOffer.State.ENDED.value, PostOffer.State.ENDED.label
        WITHDRAWN = PostOffer.State.WITHDRAWN.value, PostOffer.State.WITHDRAWN.label
        TAKEN = Post.State.TAKEN.value, Post.State.TAKEN.label
        HANDED_IN = Post.State.HANDED_IN.value, Post.State.HANDED_IN.label
        DECLINED = Post.State.DECLINED.value, Post.State.DECLINED.label
        ESCALATED = Post.State.ESCALATED.value, Post.State.ESCALATED.label
        APPROVED = Post.State.APPROVED.value, Post.State.APPROVED.label
        PAYABLE = Post.State.PAYABLE.value, Post.State.PAYABLE.label
        GIVEN_UP = Post.State.GIVEN_UP.value, Post.State.GIVEN_UP.label
        LAPSED = Post.State.LAPSED.value, Post.State.LAPSED.label
        DENIED = Post.State.DENIED.value, Post.State.DENIED.label

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offer = models.ForeignKey(PostOffer, models.PROTECT, related_name="events")
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, related_name="events", help_text="Empty: it is about the offer."
    )
    state = models.CharField(max_length=10, choices=State.choices, help_text="Into which it came.")
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, help_text="Nobody: the clock."
    )
    words = models.TextField(max_length=LONGEST_STORY, blank=True)
    happened_at = models.DateTimeField()
    transaction_id = transaction_number()

    class Meta:
        # Followers read on from where they are (lib/follow.py).
        indexes = [BrinIndex(fields=["transaction_id"], name="post_event_since")]

    def __str__(self) -> str:
        return f"{self.get_state_display()} · {self.post_id or self.offer_id}"
