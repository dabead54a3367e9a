"""Tables of the samples that shops give creators."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.models import Creator
from lapak.affiliates.rules import LONGEST_POST_ADDRESS
from lapak.affiliates.samples.rules import (
    LONGEST_COURIER,
    MOST_A_MONTH,
    SHOWS_ADDRESS,
    SampleState,
)
from lapak.goods.catalogue.models import Variant
from lapak.lib.follow import transaction_number
from lapak.lib.ids import new_id
from lapak.lib.written import LONGEST_NOTE, LONGEST_STORY
from lapak.people.shops.models import Shop
from lapak.people.users.models import User


class SampleTerms(models.Model):
    """How many samples a shop gives one creator in a month of Jakarta; a shop without a row gives none."""

    shop = models.OneToOneField(Shop, models.PROTECT, primary_key=True, related_name="sample_terms")
    a_month = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(a_month__lte=MOST_A_MONTH), name="sample_terms_in_bounds"),
        ]

    def __str__(self) -> str:
        return f"{self.shop_id}: {self.a_month}"


class Sample(models.Model):
    """A piece that a creator asks a shop for, to show it: from the wish to the post."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        APPROVED = "approved", _("agreed, to be sent")
        SENT = "sent", _("on its way")
        ARRIVED = "arrived", _("arrived, to be shown")
        POSTED = "posted", _("shown")
        UNPOSTED = "unposted", _("not shown")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        CALLED_OFF = "called_off", _("called off by the shop")
        LAPSED = "lapsed", _("lapsed")
        NOT_ARRIVED = "not_arrived", _("did not arrive in good order")
        ENDED = "ended", _("ended")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No indexes of their own: those below begin with them.
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="+", db_index=False)
    creator = models.ForeignKey(Creator, models.PROTECT, related_name="samples", db_index=False)
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    price_idr = models.BigIntegerField(
        help_text="What the piece cost when it was asked for: what it is worth to the shop."
    )
    words = models.TextField(max_length=LONGEST_STORY, help_text="Why; the shop reads it.")
    place = models.CharField(max_length=LONGEST_NOTE, help_text="Where the creator will show it, in their own words.")
    address = models.JSONField(
        default=dict, help_text="Where it goes, as it was when it was asked for; emptied once it is there, or over."
    )
    state = models.CharField(max_length=11, choices=State.choices, default=State.ASKED)
    act_by = models.DateTimeField(null=True, help_text="When its state ends by itself; empty for one that lasts.")
    reason = models.TextField(
        max_length=LONGEST_STORY, blank=True, help_text="Why it was declined, called off, missed."
    )
    courier = models.CharField(max_length=LONGEST_COURIER, blank=True)
    tracking_number = models.CharField(max_length=40, blank=True)
    post = models.CharField(
        max_length=LONGEST_POST_ADDRESS, blank=True, help_text="The address of the post; never fetched."
    )
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "approved", "sent", "arrived"], act_by__isnull=False)
                | (~Q(state__in=["asked", "approved", "sent", "arrived"]) & Q(act_by=None)),
                name="sample_ends",
            ),
            models.CheckConstraint(
                condition=(Q(state="posted") & ~Q(post="")) | (~Q(state="posted") & Q(post="")),
                name="sample_posted_somewhere",
            ),
            # Where a creator lives is kept as long as a parcel has to get there.
            models.CheckConstraint(
                condition=Q(state__in=["asked", "approved", "sent"]) | Q(address={}), name="sample_address_forgotten"
            ),
            models.CheckConstraint(condition=Q(price_idr__gte=0), name="sample_price_not_below_zero"),
        ]
        indexes = [
            # The creator's list, newest first; and how many of theirs are open.
            models.Index(fields=["creator", "-asked_at", "-id"], name="sample_of_creator"),
            # The shop's list, newest first; and of one state.
            models.Index(fields=["shop", "-asked_at", "-id"], name="sample_of_shop"),
            models.Index(fields=["shop", "state", "-asked_at", "-id"], name="sample_of_shop_in_state"),
            # The clock's: what ends first.
            models.Index(fields=["state", "act_by", "id"], condition=Q(act_by__isnull=False), name="sample_ends_by"),
        ]
        verbose_name = _("sample")
        verbose_name_plural = _("samples")

    def __str__(self) -> str:
        return self.place

    @property
    def address_for_shop(self) -> dict[str, str]:
        """Where the shop sends it; nothing before it has agreed."""
        return self.address if SampleState(self.state) in SHOWS_ADDRESS else {}


class SampleEvent(models.Model):
    """A step of a sample, by whom. Append-only; the database refuses update and delete."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sample = models.ForeignKey(Sample, models.PROTECT, related_name="events")
    state = models.CharField(max_length=11, choices=Sample.State.choices, help_text="Into which it came.")
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, help_text="Nobody: the clock."
    )
    words = models.TextField(max_length=LONGEST_STORY, blank=True)
    happened_at = models.DateTimeField()
    transaction_id = transaction_number()

    class Meta:
        # Followers read on from where they are (lib/follow.py).
        indexes = [BrinIndex(fields=["transaction_id"], name="sample_event_since")]

    def __str__(self) -> str:
        return f"{self.get_state_display()} · {self.sample_id}"
