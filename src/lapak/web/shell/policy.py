"""The Content-Security-Policy of every page."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class PolicyMiddleware(CSPMiddleware):
    """django-csp's, but not for redirects: a browser shows nothing of them that a policy could speak of, and writing one
    costs every purchase and every form a tenth of its time here."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if 300 <= response.status_code < 400:
            return response
        return super().process_response(request, response)
