"""Before money moves the operator is asked, with the amount and whose it is, and says yes to this very question."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from lapak.web.shell.posted import posted_from

SURE = "sure"
"""The field that says yes: to these words and amounts, so that others are asked about again."""


@dataclass(frozen=True, slots=True)
class Question:
    """One sentence, what it is about line by line, and the page to go back to."""

    asks: str
    back: str
    lines: Sequence[str] = ()

    @property
    def key(self) -> str:
        """Another for any other question."""
        return hashlib.sha256("\n".join([self.asks, *self.lines]).encode()).hexdigest()


def asked_first(
    question: Callable[..., Question | None], page: str, *named: str
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view that only does what was posted to it (from `page`, as `posted_from`) once its question has been answered.

    `question` takes what the view takes. It has none (None) where the view refuses what was posted.
    """

    def asking(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @posted_from(page, *named)
        @wraps(view)
        def ask_or_do(request: HttpRequest, **found: object) -> HttpResponse:
            asked = question(request, **found)
            if asked is None or is_sure(request, asked):
                return view(request, **found)
            return question_page(request, asked)

        return ask_or_do

    return asking


def is_sure(request: HttpRequest, question: Question) -> bool:
    """Whether the operator has said yes to this very question."""
    return request.POST.get(SURE) == question.key


def question_page(request: HttpRequest, question: Question, form: forms.Form | None = None) -> HttpResponse:
    """The question. Yes sends what was posted once more, with what the form asks for besides."""
    typed_here = {SURE, "csrfmiddlewaretoken", *(form.fields if form else ())}
    context = {
        **admin.site.each_context(request),
        "title": question.asks,
        "question": question,
        "posted": [
            (name, value) for name, values in request.POST.lists() if name not in typed_here for value in values
        ],
        "form": form,
    }
    return TemplateResponse(request, "staff/question.html", context)
