"""What shops read of a creator, and how a channel is confirmed."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.affiliates.models import Creator
from lapak.affiliates.profiles.commands import set_profile
from lapak.affiliates.profiles.models import Channel, Profile
from lapak.affiliates.profiles.proving import name_channel, remove_channel, show_channel
from lapak.affiliates.profiles.queries import channel_for_creator, channels_of, profile_of, wide_categories
from lapak.affiliates.profiles.rules import (
    LONGEST_ABOUT,
    LONGEST_ADDRESS,
    LONGEST_PLATFORM,
    MOST_CATEGORIES,
    ChannelState,
    conversion_bp,
    may_move,
)
from lapak.goods.catalogue.models import Category
from lapak.lib.numbers import filled
from lapak.web.create.access import for_creators
from lapak.web.create.questions import asked_first
from lapak.web.shell.acts import carried_out, signed_in
from lapak.web.shell.forms import PICTURES, CheckCards
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question

PLATFORMS = ("TikTok", "Instagram", "YouTube", "Facebook", "Threads", "X", "WhatsApp", "Telegram")
"""What is offered to choose from; any other may be typed."""


class ProfileForm(forms.Form):
    """What shops read."""

    about = forms.CharField(
        label=gettext_lazy("About you"),
        max_length=LONGEST_ABOUT,
        required=False,
        help_text=gettext_lazy("What you show, and who watches."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    categories = forms.ModelMultipleChoiceField(
        Category.objects.none(),
        label=gettext_lazy("What you post about"),
        required=False,
        widget=CheckCards,
        help_text=filled(gettext_lazy("Up to {most}."), most=MOST_CATEGORIES),
    )
    is_listed = forms.BooleanField(
        label=gettext_lazy("Shops may find me"),
        required=False,
        help_text=gettext_lazy("Once a channel of yours is confirmed. Only shops that are signed in see it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categories"].queryset = wide_categories()  # type: ignore[attr-defined]


class ChannelForm(forms.Form):
    """Where the creator posts."""

    platform = forms.CharField(
        label=gettext_lazy("App or site"),
        max_length=LONGEST_PLATFORM,
        widget=forms.TextInput(attrs={"list": "platforms", "autocomplete": "off"}),
    )
    address = forms.CharField(
        label=gettext_lazy("Your name there, or the address of your page"),
        max_length=LONGEST_ADDRESS,
        widget=forms.TextInput(attrs={"placeholder": "@ceu.edoh", "autocomplete": "off", "autocapitalize": "none"}),
    )


class ShowForm(forms.Form):
    """A picture, where a code cannot stand."""

    proof = forms.FileField(
        label=gettext_lazy("Screenshot"),
        required=False,
        help_text=gettext_lazy("Of your own side of it, if no code can stand there. You and Lapak alone see it."),
        widget=forms.FileInput(attrs={"accept": PICTURES}),
    )


@require_safe
@for_creators
def profile(request: HttpRequest, creator: Creator) -> HttpResponse:
    """The profile, and each channel with what is to be done."""
    return _page(request, creator)


@posted_from("create_profile")
@for_creators
def save(request: HttpRequest, creator: Creator) -> HttpResponse:
    """The profile says this from now on."""
    by, form = signed_in(request), ProfileForm(request.POST)

    def act() -> Profile:
        typed = form.cleaned_data
        ids = [category.id for category in typed["categories"]]
        return set_profile(by, about=typed["about"], category_ids=ids, is_listed=typed["is_listed"])

    if carried_out(request, act, _("Saved."), form):
        return redirect("create_profile")
    return _page(request, creator, profile_form=form)


@posted_from("create_profile")
@for_creators
def name(request: HttpRequest, creator: Creator) -> HttpResponse:
    """One channel more."""
    by, form = signed_in(request), ChannelForm(request.POST)
    done = _("Named. Now put the code into its bio.")
    if carried_out(request, lambda: name_channel(by, **form.cleaned_data), done, form):
        return redirect("create_profile")
    return _page(request, creator, channel_form=form)


@posted_from("create_profile")
@for_creators
def show(request: HttpRequest, creator: Creator, channel_id: uuid.UUID) -> HttpResponse:
    """The code is there, or a picture: the operator looks."""
    by, form = signed_in(request), ShowForm(request.POST, request.FILES, auto_id=_ids_of(channel_id))
    proof = [form.cleaned_data["proof"].read()] if form.is_valid() and form.cleaned_data["proof"] else []
    done = _("A person of ours looks at it, and you are told.")
    if carried_out(request, lambda: show_channel(by, channel_id, proof), done, form):
        return redirect("create_profile")
    return _page(request, creator, show_form=(channel_id, form))


def _about_removing(request: HttpRequest, creator: Creator, channel_id: uuid.UUID) -> Question | None:  # noqa: ARG001 - the gate asks
    """Of one that shops read: to have it back somebody looks at a new code."""
    channel = channel_for_creator(signed_in(request), channel_id)
    if channel.state != ChannelState.CONFIRMED:
        return None
    asks = _("Take %(channel)s off your list?") % {"channel": channel}
    line = _("Shops do not see it any more. To have it back you name it anew, and we look at a new code.")
    return Question(asks, reverse("create_profile"), [line])


@posted_from("create_profile")
@for_creators
@asked_first(_about_removing)
def remove(request: HttpRequest, creator: Creator, channel_id: uuid.UUID) -> HttpResponse:  # noqa: ARG001 - the gate asks
    """One channel less."""
    by = signed_in(request)
    carried_out(request, lambda: remove_channel(by, channel_id), _("Off your list."))
    return redirect("create_profile")


def _page(
    request: HttpRequest,
    creator: Creator,
    *,
    profile_form: ProfileForm | None = None,
    channel_form: ChannelForm | None = None,
    show_form: tuple[uuid.UUID, ShowForm] | None = None,
) -> HttpResponse:
    kept, refused = profile_of(creator), dict([show_form] if show_form else [])
    context: dict[str, Any] = {
        "creator": creator,
        "profile": kept,
        "conversion_bp": conversion_bp(kept.orders, kept.clicks),
        "channels": [(each, refused.get(each.id) or _show_form(each)) for each in channels_of(creator)],
        "profile_form": profile_form or ProfileForm(initial=_kept(kept)),
        "channel_form": channel_form or ChannelForm(),
        "platforms": PLATFORMS,
    }
    return render(request, "create/profile.html", context)


def _ids_of(channel_id: uuid.UUID) -> str:
    """Each channel has such a form, and each field a name of its own."""
    return f"show-{channel_id}-%s"


def _show_form(channel: Channel) -> ShowForm | None:
    return ShowForm(auto_id=_ids_of(channel.id)) if may_move(channel.state, ChannelState.ASKED) else None


def _kept(profile: Profile) -> dict[str, Any]:
    chosen = list(profile.categories.values_list("category_id", flat=True))
    return {"about": profile.about, "is_listed": profile.is_listed, "categories": chosen}
