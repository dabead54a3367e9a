"""What shipping refuses."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import Unfit


class TrackingNumberMalformed(Unfit):
    code = "tracking_number_malformed"
    field = "tracking_number"
    message = _(
        "This is no tracking number of this courier. Copy it from the courier's receipt, every letter and digit."
    )


class TrackingNumberTaken(Unfit):
    code = "tracking_number_taken"
    field = "tracking_number"
    message = _("This tracking number is already on another parcel. Check the courier's receipt.")
