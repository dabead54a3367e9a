"""Samples: what a creator asked shops for, where each stands, and what is asked for next."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.affiliates.models import Creator
from lapak.affiliates.rules import LONGEST_POST_ADDRESS
from lapak.affiliates.samples import commands
from lapak.affiliates.samples.models import Sample
from lapak.affiliates.samples.queries import (
    events_of_sample,
    goods_to_ask_for,
    most_open,
    open_samples,
    sample_for_creator,
    samples_of_creator,
    samples_shown,
    variants_to_ask_for,
)
from lapak.affiliates.samples.rules import SampleState, may_move
from lapak.goods.catalogue.models import Variant
from lapak.goods.catalogue.queries import product_cards
from lapak.lib.written import LONGEST_NOTE, LONGEST_STORY
from lapak.people.users.models import Address, User
from lapak.people.users.queries import addresses_of_user
from lapak.web.create.access import for_creators
from lapak.web.create.questions import asked_first
from lapak.web.shell.acts import accepted, carried_out, page_of, signed_in, sought
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question
from lapak.web.shell.sample_story import story_of_sample

SAMPLES_ON_A_PAGE = 25
GOODS_ON_A_PAGE = 24


class AskForm(forms.Form):
    """Of which kind of the goods, why, where it will be shown, and where it goes."""

    variant = forms.ModelChoiceField(Variant.objects.none())
    words = forms.CharField(
        label=gettext_lazy("Why these goods?"),
        max_length=LONGEST_STORY,
        help_text=gettext_lazy("The shop reads it: who follows you, and what you would show of it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    place = forms.CharField(
        label=gettext_lazy("Where will you show it?"),
        max_length=LONGEST_NOTE,
        help_text=gettext_lazy("The app and your name there, and when: TikTok @ceu.edoh, live on Friday."),
    )
    address = forms.ModelChoiceField(Address.objects.none())

    def __init__(self, asker: User, product_id: uuid.UUID | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["variant"].queryset = variants_to_ask_for(product_id)  # type: ignore[attr-defined]
        self.fields["address"].queryset = addresses_of_user(asker)  # type: ignore[attr-defined]
        self.fields["variant"].error_messages["required"] = _("Choose which one.")
        self.fields["address"].error_messages["required"] = _("Choose where it is to go.")


class PostForm(forms.Form):
    """Where it was shown."""

    address = forms.CharField(
        label=gettext_lazy("Address of your post"),
        max_length=LONGEST_POST_ADDRESS,
        help_text=gettext_lazy("Copy it in the app: Share, Copy link. We keep it and never open it; the shop does."),
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
    )


class MissedForm(forms.Form):
    """What became of the parcel."""

    words = forms.CharField(
        label=gettext_lazy("What happened?"), max_length=LONGEST_STORY, widget=forms.Textarea(attrs={"rows": 3})
    )


@require_safe
@for_creators
def samples(request: HttpRequest, creator: Creator) -> HttpResponse:
    """What the creator asked for, newest first."""
    page = page_of(request, samples_of_creator(creator).values_list("id", flat=True), SAMPLES_ON_A_PAGE)
    context: dict[str, Any] = {
        "creator": creator,
        "page": page,
        "rows": samples_shown(list(page)),
        "open": open_samples(creator),
        "most_open": most_open(),
    }
    return render(request, "create/samples.html", context)


@require_safe
@for_creators
def new_sample(request: HttpRequest, creator: Creator) -> HttpResponse:
    """Goods of shops that give samples (`?q=` searches), or with `?product=` the wish for one of them."""
    product_id = _id_of(request.GET.get("product", ""))
    if product_id and goods_to_ask_for(creator).filter(id=product_id).exists():
        return _ask_page(request, creator, product_id, AskForm(signed_in(request), product_id))
    if product_id:
        messages.error(request, _("Their shop gives no samples now, or you do not promote it. Choose other goods."))
    words = sought(request.GET)
    page = page_of(request, goods_to_ask_for(creator, words), GOODS_ON_A_PAGE)
    context: dict[str, Any] = {"creator": creator, "page": page, "words": words, "goods": product_cards(page)}
    return render(request, "create/sample_goods.html", context)


@posted_from("create_sample_new")
@for_creators
def ask(request: HttpRequest, creator: Creator) -> HttpResponse:
    """The shop is asked."""
    by, product_id = signed_in(request), _id_of(request.POST.get("product", ""))
    form, asked = AskForm(by, product_id, request.POST), list[Sample]()
    if accepted(form, lambda: asked.append(_ask(by, form))):
        carried_out(request, lambda: None, _("Asked. The shop answers here, and you are told."))
        return redirect("create_sample", asked[0].id)
    if product_id is None or not product_cards([product_id]):
        return redirect("create_sample_new")
    return _ask_page(request, creator, product_id, form)


@require_safe
@for_creators
def sample(request: HttpRequest, creator: Creator, sample_id: uuid.UUID) -> HttpResponse:
    """One of them: where it stands, what is to be done next, and what happened."""
    return _page(request, creator, sample_id)


def _about_withdrawing(request: HttpRequest, creator: Creator, sample_id: uuid.UUID) -> Question | None:  # noqa: ARG001 - the gate asks
    """Of a piece that the shop has promised."""
    found = sample_for_creator(signed_in(request), sample_id)
    if found.state != SampleState.APPROVED:
        return None
    asks = _("Do without what %(shop)s promised you?") % {"shop": found.shop.name}
    return Question(
        asks, reverse("create_sample", args=[sample_id]), [_("The shop keeps the piece. You may ask again.")]
    )


@posted_from("create_sample", "sample_id")
@for_creators
@asked_first(_about_withdrawing)
def withdraw(request: HttpRequest, creator: Creator, sample_id: uuid.UUID) -> HttpResponse:  # noqa: ARG001 - the gate asks
    """The creator does not want it any more."""
    by = signed_in(request)
    carried_out(request, lambda: commands.withdraw_sample(by, sample_id), _("Withdrawn. The shop is told."))
    return redirect("create_sample", sample_id)


@posted_from("create_sample", "sample_id")
@for_creators
def receive(request: HttpRequest, creator: Creator, sample_id: uuid.UUID) -> HttpResponse:  # noqa: ARG001 - the gate asks
    """It is there."""
    by = signed_in(request)
    carried_out(request, lambda: commands.receive_sample(by, sample_id), _("Good. Now show it."))
    return redirect("create_sample", sample_id)


@posted_from("create_sample", "sample_id")
@for_creators
def miss(request: HttpRequest, creator: Creator, sample_id: uuid.UUID) -> HttpResponse:
    """It did not come."""
    by, form = signed_in(request), MissedForm(request.POST)
    if carried_out(
        request,
        lambda: commands.miss_sample(by, sample_id, form.cleaned_data["words"]),
        _("The shop is told. You owe it no post."),
        form,
    ):
        return redirect("create_sample", sample_id)
    return _page(request, creator, sample_id, missed_form=form)


@posted_from("create_sample", "sample_id")
@for_creators
def post(request: HttpRequest, creator: Creator, sample_id: uuid.UUID) -> HttpResponse:
    """It was shown."""
    by, form = signed_in(request), PostForm(request.POST)
    if carried_out(
        request,
        lambda: commands.name_post(by, sample_id, form.cleaned_data["address"]),
        _("Thank you. The shop is told where."),
        form,
    ):
        return redirect("create_sample", sample_id)
    return _page(request, creator, sample_id, post_form=form)


def _ask(by: User, form: AskForm) -> Sample:
    typed = form.cleaned_data
    return commands.ask_for_sample(
        by, typed["variant"].id, typed["address"].id, words=typed["words"], place=typed["place"]
    )


def _ask_page(request: HttpRequest, creator: Creator, product_id: uuid.UUID, form: AskForm) -> HttpResponse:
    context: dict[str, Any] = {
        "creator": creator,
        "goods": product_cards([product_id])[0],
        "variants": variants_to_ask_for(product_id),
        "addresses": addresses_of_user(signed_in(request)),
        "form": form,
        "chosen": {name: str(form[name].value() or "") for name in ("variant", "address")},
    }
    return render(request, "create/sample_new.html", context)


def _page(
    request: HttpRequest,
    creator: Creator,
    sample_id: uuid.UUID,
    *,
    post_form: PostForm | None = None,
    missed_form: MissedForm | None = None,
) -> HttpResponse:
    found = sample_for_creator(signed_in(request), sample_id)
    context: dict[str, Any] = {
        "creator": creator,
        "sample": found,
        "card": next(iter(product_cards([found.variant.product_id])), None),
        "steps": story_of_sample(found, events_of_sample(found)),
        "may_withdraw": may_move(found.state, SampleState.WITHDRAWN),
        "post_form": (post_form or PostForm()) if may_move(found.state, SampleState.POSTED) else None,
        "missed_form": (missed_form or MissedForm()) if may_move(found.state, SampleState.NOT_ARRIVED) else None,
    }
    return render(request, "create/sample.html", context)


def _id_of(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
