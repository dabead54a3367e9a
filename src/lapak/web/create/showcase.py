"""The creator's own page, put together: how it looks, and what stands where."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.affiliates.models import Creator
from lapak.affiliates.showcase.commands import arrange_showcase, dress_showcase, put_cover, remove_cover
from lapak.affiliates.showcase.models import Showcase
from lapak.affiliates.showcase.queries import arrangement_of, hiding_of, loose_links, showcase_of
from lapak.affiliates.showcase.rules import LONGEST_WORDS, MOST_SECTIONS, PINNED, Arranged, Wish, arranged
from lapak.goods.catalogue.images import MAX_BYTES
from lapak.goods.catalogue.queries import GoodsCard, product_cards
from lapak.lib.numbers import filled
from lapak.web.create.access import for_creators
from lapak.web.shell.acts import accepted, carried_out, signed_in, sought
from lapak.web.shell.forms import RadioCards
from lapak.web.shell.posted import posted_from

LOOSE_SHOWN = 12
"""So many of the goods without a place are offered one; a search finds the others."""

LAST_PLACE = 9999


class LookForm(forms.Form):
    """Words and colours of the head."""

    words = forms.CharField(
        label=gettext_lazy("About you"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "data-previews": "words"}),
        help_text=filled(gettext_lazy("Up to {most} characters: what you show, and for whom."), most=LONGEST_WORDS),
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("Colours"),
        choices=Showcase.Theme.choices,
        widget=RadioCards(attrs={"data-previews": "theme"}),
    )


class CoverForm(forms.Form):
    """The picture above the page."""

    picture = forms.FileField(
        label=gettext_lazy("Picture above your page"),
        help_text=filled(gettext_lazy("JPEG, PNG or WebP, up to {most} MB."), most=MAX_BYTES >> 20),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


@require_safe
@for_creators
def showcase(request: HttpRequest, creator: Creator) -> HttpResponse:
    """The page as it is, with everything that can be changed about it; `?q=` looks for goods to give a place."""
    return _editor(request, creator)


@posted_from("create_showcase")
@for_creators
def look(request: HttpRequest, creator: Creator) -> HttpResponse:
    """Other words, other colours."""
    form = LookForm(request.POST)
    if accepted(form, lambda: dress_showcase(signed_in(request), **form.cleaned_data)):
        return redirect("create_showcase")
    return _editor(request, creator, look_form=form)


@posted_from("create_showcase")
@for_creators
def cover(request: HttpRequest, creator: Creator) -> HttpResponse:
    """A picture above the page, or none any more."""
    if "remove" in request.POST:
        carried_out(request, lambda: remove_cover(signed_in(request)), _("The picture is gone."))
        return redirect("create_showcase")
    form = CoverForm(request.POST, request.FILES)
    if accepted(form, lambda: put_cover(signed_in(request), form.cleaned_data["picture"].read())):
        return redirect("create_showcase")
    return _editor(request, creator, cover_form=form)


@posted_from("create_showcase")
@for_creators
def arrange(request: HttpRequest, creator: Creator) -> HttpResponse:
    """Sections and goods in their new order."""
    wanted = arrangement_in(request.POST)
    if carried_out(request, lambda: arrange_showcase(signed_in(request), wanted), _("Saved. Your page shows it now.")):
        return redirect("create_showcase")
    return _editor(request, creator, wanted=wanted)


def arrangement_in(posted: QueryDict) -> list[Arranged]:
    """The page as the form wishes it: `title-KEY` and `order-KEY` of each section, `in-ID` and `place-ID` of goods."""
    keys = [name.removeprefix("title-") for name in posted if name.startswith("title-")]
    titles = [
        (key, posted.get(f"title-{key}", "").replace("\0", ""), _place(posted.get(f"order-{key}", ""))) for key in keys
    ]
    wishes = [
        Wish(product_id, posted.get(f"in-{key}", ""), _place(posted.get(f"place-{key}", "")))
        for key in (name.removeprefix("in-") for name in posted if name.startswith("in-"))
        if (product_id := _id(key))
    ]
    return arranged(titles, wishes)


def _editor(
    request: HttpRequest,
    creator: Creator,
    *,
    look_form: LookForm | None = None,
    cover_form: CoverForm | None = None,
    wanted: Sequence[Arranged] | None = None,
) -> HttpResponse:
    shown, wanted = showcase_of(creator), arrangement_of(creator) if wanted is None else wanted
    placed = [product_id for section in wanted for product_id in section.product_ids]
    words = sought(request.GET)
    loose = [link.product_id for link in loose_links(creator, placed, words)[:LOOSE_SHOWN] if link.product_id]
    cards = {card.id: card for card in product_cards([*placed, *loose])}
    context: dict[str, Any] = {
        "creator": creator,
        "showcase": shown,
        "hiding": hiding_of(shown),
        "look": look_form or LookForm(initial={"words": shown.words, "theme": shown.theme}),
        "cover": cover_form or CoverForm(),
        "sections": _sections(wanted, cards),
        "may_add": sum(1 for section in wanted if section.title) < MOST_SECTIONS,
        "loose": [cards[product_id] for product_id in loose if product_id in cards],
        "words": words,
        "has_goods": bool(cards) or bool(words),
    }
    return render(request, "create/showcase.html", context)


def _sections(
    wanted: Sequence[Arranged], cards: dict[uuid.UUID, GoodsCard]
) -> list[tuple[str, str, list[tuple[uuid.UUID, GoodsCard | None]]]]:
    """Key, title and goods of each section, the pinned first; of goods that are not on sale now the id alone, so that they
    keep their place."""
    pinned = [section for section in wanted if section.title == PINNED] or [Arranged(PINNED, ())]
    titled = [section for section in wanted if section.title != PINNED]
    return [
        (key, section.title, [(product_id, cards.get(product_id)) for product_id in section.product_ids])
        for key, section in [("pinned", pinned[0]), *((str(n), section) for n, section in enumerate(titled, 1))]
    ]


def _place(typed: str) -> int | None:
    return min(int(typed), LAST_PLACE) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None


def _id(key: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(key)
    except ValueError:
        return None
