"""What a buyer fills in about goods that they received."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lapak.goods.catalogue.rules import STARS
from lapak.lib.numbers import filled
from lapak.trade.reviews.models import Review
from lapak.trade.reviews.rules import LONGEST_REVIEW, MOST_PICTURES
from lapak.web.shell.forms import PicturesField, RadioCards

SAID_BY = {5: _("Very good"), 4: _("Good"), 3: _("All right"), 2: _("Not good"), 1: _("Bad")}
"""What so many stars mean."""


class ReviewForm(forms.Form):
    """How many stars, in which words, with which pictures; of a review that is there, as it stands."""

    stars = forms.TypedChoiceField(
        label=_("How is it?"),
        coerce=int,
        widget=RadioCards(texts={str(stars): text for stars, text in SAID_BY.items()}),
    )
    words = forms.CharField(
        label=_("What others should know"),
        max_length=LONGEST_REVIEW,
        required=False,
        help_text=_("What is it like, and is it as it was described? Everybody can read it, under a masked name."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    pictures = PicturesField(
        label=_("Pictures of the goods"),
        required=False,
        help_text=filled(
            _("Up to {most}, seen by everybody: show no faces, names or addresses. JPEG, PNG or WebP."),
            most=MOST_PICTURES,
        ),
    )

    def __init__(self, *args: Any, review: Review | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if review:
            self.initial = {"stars": review.stars, "words": review.words}
        choices: Any = self.fields["stars"]
        choices.choices = [
            (stars, ngettext("%(stars)s star", "%(stars)s stars", stars) % {"stars": stars}) for stars in STARS[::-1]
        ]
