"""Tables of clicks: each one for a season, what they come to for ever, and visitors' marks for a day.

They name links and creators by their ids alone: a click is stored whatever became of its link meanwhile.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Click(models.Model):
    """Someone followed a link: no social identity, no IP address. The id carries the moment.

    In partitions by month (migrations/0002_partitions.py), so that an old month is dropped at once.
    """

    class Device(models.TextChoices):
        PHONE = "phone", _("phone")
        TABLET = "tablet", _("tablet")
        COMPUTER = "computer", _("computer")
        BOT = "bot", _("automatic")

    class CountsAs(models.IntegerChoices):
        """Each of them is what the one before is as well."""

        NOTHING = 0, "automatic, or the same visitor within the minute"
        CLICK = 1, "a click"
        PERSON = 2, "the first of a visitor on this link that day"
        NEWCOMER = 3, "the first of a visitor on any link of the creator that day"

    pk = models.CompositePrimaryKey("id", "clicked_at")
    id = models.UUIDField(editable=False)
    link_id = models.UUIDField()
    device = models.CharField(max_length=8, choices=Device.choices)
    is_in_app = models.BooleanField(default=False, help_text="Came from a social app's own browser.")
    counts_as = models.PositiveSmallIntegerField(choices=CountsAs.choices)
    clicked_at = models.DateTimeField()

    class Meta:
        # The clicks of some hours. A thousandth of the size of a tree, as clicks are kept in the order they came.
        indexes = [BrinIndex(fields=["clicked_at"], name="click_by_time")]

    def __str__(self) -> str:
        return str(self.id)


class ClickHour(models.Model):
    """How often a link, the links of one label, or all of a creator's were followed in an hour, and by how many people.

    Written with the clicks themselves (`storing.py`), so that no figure is counted click by click. `people` are new in
    this hour: summed over the hours of a day of Jakarta, each visitor of the day is in it once.
    """

    pk = models.CompositePrimaryKey("of_id", "hour")
    of_id = models.UUIDField(help_text="The link, the creator, or the label (`label_id`).")
    hour = models.DateTimeField()
    clicks = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    on_phones = models.PositiveIntegerField(help_text="Of the clicks.")
    on_tablets = models.PositiveIntegerField(help_text="Of the clicks.")
    on_computers = models.PositiveIntegerField(help_text="Of the clicks.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    clicks=F("on_phones") + F("on_tablets") + F("on_computers"), people__lte=F("clicks"), clicks__gt=0
                ),
                name="click_hour_adds_up",
            )
        ]
        # The hours that the books compare with the clicks: rows lie in the order of their hours.
        indexes = [BrinIndex(fields=["hour"], name="click_hour_by_time")]

    def __str__(self) -> str:
        return f"{self.of_id} {self.hour}: {self.clicks}"


class ClickDay(models.Model):
    """The hours of a day of Jakarta in one row: what longer periods are read from, where a busy year of one link is 8,760 hours.

    Made some days later, when no click of that day comes any more (`commands.add_up_click_days`). The days before have their
    rows and the hours since have not: both together are the view `clicks_by_day` (migrations/0003_days.py).
    """

    pk = models.CompositePrimaryKey("of_id", "day")
    of_id = models.UUIDField(help_text="As of an hour; nil: that all hours of the day are added up.")
    day = models.DateField()
    clicks = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    on_phones = models.PositiveIntegerField(help_text="Of the clicks.")
    on_tablets = models.PositiveIntegerField(help_text="Of the clicks.")
    on_computers = models.PositiveIntegerField(help_text="Of the clicks.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(clicks=F("on_phones") + F("on_tablets") + F("on_computers"), people__lte=F("clicks")),
                name="click_day_adds_up",
            )
        ]
        # The days that the books compare with their hours: rows lie in the order of their days.
        indexes = [BrinIndex(fields=["day"], name="click_day_by_time")]

    def __str__(self) -> str:
        return f"{self.of_id} {self.day}: {self.clicks}"


class ClickTotal(models.Model):
    """All clicks that a link, or a label of a creator, ever had: what a list shows, and is sorted by."""

    of_id = models.UUIDField(primary_key=True)
    creator_id = models.UUIDField()
    is_label = models.BooleanField(help_text="Of all links of the creator that had this label; else of one link.")
    label = models.CharField(max_length=30, help_text="The label; of a link: none.", blank=True)
    clicks = models.PositiveBigIntegerField()
    people = models.PositiveBigIntegerField(help_text="Each once a day and link.")

    class Meta:
        # A creator's links, or labels, that are followed most.
        indexes = [models.Index(fields=["creator_id", "is_label", "-clicks", "of_id"], name="click_total_of_creator")]

    def __str__(self) -> str:
        return f"{self.of_id}: {self.clicks}"


class VisitorMark(models.Model):
    """That somebody was on a link, or on any of a creator's, today: a keyed hash that says neither who nor where.

    Forgotten with the day. In a table without a log: no backup that is made of logs holds it, and after a crash of the
    database it is empty, as the key is.
    """

    mark = models.BigIntegerField(primary_key=True)
    minute = models.PositiveIntegerField(help_text="The minute, counted from 1970, that last counted as a click.")

    def __str__(self) -> str:
        return str(self.mark)


class DayKey(models.Model):
    """What the marks of a day of Jakarta are keyed with: made by the process with its first click, thrown away after it."""

    day = models.DateField(primary_key=True)
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.day)
