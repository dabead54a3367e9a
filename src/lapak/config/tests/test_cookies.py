"""Where the site's address is https, each cookie is this very host's, and goes over encrypted lines alone."""

import json
import os
import subprocess
import sys

import pytest

TOLD = """
import json
from unittest.mock import MagicMock
import django
django.setup()
from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import RequestFactory
from django.views.i18n import set_language
from lapak.web.shell import kept, known_device
from lapak.web.shop import clicks

kept.caches = MagicMock()
request, answer = RequestFactory().post("/", {"language": "en"}, headers={"host": "localhost"}), HttpResponse()
get_token(request)
CsrfViewMiddleware(lambda _: answer).process_response(request, answer)
answer.cookies.load(clicks.cookie_remembering("a" * 64, ""))
answer.cookies.update(set_language(request).cookies)
answer.cookies.update(kept._keep(None).cookies)
known_device.remember(request, answer, "sari@lapak.test")
print(json.dumps({name: bool(cookie["secure"]) for name, cookie in answer.cookies.items()}
    | {settings.SESSION_COOKIE_NAME: settings.SESSION_COOKIE_SECURE}))
"""
OURS = ("csrftoken", "django_language", "lapak_clicks", "lapak_kept", "lapak_known", "sessionid")


@pytest.mark.parametrize(
    ("address", "prefix", "is_secure"),
    [("https://lapak.example", "__Host-", True), ("http://localhost:8000", "", False)],
)
def test_by_name_and_by_attribute(address: str, prefix: str, is_secure: bool) -> None:
    environment = {**os.environ, "LAPAK_BASE_URL": address, "DJANGO_SETTINGS_MODULE": "lapak.config.settings"}
    done = subprocess.run([sys.executable, "-c", TOLD], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {f"{prefix}{name}": is_secure for name in OURS}
