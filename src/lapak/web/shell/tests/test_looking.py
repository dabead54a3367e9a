"""An operator sees pages as somebody does: with a banner, for some minutes, each page on record; and the person reads it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lapak.lib import clock
from lapak.people.audit.models import Change
from lapak.people.users.errors import LookNotFound, LookReasonRefused, OperatorsNotLookedAt
from lapak.people.users.looking import LASTS, begin_look, end_look, look_at
from lapak.people.users.models import Look, Session, User
from lapak.people.users.operators import NotYourDesk, OperatorRole
from lapak.testing.cast import Cast, operator_as
from lapak.testing.refused import refused
from lapak.trade.orders.models import Order
from lapak.web.shop.quick_checkout import PATH

pytestmark = pytest.mark.django_db
REASON = "They cannot find their order."


@pytest.fixture
def support(client: Client, cast: Cast) -> Client:
    client.force_login(operator_as(OperatorRole.SUPPORT))
    client.cookies["django_language"] = "en"
    return client


def begin(client: Client, user: User) -> None:
    answer = client.post(reverse("admin:look_as_begin", args=[user.id]), {"reason": REASON})
    assert answer["Location"] == "/account"


def test_pages_are_shown_as_the_person_sees_them_with_a_banner_and_an_end(
    support: Client, cast: Cast, paid: Order
) -> None:
    sessions = Session.objects.filter(user=cast.buyer).count()
    begin(support, cast.buyer)
    page = support.get(f"/orders/{paid.id}")
    assert page.status_code == 200
    assert f"You see the pages of {cast.buyer}" in page.text
    assert page["Cache-Control"] == "private, no-store"
    assert Session.objects.filter(user=cast.buyer).count() == sessions
    assert support.post("/looking/end")["Location"] == reverse("admin:users_user_change", args=[cast.buyer.id])
    assert support.get(f"/orders/{paid.id}").status_code == 404
    assert Look.objects.get().ended_at


def test_each_page_is_on_record_and_the_person_reads_it(support: Client, cast: Cast) -> None:
    begin(support, cast.buyer)
    support.get("/orders?state=to_pack")
    support.get("/media/pictures/none.jpg")  # of the page, and no page
    by = Look.objects.get().by_id
    kept = list(
        Change.objects.filter(field="looked_at").order_by("happened_at", "id").values_list("subject_id", "new", "by_id")
    )
    about = str(cast.buyer.id)
    assert kept == [(about, REASON, by), (about, f"/orders?state=to_pack – {REASON}", by)]
    support.logout()
    support.force_login(cast.buyer)
    support.cookies["django_language"] = "en"
    read = support.get("/account/privacy").text
    assert "Lapak looked at your pages" in read
    assert f"/orders?state=to_pack – {REASON}" in read


def test_nothing_is_done_and_a_try_is_on_record(support: Client, cast: Cast, paid: Order) -> None:
    begin(support, cast.buyer)
    answer = support.post(f"/orders/{paid.id}/cancel", {"reason": "other"})
    assert answer.status_code == 403
    assert "does nothing there" in answer.text
    assert Order.objects.get(id=paid.id).state == paid.state
    assert Change.objects.filter(field="looked_at", new__startswith=f"POST /orders/{paid.id}/cancel").exists()
    assert support.post(PATH, {}).status_code == 403


def test_what_is_about_signing_in_and_ones_own_data_is_not_shown(support: Client, cast: Cast) -> None:
    begin(support, cast.seller)
    shop = f"/sell/{cast.shop.slug}"
    for path in (
        "/account/sessions",
        "/account/data",
        "/account/privacy",
        f"{shop}/move-out",
        "/staff/",
    ):
        assert support.get(path).status_code == 403, path


def test_it_ends_by_itself(support: Client, cast: Cast) -> None:
    begin(support, cast.buyer)
    with clock.stopped_at(clock.now() + LASTS.on(clock.today()) + timedelta(seconds=1)):
        assert support.get("/orders")["Location"] == "/staff/"
        assert support.get("/staff/").status_code == 200
    assert not Change.objects.filter(new__startswith="/orders").exists()


def test_whoever_works_here_no_longer_sees_nothing(support: Client, cast: Cast) -> None:
    begin(support, cast.buyer)
    look = Look.objects.get()
    User.objects.filter(id=look.by_id).update(operator_roles=["law"])
    with refused(NotYourDesk):
        look_at(User.objects.get(id=look.by_id), look.id, "/orders")


def test_what_does_not_fit_is_refused(cast: Cast) -> None:
    support, other = operator_as(OperatorRole.SUPPORT), operator_as(OperatorRole.FINANCE)
    with refused(OperatorsNotLookedAt):
        begin_look(support, other.id, reason=REASON)
    with refused(NotYourDesk):
        begin_look(other, cast.buyer.id, reason=REASON)
    with refused(LookReasonRefused):
        begin_look(support, cast.buyer.id, reason=" so. ")
    with refused(LookNotFound):
        begin_look(support, cast.shop.id, reason=REASON)
    with refused(LookNotFound):
        begin_look(cast.seller, cast.buyer.id, reason=REASON)


def test_a_look_is_the_operators_who_began_it_and_over_once_ended(cast: Cast) -> None:
    look = begin_look(cast.operator, cast.buyer.id, reason=REASON)
    another = operator_as(OperatorRole.SUPPORT)
    with refused(LookNotFound):
        look_at(another, look.id, "/orders")
    end_look(cast.operator, look.id)
    with refused(LookNotFound):
        look_at(cast.operator, look.id, "/orders")
    with refused(LookNotFound):
        end_look(cast.operator, look.id)


def test_the_way_there_stands_on_the_persons_page_and_asks_why(support: Client, cast: Cast) -> None:
    way = reverse("admin:look_as", args=[cast.buyer.id])
    assert way in support.get(reverse("admin:users_user_change", args=[cast.buyer.id])).text
    assert "For 15 minutes" in support.get(way).text
    assert "Write in a sentence why" in support.post(f"{way}/begin", {"reason": "so"}).text
    assert support.get(reverse("admin:look_as", args=[cast.operator.id])).status_code == 404
