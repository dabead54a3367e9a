"""The bell and its list, which mails come, and the link that ends them."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.people.notices.commands import Telling, tell
from lapak.people.notices.models import MutedTopic, Notice
from lapak.people.notices.queries import mails_wanted, unread_count
from lapak.people.notices.rules import MAY_BE_OFF, Topic
from lapak.people.notices.unsubscribe import link_token
from lapak.testing.cast import Cast
from lapak.web.shell.notices import NOTICES_ON_A_PAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(cast: Cast) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.seller)
    return client


def told_of_orders(cast: Cast, count: int = 1) -> list[Notice]:
    for n in range(count):
        said = {"number": f"0000-0000-{n:04}", "slug": cast.shop.slug, "order_id": str(new_id()), "amount_idr": 115_000}
        telling = Telling(
            fact="new_order",
            reader_id=cast.seller.id,
            about_id=new_id(),
            happened_at=clock.now(),
            said=said,
            deadline=clock.now(),
            shop_id=cast.shop.id,
        )
        tell([telling])
    return list(Notice.objects.order_by("id"))


class TestBell:
    def test_a_visitor_has_none_and_it_costs_nothing(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            page = client.get("/ranking")
        assert 'class="bell"' not in page.text

    def test_it_costs_one_statement_and_says_how_many(
        self, seller: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        told_of_orders(cast, 3)
        with django_assert_num_queries(2):  # who is signed in, and the bell
            page = seller.get("/ranking")
        assert 'aria-label="Notices, 3 new"' in page.text

    @pytest.mark.parametrize("address", ["/", "/cart", "/account", "/sell/batik-sekar", "/notices"])
    def test_it_stands_in_every_area(self, seller: Client, cast: Cast, address: str) -> None:
        told_of_orders(cast, 2)
        assert seller.get(address).text.count('class="bell"') == 1

    def test_it_stands_in_the_creators_and_the_operators(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.creator_user)
        assert client.get("/create").text.count('class="bell"') == 1
        client.force_login(cast.operator)
        assert reverse("notices") in client.get("/staff/").text

    def test_a_page_that_says_what_went_wrong_asks_nothing(
        self, seller: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        seller.get("/help")
        with django_assert_num_queries(0):
            page = seller.get("/no-such-page")
        assert page.status_code == 404
        assert 'class="bell"' not in page.text


class TestList:
    def test_visitors_sign_in_first(self, client: Client) -> None:
        for address in ("/notices", "/account/mails"):
            assert client.get(address).url.startswith("/account/sign-in")  # type: ignore[attr-defined]  # a redirect

    def test_nothing_told_yet(self, seller: Client) -> None:
        page = seller.get("/notices")
        assert "Nothing to tell you yet" in page.text
        assert "Mark all as read" not in page.text

    @pytest.mark.parametrize(
        ("language", "says"), [("en", "New order 0000-0000-0000"), ("id", "Pesanan baru 0000-0000-0000")]
    )
    def test_it_says_what_by_when_and_leads_to_the_act(
        self, seller: Client, cast: Cast, language: str, says: str
    ) -> None:
        (notice,) = told_of_orders(cast)
        seller.cookies["django_language"] = language
        page = seller.get("/notices")
        assert says in page.text
        assert "Rp115.000" in page.text
        assert "WIB" in page.text
        opened = seller.post(f"/notices/{notice.id}")
        assert opened.url == f"/sell/batik-sekar/orders/{notice.said['order_id']}"  # type: ignore[attr-defined]
        assert unread_count(cast.seller.id) == 0

    def test_looking_marks_nothing(self, seller: Client, cast: Cast) -> None:
        (notice,) = told_of_orders(cast)
        seller.get("/notices")
        assert seller.get(f"/notices/{notice.id}")["Location"] == "/notices"
        assert unread_count(cast.seller.id) == 1

    def test_all_are_read_at_once(self, seller: Client, cast: Cast) -> None:
        told_of_orders(cast, 3)
        assert "is-new" in seller.get("/notices").text
        assert seller.post("/notices/read").url == "/notices"  # type: ignore[attr-defined]
        assert "is-new" not in seller.get("/notices").text

    def test_it_is_cut_into_pages_that_cost_the_same(
        self, seller: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        told_of_orders(cast, NOTICES_ON_A_PAGE + 5)
        seller.get("/notices")
        with django_assert_num_queries(4):  # the bell, a page and one more, their shops, which kinds there are
            first = seller.get("/notices")
        older = first.context["older"]
        second = seller.get(f"/notices?older_than={older}")
        assert first.text.count('class="is-new"') == NOTICES_ON_A_PAGE
        assert second.text.count('class="is-new"') == 5
        assert f"0000-0000-{0:04}" in second.text

    @pytest.mark.parametrize("question", ["?older_than=x", "?as=none", "?older_than=" + "9" * 40])
    def test_a_strange_question_gets_the_list(self, seller: Client, cast: Cast, question: str) -> None:
        told_of_orders(cast)
        assert seller.get(f"/notices{question}").status_code == 200

    def test_another_persons_does_not_exist(self, client: Client, cast: Cast) -> None:
        (notice,) = told_of_orders(cast)
        client.force_login(cast.stranger)
        assert "0000-0000-0000" not in client.get("/notices").text
        assert client.post(f"/notices/{notice.id}").status_code == 404
        assert client.post(f"/notices/{uuid.uuid4()}").status_code == 404
        assert unread_count(cast.seller.id) == 1

    def test_names_are_shown_and_not_obeyed(self, client: Client, cast: Cast) -> None:
        said = {"number": "1", "shop": "<script>alert(1)</script>", "order_id": str(new_id())}
        tell(
            [
                Telling(
                    fact="cancel_declined",
                    reader_id=cast.buyer.id,
                    about_id=new_id(),
                    happened_at=clock.now(),
                    said=said,
                )
            ]
        )
        client.force_login(cast.buyer)
        assert "<script>alert(1)" not in client.get("/notices").text


class TestMailChoices:
    def test_all_come_until_one_says_otherwise(self, seller: Client, cast: Cast) -> None:
        page = seller.get("/account/mails")
        assert page.text.count("checked") == 4 + 1  # and the language

        seller.post("/account/mails", {"topics": ["progress", "reviews", "programmes"], "language": "en"})

        assert mails_wanted(cast.seller.id) == set(MAY_BE_OFF) - {Topic.SHOP_ORDERS}
        cast.seller.refresh_from_db()
        assert cast.seller.language == "en"

    @pytest.mark.parametrize(
        ("person", "concerns"),
        [
            ("buyer", {"progress", "reviews"}),
            ("seller", {"progress", "reviews", "shop_orders", "programmes"}),
            ("creator_user", {"progress", "reviews", "programmes"}),
            ("operator", {"progress", "reviews", "cases"}),
        ],
    )
    def test_nobody_is_asked_about_what_is_not_theirs(
        self, client: Client, cast: Cast, person: str, concerns: set[str]
    ) -> None:
        client.force_login(getattr(cast, person))
        page = client.get("/account/mails").text
        assert {topic for topic in MAY_BE_OFF if f'value="{topic}"' in page} == concerns

    @pytest.mark.parametrize("chosen", [{"topics": ["money"], "language": "id"}, {"language": "de"}, {}])
    def test_what_is_not_to_choose_changes_nothing(self, seller: Client, cast: Cast, chosen: dict[str, str]) -> None:
        assert seller.post("/account/mails", chosen).status_code == 200
        assert not MutedTopic.objects.exists()

    def test_the_language_of_pages_becomes_that_of_mails(self, seller: Client, client: Client, cast: Cast) -> None:
        seller.post("/language", {"language": "en", "next": "/"})
        client.post("/language", {"language": "en", "next": "/"})
        cast.seller.refresh_from_db()
        assert cast.seller.language == "en"
        seller.post("/language", {"language": "xx", "next": "/"})
        cast.seller.refresh_from_db()
        assert cast.seller.language == "en"


class TestUnsubscribe:
    @pytest.fixture
    def address(self, cast: Cast) -> str:
        return reverse("unsubscribe", args=[link_token(cast.buyer.id, [Topic.PROGRESS, Topic.SHOP_ORDERS])])

    def test_opening_the_link_shows_and_ends_nothing(self, client: Client, cast: Cast, address: str) -> None:
        page = client.get(address, headers={"accept-language": "en"})
        assert "How your orders and returns move on" in page.text
        assert mails_wanted(cast.buyer.id) == set(MAY_BE_OFF)

    def test_one_tap_of_a_mail_program_ends_them_without_signing_in(self, cast: Cast, address: str) -> None:
        program = Client(enforce_csrf_checks=True)
        assert program.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert program.post(address).status_code == 200
        assert mails_wanted(cast.buyer.id) == set(MAY_BE_OFF) - {Topic.PROGRESS, Topic.SHOP_ORDERS}

    def test_it_ends_no_other_persons_and_no_mail_that_must_come(self, client: Client, cast: Cast) -> None:
        address = reverse("unsubscribe", args=[link_token(cast.buyer.id, [Topic.MONEY])])
        client.post(address)
        assert not MutedTopic.objects.exists()

    @pytest.mark.parametrize("spoil", [lambda t: t[:-3], lambda t: "x" + t, lambda t: t.swapcase(), lambda _t: "a:b:c"])
    def test_a_spoilt_link_says_so(self, client: Client, cast: Cast, spoil: object) -> None:
        token = spoil(link_token(cast.buyer.id, [Topic.PROGRESS]))  # type: ignore[operator]
        for answer in (client.get(f"/mails/off/{token}"), client.post(f"/mails/off/{token}")):
            assert answer.status_code == 404
        assert not MutedTopic.objects.exists()
