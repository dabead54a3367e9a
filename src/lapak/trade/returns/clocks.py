"""Which returns' time has come, most urgent first; whoever sweeps takes as many as fit (flows/sweep.py)."""

from django.db.models import QuerySet

from lapak.lib import clock
from lapak.trade.returns.models import Return
from lapak.trade.returns.rules import ReturnState


def returns_past_act_by(*states: ReturnState) -> QuerySet[Return]:
    """Returns that stand in one of the states for longer than it may last; not while their order's payment is in dispute."""
    due = Return.objects.filter(state__in=states, act_by__lt=clock.now(), order__disputed_idr=0)
    return due.order_by("act_by")
