"""Tables of what rules saw in a creator's sales, what was decided of it, and of accounts that are closed."""

from datetime import datetime

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.integrity.rules import answered_by
from lapak.affiliates.integrity.signs import GROUNDS, OF_SHOWCASES, RULES, Ground, RuleName
from lapak.affiliates.models import Commission, Creator
from lapak.lib.clock import WIB
from lapak.lib.follow import transaction_number
from lapak.lib.ids import new_id
from lapak.lib.numbers import format_count
from lapak.lib.private import private_storage
from lapak.lib.written import LONGEST_STORY
from lapak.people.users.models import User


class Finding(models.Model):
    """What a rule saw in a creator's sales, the lines it froze for it, and how far the decision is."""

    class Rule(models.TextChoices):
        OWN_ADDRESS = "own_address", RULES[RuleName.OWN_ADDRESS].title
        SHARED_ACCOUNT = "shared_account", RULES[RuleName.SHARED_ACCOUNT].title
        CLICK_FLOOD = "click_flood", RULES[RuleName.CLICK_FLOOD].title
        CONVERSION = "conversion", RULES[RuleName.CONVERSION].title
        REFUND_FARMING = "refund_farming", RULES[RuleName.REFUND_FARMING].title
        SNIPING = "sniping", RULES[RuleName.SNIPING].title
        SECOND_ACCOUNT = "second_account", RULES[RuleName.SECOND_ACCOUNT].title
        BY_HAND = "by_hand", RULES[RuleName.BY_HAND].title
        SHOWCASE_PAGE = "showcase_page", RULES[RuleName.SHOWCASE_PAGE].title
        SHOWCASE_COVER = "showcase_cover", RULES[RuleName.SHOWCASE_COVER].title

    class State(models.TextChoices):
        OPEN = "open", _("being looked into")
        UPHELD = "upheld", _("upheld, open to objection")
        APPEALED = "appealed", _("objected to")
        LIFTED = "lifted", _("lifted")
        FINAL = "final", _("final")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: those below begin with it.
    creator = models.ForeignKey(Creator, models.PROTECT, related_name="findings", db_index=False)
    rule = models.CharField(max_length=20, choices=Rule.choices)
    counts = models.JSONField(default=dict, help_text="What the creator reads of it: numbers by name.")
    ids = models.JSONField(default=dict, help_text="What the operator alone does: orders, buyers, links.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField()
    act_by = models.DateTimeField(null=True, help_text="When its state ends by itself; empty once it is over.")
    lifted_at = models.DateTimeField(null=True)
    # No index of its own: nobody asks what one operator decided.
    upheld_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    appeal = models.TextField(max_length=LONGEST_STORY, blank=True, help_text="The creator's own words.")

    class Meta:
        constraints = [
            # What is seen again while nothing is decided belongs to the same finding.
            models.UniqueConstraint(fields=["creator", "rule"], condition=Q(state="open"), name="finding_one_open"),
            models.CheckConstraint(
                condition=Q(state__in=["lifted", "final"], act_by=None)
                | (~Q(state__in=["lifted", "final"]) & Q(act_by__isnull=False)),
                name="finding_ends",
            ),
            models.CheckConstraint(
                condition=Q(state="lifted", lifted_at__isnull=False) | (~Q(state="lifted") & Q(lifted_at=None)),
                name="finding_lifted_since",
            ),
        ]
        indexes = [
            # The creator's list, newest first.
            models.Index(fields=["creator", "-found_at", "-id"], name="finding_of_creator"),
            # Which rules rest for a creator.
            models.Index(fields=["creator", "lifted_at"], condition=Q(state="lifted"), name="finding_lifted"),
            # What of all pages is hidden, newest first.
            models.Index(
                fields=["-found_at", "-id"],
                condition=Q(rule__in=["showcase_page", "showcase_cover"], state__in=["upheld", "appealed", "final"]),
                name="finding_hides",
            ),
            # The clock's, and the operator's list: what ends first.
            models.Index(fields=["state", "act_by", "id"], condition=Q(act_by__isnull=False), name="finding_ends_by"),
        ]
        verbose_name = _("finding")
        verbose_name_plural = _("findings")

    def __str__(self) -> str:
        return str(self.get_rule_display())

    @property
    def why(self) -> str:
        """What the rule says, filled in: no name, no order, nobody's address."""
        return str(
            str(RULES[RuleName(self.rule)].why) % {name: format_count(number) for name, number in self.counts.items()}
        )

    @property
    def is_by_hand(self) -> bool:
        """Whether no rule saw it, but an operator."""
        return self.rule == RuleName.BY_HAND

    @property
    def is_of_showcase(self) -> bool:
        """Whether it hides the creator's page or a picture, and holds no commission."""
        return self.rule in OF_SHOWCASES

    @property
    def ground(self) -> str:
        """For which the page or picture is hidden, in words."""
        return str(GROUNDS[Ground(self.ids["ground"])]) if self.is_of_showcase else ""

    @property
    def orders(self) -> list[str]:
        """The ids of the orders it is about."""
        return list(self.ids.get("orders", []))


class FindingLine(models.Model):
    """A commission that a finding froze, and when: frozen anew by hand it is no longer this finding's."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="lines", db_index=False)
    # A commission may be found again after it was released.
    commission = models.ForeignKey(Commission, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "commission"], name="finding_line_once")]

    def __str__(self) -> str:
        return f"{self.commission_id} in {self.finding_id}"


class AppealPicture(models.Model):
    """What a creator shows with an objection: painted anew, seen by them and the operator only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="pictures")
    file = models.FileField(upload_to="appeals", storage=private_storage, max_length=150)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.file.name)


class Closing(models.Model):
    """A creator's account is to be closed: proposed by one operator for a finding that is final, agreed to by another."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        AGREED = "agreed", _("agreed")
        DECLINED = "declined", _("declined")
        REOPENED = "reopened", _("reopened")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: the one below begins with it.
    creator = models.ForeignKey(Creator, models.PROTECT, related_name="closings", db_index=False)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="closings")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    words = models.TextField(max_length=LONGEST_STORY, help_text="Why; the creator reads it.")
    closes_from = models.DateTimeField(help_text="From when on nothing is earned.")
    proposed_at = models.DateTimeField()
    # No indexes of their own: nobody asks what one operator did.
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["creator"], condition=Q(state__in=["proposed", "agreed"]), name="closing_one_of_creator"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["agreed", "reopened"], agreed_by__isnull=False)
                | Q(state__in=["proposed", "declined"], agreed_by=None),
                name="closing_agreed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("proposed_by")), name="closing_by_two_people"
            ),
        ]
        indexes = [
            # What the creator and the operator read, newest first.
            models.Index(fields=["creator", "-proposed_at", "-id"], name="closing_of_creator"),
            # What waits for a second operator, the oldest first.
            models.Index(fields=["proposed_at", "id"], condition=Q(state="proposed"), name="closing_to_answer"),
            # Those in force, newest first.
            models.Index(fields=["-proposed_at", "-id"], condition=Q(state="agreed"), name="closing_in_force"),
        ]
        verbose_name = _("closing of an account")
        verbose_name_plural = _("closings of accounts")

    def __str__(self) -> str:
        return f"{self.creator}: {self.get_state_display()}"

    @property
    def answered_by(self) -> datetime:
        """Until when a second operator may agree."""
        return answered_by(self.proposed_at.astimezone(WIB))


class AccountEvent(models.Model):
    """What happened in the reviews of a creator's account, by whom. Append-only; the database refuses update and delete."""

    class Kind(models.TextChoices):
        FOUND = "found", _("found")
        UPHELD = "upheld", _("upheld")
        APPEALED = "appealed", _("objected to")
        LIFTED = "lifted", _("lifted")
        FINAL = "final", _("final")
        PROPOSED = "proposed", _("closing proposed")
        AGREED = "agreed", _("closing agreed")
        DECLINED = "declined", _("closing declined")
        REOPENED = "reopened", _("reopened")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: the one below begins with it.
    creator = models.ForeignKey(Creator, models.PROTECT, related_name="account_events", db_index=False)
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="events")
    closing = models.ForeignKey(Closing, models.PROTECT, null=True, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, help_text="Nobody: a rule, or the clock."
    )
    words = models.TextField(max_length=LONGEST_STORY, blank=True)
    happened_at = models.DateTimeField()
    transaction_id = transaction_number()

    class Meta:
        indexes = [
            models.Index(fields=["creator", "-happened_at", "-id"], name="account_event_of_creator"),
            # Followers read on from where they are (lib/follow.py).
            BrinIndex(fields=["transaction_id"], name="account_event_since"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.creator_id}"
