"""The periodic figures that the government asks for."""

from datetime import date, datetime, time

from django.db.models import Count, Sum

from lapak.compliance.proofs.days import end_of
from lapak.compliance.proofs.there import has_page
from lapak.compliance.rules import Found
from lapak.lib.clock import WIB
from lapak.trade.orders.models import Order

_file = has_page("government_figures")


def can_be_exported(on: date) -> Found:
    """Whether there is a file, and what it would say of that day's year until then: what was paid, who sold and who bought."""
    begin = datetime.combine(on.replace(month=1, day=1), time.min, WIB)
    figures = Order.objects.filter(paid_at__gte=begin, paid_at__lt=end_of(on)).aggregate(
        transactions=Count("id"),
        goods_idr=Sum("goods_idr", default=0),
        sellers=Count("shop_id", distinct=True),
        buyers=Count("buyer_id", distinct=True),
    )
    file = _file(on)
    return Found(file.holds, {**file.what, "since": str(begin.date()), **figures})
