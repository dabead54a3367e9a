"""What a creator is asked before what cannot be taken back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lapak.affiliates.models import Creator
from lapak.web.shell.question import Question, asked, asked_with


def asked_first(
    question: Callable[..., Question | None],
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view behind `for_creators` that does what was posted once its question has been answered."""
    return asked(question, _page)


def _page(request: HttpRequest, question: Question, creator: Creator) -> HttpResponse:
    return render(request, "create/question.html", {"creator": creator, **asked_with(request, question)})
