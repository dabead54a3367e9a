"""An address is written by finding its place: what is typed looks the district up, and picking it fills in the rest."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapak.lib.places.doubts import doubt_about
from lapak.lib.places.kept import place_of
from lapak.lib.places.look_up import Matches, places_like

_FIELDS = ("district", "city", "province_code", "postal_code")


class PlaceForm(forms.BaseForm):
    """A form with `district`, `city`, `postal_code` and mostly `province_code`, drawn by `shell/components/place.html`.

    Looking a place up and picking one post the form as well, for browsers without scripts: nothing is done with it then, and it
    comes back with what was typed, and with the place picked. What is written and does not fit together is asked about once.
    """

    stays_in = ""
    """The province that is not to be left, where the form has none to choose."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        self.sought: str = data.get("look_up", "").strip() if data else ""
        self.picked = place_of(data.get("place", "")) if data else None
        self.doubted = ""
        if data and self.picked:
            data = data.copy()
            for name in _FIELDS:
                data[name] = getattr(self.picked, name)
        super().__init__(data, *args, **kwargs)
        if self.is_looking:
            self._errors = ErrorDict()  # what is not filled in yet is no mistake

    @property
    def is_looking(self) -> bool:
        """Whether it was posted to find a place, and for nothing else."""
        return bool(self.picked or ("looking" in self.data and self.sought))

    @property
    def matches(self) -> Matches | None:
        """What was found for a browser without scripts."""
        return places_like(self.sought, self.stays_in) if self.is_looking and not self.picked else None

    def is_valid(self) -> bool:
        return not self.is_looking and super().is_valid()

    def _post_clean(self) -> None:
        """What is well written is asked about where it does not fit together, until its writer has said that these very words
        are right."""
        super()._post_clean()  # type: ignore[misc]  # of every form, and not in Django's types
        place = {name: self.cleaned_data.get(name) for name in _FIELDS if name in self.fields}
        if None in place.values():
            return
        about = {"province_code": self.stays_in, **{name: str(value) for name, value in place.items()}}
        doubt = doubt_about(**about)
        if doubt:
            self.doubted = "|".join(about[name] for name in _FIELDS)
            if not self.is_sure:
                self.add_error(doubt.field if doubt.field in self.fields else "city", doubt.question)

    @property
    def is_sure(self) -> bool:
        return bool(self.doubted) and self.data.get("place-sure") == self.doubted


@require_safe
@login_required
def look_up(request: HttpRequest) -> HttpResponse:
    """The places found for what is being typed, as a part of the form's page."""
    sought, province_code = request.GET.get("look_up", ""), request.GET.get("province", "")
    context = {"matches": places_like(sought, province_code), "sought": sought.strip()}
    return render(request, "shell/components/place_matches.html", context)
