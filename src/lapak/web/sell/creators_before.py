"""Who promoted the shop at its old platforms, and invitations for them that the shop sends itself."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lapak.affiliates.invitations import Answer, Offered, make_creator_invitation
from lapak.affiliates.models import CreatorInvitation
from lapak.affiliates.queries import invitations_of_shop
from lapak.affiliates.rules import MOST_INVITED
from lapak.lib import clock
from lapak.lib.numbers import format_rate
from lapak.moving import inviting
from lapak.moving.formats.registry import title_of
from lapak.moving.inviting import ToInvite, to_invite
from lapak.moving.partners.models import PartnerPay
from lapak.moving.partners.queries import partners_named, pays_of
from lapak.moving.past.models import PastCreator
from lapak.moving.past.queries import creators_of_past
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.invitations import ANSWERS, address_of
from lapak.web.sell.programme_forms import MessageForm, WordsForm
from lapak.web.sell.questions import asked_first
from lapak.web.shell.acts import accepted, page_of, signed_in
from lapak.web.shell.csv_file import csv_file
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question

CREATORS_ON_A_PAGE = 25
_COLUMNS = ("platform", "kind", "id", "partner", "currency", "sale", "amount", "state", "at")
_AT_ONCE = 2_000


@require_safe
@for_sellers(Duty.PROMOTION)
def creators_before(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Those who sold most first, each with the rate at which they did and the invitation there is."""
    return _page(request, shop)


@require_safe
@for_sellers(Duty.PROMOTION)
def commissions_before(request: HttpRequest, shop: Shop) -> HttpResponseBase:  # noqa: ARG001 - a view
    """All that creators got under programmes elsewhere, as the lists said it: one row each, in its own currency."""
    rows = (_line(pay) for pay in pays_of(shop).iterator(chunk_size=_AT_ONCE))
    return csv_file(f"{shop.slug}-commissions-before.csv", _COLUMNS, rows)


def _line(pay: PartnerPay) -> list[object]:
    said = [pay.platform, pay.kind, pay.source_id, pay.partner, pay.currency]
    amounts = ["" if pay.sale is None else pay.sale, pay.amount]
    return [*said, *amounts, pay.state, pay.at.astimezone(clock.WIB).isoformat(sep=" ", timespec="minutes")]


@posted_from("sell_creators_before", "slug")
@for_sellers(Duty.PROMOTION)
def invite(request: HttpRequest, shop: Shop) -> HttpResponse:
    """There is an address by which this creator can accept a rate."""
    said = {"platform": request.POST.get("platform", ""), "handle": request.POST.get("handle", "")}
    creator = creators_of_past(shop).filter(**said).first()
    if creator is None:
        raise Http404
    form = WordsForm(request.POST, now_bp=creator.rate_bp or 0, auto_id=_ids(creator))
    if accepted(form, lambda: _invite(request, shop, creator, form)):
        messages.success(request, _("There is your link. Send it yourself: nobody was told."))
        return redirect("sell_creators_before", shop.slug)
    return _page(request, shop, creator, form)


def _about_inviting_all(request: HttpRequest, shop: Shop) -> Question | None:
    found, form = to_invite(shop), MessageForm(request.POST)
    if not found.rated or not form.is_valid():
        return None
    count = len(found.rated)
    asks = ngettext("Invite %(count)s creator?", "Invite %(count)s creators?", count) % {"count": count}
    return Question(asks, reverse("sell_creators_before", args=[shop.slug]), [*_rates_of(found), *_about(found)])


def _rates_of(found: ToInvite) -> Iterator[str]:
    """How many at which rate, the highest first."""
    for rate_bp, count in sorted(Counter(each.rate_bp or 0 for each in found.rated).items(), reverse=True):
        words = ngettext("%(count)s at %(rate)s%%", "%(count)s at %(rate)s%%", count)
        yield words % {"count": count, "rate": format_rate(rate_bp)}


def _about(found: ToInvite) -> Iterator[str]:
    if len(found.rated) == MOST_INVITED:
        yield _("Those who sold most come first; ask again for the others.")
    if count := len(found.unrated):
        words = ngettext(
            "%(count)s is left out, as no rate is known.", "%(count)s are left out, as no rate is known.", count
        )
        yield words % {"count": count}
    yield _("Nobody is bound before they accept. You send each their link yourself.")


@posted_from("sell_creators_before", "slug")
@for_sellers(Duty.PROMOTION)
@asked_first(_about_inviting_all)
def invite_all(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Each who has not been asked has an invitation at the rate of then; every line is answered for."""
    form = MessageForm(request.POST, auto_id="all_%s")
    answers: list[Answer] = []
    by = signed_in(request)
    if accepted(form, lambda: answers.extend(inviting.invite_all(by, shop, form.cleaned_data["message"]))):
        return _page(request, shop, answers=answers)
    return _page(request, shop, all_form=form)


def _invite(request: HttpRequest, shop: Shop, creator: PastCreator, form: WordsForm) -> CreatorInvitation:
    by, place, key = signed_in(request), title_of(creator.platform), (creator.platform, creator.handle)
    partner = partners_named(shop, [key]).get(key)
    return make_creator_invitation(
        by,
        shop,
        place=place,
        name=creator.handle,
        rate_bp=form.rate_bp,
        email=partner.email if partner else "",
        offered=Offered(message=form.cleaned_data["message"]),
    )


def _page(
    request: HttpRequest,
    shop: Shop,
    typed_of: PastCreator | None = None,
    typed: WordsForm | None = None,
    *,
    all_form: MessageForm | None = None,
    answers: Sequence[Answer] | None = None,
) -> HttpResponse:
    page = page_of(request, creators_of_past(shop), CREATORS_ON_A_PAGE)
    names = {creator.id: (title_of(creator.platform), creator.handle) for creator in page}
    made = invitations_of_shop(shop, names.values())
    partners = partners_named(shop, [(creator.platform, creator.handle) for creator in page])
    rows = [
        {
            "creator": creator,
            "place": names[creator.id][0],
            "partner": partners.get((creator.platform, creator.handle)),
            "abroad": [(code, *map(_in_decimals, sums)) for code, sums in sorted(creator.abroad.items())],
            "invitation": (invitation := made.get(names[creator.id])),
            "address": _address(invitation),
            "form": typed if typed_of == creator else _form(creator, invitation),
        }
        for creator in page
    ]
    context: dict[str, Any] = {
        "page": page,
        "rows": rows,
        "has_pays": pays_of(shop).exists(),
        "to_invite": len(to_invite(shop).rated),
        "all_form": all_form or MessageForm(auto_id="all_%s"),
        "answers": None if answers is None else [(each, *ANSWERS[each.outcome]) for each in answers],
    }
    return show(request, shop, "creators_before.html", context)


def _in_decimals(amount: str) -> str:
    """With two decimals, as the language writes them."""
    return number_format(Decimal(amount), decimal_pos=2, use_l10n=True, force_grouping=True)


def _form(creator: PastCreator, invitation: CreatorInvitation | None) -> WordsForm:
    rate_bp = invitation.rate_bp if invitation else creator.rate_bp
    initial = {} if rate_bp is None else {"percent": format_rate(rate_bp)}
    if invitation:
        initial["message"] = invitation.message
    return WordsForm(initial=initial, auto_id=_ids(creator))


def _ids(creator: PastCreator) -> str:
    """Each row's form has a field for a percentage."""
    return f"before{creator.id}_%s"


def _address(invitation: CreatorInvitation | None) -> str:
    """Of one that waits for an answer."""
    return address_of(invitation) if invitation and not invitation.is_over else ""
