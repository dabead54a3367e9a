"""Addresses that only a form is sent to."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

Answer = TypeVar("Answer", bound=HttpResponseBase)


def posted_from(page: str, *named: str) -> Callable[[Callable[..., Answer]], Callable[..., Answer | HttpResponse]]:
    """The view does what is posted to it; whoever only comes to its address (another language was chosen there, the page
    loaded anew, one has just signed in) is led to the page that has the form: its name, and what it takes of the address."""

    def only_posted(view: Callable[..., Answer]) -> Callable[..., Answer | HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: Any, **kwargs: Any) -> Answer | HttpResponse:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            if request.method in {"GET", "HEAD"}:
                return HttpResponseRedirect(reverse(page, kwargs={name: kwargs[name] for name in named}))
            return HttpResponseNotAllowed(["POST"])

        answer.only_posted = True  # type: ignore[attr-defined]  # by which tests find every act of a screen
        return answer

    return only_posted
