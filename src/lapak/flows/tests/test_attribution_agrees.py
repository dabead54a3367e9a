"""The purchase statement and the pure rules of `affiliates/rules.py` pick the same click, programme and rate."""

from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lapak.affiliates.models import Commission, Creator, Link, Membership, Programme, ProgrammeRate
from lapak.affiliates.rules import Offer, PromotedClick, RateTerm, attribute_line
from lapak.affiliates.token import ClickToken
from lapak.flows.place_purchase import place_purchase
from lapak.goods.catalogue.models import Product
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.people.users.models import User
from lapak.testing.cast import Cast, asked_for, assemble_cast, stocked_variant

days_ago = st.floats(0, 45).map(lambda days: round(days, 2))
rate_history = st.lists(
    st.tuples(days_ago, st.integers(0, 3000)), min_size=1, max_size=3, unique_by=lambda term: term[0]
)
programmes = st.lists(
    st.tuples(st.sampled_from(["open", "invited", "platform"]), st.integers(1, 30), days_ago, rate_history),
    max_size=3,
    unique_by=lambda programme: programme[0],
)
creators = st.lists(programmes, min_size=1, max_size=2)
clicks = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(["product", "other", "shop", "showcase"]), days_ago), max_size=5
)


class TestAgreement(TestCase):
    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        phases=[Phase.generate, Phase.explicit],
    )
    @given(creators=creators, clicks=clicks)
    def test_statement_and_rules_agree(self, creators: list, clicks: list) -> None:  # type: ignore[type-arg]  # drawn above
        with clock.stopped_at(clock.now()):
            self.agree(creators, clicks)

    def agree(self, creators: list, clicks: list) -> None:  # type: ignore[type-arg]
        cast = assemble_cast()
        for row in (Membership, ProgrammeRate, Programme):
            row.objects.all().delete()
        variant, other = stocked_variant(cast.shop), stocked_variant(cast.shop)
        promoters = [self.promoter(cast, n, of_creator) for n, of_creator in enumerate(creators)]
        promoted = [
            self.click(promoters[index % len(promoters)], target, ago, variant.product, other.product)
            for index, target, ago in clicks
        ]
        expected = attribute_line(promoted, variant.product_id, cast.shop.id, clock.now())

        tokens = [ClickToken(click.link_id, click.click_id, click.clicked_at) for click in promoted]
        place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)), tokens)

        found = Commission.objects.first()
        if expected is None:
            assert found is None
        else:
            assert found is not None
            assert (found.click_id, found.rate_bp, found.attribution) == (
                expected.click.click_id,
                expected.rate_bp,
                expected.kind,
            )

    def promoter(self, cast: Cast, n: int, of_creator: list) -> tuple[Creator, tuple[Offer, ...]]:  # type: ignore[type-arg]
        """A creator with the drawn programmes, in the database and as the rules see them."""
        now = clock.now()
        user = User.objects.create_user(f"promoter-{n}@example.com")
        creator = Creator.objects.create(user=user, handle=f"promoter-{n}", joined_at=now)
        offers = []
        for kind, window_days, joined_ago, history in of_creator:
            shop = None if kind == "platform" else cast.shop
            programme, _ = Programme.objects.get_or_create(
                kind="invited" if kind == "open" and n else kind,
                shop=shop,
                window_days=window_days,
                defaults={"created_at": now},
            )
            joined_at = now - timedelta(days=joined_ago)
            Membership.objects.get_or_create(programme=programme, creator=creator, defaults={"joined_at": joined_at})
            if not programme.rates.exists():
                self.announce(programme, history)
        for membership in creator.memberships.select_related("programme").prefetch_related("programme__rates"):
            programme = membership.programme
            terms = tuple(RateTerm(r.rate_bp, r.announced_at, r.superseded_at) for r in programme.rates.all())
            offers.append(
                Offer(
                    programme.id,
                    programme.shop_id,
                    timedelta(days=programme.window_days),
                    membership.joined_at,
                    terms,
                )
            )
        return creator, tuple(offers)

    def announce(self, programme: Programme, history: list[tuple[float, int]]) -> None:
        now = clock.now()
        terms = sorted(history, reverse=True)
        for n, (ago, rate_bp) in enumerate(terms):
            superseded_at = now - timedelta(days=terms[n + 1][0]) if n + 1 < len(terms) else None
            ProgrammeRate.objects.create(
                programme=programme,
                rate_bp=rate_bp,
                announced_at=now - timedelta(days=ago),
                superseded_at=superseded_at,
            )

    def click(
        self, promoter: tuple[Creator, tuple[Offer, ...]], target: str, ago: float, product: Product, other: Product
    ) -> PromotedClick:
        creator, offers = promoter
        link = Link.objects.create(
            code=new_id().hex[-10:],
            creator=creator,
            created_at=clock.now(),
            product={"product": product, "other": other}.get(target),
            shop=None if target == "showcase" else product.shop,
        )
        return PromotedClick(
            click_id=new_id(),
            clicked_at=clock.now() - timedelta(days=ago),
            link_id=link.id,
            creator_id=creator.id,
            product_id=link.product_id,
            shop_id=link.shop_id,
            offers=offers,
        )
