"""Pages of no audience, in both languages, for visitors and users; and what is said when something goes wrong."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.utils.translation import override
from django.views.defaults import server_error

from lapak.config.urls import urlpatterns as our_urls
from lapak.lib.acts import Busy
from lapak.people.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> User:
    return User.objects.create_superuser("operator@lapak.test", "sandi-operator-lapak", name="Operator")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("address", ["/help", "/staff/style", "/staff/style?errors", "/staff/style/centre"])
def test_page_in_both_languages(client: Client, operator: User, language: str, address: str) -> None:
    client.force_login(operator)
    client.cookies["django_language"] = language
    page = client.get(address)
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert page.text.count("<h1") == 1


def test_help_is_open_to_visitors_and_costs_no_cookie_and_only_today_s_fees(
    client: Client, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]  # pytest-django's fixture carries no type here
        page = client.get("/help")
    assert page.status_code == 200
    assert not page.cookies
    assert "0853-1111-1010" in page.text
    assert "pengaduan.konsumen@kemendag.go.id" in page.text


def test_content_policy_allows_our_own_files_only(client: Client) -> None:
    policy = client.get("/help").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_page_has_one_main_part_that_the_keyboard_reaches_first(client: Client) -> None:
    text = client.get("/help").text
    assert text.index('href="#main"') < text.index("<header")
    assert len(re.findall(r'<main id="main"', text)) == 1


def test_htmx_neither_writes_styles_nor_evaluates_text(client: Client) -> None:
    text = client.get("/help").text
    assert '"includeIndicatorStyles":false' in text
    assert '"allowEval":false' in text


def test_cart_count_is_shown_from_the_session(client: Client) -> None:
    session = client.session
    session["cart_count"] = 7
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    assert client.get("/help").text.count('<span class="count">7</span>') == 2


def test_style_pages_are_for_the_operator(client: Client) -> None:
    assert client.get("/staff/style").status_code == 404
    client.force_login(User.objects.create_user("sari@lapak.test", "sandi-panjang-sari"))
    assert client.get("/staff/style").status_code == 404


def test_language_is_switched_by_a_form_and_kept(client: Client) -> None:
    answer = client.post("/language", {"language": "en", "next": "/help"})
    assert answer.headers["Location"] == "/help"
    assert '<html lang="en">' in client.get("/help").text


def test_language_switch_leads_to_no_other_site(client: Client) -> None:
    assert client.post("/language", {"language": "en", "next": "https://evil.test/"}).headers["Location"] == "/"


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "429", "500", "503"])
def test_error_page_says_what_to_do(page: str, language: str) -> None:
    with override(language):
        text = render_to_string(f"{page}.html", request=RequestFactory().get("/somewhere"))
    assert text.count("<h1") == 1
    assert f'<html lang="{language}">' in text
    assert "<p>" in text
    assert 'class="button"' in text


def test_mistake_of_ours_is_told_without_touching_anything(django_assert_num_queries: pytest.FixtureRequest) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]  # pytest-django's fixture carries no type here
        answer = server_error(HttpRequest())
    assert answer.status_code == 500
    assert static("shell/css/tokens.css").encode() in answer.content


def _mistake(request: HttpRequest, error: Exception) -> HttpResponse:
    raise error


urlpatterns = [
    *our_urls,
    path("broken/forbidden", _mistake, {"error": PermissionDenied()}),
    path("broken/suspicious", _mistake, {"error": SuspiciousOperation()}),
    path("broken/mistake", _mistake, {"error": ZeroDivisionError()}),
    path("broken/busy", _mistake, {"error": Busy()}),
]


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nowhere", 404),
        ("/broken/forbidden", 403),
        ("/broken/suspicious", 400),
        ("/broken/mistake", 500),
        ("/broken/busy", 503),
    ],
)
def test_what_goes_wrong_is_answered_in_our_look(address: str, status: int) -> None:
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == status
    assert 'class="awning"' in answer.text
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_form_without_its_token_is_refused_in_our_look() -> None:
    answer = Client(enforce_csrf_checks=True).post("/account/sign-in", {"login": "a@b.test", "password": "x"})
    assert answer.status_code == 403
    assert 'class="awning"' in answer.text


@pytest.mark.parametrize("folder", ["pictures", "images"])
def test_picture_is_served_for_good(client: Client, tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "ab12.webp").write_bytes(b"RIFF")
    with override_settings(MEDIA_ROOT=tmp_path):
        answer = client.get(f"/media/{folder}/ab12.webp")
        assert answer.getvalue() == b"RIFF"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "image/webp"


@pytest.mark.parametrize(
    "address", ["/media/payouts/list.csv", "/media/images/../secret_key", "/media/images/", "/media/images/none.jpg"]
)
def test_only_stored_pictures_are_served(client: Client, tmp_path: Path, address: str) -> None:
    (tmp_path / "payouts").mkdir()
    (tmp_path / "payouts" / "list.csv").write_text("account")
    (tmp_path / "images").mkdir()
    (tmp_path / "secret_key").write_text("key")
    with override_settings(MEDIA_ROOT=tmp_path):
        assert client.get(address).status_code == 404


def test_static_file_is_kept_for_good_under_an_address_of_its_content(client: Client) -> None:
    answer = client.get(static("shell/css/tokens.css"))
    assert b"--primary" in answer.getvalue()
    assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert re.fullmatch(r"/static/[0-9a-f]{12}/shell/css/tokens\.css", static("shell/css/tokens.css"))


def test_all_pages_share_one_style_sheet_kept_for_good(client: Client) -> None:
    page = render_to_string("shell/help.html", request=RequestFactory().get("/help"))
    (address,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    answer = client.get(address)
    assert address.startswith(settings.STATIC_URL)
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (
        "text/css; charset=utf-8",
        "public, max-age=31536000, immutable",
    )
    sheets = (settings.PACKAGE / "web/shell/static/shell/css").glob("*.css")
    assert all(sheet.read_text() in answer.text for sheet in sheets)
