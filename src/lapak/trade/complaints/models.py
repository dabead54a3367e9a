"""Tables of complaints."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lapak.lib.follow import transaction_number
from lapak.lib.ids import new_id, number_of
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.trade.complaints.rules import LONGEST_COMPLAINT
from lapak.trade.orders.models import Order

_WAITING = Q(state__in=["with_shop", "shop_answered", "with_lapak"])
_OPEN_WITH_LAPAK = Q(state__in=["with_lapak", "overdue"])


class Complaint(models.Model):
    """What somebody is not content with: about an order, and then its shop is asked first, or about anything here."""

    class State(models.TextChoices):
        WITH_SHOP = "with_shop", pgettext_lazy("complaint", "the shop is asked")
        SHOP_ANSWERED = "shop_answered", pgettext_lazy("complaint", "the shop has answered")
        WITH_LAPAK = "with_lapak", pgettext_lazy("complaint", "Lapak looks at it")
        OVERDUE = "overdue", pgettext_lazy("complaint", "overdue at Lapak")
        ANSWERED = "answered", pgettext_lazy("complaint", "answered by Lapak")
        SETTLED = "settled", pgettext_lazy("complaint", "settled")
        WITHDRAWN = "withdrawn", pgettext_lazy("complaint", "withdrawn")

    class Channel(models.TextChoices):
        PAGE = "page", pgettext_lazy("complaint", "here")
        MAIL = "mail", pgettext_lazy("complaint", "by e-mail")
        CHAT = "chat", pgettext_lazy("complaint", "by WhatsApp")
        PHONE = "phone", pgettext_lazy("complaint", "by phone")
        LETTER = "letter", pgettext_lazy("complaint", "by letter")
        AUTHORITY = "authority", pgettext_lazy("complaint", "through an authority")

    class Topic(models.TextChoices):
        GOODS = "goods", pgettext_lazy("complaint", "The goods")
        DELIVERY = "delivery", pgettext_lazy("complaint", "Sending and arrival")
        MONEY = "money", pgettext_lazy("complaint", "Payment or refund")
        SELLER = "seller", pgettext_lazy("complaint", "How the shop behaves")
        CREATOR = "creator", pgettext_lazy("complaint", "What a creator promised")
        DATA = "data", pgettext_lazy("complaint", "My account or my data")
        OTHER = "other", pgettext_lazy("complaint", "Something else")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    author = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, help_text="Nobody: who has no account here."
    )
    contact = models.CharField(
        _("how to reach them"), max_length=200, blank=True, help_text="Of who complained elsewhere."
    )
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.PAGE)
    topic = models.CharField(max_length=10, choices=Topic.choices)
    # No index of its own: nobody asks for the complaints about one order.
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="+", db_index=False)
    shop = models.ForeignKey(
        Shop, models.PROTECT, null=True, related_name="+", db_index=False, help_text="The order's."
    )
    words = models.TextField(max_length=LONGEST_COMPLAINT)
    state = models.CharField(max_length=14, choices=State.choices)
    act_by = models.DateTimeField(
        null=True, help_text="Until when somebody takes the next step; empty once it is over."
    )
    lodged_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    was_late = models.BooleanField(default=False, help_text="Whether Lapak's own term passed without an answer.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(author__isnull=False) | ~Q(contact=""), name="complaint_of_someone"),
            models.CheckConstraint(
                condition=(_WAITING & Q(act_by__isnull=False)) | (~_WAITING & Q(act_by=None)),
                name="complaint_has_a_clock",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["with_shop", "shop_answered"]) | Q(shop__isnull=False),
                name="complaint_has_a_shop",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["answered", "settled", "withdrawn"], ended_at__isnull=False)
                | (~Q(state__in=["answered", "settled", "withdrawn"]) & Q(ended_at=None)),
                name="complaint_ends_once",
            ),
        ]
        indexes = [
            # A person's, newest first.
            models.Index(fields=["author", "-id"], condition=Q(author__isnull=False), name="complaint_of_author"),
            # A shop's, newest first.
            models.Index(fields=["shop", "-id"], condition=Q(shop__isnull=False), name="complaint_of_shop"),
            # The clock's.
            models.Index(fields=["act_by", "id"], condition=Q(act_by__isnull=False), name="complaint_to_end"),
            # The operator's, the oldest first.
            models.Index(fields=["lodged_at", "id"], condition=_OPEN_WITH_LAPAK, name="complaint_to_answer"),
            # The figures.
            models.Index(fields=["lodged_at"], name="complaint_by_day"),
        ]
        verbose_name = pgettext_lazy("complaint", "complaint")
        verbose_name_plural = pgettext_lazy("complaint", "complaints")

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As people say it."""
        return number_of(self.id)


class ComplaintEvent(models.Model):
    """A step of a complaint, by whom, with what they said. Append-only; the database refuses update and delete."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="events")
    state = models.CharField(max_length=14, choices=Complaint.State.choices, help_text="Into which it came.")
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, help_text="Nobody: the clock."
    )
    words = models.TextField(max_length=LONGEST_COMPLAINT, blank=True)
    happened_at = models.DateTimeField()
    transaction_id = transaction_number()

    class Meta:
        # Followers read on from where they are (lib/follow.py).
        indexes = [BrinIndex(fields=["transaction_id"], name="complaint_event_since")]

    def __str__(self) -> str:
        return f"{self.get_state_display()} · {self.complaint_id}"
