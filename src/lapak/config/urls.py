"""Every address of the site, by audience."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lapak.web.shop.urls")),
    path("", include("lapak.web.shop.account_urls")),
    path("", include("lapak.web.shell.urls")),
    path("", include("lapak.web.sell.urls")),
    path("", include("lapak.web.create.urls")),
    path("staff/", admin.site.urls),
    path("hooks/", include("lapak.web.hooks.urls")),
]
