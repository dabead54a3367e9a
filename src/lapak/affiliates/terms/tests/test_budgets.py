"""What a programme's commissions may come to: reserved when bought, given back when not earned."""

from datetime import timedelta

import pytest

from lapak.affiliates.creators import become_creator
from lapak.affiliates.errors import ProgrammeNotFound
from lapak.affiliates.links import create_link
from lapak.affiliates.models import Commission, Programme
from lapak.affiliates.programmes import join_programme
from lapak.affiliates.terms.commands import set_budget
from lapak.affiliates.terms.errors import BudgetOfAnotherKind, BudgetTooLow
from lapak.affiliates.terms.models import BudgetUse
from lapak.affiliates.terms.queries import budget_of
from lapak.flows.cancel_order import cancel_unpaid_purchase
from lapak.flows.place_purchase import place_purchase
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.testing.cast import Cast, asked_for, click_on, link_to, stocked_variant
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


def with_budget(cast: Cast, amount_idr: int, *, is_monthly: bool = False) -> None:
    """One that the programme is opened with: it holds at once."""
    Programme.objects.update(created_at=clock.now())
    set_budget(cast.seller, cast.programme, amount_idr, is_monthly=is_monthly)
    cast.programme.refresh_from_db()


def buy(cast: Cast, variant: Variant) -> Commission | None:
    """One piece of Rp100.000, at 10 %."""
    click = click_on(link_to(cast, variant.product))
    purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)), [click])
    return Commission.objects.filter(line__order__purchase_id=purchase_id).first()


def test_a_line_is_paid_whole_or_not_at_all(cast: Cast, variant: Variant) -> None:
    with_budget(cast, 19_999)
    assert buy(cast, variant)
    assert budget_of(cast.programme).left_idr == 9_999
    assert buy(cast, stocked_variant(cast.shop)) is None


def test_the_last_of_it_is_paid_however_many_clicked(cast: Cast, variant: Variant) -> None:
    with_budget(cast, 10_000)
    clicks = [click_on(link_to(cast, variant.product)) for _ in range(3)]
    place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)), clicks)
    assert (Commission.objects.get().amount_idr, BudgetUse.objects.get().used_idr) == (10_000, 10_000)


@pytest.mark.parametrize(("amount_idr", "earning"), [(10_002, 2), (10_001, 0)])
def test_a_line_is_shared_only_if_both_parts_can_be_rounded_up(cast: Cast, amount_idr: int, earning: int) -> None:
    """Of Rp100.002 at 10 % each half earns Rp5.000,1."""
    with_budget(cast, amount_idr)
    Programme.objects.update(won_by=Programme.WonBy.SHARED)
    become_creator(cast.stranger, "rival")
    join_programme(cast.stranger, cast.programme)
    shared = stocked_variant(cast.shop, price_idr=100_002)
    links = [link_to(cast, shared.product), create_link(cast.stranger, product=shared.product)]
    place_purchase(cast.buyer.id, asked_for(cast, (shared, 1)), [click_on(link) for link in links])
    assert Commission.objects.count() == earning


def test_lines_of_one_purchase_take_of_it_in_turn(cast: Cast, variant: Variant) -> None:
    with_budget(cast, 15_000)
    asked = asked_for(cast, (variant, 1), (stocked_variant(cast.shop), 1))
    place_purchase(cast.buyer.id, asked, [click_on(link_to(cast, variant.product))])
    assert Commission.objects.count() == 1
    assert BudgetUse.objects.get().used_idr == 10_000


def test_what_is_cancelled_is_there_again(cast: Cast, variant: Variant) -> None:
    with_budget(cast, 10_000)
    commission = buy(cast, variant)
    assert commission
    cancel_unpaid_purchase(cast.buyer, commission.line.order.purchase_id, "No.")
    commission.refresh_from_db()
    assert (commission.reserved_idr, BudgetUse.objects.get().used_idr) == (0, 0)
    assert buy(cast, stocked_variant(cast.shop))


def test_a_month_begins_anew(cast: Cast, variant: Variant) -> None:
    with_budget(cast, 10_000, is_monthly=True)
    assert buy(cast, variant)
    assert buy(cast, stocked_variant(cast.shop)) is None
    with clock.stopped_at(clock.now() + timedelta(days=32)):
        assert buy(cast, stocked_variant(cast.shop))
    assert BudgetUse.objects.get().used_idr == 10_000


def test_the_first_of_a_running_programme_waits(cast: Cast, variant: Variant) -> None:
    set_budget(cast.seller, cast.programme, 1)
    assert buy(cast, variant)
    figures = budget_of(cast.programme)
    assert (figures.amount_idr, figures.is_pending) == (None, True)


def test_refusals(cast: Cast) -> None:
    with refused(ProgrammeNotFound):
        set_budget(cast.stranger, cast.programme, 10_000)
    with refused(BudgetTooLow):
        set_budget(cast.seller, cast.programme, 0)
    set_budget(cast.seller, cast.programme, 10_000)
    with refused(BudgetOfAnotherKind):
        set_budget(cast.seller, cast.programme, 10_000, is_monthly=True)
