"""Why so much is paid, said from what had been announced then."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from lapak.affiliates.explained import why_paid, why_promoters
from lapak.affiliates.invitations import Offered
from lapak.affiliates.models import Commission, Membership
from lapak.affiliates.programmes import announce_rate
from lapak.affiliates.terms.commands import set_special_rate
from lapak.flows.place_purchase import place_purchase
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.testing.cast import Cast, asked_for, click_on, link_to, own_rate

pytestmark = pytest.mark.django_db


def bought(cast: Cast, variant: Variant) -> Commission:
    asked = asked_for(cast, (variant, 1))
    purchase_id = place_purchase(cast.buyer.id, asked, [click_on(link_to(cast, variant.product))])
    return Commission.objects.select_related("line__variant").get(line__order__purchase_id=purchase_id)


def why(commission: Commission) -> str:
    with override("en"):
        return why_paid(commission)


def test_what_was_announced_later_explains_nothing(cast: Cast, variant: Variant) -> None:
    commission = bought(cast, variant)
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        announce_rate(cast.seller, cast.programme, 2_000, cap_idr=500)
        set_special_rate(cast.seller, cast.programme, variant.product, 3_000)
        assert why(commission) == "10%: the shop's programme for everyone, for all goods."


def test_a_special_rate_and_its_bound(cast: Cast, variant: Variant) -> None:
    set_special_rate(cast.seller, cast.programme, variant.product, 1_500, cap_idr=12_000)
    said = "15%: the shop's programme for everyone, for this very product. At most Rp12.000 for a line."
    assert why(bought(cast, variant)) == said


def test_a_rate_of_ones_own_and_its_end(cast: Cast, variant: Variant) -> None:
    ends_on = clock.today() + timedelta(days=3)
    own_rate(cast, cast.creator, 2_000, Offered(rate_ends_on=ends_on))
    until = f"{ends_on.day} {ends_on:%B %Y}"
    commission = bought(cast, variant)
    own = "20%: a rate agreed with this creator alone, for all goods."
    assert why(commission) == f"{own} It was agreed until {until}."
    with clock.stopped_at(clock.now() + timedelta(days=5)):
        after = bought(cast, variant)
        assert after.rate_bp == 1_000
        everyones = "10%: the shop's programme for everyone, for all goods."
        assert why(after) == f"{everyones} The rate agreed with this creator alone ended on {until}."
        assert why(commission) == f"{own} It was agreed until {until}."


def test_who_promotes_through_a_cut(cast: Cast) -> None:
    announce_rate(cast.seller, cast.programme, 400)
    membership = Membership.objects.select_related("programme").get(programme=cast.programme)
    with override("en"):
        decision = why_promoters([membership])[membership.pk]
        assert decision.paying
        assert decision.paying.rate_bp == 1_000
        assert "a cut waits 30 days" in decision.why
        with clock.stopped_at(clock.now() + timedelta(days=31)):
            assert why_promoters([membership])[membership.pk].why.startswith("4%")


def test_whose_rate_is_gone_is_paid_nothing(cast: Cast) -> None:
    announce_rate(cast.seller, cast.programme, 0)
    membership = Membership.objects.select_related("programme").get(programme=cast.programme)
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        assert why_promoters([membership])[membership.pk].paying is None
