"""Addresses of a marketplace that keeps nothing of the boundary: a pixel of others on every page, and no word of anything."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def careless(request: HttpRequest, slug: str = "") -> HttpResponse:
    return HttpResponse('<!doctype html><img src="https://pixel.example/p.gif"><form action="//ads.example/"></form>')


urlpatterns = [path("", careless), path("help", careless), path("s/<slug:slug>", careless)]
