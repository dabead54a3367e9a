"""Before what cannot be taken back people are asked, with what it does and to whom, and say yes to this very question."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

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


def asked(
    question: Callable[..., Question | None], page: Callable[..., HttpResponse]
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view that only does what was posted to it once its question has been answered: until then `page` shows it.

    `question` takes what the view takes. It has none (None) where the view refuses what was posted. `page` takes the
    request, the question, and what the view's door hands on by position.
    """

    def asking(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def ask_or_do(request: HttpRequest, *let_in: Any, **found: Any) -> HttpResponse:
            asks = question(request, *let_in, **found)
            if asks is None or is_sure(request, asks):
                return view(request, *let_in, **found)
            return page(request, asks, *let_in)

        ask_or_do.asks_first = True  # type: ignore[attr-defined]  # by which a test finds those that do not
        return ask_or_do

    return asking


def is_sure(request: HttpRequest, question: Question) -> bool:
    """Whether who acts has said yes to this very question."""
    return request.POST.get(SURE) == question.key


def asked_with(request: HttpRequest, question: Question, *typed_here: str) -> dict[str, Any]:
    """What a question's page shows: itself, and what was posted, to be sent once more but for what is `typed_here`."""
    left_out = {SURE, "csrfmiddlewaretoken", *typed_here}
    posted = [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]
    return {"question": question, "posted": posted}
