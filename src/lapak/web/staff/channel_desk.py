"""Channels that creators show: a person looks whether the code stands there, or what the picture shows, and decides."""

import uuid
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.affiliates.profiles.models import Channel
from lapak.affiliates.profiles.proving import confirm_channel, decline_channel
from lapak.affiliates.profiles.queries import channel_for_operator, channels_to_look_at
from lapak.affiliates.profiles.rules import ChannelState, may_move
from lapak.lib import clock
from lapak.lib.written import LONGEST_STORY
from lapak.web.shell.acts import page_of, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.staff.desk_forms import Buttons, DeskForm, Forms, done_or_again

CHANNELS_ON_A_PAGE = 50


class ChannelForm(DeskForm):
    """Theirs, or not; and why not."""

    words = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_STORY,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Needed to decline. The creator reads it."),
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("confirm", gettext_lazy("It is theirs")), ("decline", gettext_lazy("Not confirmed"))],
        widget=Buttons(),
    )


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What is to be looked at, what ends first on top."""
    context: dict[str, Any] = {
        "title": _("Creators' channels"),
        "page": page_of(request, channels_to_look_at(), CHANNELS_ON_A_PAGE),
        "now": clock.now(),
    }
    return Forms().page(request, "staff/channel_desk.html", context)


@require_safe
def case(request: HttpRequest, channel_id: uuid.UUID) -> HttpResponse:
    """One of them."""
    return _case(request, channel_id, Forms())


@posted_from("admin:channel_case", "channel_id")
def decide(request: HttpRequest, channel_id: uuid.UUID) -> HttpResponse:
    """Theirs, or not shown."""
    by, form = signed_in(request), ChannelForm(request.POST)

    def act() -> Channel:
        if form.cleaned_data["decision"] == "confirm":
            return confirm_channel(by, channel_id)
        return decline_channel(by, channel_id, form.cleaned_data["words"])

    return done_or_again(
        request,
        form,
        act,
        _("Decided. The creator is told."),
        back="admin:channel_desk",
        page=partial(_case, request, channel_id),
    )


def _case(request: HttpRequest, channel_id: uuid.UUID, forms_: Forms) -> HttpResponse:
    channel = channel_for_operator(signed_in(request), channel_id)
    context: dict[str, Any] = {
        "title": _("Channel of %(creator)s") % {"creator": channel.creator},
        "channel": channel,
        "events": channel.events.select_related("actor").order_by("happened_at", "id"),
        "form": _form(channel, forms_),
    }
    return forms_.page(request, "staff/channel_case.html", context)


def _form(channel: Channel, forms_: Forms) -> ChannelForm | None:
    """What may be decided: of a confirmed channel only that it is not theirs after all."""
    if not may_move(channel.state, ChannelState.DECLINED):
        return None
    form = forms_(ChannelForm)
    if not may_move(channel.state, ChannelState.CONFIRMED):
        form.fields["decision"].choices = form.fields["decision"].choices[1:]  # type: ignore[attr-defined]
    return form
