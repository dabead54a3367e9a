"""Tables of what creators tell shops of themselves."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.models import Creator
from lapak.affiliates.profiles.rules import LONGEST_ABOUT, LONGEST_ADDRESS, LONGEST_PLATFORM
from lapak.goods.catalogue.models import Category
from lapak.lib.follow import transaction_number
from lapak.lib.ids import new_id
from lapak.lib.private import private_storage
from lapak.lib.written import LONGEST_STORY
from lapak.people.users.models import User


class Profile(models.Model):
    """What shops read of a creator. Orders and clicks are of the last days that count, reckoned each night."""

    creator = models.OneToOneField(Creator, models.PROTECT, primary_key=True, related_name="profile")
    about = models.CharField(max_length=LONGEST_ABOUT, blank=True)
    is_listed = models.BooleanField(default=True, help_text="Whether shops find them; nobody is without saying so.")
    confirmed = models.PositiveSmallIntegerField(default=0, help_text="How many of their channels are confirmed.")
    orders = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)
    counted_on = models.DateField(null=True, help_text="The day on which orders and clicks were reckoned.")

    class Meta:
        indexes = [
            # Whom shops find, the most orders first.
            models.Index(
                fields=["-orders", "-creator"], condition=Q(is_listed=True, confirmed__gt=0), name="profile_found"
            ),
            # Whom the night has not reckoned yet.
            models.Index(fields=["counted_on", "creator"], name="profile_to_count"),
        ]

    def __str__(self) -> str:
        return str(self.creator_id)


class ProfileCategory(models.Model):
    """A wide category that a creator posts about; with their orders, by which shops find them in it."""

    # No index of its own: the constraint begins with it.
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="categories", db_index=False)
    # No index of its own: the one below begins with it.
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", db_index=False)
    orders = models.PositiveIntegerField(default=0, help_text="The profile's.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "category"], name="profile_category_once")]
        # Whom shops find in a category, the most orders first.
        indexes = [models.Index(fields=["category", "-orders", "-profile"], name="profile_found_in_category")]

    def __str__(self) -> str:
        return f"{self.profile_id}: {self.category_id}"


class Channel(models.Model):
    """A place outside where a creator posts, and whether it is known to be theirs: a code stands in its bio, or they show a
    picture of their own side of it, and a person of ours looks. Nothing is fetched from there."""

    class State(models.TextChoices):
        NAMED = "named", _("named")
        ASKED = "asked", _("to be confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("not confirmed")
        REMOVED = "removed", _("taken off the list")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: the one below begins with it.
    creator = models.ForeignKey(Creator, models.PROTECT, related_name="channels", db_index=False)
    platform = models.CharField(max_length=LONGEST_PLATFORM)
    address = models.CharField(max_length=LONGEST_ADDRESS, help_text="Their name there, or the address of their page.")
    code = models.CharField(max_length=20, help_text="What is to stand in its bio until it is confirmed.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.NAMED)
    look_by = models.DateTimeField(
        null=True, help_text="Until when the operator looks at it; empty where nobody waits."
    )
    reason = models.TextField(max_length=LONGEST_STORY, blank=True, help_text="Why it is not confirmed.")
    proof = models.FileField(upload_to="channels", storage=private_storage, max_length=150, blank=True)
    named_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["creator", "platform", "address"], condition=~Q(state="removed"), name="channel_once"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", look_by__isnull=False) | (~Q(state="asked") & Q(look_by=None)),
                name="channel_is_looked_at",
            ),
        ]
        indexes = [
            # A creator's, in the order in which they were named.
            models.Index(
                fields=["creator", "named_at", "id"], condition=~Q(state="removed"), name="channel_of_creator"
            ),
            # The operator's list and the clock's, what ends first on top.
            models.Index(fields=["look_by", "id"], condition=Q(state="asked"), name="channel_to_look_at"),
        ]
        verbose_name = _("channel")
        verbose_name_plural = _("channels")

    def __str__(self) -> str:
        return f"{self.platform}: {self.address}"


class ChannelEvent(models.Model):
    """A step of a channel, by whom. Append-only; the database refuses update and delete."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="events")
    state = models.CharField(max_length=10, choices=Channel.State.choices, help_text="Into which it came.")
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, help_text="Nobody: the clock."
    )
    words = models.TextField(max_length=LONGEST_STORY, blank=True)
    happened_at = models.DateTimeField()
    transaction_id = transaction_number()

    class Meta:
        # Followers read on from where they are (lib/follow.py).
        indexes = [BrinIndex(fields=["transaction_id"], name="channel_event_since")]

    def __str__(self) -> str:
        return f"{self.get_state_display()} · {self.channel_id}"
