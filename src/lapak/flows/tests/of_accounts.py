"""Of who_may.py: the acts of the reviews of creators' accounts, for whom each is and how it is done."""

from collections.abc import Callable
from typing import Any

from lapak.affiliates.integrity import closings as accounts
from lapak.affiliates.integrity.appealing import appeal_finding
from lapak.affiliates.integrity.signs import Ground
from lapak.affiliates.profiles import proving
from lapak.affiliates.profiles.commands import set_profile
from lapak.affiliates.showcase import hiding
from lapak.flows.decide_finding import lift_finding, uphold_finding
from lapak.flows.tests.one_of_each import World
from lapak.lib import clock
from lapak.people.users.models import User
from lapak.people.users.operators import Desk

OF_ACCOUNTS: dict[Callable[..., Any], tuple[str, Callable[[World, User], object]]] = {
    lift_finding: (Desk.CREATORS, lambda w, by: lift_finding(by, w.finding.id, "A live show.")),
    uphold_finding: (Desk.CREATORS, lambda w, by: uphold_finding(by, w.finding.id, "Four seconds.")),
    appeal_finding: ("creator", lambda w, by: appeal_finding(by, w.finding.id, "A live show.")),
    hiding.hide_page: (
        Desk.CREATORS,
        lambda w, by: hiding.hide_page(by, w.cast.creator.id, Ground.MISLEADING, "Prices that are not there."),
    ),
    hiding.hide_cover: (
        Desk.CREATORS,
        lambda w, by: hiding.hide_cover(by, w.cast.creator.id, Ground.RIGHTS, "A brand's own picture."),
    ),
    set_profile: ("creator", lambda _w, by: set_profile(by, about="Batik.", category_ids=[], is_listed=True)),
    proving.name_channel: ("creator", lambda _w, by: proving.name_channel(by, "Instagram", "@ceu.edoh")),
    proving.show_channel: ("creator", lambda w, by: proving.show_channel(by, w.channel.id)),
    proving.remove_channel: ("creator", lambda w, by: proving.remove_channel(by, w.channel.id)),
    proving.confirm_channel: (Desk.CREATORS, lambda w, by: proving.confirm_channel(by, w.channel.id)),
    proving.decline_channel: (Desk.CREATORS, lambda w, by: proving.decline_channel(by, w.channel.id, "Not there.")),
    accounts.propose_closing: (
        Desk.CREATORS,
        lambda w, by: accounts.propose_closing(by, w.finding.id, "No", clock.today()),
    ),
    accounts.agree_to_closing: (Desk.CREATORS, lambda w, by: accounts.agree_to_closing(by, w.closing.id)),
    accounts.decline_closing: (
        Desk.CREATORS,
        lambda w, by: accounts.decline_closing(by, w.closing.id, "Not for that."),
    ),
    accounts.reopen_creator: (
        Desk.CREATORS,
        lambda w, by: accounts.reopen_creator(by, w.closing.id, "They may try again."),
    ),
}
"""As `COMMANDS` there."""
