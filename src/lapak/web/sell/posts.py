"""Posts that the shop pays for: what it offers and has set apart, and each post with its answer."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from lapak.affiliates.posts import commands
from lapak.affiliates.posts.models import Post, PostOffer
from lapak.affiliates.posts.postings import held_account
from lapak.affiliates.posts.queries import (
    events_of_post,
    offer_for_seller,
    offers_of_shop,
    offers_shown,
    post_for_seller,
    posts_of_offer,
    posts_of_shop,
    posts_shown,
)
from lapak.affiliates.posts.rules import HIGHEST_FEE_IDR, LOWEST_FEE_IDR, MOST_PLACES, OfferState, PostState, may_move
from lapak.flows.offer_post_fees import offer_post_fees, withdraw_post_offer
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.queries import product_cards
from lapak.lib.money import format_idr
from lapak.lib.number_fields import CountField, RupiahField
from lapak.lib.written import LONGEST_STORY
from lapak.money.ledger.queries import balance_idr
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.web.sell.access import for_sellers, own_of_shop, show
from lapak.web.sell.balance import payable
from lapak.web.sell.programme_terms_forms import product_named
from lapak.web.sell.questions import asked_first
from lapak.web.sell.samples import WhyForm
from lapak.web.shell.acts import accepted, carried_out, page_of, signed_in
from lapak.web.shell.post_story import story_of_post
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question

ROWS_ON_A_PAGE = 25

TABS = {
    "": gettext_lazy("All"),
    PostState.HANDED_IN: gettext_lazy("To check"),
    PostState.TAKEN: gettext_lazy("To be posted"),
    PostState.DECLINED: gettext_lazy("Declined"),
    PostState.APPROVED: gettext_lazy("Approved"),
    PostState.PAID: gettext_lazy("Paid"),
}
"""What a shop looks for; the rest stands among all."""


class OfferForm(forms.Form):
    """About what, for how much, how often, and until when."""

    product = forms.CharField(
        label=gettext_lazy("Product"), max_length=255, help_text=gettext_lazy("Its title or seller SKU.")
    )
    words = forms.CharField(
        label=gettext_lazy("What should the post show?"),
        max_length=LONGEST_STORY,
        help_text=gettext_lazy("Creators read it before they take a place; you check the post by it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    fee_idr = RupiahField(label=gettext_lazy("Fee for each post"), min_value=LOWEST_FEE_IDR, max_value=HIGHEST_FEE_IDR)
    places = CountField(label=gettext_lazy("How many posts"), min_value=1, max_value=MOST_PLACES)
    last_day = forms.DateField(
        label=gettext_lazy("Last day to take a place"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    handle = forms.CharField(
        label=gettext_lazy("For one creator alone"),
        max_length=31,
        required=False,
        help_text=gettext_lazy("A handle such as @ceu-edoh. Empty: for all who promote you."),
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shop = shop
        self.goods: Product | None = None

    def clean_product(self) -> str:
        words: str = self.cleaned_data["product"].strip()
        self.goods = product_named(self.shop, words)
        return words

    def send(self, by: User) -> PostOffer:
        """What was typed is offered."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "product"}
        return offer_post_fees(by, self.shop, self.goods.id if self.goods else uuid.UUID(int=0), **typed)


@require_safe
@for_sellers(Duty.PROMOTION)
def posts(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The posts of creators, newest first, all or of one state."""
    asked = request.GET.get("state", "")
    state = asked if asked in TABS else ""
    page = page_of(request, posts_of_shop(shop, state).values_list("id", flat=True), ROWS_ON_A_PAGE)
    context: dict[str, Any] = {"tabs": list(TABS.items()), "tab": state, "page": page, "rows": posts_shown(list(page))}
    return show(request, shop, "posts.html", context)


@require_safe
@for_sellers(Duty.PROMOTION)
def offers(request: HttpRequest, shop: Shop) -> HttpResponse:
    """What the shop offers and has offered, newest first, and what is set apart for it."""
    page = page_of(request, offers_of_shop(shop).values_list("id", flat=True), ROWS_ON_A_PAGE)
    context: dict[str, Any] = {"page": page, "rows": offers_shown(list(page)), **_money(shop)}
    return show(request, shop, "post_offers.html", context)


@require_safe
@for_sellers(Duty.PROMOTION)
def new_offer(request: HttpRequest, shop: Shop) -> HttpResponse:
    """What is to be offered; `?to=` names a creator."""
    return _new(request, shop, OfferForm(shop=shop, initial={"handle": request.GET.get("to", "")[:31]}))


def _about_offering(request: HttpRequest, shop: Shop) -> Question | None:
    form = OfferForm(request.POST, shop=shop)
    if not form.is_valid():
        return None
    fee_idr, places = form.cleaned_data["fee_idr"], form.cleaned_data["places"]
    asks = _("Set %(amount)s apart for posts?") % {"amount": format_idr(fee_idr * places)}
    line = ngettext(
        "%(count)s post about %(product)s, for %(fee)s",
        "%(count)s posts about %(product)s, for %(fee)s each",
        places,
    ) % {"count": places, "product": form.goods, "fee": format_idr(fee_idr)}
    back = _("It leaves your balance now. What no creator earns comes back when the offer is over.")
    return Question(asks, reverse("sell_post_offer_new", args=[shop.slug]), [line, back])


@posted_from("sell_post_offer_new", "slug")
@for_sellers(Duty.PROMOTION)
@asked_first(_about_offering)
def offer_fee(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The money is set apart, and creators are told."""
    by, form, made = signed_in(request), OfferForm(request.POST, shop=shop), list[PostOffer]()
    if accepted(form, lambda: made.append(form.send(by))):
        carried_out(request, lambda: None, _("Offered. Creators see it now."))
        return redirect("sell_post_offer", shop.slug, made[0].id)
    return _new(request, shop, form)


@require_safe
@for_sellers(Duty.PROMOTION)
def offer(request: HttpRequest, shop: Shop, offer_id: uuid.UUID) -> HttpResponse:
    """One offer: its money, its places, and who has one."""
    own = own_of_shop(request, shop, offer_for_seller, offer_id)
    page = page_of(request, posts_of_offer(own).values_list("id", flat=True), ROWS_ON_A_PAGE)
    context: dict[str, Any] = {
        "offer": own,
        "card": next(iter(product_cards([own.product_id])), None),
        "page": page,
        "rows": posts_shown(list(page)),
    }
    return show(request, shop, "post_offer.html", context)


def _about_withdrawing(request: HttpRequest, shop: Shop, offer_id: uuid.UUID) -> Question | None:
    own = own_of_shop(request, shop, offer_for_seller, offer_id)
    if own.state != OfferState.OPEN:
        return None
    asks = _("Withdraw the offer, and take %(amount)s back?") % {"amount": format_idr(own.fee_idr * own.free)}
    kept = _("Who has a place keeps it, and is paid for an approved post.")
    return Question(asks, reverse("sell_post_offer", args=[shop.slug, offer_id]), [kept])


@posted_from("sell_post_offer", "slug", "offer_id")
@for_sellers(Duty.PROMOTION)
@asked_first(_about_withdrawing)
def withdraw(request: HttpRequest, shop: Shop, offer_id: uuid.UUID) -> HttpResponse:
    """No more places."""
    own, by = own_of_shop(request, shop, offer_for_seller, offer_id), signed_in(request)
    done = _("Withdrawn. What nobody has a place for is in your balance again.")
    carried_out(request, lambda: withdraw_post_offer(by, own.id), done)
    return redirect("sell_post_offer", shop.slug, offer_id)


@require_safe
@for_sellers(Duty.PROMOTION)
def post(request: HttpRequest, shop: Shop, post_id: uuid.UUID) -> HttpResponse:
    """One post: where it is, what it was to show, and what can be done."""
    return _page(request, shop, post_id)


@posted_from("sell_post", "slug", "post_id")
@for_sellers(Duty.PROMOTION)
def approve(request: HttpRequest, shop: Shop, post_id: uuid.UUID) -> HttpResponse:
    """The shop takes it."""
    own, by = _own(request, shop, post_id), signed_in(request)
    done = _("Approved. The fee is paid once the post has stood its days.")
    carried_out(request, lambda: commands.approve_post(by, own.id), done)
    return redirect("sell_post", shop.slug, post_id)


@posted_from("sell_post", "slug", "post_id")
@for_sellers(Duty.PROMOTION)
def decline(request: HttpRequest, shop: Shop, post_id: uuid.UUID) -> HttpResponse:
    """The shop does not pay for it, and says why."""
    own, by, form = _own(request, shop, post_id), signed_in(request), WhyForm(request.POST)
    done = _("Declined. The creator reads why, and may take it to Lapak.")
    if carried_out(request, lambda: commands.decline_post(by, own.id, form.cleaned_data["words"]), done, form):
        return redirect("sell_post", shop.slug, post_id)
    return _page(request, shop, post_id, why_form=form)


def _own(request: HttpRequest, shop: Shop, post_id: uuid.UUID) -> Post:
    return own_of_shop(request, shop, post_for_seller, post_id)


def _money(shop: Shop) -> dict[str, int]:
    return {"balance_idr": balance_idr(payable(shop)), "set_apart_idr": balance_idr(held_account(shop.id))}


def _new(request: HttpRequest, shop: Shop, form: OfferForm) -> HttpResponse:
    return show(request, shop, "post_offer_new.html", {"form": form, **_money(shop)})


def _page(request: HttpRequest, shop: Shop, post_id: uuid.UUID, *, why_form: WhyForm | None = None) -> HttpResponse:
    own = _own(request, shop, post_id)
    context: dict[str, Any] = {
        "post": own,
        "card": next(iter(product_cards([own.offer.product_id])), None),
        "steps": story_of_post(own, events_of_post(own)),
        "may_approve": own.state in {PostState.HANDED_IN, PostState.DECLINED},
        "may_decline": may_move(own.state, PostState.DECLINED) and not own.is_upheld,
        "why_form": why_form or WhyForm(),
    }
    return show(request, shop, "post.html", context)
