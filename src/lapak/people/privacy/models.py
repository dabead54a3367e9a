"""Tables of what people decide about their own data."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy

from lapak.lib import clock
from lapak.lib.ids import new_id, number_of
from lapak.people.privacy.rules import LONGEST_STORY, DataKind, Hindrance, Purpose, Standing, Whose
from lapak.people.users.models import User


class ConsentEvent(models.Model):
    """Somebody said yes, or no more. The newest of a purpose counts; none: they were never asked, or never answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: `consent_newest` begins with it.
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    version = models.PositiveSmallIntegerField(help_text="Of the words that were read.")
    is_given = models.BooleanField()
    happened_at = models.DateTimeField()

    class Meta:
        # What counts now, and the user's own list.
        indexes = [models.Index(fields=["user", "purpose", "-happened_at", "-id"], name="consent_newest")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}: {self.is_given}"


class Erasure(models.Model):
    """A user asks that what Lapak keeps of them is gone; it goes on by itself, and says what it waits for."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField(help_text="By then they are told that it is done, or what it waits for.")
    look_at = models.DateTimeField(help_text="When the clock looks at it next; at first the end of the time to think.")
    answered_at = models.DateTimeField(null=True)
    waits_for = models.JSONField(default=list, help_text="Codes of `Hindrance`.")
    called_off_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(called_off_at=None, erased_at=None), name="erasure_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(called_off_at=None) | Q(erased_at=None), name="erasure_ends_once"),
        ]
        indexes = [
            # The clock's.
            models.Index(fields=["look_at"], condition=Q(called_off_at=None, erased_at=None), name="erasure_to_look_at")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.asked_at:%Y-%m-%d}"

    @property
    def waits_in_words(self) -> list[str]:
        """What it waits for, in the reader's language."""
        return [str(Hindrance(code).label) for code in self.waits_for]


class Breach(models.Model):
    """Data of people came into hands that they were not meant for; who hears of it by when: docs/concepts/breaches.md."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kinds = ArrayField(models.CharField(max_length=10, choices=DataKind.choices))
    how = models.TextField(max_length=LONGEST_STORY, help_text="When and how, in Indonesian.")
    how_en = models.TextField(max_length=LONGEST_STORY, blank=True, help_text="The same in English.")
    measures = models.TextField(max_length=LONGEST_STORY, help_text="What is done, and what people can do: Indonesian.")
    measures_en = models.TextField(max_length=LONGEST_STORY, blank=True, help_text="The same in English.")
    whose = models.CharField(max_length=10, choices=Whose.choices)
    trace = models.CharField(
        max_length=12, blank=True, help_text="Of `traced`: of what (flows/record_breach/traces.py)."
    )
    traced_from = models.DateField(null=True)
    traced_until = models.DateField(null=True, help_text="The last day.")
    people_count = models.PositiveIntegerField()
    is_for_the_public = models.BooleanField(help_text="Whether the law asks for a public notice as well.")
    began_at = models.DateTimeField(help_text="Since when, as far as is known.")
    known_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    tell_by = models.DateTimeField(help_text="By then the people and the authority are told.")
    letters_from = models.DateTimeField(null=True, help_text="Since when letters to the people go out.")
    people_told_at = models.DateTimeField(null=True, help_text="When the last letter was written.")
    authority_told_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(
        null=True, help_text="When two agreed that it was none: closed, and told to nobody."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(called_off_at=None)
                | Q(closed_at=F("called_off_at"), letters_from=None, authority_told_at=None, published_at=None),
                name="breach_called_off_untold",
            ),
            models.CheckConstraint(
                condition=Q(began_at__lte=F("known_at"), known_at__lte=F("recorded_at")), name="breach_begins_first"
            ),
            models.CheckConstraint(
                condition=Q(people_told_at=None) | Q(letters_from__isnull=False), name="breach_letters_begin_first"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None)
                | Q(called_off_at__isnull=False)
                | Q(Q(is_for_the_public=False) | Q(published_at__isnull=False))
                & Q(people_told_at__isnull=False, authority_told_at__isnull=False),
                name="breach_closes_told",
            ),
        ]
        indexes = [
            # The desk's, and the first page's: those that are not closed, the most urgent first.
            models.Index(fields=["tell_by", "id"], condition=Q(closed_at=None), name="breach_open"),
            # The public page.
            models.Index(fields=["-published_at"], condition=Q(published_at__isnull=False), name="breach_public"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How people name it."""
        return number_of(self.id)

    @property
    def standing(self) -> Standing:
        """As the rules read it."""
        return Standing(
            self.tell_by, self.people_told_at, self.authority_told_at, self.is_for_the_public, self.published_at
        )

    @property
    def is_late(self) -> bool:
        return self.called_off_at is None and self.standing.is_late(clock.now())

    @property
    def is_told_to_somebody(self) -> bool:
        """Whether a letter or the notice is out: from then on it cannot be unsaid."""
        return bool(self.letters_from or self.authority_told_at or self.published_at)

    @property
    def data_in_words(self) -> list[str]:
        """Which data, in the reader's language."""
        return [str(DataKind(kind).label) for kind in self.kinds]

    @property
    def how_read(self) -> str:
        """In the reader's language, where it was written in it."""
        return self.how_en if get_language() == "en" and self.how_en else self.how

    @property
    def measures_read(self) -> str:
        """As `how_read`."""
        return self.measures_en if get_language() == "en" and self.measures_en else self.measures


class BreachedPerson(models.Model):
    """One whose data they are, and when a letter to them was written. None is written to whom nothing is kept of any more."""

    # No index of its own: `breached_once` begins with it.
    breach = models.ForeignKey(Breach, models.PROTECT, related_name="people", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["breach", "user"], name="breached_once")]
        # To whom a letter is still to be written.
        indexes = [models.Index(fields=["breach", "id"], condition=Q(told_at=None), name="breached_to_tell")]

    def __str__(self) -> str:
        return f"{self.breach_id}: {self.user_id}"


class BreachEvent(models.Model):
    """A step, by whom and with which words. Append-only; the database refuses update and delete."""

    class Kind(models.TextChoices):
        RECORDED = "recorded", pgettext_lazy("breach", "Recorded")
        REWORDED = "reworded", pgettext_lazy("breach", "Described anew")
        LETTERS = "letters", pgettext_lazy("breach", "Letters to the people begun")
        PEOPLE = "people", pgettext_lazy("breach", "Everybody concerned was written to")
        AUTHORITY = "authority", pgettext_lazy("breach", "The authority was told")
        PUBLISHED = "published", pgettext_lazy("breach", "Told to the public")
        NOTED = "noted", pgettext_lazy("breach", "Done afterwards")
        CLOSED = "closed", pgettext_lazy("breach", "Closed")
        CALLED_OFF = "called_off", pgettext_lazy("breach", "Called off: it was none")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    breach = models.ForeignKey(Breach, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, help_text="Nobody: the clock."
    )
    words = models.TextField(max_length=5 * LONGEST_STORY, blank=True)
    happened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_at:%Y-%m-%d}"
