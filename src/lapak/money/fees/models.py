"""Tables of fees."""

import uuid
from datetime import date

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lapak.lib import clock
from lapak.lib.clock import WIB
from lapak.lib.follow import transaction_number
from lapak.lib.ids import new_id
from lapak.money.fees import rules
from lapak.money.fees.rules import LONGEST_WORDS, MOST_FEE_BP, Rate
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

FIRST_ID = uuid.UUID("00000000-0000-7000-8000-000000000001")
"""The schedule with which every marketplace begins."""


class Schedule(models.Model):
    """What is taken for sales from a day on, of the shops that are under it: docs/concepts/fees.md."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveSmallIntegerField(unique=True, help_text="Counted from 1; people name it by this.")
    begins_at = models.DateTimeField()
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, help_text="Nobody: the first."
    )
    words = models.TextField(max_length=LONGEST_WORDS, blank=True, help_text="What changes, and why.")
    agreed_from = models.PositiveSmallIntegerField(
        help_text="The number since which nobody pays more: who agreed to that or a later one is under this as well."
    )
    called_off_at = models.DateTimeField(null=True)
    called_off_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    told_up_to = models.UUIDField(null=True, help_text="The last shop whose sellers have been told.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(announced_at__lte=F("begins_at")), name="fees_told_before"),
            models.CheckConstraint(
                condition=Q(agreed_from__gte=1, agreed_from__lte=F("number")), name="fees_rest_on_a_number"
            ),
            models.CheckConstraint(
                condition=Q(called_off_at=None) | Q(called_off_at__lt=F("begins_at")), name="fees_called_off_in_time"
            ),
        ]
        verbose_name = pgettext_lazy("fees", "fee schedule")
        verbose_name_plural = pgettext_lazy("fees", "fee schedules")

    def __str__(self) -> str:
        return _("Fees no. %(number)s") % {"number": self.number}

    @property
    def needs_consent(self) -> bool:
        """Whether somebody pays more by it than by the one before."""
        return self.agreed_from == self.number > 1

    @property
    def has_begun(self) -> bool:
        return self.begins_at <= clock.now()

    @property
    def begins_on(self) -> date:
        """Its first day, in Jakarta."""
        return self.begins_at.astimezone(WIB).date()

    @property
    def rates_by_category(self) -> dict[str, Rate]:
        """As the rules read it."""
        return {each.category: Rate(each.rate_bp, each.small_bp) for each in self.rates.all()}

    @property
    def usual(self) -> Rate:
        """What is taken of goods for which no other rate is named."""
        return self.rates_by_category[rules.EVERYTHING]


class ScheduleRate(models.Model):
    """A rate of a schedule. Never changed; the database refuses update and delete."""

    # No index of its own: `fee_rate_once` begins with it.
    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="rates", db_index=False)
    category = models.CharField(max_length=80, blank=True, help_text="Its code; empty: all that have no other rate.")
    rate_bp = models.PositiveSmallIntegerField()
    small_bp = models.PositiveSmallIntegerField(help_text="For small sellers of domestic goods.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["schedule", "category"], name="fee_rate_once"),
            models.CheckConstraint(
                condition=Q(rate_bp__lte=MOST_FEE_BP, small_bp__lte=F("rate_bp") / 2), name="fee_rate_in_bounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category or '*'} {self.rate_bp} / {self.small_bp}"


class Consent(models.Model):
    """What a shop says to a schedule that needs its consent; none: it has said nothing, and nothing changes for it."""

    class State(models.TextChoices):
        AGREED = "agreed", pgettext_lazy("fees", "agreed")
        OBJECTED = "objected", pgettext_lazy("fees", "objects")
        DECLINED = "declined", pgettext_lazy("fees", "objection declined")
        KEPT = "kept", pgettext_lazy("fees", "objection accepted")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="consents", db_index=False)
    # No index of its own: `fee_consent_once` begins with it.
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="fee_consents", db_index=False)
    state = models.CharField(max_length=8, choices=State.choices)
    agreed_at = models.DateTimeField(null=True)
    objection = models.TextField(max_length=LONGEST_WORDS, blank=True)
    answer = models.TextField(max_length=LONGEST_WORDS, blank=True)
    act_by = models.DateTimeField(null=True, help_text="Until when an objection waits for an answer.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "schedule"], name="fee_consent_once"),
            models.CheckConstraint(
                condition=Q(state="agreed", agreed_at__isnull=False) | (~Q(state="agreed") & Q(agreed_at=None)),
                name="fee_consent_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="objected", act_by__isnull=False) | (~Q(state="objected") & Q(act_by=None)),
                name="fee_objection_has_a_clock",
            ),
            models.CheckConstraint(condition=Q(state="agreed") | ~Q(objection=""), name="fee_objection_in_words"),
        ]
        indexes = [
            # The clock's, and the operator's: what waits for an answer, the most urgent first.
            models.Index(fields=["act_by", "id"], condition=Q(state="objected"), name="fee_objection_to_answer"),
        ]
        verbose_name = pgettext_lazy("fees", "consent")
        verbose_name_plural = pgettext_lazy("fees", "consents")

    def __str__(self) -> str:
        return f"{self.shop_id} {self.state}"


class ConsentEvent(models.Model):
    """A step of a consent, by whom, with what they said. Append-only; the database refuses update and delete."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="events")
    state = models.CharField(max_length=8, choices=Consent.State.choices, help_text="Into which it came.")
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, help_text="Nobody: the clock."
    )
    words = models.TextField(max_length=LONGEST_WORDS, blank=True)
    happened_at = models.DateTimeField()
    transaction_id = transaction_number()

    class Meta:
        # Followers read on from where they are (lib/follow.py).
        indexes = [BrinIndex(fields=["transaction_id"], name="fee_consent_event_since")]

    def __str__(self) -> str:
        return f"{self.get_state_display()} · {self.consent_id}"
