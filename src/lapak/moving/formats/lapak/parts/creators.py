"""What the shop agreed on with creators."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from lapak.affiliates.models import Membership, Programme
from lapak.moving.formats.lapak.part import Part
from lapak.moving.layout import OtherList
from lapak.moving.outgoing import Beside
from lapak.moving.written import Line
from lapak.people.shops.models import Shop

_AT_ONCE = 500


def _lines(shop: Shop) -> Iterator[Line]:
    """Each programme of the shop with its rate, and each creator who promotes under it."""
    programmes = Programme.objects.filter(shop=shop).order_by("created_at", "id")
    for programme in programmes:
        rate = programme.rates.filter(superseded_at=None).first()
        terms: dict[str, object] = {
            "programme": programme.kind,
            "is_active": "yes" if programme.is_active else "no",
            "rate_bp": rate.rate_bp if rate else "",
            "window_days": programme.window_days,
        }
        members = Membership.objects.filter(programme=programme).select_related("creator").order_by("joined_at", "id")
        yield terms | {"creator": "", "joined_at": ""}
        for member in members.iterator(_AT_ONCE):
            yield terms | {"creator": member.creator.handle, "joined_at": member.joined_at}


PART = Part(
    Beside("creators.csv", ("programme", "is_active", "rate_bp", "window_days", "creator", "joined_at"), _lines),
    OtherList(
        gettext_lazy("This is what a shop agreed on with its creators, for its own records."),
        {"programme", "rate_bp", "creator"},
    ),
)
