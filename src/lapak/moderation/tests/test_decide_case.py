"""An operator decides: goods are on sale nowhere, a shop sells nothing for a time, and what was decided can be lifted."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lapak.affiliates.integrity.models import Finding
from lapak.affiliates.integrity.signs import Ground
from lapak.flows.clocks import run_due_clocks
from lapak.flows.place_purchase import place_purchase
from lapak.goods.catalogue import bulk
from lapak.goods.catalogue.commands import archive_product, delete_draft, publish_product, return_to_draft
from lapak.goods.catalogue.errors import GoodsInUse, ProductTakenDown
from lapak.goods.catalogue.models import Category, Product
from lapak.goods.catalogue.on_sale import on_sale
from lapak.goods.catalogue.queries import withdrawn_product
from lapak.lib import clock
from lapak.moderation.deciding import (
    dismiss_case,
    hide_reported_page,
    keep_case,
    lift_case,
    suspend_shop,
    take_goods_down,
)
from lapak.moderation.errors import (
    BrokenRuleMissing,
    CaseMoved,
    CaseNotFound,
    CaseReasonRefused,
    CaseWordsRefused,
    DecidedAlready,
    SuspensionDateRefused,
)
from lapak.moderation.queries import cases_of_shop, cases_to_decide, events_of_case, figures
from lapak.people.audit.models import Change
from lapak.people.shops.closings import is_resting
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast, asked_for, stocked_variant
from lapak.testing.histories import paid_order
from lapak.testing.moderation import (
    DECISION,
    goods_taken_down,
    reported_creator,
    reported_goods,
    reported_shop,
    shop_suspended,
)
from lapak.testing.refused import refused
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.errors import GoodsGone, ShopSuspended

pytestmark = pytest.mark.django_db


def test_what_is_taken_down_is_on_sale_nowhere_and_its_shop_cannot_change_that(cast: Cast) -> None:
    variant = stocked_variant(cast.shop)
    order, product = paid_order(cast, (variant, 1)), variant.product
    case = goods_taken_down(cast, product)
    assert not on_sale().filter(id=product.id).exists()
    assert withdrawn_product(product.id) is None, "its page says nothing of it"
    with refused(GoodsGone):
        place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)), [])
    for act in (publish_product, archive_product, return_to_draft):
        with refused(ProductTakenDown):
            act(cast.seller, product.id)
    pack_order(cast.seller, order.id)
    assert [found.id for found in cases_of_shop(cast.shop)] == [case.id]


def test_no_writer_however_careless_puts_it_on_sale(cast: Cast, product: Product) -> None:
    goods_taken_down(cast, product)
    with pytest.raises(IntegrityError, match="product_taken_down"), transaction.atomic():
        Product.objects.update(status="published")
    bulk.change_products({product.id: {"status": "published", "title": "Moved in anew"}})
    product.refresh_from_db()
    assert (product.status, product.title) == ("archived", "Moved in anew")


def test_what_is_lifted_is_as_it_was(cast: Cast, product: Product) -> None:
    lift_case(cast.operator, goods_taken_down(cast, product).id, "It was ours to see.")
    assert on_sale().filter(id=product.id).exists()
    case = reported_goods(cast, product)
    archive_product(cast.seller, product.id)
    lift_case(cast.operator, take_goods_down(cast.operator, case.id, **DECISION).id, "Fine.")
    assert not on_sale().filter(id=product.id).exists(), "its shop had taken it off sale"
    publish_product(cast.seller, product.id)


def test_what_lacks_its_number_meanwhile_is_lifted_and_not_on_sale(cast: Cast, product: Product) -> None:
    case = goods_taken_down(cast, product)
    Product.objects.update(category=Category.objects.get(code="kecantikan.wajah.serum"))
    lift_case(cast.operator, case.id, "It was ours to see.")
    product.refresh_from_db()
    assert product.taken_down_at is None
    assert not on_sale().filter(id=product.id).exists()


def test_nothing_is_wrong_with_it(cast: Cast, product: Product) -> None:
    case = reported_goods(cast, product)
    with refused(CaseWordsRefused):
        dismiss_case(cast.operator, case.id, " ")
    dismiss_case(cast.operator, case.id, "The brand is its own.")
    assert on_sale().filter(id=product.id).exists()
    assert list(cases_of_shop(cast.shop)) == [], "its shop never hears of it"
    with refused(CaseMoved):
        take_goods_down(cast.operator, case.id, **DECISION)


def test_a_decision_has_reason_rule_and_words(cast: Cast, product: Product) -> None:
    case = reported_goods(cast, product)
    for lacks, refusal in (
        ({"reason": ""}, CaseReasonRefused),
        ({"rule": " "}, BrokenRuleMissing),
        ({"rule": "x" * 201}, BrokenRuleMissing),
        ({"words": ""}, CaseWordsRefused),
    ):
        with refused(refusal):
            take_goods_down(cast.operator, case.id, **DECISION | lacks)
    with refused(CaseNotFound):
        take_goods_down(cast.stranger, case.id, **DECISION)


def test_what_was_reported_stays_as_evidence(cast: Cast, product: Product) -> None:
    reported_goods(cast, product)
    return_to_draft(cast.seller, product.id)
    with refused(GoodsInUse):
        delete_draft(cast.seller, product.id)


def test_a_shop_is_suspended_until_a_day(cast: Cast) -> None:
    variant = stocked_variant(cast.shop)
    order = paid_order(cast, (variant, 1))
    case = shop_suspended(cast, days=3)
    shop = Shop.objects.get(id=cast.shop.id)
    assert is_resting(shop)
    assert Change.objects.filter(field="suspended_until", by_id=cast.operator.id).exists()
    with refused(ShopSuspended):
        place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)), [])
    pack_order(cast.seller, order.id)  # what was ordered goes on
    with clock.stopped_at(clock.now() + timedelta(days=4, seconds=1)):
        assert not is_resting(shop), "by itself, whether the clock came by or not"
        run_due_clocks()
        case.refresh_from_db()
        assert (case.state, case.act_by) == ("ended", None)
        with refused(CaseMoved):
            lift_case(cast.operator, case.id, "Over.")


def test_a_shop_is_suspended_no_longer_than_the_rules_say(cast: Cast) -> None:
    case = reported_shop(cast)
    for days in (-1, 366):
        with refused(SuspensionDateRefused):
            suspend_shop(cast.operator, case.id, **DECISION, last_day=clock.today() + timedelta(days=days))
    with refused(SuspensionDateRefused):
        suspend_shop(cast.operator, case.id, **DECISION, last_day=None)


def test_one_decision_stands_at_a_time(cast: Cast) -> None:
    first = shop_suspended(cast)
    again = reported_shop(cast)
    with refused(DecidedAlready):
        suspend_shop(cast.operator, again.id, **DECISION, last_day=clock.today())
    lift_case(cast.operator, first.id, "Too hard.")
    assert not is_resting(Shop.objects.get(id=cast.shop.id))
    suspend_shop(cast.operator, again.id, **DECISION, last_day=clock.today())


def test_goods_are_not_suspended_and_shops_not_taken_down(cast: Cast, product: Product) -> None:
    of_goods, of_shop = reported_goods(cast, product), reported_shop(cast)
    with refused(CaseMoved):
        suspend_shop(cast.operator, of_goods.id, **DECISION, last_day=clock.today())
    with refused(CaseMoved):
        take_goods_down(cast.operator, of_shop.id, **DECISION)
    with refused(CaseMoved):
        hide_reported_page(cast.operator, of_shop.id, ground=Ground.MISLEADING, words="No.")


def test_a_creators_page_is_hidden_at_their_own_desk(cast: Cast) -> None:
    case = hide_reported_page(
        cast.operator, reported_creator(cast).id, ground=Ground.MISLEADING, words="It promises what is not so."
    )
    finding = Finding.objects.get()
    assert (case.state, case.finding, finding.state) == ("hidden", finding, "upheld")
    assert list(cases_to_decide()) == []


def test_figures_count_what_was_decided(cast: Cast) -> None:
    assert figures().hours is None
    with clock.stopped_at(clock.now() - timedelta(hours=10)):
        case, other = reported_goods(cast), reported_goods(cast)
    dismiss_case(cast.operator, case.id, "Nothing.")
    take_goods_down(cast.operator, other.id, **DECISION)
    told = figures()
    assert (told.reports, told.decided, told.stopped, told.appeals) == (2, 2, 1, 0)
    assert told.hours == pytest.approx(10, abs=0.1)


def test_every_step_is_on_record(cast: Cast) -> None:
    case = goods_taken_down(cast)
    with refused(CaseMoved):
        keep_case(cast.operator, case.id, "Nobody objects.")
    lift_case(cast.operator, case.id, "It was ours to see.")
    steps = [(event.state, event.actor) for event in events_of_case(case)]
    assert steps == [("open", cast.stranger), ("upheld", cast.operator), ("lifted", cast.operator)]
