"""Whose goods a creator may promote: programmes to join, and those joined."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.affiliates.models import Creator
from lapak.affiliates.offers import programmes_of_creator
from lapak.affiliates.profiles.matching import invitations_to_answer
from lapak.affiliates.programmes import join_programme
from lapak.affiliates.queries import programmes_to_join
from lapak.web.create.access import for_creators
from lapak.web.shell.acts import carried_out, page_of, signed_in, sought, way_back
from lapak.web.shell.posted import posted_from

PROGRAMMES_ON_A_PAGE = 24
INVITATIONS_SHOWN = 12
"""More than wait for anybody at once: each lapses within weeks, and those answered make room."""


@require_safe
@for_creators
def programmes(request: HttpRequest, creator: Creator) -> HttpResponse:
    """Every programme open to all, the best paid first; `?q=` narrows them to shops of such a name."""
    words = sought(request.GET)
    context: dict[str, Any] = {
        "creator": creator,
        "words": words,
        "page": page_of(request, programmes_to_join(creator, words), PROGRAMMES_ON_A_PAGE),
        "joined": programmes_of_creator(creator, words),
        "invitations": invitations_to_answer(creator)[:INVITATIONS_SHOWN],
    }
    return render(request, "create/programmes.html", context)


@posted_from("create_programmes")
@for_creators
def join(request: HttpRequest, creator: Creator, programme_id: uuid.UUID) -> HttpResponse:
    """The creator promotes under the programme."""
    programme = programmes_to_join(creator).filter(id=programme_id).first()
    if programme is None:
        raise Http404
    carried_out(request, lambda: join_programme(signed_in(request), programme), _("Joined. Now make a link."))
    return redirect(way_back(request, "/create/programmes"))
