"""The WSGI entry: what the web server calls."""

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lapak.config.settings")

_django = get_wsgi_application()

from lapak.web.shop import redirect  # noqa: E402 - its tables can be imported only once Django is set up


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Everything is Django's, but for a creator's link that is followed: see `web.shop.redirect`."""
    if environ["PATH_INFO"].startswith(redirect.PREFIX) and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
        answer = redirect.answer_click(environ, start_response)
        if answer is not None:
            return answer
    return _django(environ, start_response)
