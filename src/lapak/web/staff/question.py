"""Before money moves the operator is asked, with the amount and whose it is."""

from collections.abc import Callable

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question, asked, asked_with


def asked_first(
    question: Callable[..., Question | None], page: str, *named: str
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view that only does what was posted to it (from `page`, as `posted_from`) once its question has been answered."""

    def asking(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        return posted_from(page, *named)(asked(question, question_page)(view))

    return asking


def question_page(request: HttpRequest, question: Question, form: forms.Form | None = None) -> HttpResponse:
    """The question. Yes sends what was posted once more, with what the form asks for besides."""
    context = {
        **admin.site.each_context(request),
        **asked_with(request, question, *(form.fields if form else ())),
        "title": question.asks,
        "form": form,
    }
    return TemplateResponse(request, "staff/question.html", context)
