"""The door of the creator centre: whoever does not promote yet is asked for a handle first."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from lapak.affiliates.errors import CreatorNotFound
from lapak.affiliates.models import Creator
from lapak.affiliates.queries import creator_of_user
from lapak.web.shell.acts import signed_in

P = ParamSpec("P")


def for_creators(
    view: Callable[Concatenate[HttpRequest, Creator, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """The view is about the signed-in creator's own things; another user is led to where one becomes a creator."""

    @login_required
    @wraps(view)
    def of_creator(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            creator = creator_of_user(signed_in(request))
        except CreatorNotFound:
            return redirect("create_join")
        response = view(request, creator, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return of_creator
