"""A creator's links: made for a product, a shop or the showcase page; each with its QR code and what came of it."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lapak.affiliates.clicks.queries import clicks_by_day
from lapak.affiliates.decision import RateDecision
from lapak.affiliates.errors import NotOnSale
from lapak.affiliates.link_list import AskedLinks, narrowed
from lapak.affiliates.link_rules import utm_values
from lapak.affiliates.links import archive_link, change_link, create_link, restore_link
from lapak.affiliates.models import Creator, Link
from lapak.affiliates.offers import (
    decisions_about,
    product_ids_to_promote,
    programmes_of_creator,
    promotes_anything,
)
from lapak.affiliates.queries import link_for_creator, links_of_creator
from lapak.affiliates.rules import LONGEST_LABEL
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.queries import GoodsCard, product_cards
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.web.create.access import for_creators
from lapak.web.create.forms import LinkForm, LinkWordsForm
from lapak.web.shell.acts import accepted, carried_out, page_of, signed_in, sought
from lapak.web.shell.chart import bar_chart, over_days
from lapak.web.shell.posted import posted_from
from lapak.web.shell.qr import qr_drawing, qr_file, qr_picture


@dataclass(frozen=True, slots=True)
class Offer:
    """A product that a link leads to: its rate now in basis points, what one sale of the cheapest brings before tax, and why."""

    product: GoodsCard
    rate_bp: int
    earns_idr: int
    why: str


LINKS_ON_A_PAGE = 25
PRODUCTS_ON_A_PAGE = 20
DAYS_SHOWN = 28
"""Four weeks, so that every weekday counts as often as the others."""


@require_safe
@for_creators
def links(request: HttpRequest, creator: Creator) -> HttpResponse:
    """The creator's links, each with its clicks, orders and commission, and what one sale brings now; those of some words
    (`?q=`), of a `label`, in the archive (`?show=archive`), the oldest first (`?sort=oldest`)."""
    asked = AskedLinks(
        words=sought(request.GET),
        label=request.GET.get("label", "")[:LONGEST_LABEL],
        is_archive=request.GET.get("show") == "archive",
        oldest_first=request.GET.get("sort") == "oldest",
    )
    page = page_of(request, narrowed(links_of_creator(creator), asked), LINKS_ON_A_PAGE)
    cards = {card.id: card for card in product_cards({link.product_id for link in page if link.product_id})}
    decisions = decisions_about(creator, cards.values())
    offers = {id_: _offer(card, decisions[id_]) for id_, card in cards.items()}
    rows = [(link, address_of(link), offers.get(link.product_id) if link.product_id else None) for link in page]
    return render(request, "create/links.html", {"creator": creator, "page": page, "rows": rows, "asked": asked})


@require_http_methods(["GET", "HEAD", "POST"])
@for_creators
def new_link(request: HttpRequest, creator: Creator) -> HttpResponse:
    """Choose what to link to, among everything the joined programmes allow (`?q=` searches), and say where it goes."""
    form = LinkForm(request.POST or None)
    made: list[Link] = []
    if accepted(form, lambda: made.append(_make_link(signed_in(request), form))):
        messages.success(request, _("Your link is ready."))
        return redirect("create_link", made[0].code)
    words = sought(request.GET)
    joined = programmes_of_creator(creator, words)
    page = page_of(request, product_ids_to_promote(creator, words), PRODUCTS_ON_A_PAGE)
    products = product_cards(page)
    decisions = decisions_about(creator, products)
    context: dict[str, Any] = {
        "creator": creator,
        "form": form,
        "words": words,
        "has_joined": bool(joined) or promotes_anything(creator),
        "shops": [(f"shop:{each.programme.shop_id}", each) for each in joined if each.programme.shop],
        "page": page,
        "offers": [
            (f"product:{offer.product.id}", offer) for each in products if (offer := _offer(each, decisions[each.id]))
        ],
        "chosen": form["target"].value(),
    }
    return render(request, "create/link_new.html", context)


@require_safe
@for_creators
def link(request: HttpRequest, creator: Creator, code: str) -> HttpResponse:
    """Everything about one link: address, QR code, words to share it with, and what came of it."""
    found = _own(request, code)
    return _page_of_link(request, creator, found, LinkWordsForm(initial=_words_of(found)))


@posted_from("create_link", "code")
@for_creators
def change(request: HttpRequest, creator: Creator, code: str) -> HttpResponse:
    """Another label, other UTM values."""
    found, form = _own(request, code), LinkWordsForm(request.POST)
    if accepted(form, lambda: change_link(signed_in(request), code, **form.words())):
        messages.success(request, _("Saved."))
        return redirect("create_link", found.code)
    return _page_of_link(request, creator, found, form)


@posted_from("create_link", "code")
@for_creators
def archive(request: HttpRequest, creator: Creator, code: str) -> HttpResponse:  # noqa: ARG001 - the gate asks
    """Out of the list; it leads on."""
    done = _("In the archive. Whoever follows the link still gets there, and you still earn.")
    carried_out(request, lambda: archive_link(signed_in(request), code), done)
    return redirect("create_link", code)


@posted_from("create_link", "code")
@for_creators
def restore(request: HttpRequest, creator: Creator, code: str) -> HttpResponse:  # noqa: ARG001 - the gate asks
    """Back in the list."""
    carried_out(request, lambda: restore_link(signed_in(request), code), _("Back in your list."))
    return redirect("create_link", code)


@require_safe
@for_creators
def link_picture(request: HttpRequest, creator: Creator, code: str) -> HttpResponse:  # noqa: ARG001 - the gate asks
    """The link's QR code as a PNG, to be printed or laid over a video."""
    found = _own(request, code)
    response = HttpResponse(qr_picture(address_of(found)), content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="lapak-{found.code}.png"'
    return response


@require_safe
@for_creators
def link_drawing(request: HttpRequest, creator: Creator, code: str) -> HttpResponse:  # noqa: ARG001 - the gate asks
    """The link's QR code as an SVG: sharp at any size, for posters and packaging."""
    found = _own(request, code)
    response = HttpResponse(qr_file(address_of(found)), content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="lapak-{found.code}.svg"'
    return response


def address_of(link: Link) -> str:
    """What people tap: the link's whole address."""
    return f"{settings.BASE_URL}/r/{link.code}"


def _embedded(link: Link) -> str:
    """What another site puts into its page to show the link's card."""
    address = f"{settings.BASE_URL}{reverse('promo', args=[link.code])}"
    return f'<iframe src="{address}" width="320" height="560" title="Lapak" loading="lazy"></iframe>'


def share_words(link: Link) -> str:
    """What to write beside the link; with the sentence that honest people add, and the law asks of advertising."""
    if link.product:
        what = link.product.title
    elif link.shop:
        what = link.shop.name
    else:
        what = _("Everything I recommend")
    honest = _("(I earn a commission when you buy through this link.)")
    return f"{what}: {address_of(link)}\n{honest}"


def _offer(product: GoodsCard, decision: RateDecision) -> Offer | None:
    """What is still on sale and still earns something."""
    if not product.price_from_idr or not decision.paying:
        return None
    return Offer(product, decision.paying.rate_bp, decision.paying.amount_idr, decision.why)


def _make_link(by: User, form: LinkForm) -> Link:
    kind, _colon, key = form.cleaned_data["target"].partition(":")
    words = form.words() | {"code": form.cleaned_data["code"]}
    if kind == "showcase":
        return create_link(by, **words)
    try:
        id_ = uuid.UUID(key)
        if kind == "shop":
            return create_link(by, shop=Shop.objects.get(id=id_), **words)
        return create_link(by, product=Product.objects.select_related("shop").get(id=id_), **words)
    except (ValueError, Shop.DoesNotExist, Product.DoesNotExist):
        raise NotOnSale from None


def _page_of_link(request: HttpRequest, creator: Creator, found: Link, form: LinkWordsForm) -> HttpResponse:
    cards = product_cards([found.product_id] if found.product_id else [])
    clicked = clicks_by_day(found.id, DAYS_SHOWN)
    context: dict[str, Any] = {
        "creator": creator,
        "link": links_of_creator(creator).get(id=found.id),
        "address": address_of(found),
        "embedded": _embedded(found),
        "words": share_words(found),
        "qr": qr_drawing(address_of(found)),
        "days": over_days(
            bar_chart(_("Clicks"), [(day, clicks) for day, clicks, _people in clicked]),
            bar_chart(_("People"), [(day, people) for day, _clicks, people in clicked]),
        ),
        "form": form,
        "offer": _offer(cards[0], decisions_about(creator, cards)[cards[0].id]) if cards else None,
        "card": _card_of(found, is_on_sale=bool(cards)),
    }
    return render(request, "create/link.html", context)


def _words_of(found: Link) -> dict[str, str]:
    return {"label": found.label} | {f"utm_{name}": value for name, value in utm_values(found.utm).items()}


def _card_of(found: Link, *, is_on_sale: bool) -> str:
    """The picture that a preview of the link shows: that of where it leads now."""
    if found.product_id and is_on_sale:
        return reverse("product_card", args=[found.product_id.hex])
    if found.shop and found.shop.is_open:
        return reverse("shop_card", args=[found.shop.slug])
    return reverse("showcase_card", args=[found.creator.handle])


def _own(request: HttpRequest, code: str) -> Link:
    return link_for_creator(signed_in(request), code)
