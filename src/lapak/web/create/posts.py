"""Posts that shops pay for: offers with a place left, and the creator's own posts with where each stands."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.affiliates.models import Creator
from lapak.affiliates.posts import commands
from lapak.affiliates.posts.models import Post
from lapak.affiliates.posts.queries import (
    events_of_post,
    fee_totals_idr,
    offer_for_creator,
    offers_shown,
    offers_to_take,
    post_for_creator,
    posts_of_creator,
    posts_shown,
)
from lapak.affiliates.posts.rules import PostState, may_move
from lapak.flows.pay_for_posts import give_up_place
from lapak.goods.catalogue.queries import product_cards
from lapak.lib.written import LONGEST_STORY
from lapak.money.ledger.queries import transfers_of_reference
from lapak.web.create.access import for_creators
from lapak.web.create.balance import payable
from lapak.web.create.samples import PostForm
from lapak.web.shell import books
from lapak.web.shell.acts import accepted, carried_out, page_of, signed_in
from lapak.web.shell.post_story import story_of_post
from lapak.web.shell.posted import posted_from

ROWS_ON_A_PAGE = 25


class ObjectionForm(forms.Form):
    """What the creator says to a refusal."""

    words = forms.CharField(
        label=gettext_lazy("Why is it not right?"),
        max_length=LONGEST_STORY,
        help_text=gettext_lazy("Lapak reads it beside what the shop says, and decides."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_safe
@for_creators
def posts(request: HttpRequest, creator: Creator) -> HttpResponse:
    """The creator's own, newest first."""
    page = page_of(request, posts_of_creator(creator).values_list("id", flat=True), ROWS_ON_A_PAGE)
    context: dict[str, Any] = {
        "creator": creator,
        "page": page,
        "rows": posts_shown(list(page)),
        "totals": fee_totals_idr(creator),
    }
    return render(request, "create/posts.html", context)


@require_safe
@for_creators
def offers(request: HttpRequest, creator: Creator) -> HttpResponse:
    """Offers with a place for this creator, what pays most first."""
    page = page_of(request, offers_to_take(creator).values_list("id", flat=True), ROWS_ON_A_PAGE)
    found = {each.id: each for each in offers_shown(list(page))}
    context: dict[str, Any] = {"creator": creator, "page": page, "rows": [found[id_] for id_ in page if id_ in found]}
    return render(request, "create/post_offers.html", context)


@require_safe
@for_creators
def offer(request: HttpRequest, creator: Creator, offer_id: uuid.UUID) -> HttpResponse:
    """One of them: what is to be shown, for how much, until when."""
    found = offer_for_creator(creator, offer_id)
    context: dict[str, Any] = {
        "creator": creator,
        "offer": found,
        "card": next(iter(product_cards([found.product_id])), None),
        "may_take": offers_to_take(creator).filter(id=offer_id).exists(),
        "rows": posts_shown(
            list(posts_of_creator(creator).filter(offer=found).values_list("id", flat=True)[:ROWS_ON_A_PAGE])
        ),
    }
    return render(request, "create/post_offer.html", context)


@posted_from("create_post_offer", "offer_id")
@for_creators
def take(request: HttpRequest, creator: Creator, offer_id: uuid.UUID) -> HttpResponse:  # noqa: ARG001 - the gate asks
    """A place is the creator's."""
    by, taken = signed_in(request), list[Post]()
    if carried_out(
        request, lambda: taken.append(commands.take_place(by, offer_id)), _("The place is yours. Now post.")
    ):
        return redirect("create_post", taken[0].id)
    return redirect("create_post_offer", offer_id)


@require_safe
@for_creators
def post(request: HttpRequest, creator: Creator, post_id: uuid.UUID) -> HttpResponse:
    """One post: where it stands, what is to be done next, what was booked, and what happened."""
    return _page(request, creator, post_id)


@posted_from("create_post", "post_id")
@for_creators
def hand_in(request: HttpRequest, creator: Creator, post_id: uuid.UUID) -> HttpResponse:
    """It was posted."""
    by, form = signed_in(request), PostForm(request.POST)
    if accepted(form, lambda: commands.hand_in_post(by, post_id, form.cleaned_data["address"])):
        carried_out(request, lambda: None, _("Handed in. The shop looks at it now."))
        return redirect("create_post", post_id)
    return _page(request, creator, post_id, address_form=form)


@posted_from("create_post", "post_id")
@for_creators
def give_up(request: HttpRequest, creator: Creator, post_id: uuid.UUID) -> HttpResponse:  # noqa: ARG001 - the gate asks
    """The place is another's."""
    by = signed_in(request)
    carried_out(request, lambda: give_up_place(by, post_id), _("Given up. The place is free again."))
    return redirect("create_post", post_id)


@posted_from("create_post", "post_id")
@for_creators
def escalate(request: HttpRequest, creator: Creator, post_id: uuid.UUID) -> HttpResponse:
    """Lapak decides."""
    by, form = signed_in(request), ObjectionForm(request.POST)
    done = _("Lapak decides now, on what the shop and you have said.")
    if carried_out(request, lambda: commands.escalate_post(by, post_id, form.cleaned_data["words"]), done, form):
        return redirect("create_post", post_id)
    return _page(request, creator, post_id, objection_form=form)


def _page(
    request: HttpRequest,
    creator: Creator,
    post_id: uuid.UUID,
    *,
    address_form: PostForm | None = None,
    objection_form: ObjectionForm | None = None,
) -> HttpResponse:
    found = post_for_creator(signed_in(request), post_id)
    booked = books.touching(transfers_of_reference(found.id), [payable(creator)])
    context: dict[str, Any] = {
        "creator": creator,
        "post": found,
        "card": next(iter(product_cards([found.offer.product_id])), None),
        "steps": story_of_post(found, events_of_post(found)),
        "may_give_up": may_move(found.state, PostState.GIVEN_UP),
        "address_form": (address_form or PostForm()) if may_move(found.state, PostState.HANDED_IN) else None,
        "objection_form": (objection_form or ObjectionForm()) if may_move(found.state, PostState.ESCALATED) else None,
        "sheet": books.sheet(_("Your balance"), payable(creator), booked),
        "transfers": booked,
    }
    return render(request, "create/post.html", context)
