"""Tables of what people report, what was decided of it, and what was said against that."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from lapak.affiliates.integrity.models import Finding
from lapak.affiliates.models import Creator
from lapak.goods.catalogue.models import Product
from lapak.lib.follow import Bookmark, transaction_number
from lapak.lib.ids import new_id, number_of
from lapak.lib.private import private_storage
from lapak.lib.written import LONGEST_STORY
from lapak.moderation.rules import LONGEST_RULE
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

_OF_GOODS = Q(product__isnull=False, shop__isnull=False, creator=None)
_OF_SHOP = Q(product=None, shop__isnull=False, creator=None)
_OF_CREATOR = Q(product=None, shop=None, creator__isnull=False)
_IN_FORCE = Q(state__in=["upheld", "appealed", "final"])
_UNDECIDED = Q(state__in=["open", "dismissed", "hidden"])


class Reason(models.TextChoices):
    """Why something may not stand here."""

    PROHIBITED = "prohibited", pgettext_lazy("report", "Goods that may not be sold")
    COUNTERFEIT = "counterfeit", pgettext_lazy("report", "A counterfeit, or somebody else's brand")
    MISLEADING = "misleading", pgettext_lazy("report", "It misleads buyers")
    DANGEROUS = "dangerous", pgettext_lazy("report", "Dangerous goods")
    PICTURES = "pictures", pgettext_lazy("report", "Pictures or words taken from others")
    PERSONAL_DATA = "personal_data", pgettext_lazy("report", "Somebody's personal data")
    OTHER = "other", pgettext_lazy("report", "Something else")


class Case(models.Model):
    """What was reported of one product, shop or creator's page, and what became of it. Reports of the same that come while it is
    open are its reports."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("case", "to be decided")
        DISMISSED = "dismissed", pgettext_lazy("case", "nothing wrong")
        UPHELD = "upheld", pgettext_lazy("case", "in force, open to objection")
        APPEALED = "appealed", pgettext_lazy("case", "objected to")
        LIFTED = "lifted", pgettext_lazy("case", "lifted")
        FINAL = "final", pgettext_lazy("case", "final")
        ENDED = "ended", pgettext_lazy("case", "over on its date")
        HIDDEN = "hidden", pgettext_lazy("case", "page hidden")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="cases")
    # No index of its own: the one below begins with it.
    shop = models.ForeignKey(
        Shop, models.PROTECT, null=True, related_name="cases", db_index=False, help_text="The product's, or itself."
    )
    creator = models.ForeignKey(Creator, models.PROTECT, null=True, related_name="cases")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    act_by = models.DateTimeField(null=True, help_text="When its state ends by itself; empty while it lasts.")
    shown = models.JSONField(help_text="What stood there when it was first reported: title, words, how many pictures.")
    opened_at = models.DateTimeField()
    reason = models.CharField(max_length=14, choices=Reason.choices, blank=True, help_text="Of the decision.")
    rule = models.CharField(max_length=LONGEST_RULE, blank=True, help_text="Which it breaks.")
    words = models.TextField(max_length=LONGEST_STORY, blank=True, help_text="What was seen; its people read it.")
    decided_at = models.DateTimeField(null=True)
    # No index of its own: nobody asks what one operator decided.
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    until = models.DateTimeField(null=True, help_text="Of a suspension: when it ends.")
    was_on_sale = models.BooleanField(default=False, help_text="Whether what was taken down was on sale.")
    # No index of its own: nobody asks which case a finding came of.
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="+", db_index=False)
    appeal = models.TextField(max_length=LONGEST_STORY, blank=True, help_text="The shop's own words.")
    appealed_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_OF_GOODS | _OF_SHOP | _OF_CREATOR, name="case_about_one_thing"),
            models.UniqueConstraint(
                fields=["product"], condition=Q(state="open", product__isnull=False), name="case_open_of_goods"
            ),
            models.UniqueConstraint(fields=["shop"], condition=Q(state="open") & _OF_SHOP, name="case_open_of_shop"),
            models.UniqueConstraint(
                fields=["creator"], condition=Q(state="open", creator__isnull=False), name="case_open_of_creator"
            ),
            # What is in force about one thing is one decision: lifting it gives back all that it took.
            models.UniqueConstraint(
                fields=["product"], condition=_IN_FORCE & Q(product__isnull=False), name="case_in_force_of_goods"
            ),
            models.UniqueConstraint(fields=["shop"], condition=_IN_FORCE & _OF_SHOP, name="case_in_force_of_shop"),
            models.CheckConstraint(
                condition=_UNDECIDED | (Q(decided_at__isnull=False, creator=None) & ~Q(reason="") & ~Q(rule="")),
                name="case_in_force_for_a_rule",
            ),
            models.CheckConstraint(
                condition=_UNDECIDED | Q(product__isnull=False, until=None) | Q(product=None, until__isnull=False),
                name="case_suspends_until",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=["upheld", "appealed"]) & Q(act_by__isnull=False))
                | Q(state="final", act_by=F("until"))
                | Q(state="final", until=None, act_by=None)
                | (~_IN_FORCE & Q(act_by=None)),
                name="case_has_a_clock",
            ),
            models.CheckConstraint(
                condition=Q(state="lifted", lifted_at__isnull=False) | (~Q(state="lifted") & Q(lifted_at=None)),
                name="case_lifted_since",
            ),
        ]
        indexes = [
            # A shop's decisions, newest first.
            models.Index(fields=["shop", "-opened_at", "-id"], name="case_of_shop"),
            # The operator's, the oldest first.
            models.Index(
                fields=["opened_at", "id"], condition=Q(state__in=["open", "appealed"]), name="case_to_decide"
            ),
            # The clock's.
            models.Index(fields=["act_by", "id"], condition=Q(act_by__isnull=False), name="case_to_end"),
            # What was decided, newest first; and the figures.
            models.Index(fields=["-decided_at", "-id"], condition=Q(decided_at__isnull=False), name="case_decided"),
        ]
        verbose_name = pgettext_lazy("moderation", "case")
        verbose_name_plural = pgettext_lazy("moderation", "cases")

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As people say it."""
        return number_of(self.id)

    @property
    def title(self) -> str:
        """What was reported is called, as it was then."""
        return str(self.shown["title"])

    @property
    def is_of_goods(self) -> bool:
        return self.product_id is not None

    @property
    def is_of_shop(self) -> bool:
        """Of the shop itself, not of goods of it."""
        return self.product_id is None and self.shop_id is not None

    @property
    def is_in_force(self) -> bool:
        return self.state in {self.State.UPHELD, self.State.APPEALED, self.State.FINAL}


class CaseReport(models.Model):
    """Somebody says that it should not stand there: a user, or a visitor with a mailbox, which goes once they are answered; or
    nobody does, and a word was found in it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: the one below begins with it.
    case = models.ForeignKey(Case, models.PROTECT, related_name="reports", db_index=False)
    # No index of its own: the one below begins with it.
    reporter = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    email = models.EmailField(blank=True, help_text="Of a visitor; empty once they are told.")
    found_word = models.CharField(
        max_length=40, blank=True, help_text="Of goods that may not be sold; nobody reported it."
    )
    language = models.CharField(max_length=2, blank=True, help_text="In which a visitor is told.")
    reason = models.CharField(max_length=14, choices=Reason.choices)
    words = models.TextField(max_length=LONGEST_STORY, blank=True)
    reported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "reporter"], condition=Q(reporter__isnull=False), name="case_report_once"
            ),
            models.UniqueConstraint(fields=["case", "email"], condition=~Q(email=""), name="case_report_once_by_mail"),
            models.CheckConstraint(
                condition=Q(reporter=None, found_word="") | Q(email="", found_word="") | Q(reporter=None, email=""),
                name="case_report_of_one",
            ),
        ]
        indexes = [
            # The case: who said what.
            models.Index(fields=["case", "reported_at"], name="case_report_of_case"),
            # How many a person has sent today, and their own file.
            models.Index(
                fields=["reporter", "-reported_at"], condition=Q(reporter__isnull=False), name="case_report_of_person"
            ),
            # How many came from a mailbox today.
            models.Index(fields=["email", "-reported_at"], condition=~Q(email=""), name="case_report_of_mailbox"),
            # The figures.
            BrinIndex(fields=["reported_at"], name="case_report_by_day"),
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())


class LookedUpTo(Bookmark):
    """How far what sellers changed was looked through for words of goods that may not be sold (looking.py)."""


class CasePicture(models.Model):
    """What somebody shows with a report, or the shop with its objection, and how the page itself looked: painted anew, seen by
    the operator and who gave it. A public picture is copied: whoever takes theirs away has it gone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="pictures")
    report = models.ForeignKey(
        CaseReport, models.PROTECT, null=True, related_name="pictures", help_text="None: of the objection."
    )
    is_as_shown = models.BooleanField(default=False, help_text="The page's own, when it was first reported.")
    file = models.FileField(upload_to="moderation", storage=private_storage, max_length=150)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.file.name)


class CaseEvent(models.Model):
    """A step of a case, by whom, with what they said. Append-only; the database refuses update and delete."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    state = models.CharField(max_length=10, choices=Case.State.choices, help_text="Into which it came.")
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, help_text="Nobody: a visitor, or the clock."
    )
    words = models.TextField(max_length=LONGEST_STORY, blank=True)
    happened_at = models.DateTimeField()
    transaction_id = transaction_number()

    class Meta:
        # Followers read on from where they are (lib/follow.py).
        indexes = [BrinIndex(fields=["transaction_id"], name="case_event_since")]

    def __str__(self) -> str:
        return f"{self.get_state_display()} · {self.case_id}"
