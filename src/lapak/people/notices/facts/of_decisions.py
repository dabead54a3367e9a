"""What shops are told of what Lapak decided about them and their goods."""

from django.utils.translation import gettext_lazy as _

from lapak.people.notices.facts.fact import LOOK_AT_IT, READ_WHY, Fact
from lapak.people.notices.rules import Topic

SELL_DECISION = ("sell_decision", "slug", "case_id")

OF_DECISIONS = (
    Fact(
        "goods_taken_down", Topic.DEADLINES, SELL_DECISION,
        _("Lapak has taken %(goods)s down"), READ_WHY,
        more=_("It is on sale nowhere from now on. Orders of it go on, and what you earned is paid."),
        until=_("An owner of the shop can object until %(deadline)s."),
    ),
    Fact(
        "shop_suspended", Topic.DEADLINES, SELL_DECISION,
        _("Nothing can be ordered from %(shop)s for some time: Lapak decided so"), READ_WHY,
        more=_("Orders go on: pack and send them as always. What you earned is paid."),
        until=_("An owner of the shop can object until %(deadline)s."),
    ),
    Fact(
        "goods_allowed_again", Topic.DEADLINES, SELL_DECISION,
        _("%(goods)s is yours to sell again: the decision is lifted"), READ_WHY,
    ),
    Fact(
        "shop_sells_again", Topic.DEADLINES, SELL_DECISION,
        _("%(shop)s sells again"), LOOK_AT_IT,
    ),
    Fact(
        "decision_final", Topic.DEADLINES, SELL_DECISION,
        _("Lapak's decision about %(goods)s is final"), READ_WHY,
    ),
)  # fmt: skip
