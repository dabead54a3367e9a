"""The addresses of the stack that answers constant pages (constant.py)."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def page(_request: HttpRequest, size: int) -> HttpResponse:
    """So many bytes."""
    return HttpResponse(b"x" * size)


urlpatterns = [path("<int:size>", page)]
