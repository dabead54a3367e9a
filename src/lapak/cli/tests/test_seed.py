"""The big market: as big as asked, in every state, and sound (which is checked after every test)."""

import pytest
from django.db import connection
from django.db.models import Sum

from lapak.affiliates.clicks.models import Click, ClickTotal
from lapak.affiliates.integrity.models import Finding, FindingLine
from lapak.affiliates.models import Commission, Creator, CreatorInvitation, Link, Programme
from lapak.affiliates.profiles.models import Channel, Profile
from lapak.affiliates.results.models import DayResult
from lapak.affiliates.samples.models import Sample
from lapak.affiliates.withholding.models import Slip
from lapak.goods.catalogue.models import Product, StockChange, Variant
from lapak.lib import clock
from lapak.lib.ids import time_of_id
from lapak.money.payouts.models import Payout
from lapak.money.statements.models import MonthEnd
from lapak.testing.cast import Cast
from lapak.testing.seed import seed_market
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return

pytestmark = pytest.mark.django_db


def test_the_big_market(subtests: pytest.Subtests) -> None:
    """Made once: everything below looks at the same one."""
    market = seed_market(products=80, orders=600, clicks=200, commissions=100)
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE"
        )  # as the database does by itself where time passes; without, the checks take their time
    for looked_at in (
        is_as_big_as_asked,
        has_one_big_shop_and_many_small_ones,
        has_orders_in_every_state_and_a_return_to_answer,
        much_of_it_is_the_cast_s,
        is_paid_out_but_for_its_last_days,
        happened_in_the_past_and_ids_tell_when,
        every_variant_is_on_a_shelf_with_a_journal,
        creators_are_found_and_invited,
        samples_were_asked_for_and_given,
        something_was_found_and_something_is_to_be_decided,
        the_nights_have_passed,
    ):
        with subtests.test(looked_at.__name__):
            looked_at(market)


def is_as_big_as_asked(market: Cast) -> None:
    patterns = Order.objects.filter(lines__title__startswith="Pola").distinct().count()
    assert Product.objects.exclude(title__startswith="Pola").count() == 80
    assert Order.objects.count() - patterns == 600 + 100
    of_first = Commission.objects.filter(creator=market.creator).exclude(line__title__startswith="Pola")
    assert of_first.count() > 100 + 50
    assert Click.objects.count() == 200
    of_links = ClickTotal.objects.filter(is_label=False).aggregate(Sum("clicks"))
    assert of_links == {"clicks__sum": Click.objects.exclude(device="bot").count()}


def has_one_big_shop_and_many_small_ones(market: Cast) -> None:
    assert Product.objects.filter(shop=market.shop).exclude(title__startswith="Pola").count() == 40
    assert Product.objects.exclude(shop=market.shop).values("shop").distinct().count() == 4


def has_orders_in_every_state_and_a_return_to_answer(market: Cast) -> None:
    assert set(Order.objects.values_list("state", flat=True)) == set(Order.State.values)
    assert Return.objects.filter(state=Return.State.ASKED).count() > 1


def much_of_it_is_the_cast_s(market: Cast) -> None:
    assert Order.objects.filter(buyer=market.buyer).count() > 20
    assert Order.objects.filter(shop=market.shop).count() > 100
    assert Commission.objects.filter(creator=market.creator).count() > 50
    assert Commission.objects.exclude(creator=market.creator).count() > 50
    assert Link.objects.filter(creator=market.creator).count() > Creator.objects.count()


def is_paid_out_but_for_its_last_days(market: Cast) -> None:
    assert set(Payout.objects.values_list("status", flat=True)) == {Payout.Status.CONFIRMED}
    assert Commission.objects.filter(state=Commission.State.PAYABLE).exists()


def happened_in_the_past_and_ids_tell_when(market: Cast) -> None:
    assert not Click.objects.filter(clicked_at__gt=clock.now()).exists()
    for order in Order.objects.exclude(lines__title__startswith="Pola")[:20]:
        assert abs((time_of_id(order.id) - order.placed_at).total_seconds()) < 3_700


def every_variant_is_on_a_shelf_with_a_journal(market: Cast) -> None:
    assert not Variant.objects.filter(stock=None).exists()
    assert StockChange.objects.filter(reason=StockChange.Reason.SHIPPED).count() > 400


def creators_are_found_and_invited(market: Cast) -> None:
    assert Profile.objects.filter(is_listed=True, confirmed=1).count() == Creator.objects.count()
    assert Channel.objects.filter(state="confirmed").count() == Creator.objects.count()
    assert Channel.objects.filter(state="asked").exists()
    made = CreatorInvitation.objects.filter(shop=market.shop)
    assert set(made.values_list("state", flat=True)) == {"open", "accepted", "declined", "lapsed"}
    assert CreatorInvitation.objects.filter(invited=market.creator, state="open").exists()
    own = Programme.objects.filter(kind="invited", shop=market.shop)
    assert own.count() == made.filter(state="accepted").count() == own.filter(memberships__isnull=False).count()


def samples_were_asked_for_and_given(market: Cast) -> None:
    asked = Sample.objects.filter(shop=market.shop)
    assert asked.filter(creator=market.creator, state="posted").exists()
    assert asked.filter(state="asked").exists()
    assert StockChange.objects.filter(reason=StockChange.Reason.SAMPLE).count() > asked.filter(state="posted").count()


def something_was_found_and_something_is_to_be_decided(market: Cast) -> None:
    assert FindingLine.objects.filter(finding__creator=market.creator, finding__state="lifted").exists()
    undecided = Finding.objects.filter(state__in=["open", "upheld"])
    assert undecided.exists()
    held = FindingLine.objects.filter(finding__in=undecided).values_list("commission__state", flat=True)
    assert set(held) == {"frozen"}


def the_nights_have_passed(market: Cast) -> None:
    assert not DayResult.objects.filter(is_sum=False).exists()
    assert Profile.objects.get(creator=market.creator).orders > 0
    assert MonthEnd.objects.filter(account__owner=str(market.creator.id)).exists()
    assert Slip.objects.filter(of__creator=market.creator).exists()
