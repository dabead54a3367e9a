"""The explanation of who earns on a line, kept as long as the line: a row per click that was looked at."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.models import Commission, Creator, Link, Programme
from lapak.trade.orders.models import OrderLine


class Contender(models.Model):
    """A click on the goods of a line, or a code that was typed, and what became of it when they were ordered. Written by
    `flows/place_purchase`, as decided by `affiliates/attribution.py`; never changed."""

    class Verdict(models.TextChoices):
        WON = "won", _("Earns")
        NEWER = "newer", _("A newer click earns")
        EARLIER = "earlier", _("An earlier click earns")
        STOOD_FOR = "stood_for", _("Another click of the same creator earns")
        CLICKED = "clicked", _("A click counts before a code")
        EXPIRED = "expired", _("Too old for the programme")
        OWN_PURCHASE = "own_purchase", _("The creator's own purchase")
        CLOSED = "closed", _("The creator's account was closed")
        AT_CHECKOUT = "at_checkout", _("Clicked when the checkout was open already")
        BUDGET = "budget", _("The programme's budget was used up")
        NO_PROGRAMME = "no_programme", _("In no programme that paid for it")

    # No index of its own: `contender_of_line` begins with it.
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="contenders", db_index=False)
    creator = models.ForeignKey(Creator, models.PROTECT, related_name="+", db_index=False)
    link = models.ForeignKey(Link, models.PROTECT, related_name="+", db_index=False)
    clicked_at = models.DateTimeField()
    is_typed = models.BooleanField(help_text="No click: the link's code, typed at the checkout.")
    attribution = models.CharField(max_length=10, choices=Commission.Attribution.choices)
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    share_bp = models.PositiveIntegerField(help_text="Of the line, for one that earns.")
    won_by = models.CharField(max_length=8, choices=Programme.WonBy.choices, help_text="By which it was decided.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="won", share_bp__gte=1, share_bp__lte=10_000) | (~Q(verdict="won") & Q(share_bp=0)),
                name="contender_share_if_won",
            )
        ]
        indexes = [
            # The explanation of a line, the newest click first.
            models.Index(fields=["line", "-clicked_at"], name="contender_of_line"),
            # What a creator's links led to without earning, the newest first.
            models.Index(fields=["creator", "-id"], condition=~Q(verdict="won"), name="contender_without_earning"),
        ]
        verbose_name = _("click on a line")
        verbose_name_plural = _("clicks on lines")

    def __str__(self) -> str:
        return f"{self.creator_id}: {self.verdict}"
