"""Of everyone.py: PPh 22 is switched on and off."""

from lapak.money.taxes.commands import set_pph22
from lapak.money.taxes.models import Pph22Step
from lapak.money.taxes.queries import pph22_bp
from lapak.testing.market import Market
from lapak.testing.taxes import pph22_begins


def _switch(market: Market, _pick: int) -> Pph22Step:
    said = pph22_begins()
    return set_pph22(market.operator, **{**said, "is_on": not pph22_bp(said["begins_on"])})


OF_TAXES = {"switch PPh 22": _switch}
"""As `ACTS` there."""
