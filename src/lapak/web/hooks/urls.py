"""Addresses that providers call, under /hooks/."""

from django.urls import path

from lapak.web.hooks import views

urlpatterns = [
    path("payments/<slug:provider>", views.take_gateway_message, name="gateway_message"),
]
