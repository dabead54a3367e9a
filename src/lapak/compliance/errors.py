"""What the reports for others refuse."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import Unfit


class NoSuchPeriod(Unfit):
    """What was named is no quarter, or one that is not over: half of one would be told twice, and differently."""

    code = "no_such_period"
    field = "period"

    def __init__(self, newest: str) -> None:
        super().__init__(_("This is no quarter that is over. The newest is %(newest)s.") % {"newest": newest})
