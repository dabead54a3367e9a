"""Changes of many goods of a shop at once, and what came of each good."""

import json

from django.db import models
from django.utils.translation import gettext_lazy as _

from lapak.lib.ids import new_id
from lapak.people.shops.models import Shop
from lapak.people.users.models import User


class MassChange(models.Model):
    """One act on the goods that a seller chose: they are fixed when it is made, whatever the list finds later."""

    class Act(models.TextChoices):
        PUBLISH = "publish", _("Put on sale")
        ARCHIVE = "archive", _("Take off sale")
        STOCK = "stock", _("Set the stock")
        PRICE = "price", _("Change prices")
        CATEGORY = "category", _("Put in a category")
        DELETE = "delete", _("Delete drafts")
        RESTORE = "restore", _("Put back as they were")

    class State(models.TextChoices):
        CHOSEN = "chosen"
        PLANNED = "planned"
        RUNNING = "running"
        STOPPED = "stopped"
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: the one below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    language = models.CharField(max_length=5, help_text="In which its words are written down.")
    act = models.CharField(max_length=8, choices=Act.choices, blank=True)
    value = models.JSONField(default=dict, help_text="As `kinds.KINDS` reads it: {'on_hand': 10}.")
    state = models.CharField(max_length=7, choices=State.choices, default=State.CHOSEN)
    takes_back = models.OneToOneField("self", models.CASCADE, null=True, related_name="taken_back_by")
    made_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta:
        # The newest of a shop, which its list of goods leads to.
        indexes = [models.Index(fields=["shop", "-made_at"], name="mass_change_of_shop")]

    def __str__(self) -> str:
        return f"{self.act} {self.id}"

    @property
    def asks(self) -> str:
        """What is asked before it begins, as a form sends it back: another page may have planned something else since."""
        return json.dumps([self.act, self.value], sort_keys=True)


class MassChangeRow(models.Model):
    """What comes of one good. Names it without a foreign key: a draft may be deleted by it."""

    class Outcome(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        AS_IT_IS = "as_it_is"
        REFUSED = "refused"

    # No index of its own: the constraint below begins with it.
    change = models.ForeignKey(MassChange, models.CASCADE, related_name="rows", db_index=False)
    position = models.PositiveIntegerField()
    product_id = models.UUIDField()
    title = models.CharField(max_length=255)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.WAITING)
    why = models.TextField(blank=True, help_text="Of what was left out, in the change's language.")
    was = models.JSONField(default=dict, help_text="What it was before, as `kinds.restore` reads it.")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["change", "position"], name="mass_change_row_position")]

    def __str__(self) -> str:
        return self.title
