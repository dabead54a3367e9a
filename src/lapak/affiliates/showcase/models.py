"""Tables of showcases. Who has arranged nothing has no rows: the page then shows all their goods, the newest first."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.models import Creator
from lapak.affiliates.showcase.rules import LONGEST_TITLE, LONGEST_WORDS
from lapak.goods.catalogue.models import Product, StoredImage
from lapak.lib.ids import new_id


class Showcase(models.Model):
    """How a creator's page looks."""

    class Theme(models.TextChoices):
        """Colours of the head (`showcase.css`, where their contrast is tested); the goods below follow the reader's device."""

        NILA = "nila", _("Indigo")
        KUNYIT = "kunyit", _("Turmeric")
        DAUN = "daun", _("Leaf")
        BATA = "bata", _("Brick")
        KEMBANG = "kembang", _("Blossom")
        MALAM = "malam", _("Night")

    creator = models.OneToOneField(Creator, models.PROTECT, primary_key=True, related_name="+")
    words = models.CharField(max_length=LONGEST_WORDS, blank=True, help_text="What they say of themselves.")
    theme = models.CharField(max_length=10, choices=Theme.choices, default=Theme.NILA)
    cover = models.ForeignKey(StoredImage, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.creator_id)


class Section(models.Model):
    """A part of the page with a title; the one without holds what is pinned."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: the constraint below begins with it.
    creator = models.ForeignKey(Creator, models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["creator", "position"], name="section_position")]

    def __str__(self) -> str:
        return self.title


class Placed(models.Model):
    """Goods that have a place on the page; they are shown while they are on sale and their creator links to them."""

    # No index of its own: the constraint below begins with it.
    section = models.ForeignKey(Section, models.CASCADE, related_name="placed", db_index=False)
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "position"], name="placed_position")]

    def __str__(self) -> str:
        return f"{self.section_id} {self.position}"
