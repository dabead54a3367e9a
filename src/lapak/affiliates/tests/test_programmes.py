"""Opening programmes, announcing rates, inviting and joining."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from lapak.affiliates.creators import become_creator
from lapak.affiliates.errors import (
    ProgrammeAlreadyOpen,
    ProgrammeNotFound,
    RateOutOfBounds,
    WindowOutOfBounds,
    WonByUnknown,
)
from lapak.affiliates.invitations import invite_creator
from lapak.affiliates.models import Creator, Membership, Programme, ProgrammeRate
from lapak.affiliates.programmes import (
    announce_rate,
    choose_who_earns,
    join_programme,
    open_platform_programme,
    open_programme,
    won_by_at,
)
from lapak.affiliates.queries import programme_for_seller, programmes_of_shop, programmes_to_join
from lapak.affiliates.rates import RateTerm, applicable_rate_bp
from lapak.lib import clock
from lapak.people.audit.models import Change
from lapak.people.shops.commands import open_shop
from lapak.people.shops.errors import ShopNotFound
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast, own_rate, stocked_variant
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def coffee_shop(cast: Cast) -> Shop:
    return open_shop(cast.seller, slug="kopi-gayo", name="Kopi Gayo", city="Takengon", province_code="11")


@pytest.fixture
def newcomer(cast: Cast) -> Creator:
    return become_creator(cast.buyer, "mbak-sari")


def current_rate_bp(programme: Programme) -> int:
    return ProgrammeRate.objects.get(programme=programme, superseded_at=None).rate_bp


class TestWhoEarns:
    def test_it_is_on_record_and_holds_after_the_days_of_a_cut(self, cast: Cast) -> None:
        choose_who_earns(cast.seller, cast.programme, "shared")
        cast.programme.refresh_from_db()
        now = clock.now()
        assert [won_by_at(cast.programme, now + timedelta(days=days)) for days in (0, 29, 30)] == [
            "newest", "newest", "shared",
        ]  # fmt: skip
        changed = Change.objects.filter(subject_id=cast.programme.id).values_list("field", "old", "new")
        assert list(changed) == [("won_by", "newest", "shared")]

    def test_where_nobody_promotes_it_holds_at_once(self, cast: Cast) -> None:
        Membership.objects.filter(programme=cast.programme).delete()
        choose_who_earns(cast.seller, cast.programme, "first")
        cast.programme.refresh_from_db()
        assert (won_by_at(cast.programme, clock.now()), cast.programme.won_by_from) == ("first", None)

    def test_another_choice_meanwhile_waits_from_its_own_day_and_the_old_one_takes_it_back(self, cast: Cast) -> None:
        choose_who_earns(cast.seller, cast.programme, "shared")
        later = clock.now() + timedelta(days=10)
        with clock.stopped_at(later):
            choose_who_earns(cast.seller, cast.programme, "first")
            cast.programme.refresh_from_db()
            assert cast.programme.won_by_from == later + timedelta(days=30)
            assert won_by_at(cast.programme, later + timedelta(days=25)) == "newest"
            choose_who_earns(cast.seller, cast.programme, "newest")
        cast.programme.refresh_from_db()
        assert Programme.objects.filter(
            pk=cast.programme.pk, won_by="newest", won_by_before="", won_by_from=None
        ).exists()

    @pytest.mark.usefixtures("cast", "nothing_written")
    def test_no_such_rule_and_a_stranger(self, cast: Cast) -> None:
        with refused(WonByUnknown):
            choose_who_earns(cast.seller, cast.programme, "loudest")
        with refused(ProgrammeNotFound):
            choose_who_earns(cast.stranger, cast.programme, "first")


class TestOpening:
    def test_it_is_open_to_all_at_its_rate(self, cast: Cast, coffee_shop: Shop) -> None:
        programme = open_programme(cast.seller, coffee_shop, 1250, window_days=14)
        assert (programme.kind, programme.shop, programme.window_days) == ("open", coffee_shop, 14)
        assert current_rate_bp(programme) == 1250

    @pytest.mark.usefixtures("coffee_shop", "nothing_written")
    @pytest.mark.parametrize("rate_bp", [-1, 8001, 10**9])
    def test_an_absurd_rate_is_refused(self, cast: Cast, coffee_shop: Shop, rate_bp: int) -> None:
        with refused(RateOutOfBounds):
            open_programme(cast.seller, coffee_shop, rate_bp)

    @pytest.mark.usefixtures("coffee_shop", "nothing_written")
    @pytest.mark.parametrize("window_days", [0, -7, 91])
    def test_an_absurd_window_is_refused(self, cast: Cast, coffee_shop: Shop, window_days: int) -> None:
        with refused(WindowOutOfBounds):
            open_programme(cast.seller, coffee_shop, 1000, window_days=window_days)

    @pytest.mark.usefixtures("cast", "nothing_written")
    def test_a_second_open_programme_is_refused(self, cast: Cast) -> None:
        with refused(ProgrammeAlreadyOpen):
            open_programme(cast.seller, cast.shop, 2000)

    @pytest.mark.usefixtures("coffee_shop", "nothing_written")
    def test_a_stranger_opens_nothing(self, cast: Cast, coffee_shop: Shop) -> None:
        with refused(ShopNotFound):
            open_programme(cast.stranger, coffee_shop, 1000)

    def test_the_platforms_is_the_operators_alone_and_one(self, cast: Cast) -> None:
        with refused(ProgrammeNotFound):
            open_platform_programme(cast.seller, 500)
        assert not Programme.objects.filter(kind="platform").exists()
        assert open_platform_programme(cast.operator, 500).shop is None
        with refused(ProgrammeAlreadyOpen):
            open_platform_programme(cast.operator, 600)
        assert Programme.objects.filter(kind="platform").count() == 1


class TestAnnouncing:
    def test_the_old_rate_ends_when_the_new_one_begins(self, cast: Cast) -> None:
        with clock.stopped_at(clock.now()):
            announce_rate(cast.seller, cast.programme, 400)
            old, new = ProgrammeRate.objects.order_by("announced_at")
            assert old.superseded_at == new.announced_at == clock.now()
        assert new.rate_bp == current_rate_bp(cast.programme) == 400

    def test_what_is_stored_reads_as_the_rule_of_cuts_says(self, cast: Cast) -> None:
        announce_rate(cast.seller, cast.programme, 400)
        stored = ProgrammeRate.objects.values_list("rate_bp", "announced_at", "superseded_at")
        terms = [RateTerm(*term) for term in stored]
        joined_at = Membership.objects.get(creator=cast.creator).joined_at
        assert applicable_rate_bp(terms, joined_at, clock.now()) == 1000
        assert applicable_rate_bp(terms, joined_at, clock.now() + timedelta(days=30)) == 400

    @pytest.mark.usefixtures("cast", "nothing_written")
    def test_the_same_rate_again_changes_nothing(self, cast: Cast) -> None:
        assert announce_rate(cast.seller, cast.programme, 1000).superseded_at is None

    @pytest.mark.usefixtures("cast", "nothing_written")
    def test_a_stranger_and_an_absurd_rate_are_refused(self, cast: Cast) -> None:
        with refused(ProgrammeNotFound):
            announce_rate(cast.stranger, cast.programme, 1)
        with refused(RateOutOfBounds):
            announce_rate(cast.seller, cast.programme, 8001)
        assert current_rate_bp(cast.programme) == 1000

    def test_the_platforms_rate_is_the_operators(self, cast: Cast) -> None:
        programme = open_platform_programme(cast.operator, 500)
        with refused(ProgrammeNotFound):
            announce_rate(cast.seller, programme, 8000)
        announce_rate(cast.operator, programme, 700)
        assert current_rate_bp(programme) == 700


class TestInviting:
    def test_the_invited_promotes_at_a_rate_of_their_own(self, cast: Cast, newcomer: Creator) -> None:
        programme = own_rate(cast, newcomer, 2000)
        assert Membership.objects.get(programme=programme).creator == newcomer
        assert current_rate_bp(programme) == 2000

    def test_inviting_again_announces_a_new_rate(self, cast: Cast, newcomer: Creator) -> None:
        first = own_rate(cast, newcomer, 2000)
        assert own_rate(cast, newcomer, 2500) == first
        assert current_rate_bp(first) == 2500
        assert own_rate(cast, cast.creator, 1500) != first

    @pytest.mark.usefixtures("newcomer", "nothing_written")
    def test_a_stranger_and_an_absurd_rate_are_refused(self, cast: Cast, newcomer: Creator) -> None:
        with refused(ShopNotFound):
            invite_creator(cast.stranger, cast.shop, newcomer, 2000)
        with refused(RateOutOfBounds):
            invite_creator(cast.seller, cast.shop, newcomer, -1)


class TestJoining:
    def test_joining_twice_is_joining_once(self, cast: Cast, newcomer: Creator) -> None:
        first = join_programme(newcomer.user, cast.programme)
        assert join_programme(newcomer.user, cast.programme) == first

    def test_by_invitation_only(self, cast: Cast, newcomer: Creator) -> None:
        invited = own_rate(cast, cast.creator, 2000)
        assert join_programme(cast.creator_user, invited).programme == invited
        with refused(ProgrammeNotFound):
            join_programme(newcomer.user, invited)
        assert Membership.objects.filter(programme=invited).count() == 1

    def test_a_closed_one_is_refused(self, cast: Cast, newcomer: Creator) -> None:
        cast.programme.is_active = False
        cast.programme.save()
        with refused(ProgrammeNotFound):
            join_programme(newcomer.user, cast.programme)
        assert not Membership.objects.filter(creator=newcomer).exists()


class TestReading:
    def test_programmes_to_join_the_best_paid_first(
        self, cast: Cast, coffee_shop: Shop, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        stocked_variant(cast.shop)
        open_programme(cast.seller, coffee_shop, 1500)
        open_platform_programme(cast.operator, 500)
        own_rate(cast, cast.creator, 3000)
        with django_assert_num_queries(1):
            found = list(
                programmes_to_join(cast.creator).values_list("shop__slug", "rate_bp", "product_count", "is_joined")
            )
        assert found == [
            ("kopi-gayo", 1500, None, False),
            ("batik-sekar", 1000, 1, True),
            (None, 500, None, False),
        ]

    def test_words_narrow_them_to_shops_of_such_a_name(self, cast: Cast, coffee_shop: Shop) -> None:
        open_programme(cast.seller, coffee_shop, 1500)
        assert [programme.shop for programme in programmes_to_join(cast.creator, "gayo KOPI")] == [coffee_shop]

    def test_one_that_pays_nothing_is_not_offered(self, cast: Cast) -> None:
        announce_rate(cast.seller, cast.programme, 0)
        assert not programmes_to_join(cast.creator).exists()

    def test_a_shop_sees_its_own_and_a_stranger_none(self, cast: Cast) -> None:
        own_rate(cast, cast.creator, 2000)
        found = programmes_of_shop(cast.shop).values_list("kind", "rate_bp", "creator_count")
        assert list(found) == [("open", 1000, 1), ("invited", 2000, 1)]
        assert programme_for_seller(cast.seller, cast.programme.id) == cast.programme
        with refused(ProgrammeNotFound):
            programme_for_seller(cast.stranger, cast.programme.id)
