"""Of everyone.py: what creators, shops and operators agree on: invitations, programmes, links, channels, reviews of accounts."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Model, QuerySet

from lapak.affiliates.discovery.commands import join_and_link
from lapak.affiliates.integrity import closings
from lapak.affiliates.integrity.models import Closing, Finding
from lapak.affiliates.invitations import (
    Offered,
    decline_creator_invitation,
    invite_creator,
    invite_creators,
    withdraw_creator_invitation,
)
from lapak.affiliates.links import archive_link, change_link, restore_link
from lapak.affiliates.models import Creator, CreatorInvitation, Link, Programme
from lapak.affiliates.profiles import proving
from lapak.affiliates.profiles.commands import set_profile
from lapak.affiliates.profiles.models import Channel
from lapak.affiliates.profiles.queries import wide_categories
from lapak.affiliates.programmes import announce_rate, choose_who_earns, join_programme, open_platform_programme
from lapak.affiliates.terms.commands import set_budget, set_special_rate, withdraw_special_rate
from lapak.flows.accept_invitation import accept_invitation
from lapak.flows.decide_finding import lift_finding, uphold_finding
from lapak.lib import clock
from lapak.moving.partners.keeping import keep_old_link
from lapak.moving.partners.models import Partner, PartnerLink
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.market import Market
from lapak.testing.partners import invited, partner_of_shop

Act = Callable[[Market, int], object]

RATES_BP = (0, 500, 1_500, 2_500, 8_000)
BUDGETS_IDR = (None, 10_000, 33_333, 1_000_000)
MOST_LINKS = 8
"""That lead to what somebody buys: as many as a browser remembers."""


def _nth(rows: QuerySet[Any], pick: int) -> Any:
    found = list(rows.order_by("pk"))
    return found[pick % len(found)] if found else None


def _shop(market: Market, pick: int) -> tuple[User, Shop]:
    """Who works there, and the shop."""
    shop = _nth(Shop.objects.all(), pick)
    return market.sellers[shop.id], shop


def _creator(pick: int) -> Creator:
    creator: Creator = _nth(Creator.objects.select_related("user"), pick)
    return creator


def _by(market: Market, programme: Programme) -> User:
    """Whose programme it is."""
    return market.sellers[programme.shop_id] if programme.shop_id else market.operator


def _second_operator() -> User:
    found = User.objects.filter(email="second@example.com").first()
    return found or User.objects.create_superuser("second@example.com", name="Second")


def _of(rows: type[Model], do: Callable[[Market, Any, int], object]) -> Act:
    def act(market: Market, pick: int) -> object:
        row = _nth(rows._default_manager.all(), pick)
        return row and do(market, row, pick)

    return act


def _invite(market: Market, pick: int) -> object:
    """At a rate that ends in a month, or goes on."""
    last = clock.today() + timedelta(days=30) if pick % 2 else None
    return invite_creator(
        *_shop(market, pick), _creator(pick // 2), RATES_BP[pick // 4 % 5], Offered(rate_ends_on=last)
    )


def _invite_many(market: Market, pick: int) -> object:
    lines = "\n".join(f"@{creator.handle}" for creator in Creator.objects.all())
    return invite_creators(*_shop(market, pick), f"{lines}\ncreator2@example.com\nnobody-here", RATES_BP[pick // 2 % 5])


def _partner_comes(market: Market, pick: int) -> object:
    """Somebody whom the first shop knew at Dub, with two codes of theirs, and its invitation to them."""
    handle = f"alex.{pick % 5}"
    partner = Partner.objects.filter(handle=handle).first()
    codes = (f"kode-{pick % 5}", f"kode-{pick % 5}-ig")
    return invited(market.casts[0], partner or partner_of_shop(market.casts[0], *codes, handle=handle))


def _accept(_market: Market, invitation: CreatorInvitation, pick: int) -> object:
    """Whoever was meant, or somebody else."""
    return accept_invitation(_creator(pick // 7).user, invitation.code)


def _join_and_link(market: Market, pick: int) -> object:
    """From then on people follow that link, too."""
    link = join_and_link(_creator(pick).user, market.variants[pick // 2 % len(market.variants)].product)
    if link not in market.links and len(market.links) < MOST_LINKS:
        market.links.append(link)
    return link


def _announce(market: Market, programme: Programme, pick: int) -> object:
    return announce_rate(_by(market, programme), programme, RATES_BP[pick // 5 % 5])


def _promise_more(market: Market, programme: Programme, pick: int) -> object:
    product = market.variants[pick % len(market.variants)].product
    if pick % 3:
        return set_special_rate(_by(market, programme), programme, product, RATES_BP[pick // 5 % 5])
    return withdraw_special_rate(_by(market, programme), programme, product)


def _set_budget(market: Market, programme: Programme, pick: int) -> object:
    """Always of the same kind, as another is refused; half of them as one that a programme opens with, which holds at once."""
    if pick % 2:
        Programme.objects.filter(pk=programme.pk).update(created_at=clock.now())
        programme.refresh_from_db()
    idr = BUDGETS_IDR[pick // 2 % len(BUDGETS_IDR)]
    return set_budget(_by(market, programme), programme, idr, is_monthly=programme.shop == market.casts[0].shop)


def _say_more(_market: Market, pick: int) -> object:
    chosen = [category.id for category in wide_categories()[: pick % 7]]
    return set_profile(_creator(pick).user, about="Batik." * (pick % 60), category_ids=chosen, is_listed=pick % 2 == 0)


def _name_channel(_market: Market, pick: int) -> object:
    return proving.name_channel(_creator(pick).user, ("TikTok", "YouTube")[pick // 2 % 2], f"@edoh{pick // 4 % 4}")


def _propose_closing(_market: Market, finding: Finding, pick: int) -> object:
    return closings.propose_closing(_second_operator(), finding.id, "Two phones.", clock.today() + timedelta(pick % 3))


def _keep_old_link(_market: Market, link: PartnerLink, pick: int) -> object:
    return keep_old_link(_creator(pick).user, link.pk, f"lama-{uuid.uuid4().hex[:8]}" if pick % 2 else link.code)


INVITED: dict[str, Act] = {
    "invite creator": _invite,
    "invite creators": _invite_many,
    "partner comes": _partner_comes,
    "accept creator's invitation": _of(CreatorInvitation, _accept),
    "decline creator's invitation": _of(
        CreatorInvitation, lambda _m, i, p: decline_creator_invitation(_creator(p // 7).user, i.code, "Not now.")
    ),
    "withdraw creator's invitation": _of(
        CreatorInvitation, lambda m, i, _p: withdraw_creator_invitation(m.sellers[i.shop_id], i.id)
    ),
    "keep old link": _of(PartnerLink, _keep_old_link),
}

PROMISED: dict[str, Act] = {
    "join and link": _join_and_link,
    "join programme": _of(Programme, lambda _m, programme, p: join_programme(_creator(p).user, programme)),
    "Lapak promises too": lambda m, p: open_platform_programme(m.operator, RATES_BP[p % 5]),
    "announce rate": _of(Programme, _announce),
    "promise for goods": _of(Programme, _promise_more),
    "set budget": _of(Programme, _set_budget),
    "choose who earns": _of(
        Programme, lambda m, each, p: choose_who_earns(_by(m, each), each, Programme.WonBy.values[p % 3])
    ),
    "change link": _of(
        Link, lambda _m, link, p: change_link(link.creator.user, link.code, label=f"bio{p % 3}", utm={})
    ),
    "archive link": _of(Link, lambda _m, link, _p: archive_link(link.creator.user, link.code)),
    "restore link": _of(Link, lambda _m, link, _p: restore_link(link.creator.user, link.code)),
}

KNOWN: dict[str, Act] = {
    "say more of oneself": _say_more,
    "name channel": _name_channel,
    "show channel": _of(Channel, lambda _m, each, _p: proving.show_channel(each.creator.user, each.id)),
    "confirm channel": _of(Channel, lambda m, each, _p: proving.confirm_channel(m.operator, each.id)),
    "decline channel": _of(Channel, lambda m, each, _p: proving.decline_channel(m.operator, each.id, "No code.")),
    "remove channel": _of(Channel, lambda _m, each, _p: proving.remove_channel(each.creator.user, each.id)),
    "lift finding": _of(Finding, lambda m, each, _p: lift_finding(m.operator, each.id, "A live show.")),
    "uphold finding": _of(Finding, lambda _m, each, _p: uphold_finding(_second_operator(), each.id, "Four seconds.")),
    "propose closing": _of(Finding, _propose_closing),
    "agree to closing": _of(Closing, lambda m, each, _p: closings.agree_to_closing(m.operator, each.id)),
    "decline closing": _of(Closing, lambda m, each, _p: closings.decline_closing(m.operator, each.id, "Not for that.")),
    "reopen creator": _of(Closing, lambda m, each, _p: closings.reopen_creator(m.operator, each.id, "Once more.")),
}

OF_PROMOTION: dict[str, Act] = {**INVITED, **PROMISED, **KNOWN}
"""As `ACTS` there."""
