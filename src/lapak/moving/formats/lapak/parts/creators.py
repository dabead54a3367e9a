"""What the shop agreed on with creators: another marketplace says whom it may invite, and at which rate."""

from collections.abc import Iterator

from lapak.affiliates.models import Membership, Programme
from lapak.moving.formats.lapak.part import PLATFORM, Part
from lapak.moving.identify import by_order
from lapak.moving.layout import Layout, Tells
from lapak.moving.outgoing import Beside
from lapak.moving.past.models import PastTerms
from lapak.moving.written import Line
from lapak.people.shops.models import Shop

_AT_ONCE = 500
_COLUMNS = ("programme", "is_active", "rate_bp", "window_days", "creator", "joined_at")


def _lines(shop: Shop) -> Iterator[Line]:
    """Each programme of the shop with its rate, each creator who promotes under it, and those of another Lapak."""
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
    for past in PastTerms.objects.filter(shop=shop).order_by("handle").iterator(_AT_ONCE):
        yield {
            "programme": past.programme,
            "is_active": "no",
            "rate_bp": past.rate_bp,
            "window_days": "",
            "creator": past.handle,
            "joined_at": past.joined_at,
        }


PART = Part(
    Beside("creators.csv", _COLUMNS, _lines),
    Layout(
        platform=PLATFORM,
        called="creators.csv",
        tells=Tells.TERMS,
        spellings={column: (column,) for column in _COLUMNS},
        needs={"programme", "rate_bp", "creator", "joined_at"},
        first_row=2,
        telling=("rate_bp",),
        identify=by_order,
    ),
)
