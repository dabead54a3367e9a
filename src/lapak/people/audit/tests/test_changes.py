"""What has an old and a new value stays on record, with who changed it, and with the change or not at all."""

import pytest
from django.db import IntegrityError, transaction

from lapak.affiliates.creators import set_payout_account as pay_creator_into
from lapak.affiliates.programmes import announce_rate
from lapak.goods.catalogue.commands import set_variant_price
from lapak.people.audit.commands import note_changes
from lapak.people.audit.models import Change
from lapak.people.audit.queries import changes_of_shop
from lapak.people.audit.rules import FIELDS, KeptAccount, Kind, Subject, as_kept
from lapak.people.shops.commands import change_profile, set_payout_account
from lapak.people.users.commands import add_bank_account
from lapak.testing.cast import Cast, stocked_variant
from lapak.trade.shipping.commands import change_rate, change_service
from lapak.trade.shipping.models import Rate
from lapak.web.shell.changes import value_in_words

pytestmark = pytest.mark.django_db

Line = tuple[str, str, str, str]

SEKAR = as_kept(KeptAccount("008", "1111", "Sekar"))


def kept() -> list[Line]:
    """Kind, field, old and new of each, the first first."""
    return [(change.kind, change.field, change.old, change.new) for change in Change.objects.order_by("id")]


def test_where_a_shop_s_money_goes_without_the_number(cast: Cast) -> None:
    account = add_bank_account(cast.seller, bank_code="008", number="5550001111", holder="Sekar")
    set_payout_account(cast.seller, cast.shop.id, account.id)
    set_payout_account(cast.seller, cast.shop.id, account.id)  # nothing new
    assert kept() == [
        ("user", "bank_account", "", SEKAR),
        ("shop", "bank_account", as_kept(KeptAccount("014", "7890", "Seller")), SEKAR),
    ]
    assert [change.by_id for change in changes_of_shop(cast.shop.id)] == [cast.seller.id]


def test_where_a_creator_s_money_goes(cast: Cast) -> None:
    account = add_bank_account(cast.creator_user, bank_code="014", number="5550002222", holder="Edoh")
    pay_creator_into(cast.creator_user, account.id)
    was, becomes = KeptAccount("008", "3210", "Creator"), KeptAccount("014", "2222", "Edoh")
    assert kept()[1:] == [("creator", "bank_account", as_kept(was), as_kept(becomes))]
    assert str(value_in_words("bank_account", as_kept(becomes))) == "BCA ··· 2222, Edoh"


def test_only_the_fields_of_a_profile_that_changed(cast: Cast) -> None:
    change_profile(
        cast.seller,
        cast.shop.id,
        name="Batik Sekar",
        description="Tulis",
        nib="",
        street="",
        district="",
        city="Solo",
        postal_code="",
        phone="",
    )
    assert kept() == [("shop", "description", "", "Tulis"), ("shop", "city", "Cirebon", "Solo")]


def test_prices_and_rates(cast: Cast) -> None:
    variant = stocked_variant(cast.shop)
    set_variant_price(cast.seller, variant.id, 90_000)
    announce_rate(cast.seller, cast.programme, 500)
    assert kept() == [
        ("variant", "price_idr", "100000", "90000"),
        ("programme", "rate_bp", "1000", "500"),
    ]
    assert changes_of_shop(cast.shop.id).count() == 2


def test_what_couriers_cost(cast: Cast) -> None:
    rate = Rate.objects.get(service="jne-reg", origin_zone="java", destination_zone="java")
    change_rate(
        cast.operator,
        rate.pk,
        first_kg_idr=17_000,
        next_kg_idr=rate.next_kg_idr,
        min_days=rate.min_days,
        max_days=rate.max_days,
    )
    change_service(cast.operator, "jne-reg", name=rate.service.name, position=rate.service.position, is_active=False)
    assert kept() == [
        ("shipping", "first_kg_idr", "15000", "17000"),
        ("shipping", "is_active", "True", "False"),
    ]
    assert Change.objects.filter(shop_id=None, by_id=cast.operator.id).count() == 2


def test_a_change_that_is_undone_leaves_no_record(cast: Cast, nothing_written: None) -> None:
    with transaction.atomic():
        set_variant_price(cast.seller, stocked_variant(cast.shop).id, 90_000)
        transaction.set_rollback(True)


def test_nobody_changes_the_record_or_takes_from_it(cast: Cast) -> None:
    change_profile(
        cast.seller,
        cast.shop.id,
        name="Batik",
        description="",
        nib="",
        street="",
        district="",
        city="Cirebon",
        postal_code="",
        phone="",
    )
    for wrong in (lambda: Change.objects.update(new="Lain"), lambda: Change.objects.all().delete()):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            wrong()
    assert kept() == [("shop", "name", "Batik Sekar", "Batik")]


def test_a_field_without_words_is_a_mistake(cast: Cast, nothing_written: None) -> None:
    assert "colour" not in FIELDS
    with pytest.raises(KeyError):
        note_changes(cast.seller.id, Subject(Kind.SHOP, cast.shop.id, "Batik"), {}, {"colour": "red"})
