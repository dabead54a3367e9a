"""What Lapak keeps of people is erased when nobody is owed it any more; what the law keeps stays, and says nothing else."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.db import DatabaseError, connection, models, transaction

from lapak.compliance.processing import REGISTER
from lapak.flows import erase_person as erasing
from lapak.flows.clocks import run_due_clocks
from lapak.flows.erase_person import erase_person
from lapak.flows.erase_person.hindrances import hindrances_of
from lapak.flows.ship_order import confirm_receipt
from lapak.flows.tell_people.watch import tell_of_deadlines
from lapak.flows.tests.one_of_each import one_of_each
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.people.notices.models import Mail, Notice
from lapak.people.privacy.erasures import ask_for_erasure, call_off_erasure, erasure_of
from lapak.people.privacy.errors import ErasureAsked, ErasureNotDue, ErasureNotFound, OperatorIsNotErased
from lapak.people.privacy.models import Erasure
from lapak.people.privacy.rules import Hindrance
from lapak.people.users.models import Address, User
from lapak.testing.cast import Cast
from lapak.testing.histories import delivered_order
from lapak.testing.refused import refused
from lapak.trade.orders.models import OrderContract, Purchase

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORD = "zqxwvj"
"""In nobody's language."""
NO_WORDS = {
    "moving_feed.language", "moving_upload.language", "moving_takeout.language", "mass_masschange.language",
    "users_address.postal_code", "users_user.operator_roles",
}  # fmt: skip
"""What holds something and is too short for the word (languages, a code of a row that is deleted), or only operators have."""


def test_a_buyer_without_anything_open_is_gone_after_a_day(cast: Cast) -> None:
    erasure = ask_for_erasure(cast.buyer)
    with clock.stopped_at(erasure.asked_at + 23 * HOUR), refused(ErasureNotDue):
        erase_person(erasure.id)
    with clock.stopped_at(erasure.asked_at + 24 * HOUR):
        assert run_due_clocks()["erased"] == 1
        assert run_due_clocks()["erased"] == 0
    erasure.refresh_from_db()
    assert erasure.erased_at == erasure.answered_at == erasure.asked_at + 24 * HOUR
    cast.buyer.refresh_from_db()
    assert (cast.buyer.name, cast.buyer.is_active) == ("", False)
    assert cast.buyer.email.endswith("@erased.invalid")
    assert not Address.objects.filter(user=cast.buyer).exists()
    assert authenticate(username="buyer@example.com", password="") is None
    assert Mail.objects.get().to == "buyer@example.com"


def test_it_waits_for_an_open_order_and_goes_on_by_itself(cast: Cast, variant: Variant) -> None:
    tell_of_deadlines()
    order = delivered_order(cast, (variant, 1))
    erasure = ask_for_erasure(cast.buyer)
    assert hindrances_of(cast.buyer) == [Hindrance.ORDERS]
    with clock.stopped_at(erasure.asked_at + 25 * HOUR):
        run_due_clocks()
    with clock.stopped_at(erasure.asked_at + 26 * HOUR):
        tell_of_deadlines()
    erasure.refresh_from_db()
    assert (erasure.waits_for, erasure.erased_at) == (["orders"], None)
    assert erasure.answered_at
    assert erasure.answered_at < erasure.answer_by
    assert Notice.objects.filter(reader_id=cast.buyer.id, fact="erasure_waits").exists()
    assert User.objects.get(id=cast.buyer.id).name == "Buyer"
    with clock.stopped_at(erasure.asked_at + 2 * DAY):
        confirm_receipt(cast.buyer, order.id)
    for days in (3, 20):
        with clock.stopped_at(erasure.asked_at + days * DAY):
            run_due_clocks()
    erasure.refresh_from_db()
    assert erasure.erased_at
    assert Purchase.objects.get().address["recipient"] == ""
    assert "Buyer" in str(OrderContract.objects.get().body)  # ten years, by PP 80/2019 Art. 25


def test_a_shop_is_closed_first(cast: Cast) -> None:
    assert hindrances_of(cast.seller) == [Hindrance.SHOP]
    cast.shop.is_open = False
    cast.shop.save()
    assert hindrances_of(cast.seller) == []
    cast.shop.members.create(user=cast.stranger, role="owner")
    cast.shop.is_open = True
    cast.shop.save()
    assert hindrances_of(cast.seller) == []  # it goes on in other hands


@pytest.mark.unsound_books  # an order is disputed at the bank
def test_what_the_world_holds_is_waited_for(cast: Cast) -> None:
    one_of_each(cast)
    assert {Hindrance.ORDERS, Hindrance.COMPLAINTS} <= set(hindrances_of(cast.buyer))
    assert {Hindrance.SHOP, Hindrance.SHOP_ORDERS, Hindrance.SHOP_MONEY} <= set(hindrances_of(cast.seller))
    assert {Hindrance.COMMISSIONS, Hindrance.REVIEW} <= set(hindrances_of(cast.creator_user))


def test_once_not_by_the_operator_and_called_off(cast: Cast) -> None:
    with refused(OperatorIsNotErased):
        ask_for_erasure(cast.operator)
    with refused(ErasureNotFound):
        call_off_erasure(cast.buyer)
    erasure = ask_for_erasure(cast.buyer)
    with refused(ErasureAsked):
        ask_for_erasure(cast.buyer)
    call_off_erasure(cast.buyer)
    assert erasure_of(cast.buyer) is None
    with clock.stopped_at(erasure.asked_at + 2 * DAY), refused(ErasureNotDue):
        erase_person(erasure.id)
    ask_for_erasure(cast.buyer)


@pytest.mark.unsound_books  # an order is disputed at the bank
def test_of_everybodys_words_none_is_left_but_where_the_law_keeps_them(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_of_each(cast)
    filled = set(found("_"))
    planted = set(plant())
    assert {"users_user.name", "orders_purchase.address", "reviews_review.words", "affiliates_link.label"} <= planted
    assert len(planted) > 100
    monkeypatch.setattr(erasing, "hindrances_of", lambda _: [])
    people = list(User.objects.filter(is_staff=False))
    erasures = [ask_for_erasure(user) for user in people]
    with clock.stopped_at(clock.now() + 2 * DAY):
        for erasure in erasures:
            erase_person(erasure.id)
    assert Erasure.objects.filter(erased_at=None).count() == 0
    may_stay = {f"{table}.{column}" for each in REGISTER for table, columns in each.kept.items() for column in columns}
    assert set(found(WORD)) - may_stay == set()
    assert filled - planted - may_stay == NO_WORDS


def text_columns() -> Iterator[tuple[str, "models.Field[object, object]", str]]:
    """Every column of the register's tables that people's words can stand in, and its kind."""
    tables = {table for each in REGISTER for table in each.tables}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table in tables:
            for field in model._meta.concrete_fields:
                kind = field.db_type(connection) or ""
                if re.match("varchar|text|jsonb|citext", kind) and not field.choices and not field.primary_key:
                    yield model._meta.db_table, field, kind


def plant() -> Iterator[str]:
    """The word stands in each of them that may change at all, but in what names an operator; answers where."""
    operators = "|".join(str(id_) for id_ in User.objects.filter(is_staff=True).values_list("id", flat=True))
    with connection.cursor() as cursor:
        for table, field, kind in text_columns():
            name, room = f'"{field.column}"', getattr(field, "max_length", None)
            new = f"left(md5(random()::text), {min(8, room - 8)}) || '{WORD}'" if room and room > 8 else f"'{WORD}'"
            if kind == "jsonb":
                new = f"CASE jsonb_typeof({name}) WHEN 'object' THEN {name} || '{{\"w\": \"{WORD}\"}}' ELSE '[\"{WORD}\"]' END"
            try:
                with transaction.atomic():
                    cursor.execute(f"UPDATE {table} AS row SET {name} = {new} WHERE row::text !~ '{operators}'")
                    if cursor.rowcount:
                        yield f"{table}.{field.column}"
            except DatabaseError:  # of a record that never changes, or has a form of its own
                continue


def found(word: str) -> Iterator[str]:
    """Where it stands now; `_` finds any."""
    with connection.cursor() as cursor:
        for table, field, _kind in text_columns():
            cursor.execute(f"SELECT count(*) FROM {table} WHERE \"{field.column}\"::text LIKE '%{word}%'")
            if cursor.fetchone()[0]:
                yield f"{table}.{field.column}"
