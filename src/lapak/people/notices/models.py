"""Tables of what people are told."""

from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from lapak.lib.ids import new_id
from lapak.people.notices.rules import Reader, Topic


class Mail(models.Model):
    """A letter, written as a whole and then sent by a job. Once it is sent what it said is gone: it may have carried a key."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("mail", "waiting")
        SENT = "sent", pgettext_lazy("mail", "sent")
        FAILED = "failed", pgettext_lazy("mail", "given up")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True, help_text="Why nobody tries any more.")

    class Meta:
        verbose_name = pgettext_lazy("mail", "mail")
        verbose_name_plural = pgettext_lazy("mail", "mails")
        indexes = [
            # The sweep that sends, the oldest first.
            models.Index(fields=["written_at"], condition=Q(state="waiting"), name="mail_waiting"),
            # The sweep that prunes, and the operator's list.
            models.Index(fields=["state", "written_at"], name="mail_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.state})"


class Notice(models.Model):
    """One fact told to one person: read in the page, and for most by mail."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reader_id = models.UUIDField(help_text="Who is told: a user.")
    read_as = models.CharField(max_length=8, choices=Reader.choices)
    shop_id = models.UUIDField(null=True, help_text="Of a shop's matters: which.")
    fact = models.CharField(max_length=40, help_text="A code of FACTS.")
    about_id = models.UUIDField(help_text="The event, or what the clock runs for: told once.")
    said: Any = models.JSONField(
        help_text="What the sentences of the fact are filled with, and what its page is found by."
    )
    deadline = models.DateTimeField(null=True)
    happened_at = models.DateTimeField()
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail_at = models.DateTimeField(null=True, help_text="When it is to be mailed, if it still is.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader_id", "fact", "about_id"], name="notice_once")]
        indexes = [
            # A person's list, newest first.
            models.Index(fields=["reader_id", "-id"], name="notice_of_reader"),
            # The same, of what they read as one of their kinds.
            models.Index(fields=["reader_id", "read_as", "-id"], name="notice_of_reader_as"),
            # The number beside the bell, on every page of who is signed in.
            models.Index(fields=["reader_id"], condition=Q(read_at=None), name="notice_unread"),
            # What is to be mailed: whose comes first, and what else of theirs goes with it.
            models.Index(fields=["mail_at"], condition=Q(mail_at__isnull=False), name="notice_to_mail"),
            models.Index(fields=["reader_id"], condition=Q(mail_at__isnull=False), name="notice_to_mail_of_reader"),
            # The sweep that prunes.
            BrinIndex(fields=["told_at"], name="notice_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.fact} {self.about_id} for {self.reader_id}"


class MutedTopic(models.Model):
    """A person does without mails about this. No row: they come."""

    reader_id = models.UUIDField()
    topic = models.CharField(max_length=12, choices=[(topic.value, topic.value) for topic in Topic])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader_id", "topic"], name="topic_muted_once")]

    def __str__(self) -> str:
        return f"{self.topic} off for {self.reader_id}"
