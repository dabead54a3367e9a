"""What the flows remember of their own."""

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lapak.lib.follow import Bookmark
from lapak.lib.whole import WholeCharField


class StuckAct(models.Model):
    """Something due that could not be done so far: for which row, why, and when it is tried next. Gone once it is done."""

    act = models.CharField(_("act"), max_length=60, help_text="The sweep's name, as in flows/clocks.py.")
    subject_id = models.UUIDField(_("for"), help_text="The order, return, payout … that it is about.")
    failures = models.PositiveIntegerField(_("failures"), default=0)
    error = models.TextField(_("error"))
    first_failed_at = models.DateTimeField(_("first failed at"))
    last_failed_at = models.DateTimeField(_("last failed at"))
    next_try_at = models.DateTimeField(_("next try at"))

    class Meta:
        # A sweep asks by its name which rows to leave out now.
        constraints = [models.UniqueConstraint(fields=["act", "subject_id"], name="stuck_act_once")]
        verbose_name = _("stuck act")
        verbose_name_plural = _("stuck acts")

    def __str__(self) -> str:
        return f"{self.act} {self.subject_id}"

    @staticmethod
    def all_of(act: str) -> "QuerySet[StuckAct]":
        return StuckAct.objects.filter(act=act)


class ToldUpTo(Bookmark):
    """How far the events of each log have been told to people (flows/tell_people)."""


class WatchedUpTo(models.Model):
    """Up to which moment people have been told what no event tells (flows/tell_people/watch.py)."""

    watch = WholeCharField(max_length=40, primary_key=True)
    moment = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.watch}: {self.moment}"
