"""What the reader was told: the list behind the bell, what they get by mail, and the link that ends mails."""

import uuid
from collections.abc import Collection
from contextlib import suppress
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django.views.i18n import set_language as django_set_language

from lapak.affiliates.queries import is_creator
from lapak.people.notices.commands import choose_mails, mark_all_read, mark_read, mute
from lapak.people.notices.errors import UnsubscribeLinkBroken
from lapak.people.notices.queries import kinds_of_reader, mails_wanted, notices_of
from lapak.people.notices.rules import MAY_BE_OFF, Topic
from lapak.people.notices.unsubscribe import read_token
from lapak.people.notices.words import words_of
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import shops_of_seller
from lapak.people.users.commands import speak_to
from lapak.people.users.models import User
from lapak.web.shell.acts import signed_in
from lapak.web.shell.forms import CheckCards, RadioCards
from lapak.web.shell.posted import posted_from

NOTICES_ON_A_PAGE = 20


@require_safe
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """The reader's notices, newest first; `as` narrows them to what they read as a buyer, for a shop …"""
    reader, read_as = signed_in(request), request.GET.get("as", "")
    rows = list(notices_of(reader.id, read_as, _older_than(request))[: NOTICES_ON_A_PAGE + 1])
    shown = rows[:NOTICES_ON_A_PAGE]
    shops = Shop.objects.in_bulk({row.shop_id for row in shown if row.shop_id})
    context = {
        "rows": [(row, words_of(row), shops.get(row.shop_id)) for row in shown],
        "older": shown[-1].id.hex if len(rows) > NOTICES_ON_A_PAGE else "",
        "read_as": read_as,
        "kinds": kinds_of_reader(reader.id),
    }
    response = render(request, "shell/notices.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@posted_from("notices")
@login_required
def open_notice(request: HttpRequest, notice_id: uuid.UUID) -> HttpResponse:
    """The notice is read, and its reader is where they act on it."""
    notice = mark_read(signed_in(request).id, notice_id)
    return redirect(words_of(notice).path)


@posted_from("notices")
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Nothing is new any more."""
    mark_all_read(signed_in(request).id)
    return redirect("notices")


class MailChoices(forms.Form):
    """What the reader gets by mail, and in which language."""

    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Mail me about"),
        widget=CheckCards,
        required=False,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of mails"), choices=settings.LANGUAGES, widget=RadioCards)

    def __init__(self, *args: Any, offered: Collection[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = [(topic.value, MAY_BE_OFF[topic]) for topic in offered]  # type: ignore[attr-defined]


def _concerning(reader: User) -> list[Topic]:
    """The topics of which there can be anything to tell the reader."""
    sells = shops_of_seller(reader).exists()
    concerns = {
        Topic.SHOP_ORDERS: sells,
        Topic.PROGRAMMES: is_creator(reader) or sells,
        Topic.CASES: reader.is_staff,
    }
    return [topic for topic in MAY_BE_OFF if concerns.get(topic, True)]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mail_choices(request: HttpRequest) -> HttpResponse:
    """Which mails come, and in which language; those about money, safety and deadlines come in any case."""
    reader = signed_in(request)
    offered, wanted = _concerning(reader), mails_wanted(reader.id)
    now = {"topics": [topic.value for topic in wanted], "language": reader.language}
    form = MailChoices(request.POST or None, initial=now, offered=offered)
    if form.is_valid():
        chosen = {Topic(topic) for topic in form.cleaned_data["topics"]}
        choose_mails(reader.id, chosen | wanted.difference(offered))  # of what was not asked, nothing changes
        speak_to(reader, language=form.cleaned_data["language"])
        messages.success(request, _("Your choice of mails is saved."))
        return redirect("mail_choices")
    return render(request, "shell/mail_choices.html", {"form": form})


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the link's signature says who asks
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Says which mails would end, and ends them when asked to: opening the link alone, as scanners do, ends nothing."""
    try:
        asked = read_token(token)
    except UnsubscribeLinkBroken as refusal:
        return render(request, "shell/unsubscribe.html", {"refusal": refusal}, status=404)
    if request.method == "POST":
        mute(asked.reader_id, asked.topics)
    topics = [MAY_BE_OFF[topic] for topic in asked.topics if topic in MAY_BE_OFF]
    return render(request, "shell/unsubscribe.html", {"topics": topics, "is_done": request.method == "POST"})


@csrf_exempt  # as for visitors: urls.py says why
def set_language(request: HttpRequest) -> HttpResponse:
    """Pages are in this language from now on; for who is signed in, mails too."""
    response: HttpResponse = django_set_language(request)
    chosen = request.POST.get("language")
    if request.method == "POST" and chosen in dict(settings.LANGUAGES) and request.user.is_authenticated:
        speak_to(signed_in(request), language=chosen)
    return response


def _older_than(request: HttpRequest) -> uuid.UUID | None:
    with suppress(ValueError):
        return uuid.UUID(request.GET.get("older_than", ""))
    return None
