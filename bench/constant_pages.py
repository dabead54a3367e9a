"""The addresses of the stack that answers constant pages (constant.py)."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from lapak.config.urls import urlpatterns as site_urls


def page(_request: HttpRequest, size: int) -> HttpResponse:
    """So many bytes."""
    return HttpResponse(b"x" * size)


urlpatterns = [path("<int:size>", page), *site_urls]
"""The site's own beside it: its middleware asks for some of them."""
