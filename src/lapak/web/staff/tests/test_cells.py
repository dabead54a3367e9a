"""How the cells of the operator's lists are written."""

import uuid

import pytest
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.test import Client, RequestFactory
from django.utils.text import capfirst

from lapak.lib.ids import number_of
from lapak.money.ledger.models import Account, AccountKind
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.web.staff.tables.ledger import AccountAdmin
from lapak.web.staff.templatetags.desk import begun, said_number

pytestmark = pytest.mark.django_db


def test_a_no_is_no_fault(operator: Client, cast: Cast) -> None:
    page = operator.get("/staff/users/user/").text
    assert ">No</span>" in page
    assert "close_small" not in page
    assert 'aria-label="Yes"' in page


def test_a_choice_begins_as_a_sentence() -> None:
    kind, *_others = AccountAdmin(Account, admin.site).get_list_display(RequestFactory().get("/"))
    assert kind(Account(kind=AccountKind.GATEWAY_CASH)) == capfirst(AccountKind.GATEWAY_CASH.label)
    assert label_for_field(kind, Account) == label_for_field("kind", Account)


def test_so_it_does_on_its_row_s_page(operator: Client, cast: Cast) -> None:
    page = operator.get(f"/staff/affiliates/creator/{cast.creator.pk}/change/").text
    assert "Individual (PPh 21)" in page
    assert "individual (PPh 21)" not in page


@pytest.mark.parametrize(("name", "called"), [("", "ibu.sari"), ("Sari", "Sari")])
def test_who_is_signed_in_is_named_once(name: str, called: str) -> None:
    assert User(email="ibu.sari@lapak.test", name=name).get_full_name() == called


def test_an_id_is_read_as_the_number_that_people_say() -> None:
    assert said_number("01a21f96-9bb2-7683-abee-5f51ef3ae83f") == (
        f'<span class="nowrap">{number_of(uuid.UUID("01a21f96-9bb2-7683-abee-5f51ef3ae83f"))}</span>'
    )
    assert said_number("top-up <1>") == "top-up &lt;1&gt;"


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("open to all creators: Batik", "Open to all creators: Batik"),
        ("qjqdtm4", "qjqdtm4"),
        ("budi@lapak.test", "budi@lapak.test"),
    ],
)
def test_a_title_begins_as_a_sentence_but_a_code_does_not(title: str, read: str) -> None:
    assert begun(title) == read
