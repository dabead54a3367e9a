"""The goods that files tell of: read and looked at as a whole, then planned, or planned and written, platform by platform."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from django.utils.translation import gettext as _

from lapak.goods.catalogue.stock import Cause
from lapak.moving.apply import apply_plan
from lapak.moving.bundle import Bundle, SourceSheet, SourceVariant
from lapak.moving.categories import CategoryMap
from lapak.moving.check import Checked, check
from lapak.moving.choices import Choices, choices_of
from lapak.moving.coming_in import ComingIn, bring_in
from lapak.moving.formats import registry
from lapak.moving.formats.lapak.part import PLATFORM
from lapak.moving.kept_pictures import keep, kept_pictures, let_go
from lapak.moving.lists import asides_of_own
from lapak.moving.own_goods import OwnGoods, set_apart
from lapak.moving.pictures import Pictures
from lapak.moving.plan import Plan
from lapak.moving.planning import plan_move_in
from lapak.moving.problems import Aside
from lapak.moving.progress import Report
from lapak.moving.proposals import Proposals, proposals
from lapak.moving.reader import read
from lapak.moving.same_goods.decisions import decide
from lapak.moving.same_goods.joining import Same, same_goods
from lapak.moving.same_goods.words import asides_of_same
from lapak.moving.sought import seek_pictures
from lapak.moving.unlisted import Unlisted, unlisted
from lapak.people.shops.models import Shop


@dataclass(frozen=True, slots=True)
class GoodsIn:
    """What the lists say of goods, by platform, and what of it is fit to come into the shop."""

    shop: Shop
    sheets: list[SourceSheet]
    bundles: Mapping[str, Bundle]
    checked: Mapping[str, Checked]
    same: Same
    own: OwnGoods
    """Those that left from this very shop."""
    pictures: Pictures
    said: Choices
    categories: CategoryMap
    unlisted: Unlisted
    """What came from these platforms before and is in their lists no more."""
    worth_idr: int
    """Of everything that is fit and comes in by itself, new or not: price times stock."""

    @property
    def asked_pictures(self) -> set[str]:
        """The keys of all pictures that the lists name."""
        return self.own.pictures.union(*(bundle.pictures() for bundle in self.bundles.values()))

    @property
    def rows(self) -> dict[SourceSheet, int]:
        """How many rows of goods each list has."""
        return dict(chain.from_iterable(bundle.rows.items() for bundle in self.bundles.values()))

    def still_on_sale(self, coming: ComingIn) -> Unlisted:
        """What is on sale here though the lists have it no more, also by another id."""
        return self.unlisted.but_renumbered(coming.plans)

    def asides(self) -> Iterator[Aside]:
        """What is to be known of the lists as a whole."""
        yield from asides_of_own(self.sheets)
        yield from self.own.asides()
        yield from asides_of_same(self.same)
        yield from _lists_missing(self.bundles.values())

    def proposals(self, coming: ComingIn) -> Proposals:
        """What the categories and options of the files were taken for."""
        products = chain.from_iterable(bundle.products.values() for bundle in self.bundles.values())
        planned = chain.from_iterable(plan.products for plan in coming.plans)
        return proposals(products, planned, self.categories, self.said.option_names)


def read_goods(
    shop: Shop, sheets: Sequence[SourceSheet], pictures: Pictures, report: Report, *, join_same_skus: bool
) -> GoodsIn:
    """Everything the lists of goods say. `pictures`, those that were given, know then which are asked for."""
    bundles = {platform: read(of_one, report) for platform, of_one in _by_platform(sheets).items()}
    own = set_apart(shop, bundles[PLATFORM]) if PLATFORM in bundles else OwnGoods()
    checked = {platform: check(bundle) for platform, bundle in bundles.items()}
    pictures.add_kept(kept_pictures(shop))
    pictures.ask_for(set().union(*(bundle.pictures() for bundle in bundles.values())))
    same = same_goods(shop, checked, pictures, join_same_skus=join_same_skus)
    said = choices_of(shop)
    return GoodsIn(
        shop, list(sheets), bundles, checked, same, own, pictures, said, CategoryMap(said.categories), unlisted(shop, bundles),
        worth_idr=sum(_worths_idr(checked, same)),
    )  # fmt: skip


def plan_goods(goods: GoodsIn) -> ComingIn:
    """What would become of the shop's goods; nothing is written."""
    return bring_in(goods.shop, goods.checked, goods.same, _planner(goods), None)


def write_goods(goods: GoodsIn, cause: Cause, report: Report) -> ComingIn:
    """They are in the shop. What its sellers said of them now is remembered; pictures of what is left out are kept."""
    shop, pictures = goods.shop, goods.pictures
    fit = goods.own.pictures | {
        key for each in goods.checked.values() for listing in each.listings for key in listing.source.images or ()
    }
    decide(shop, goods.same.said_now)
    keep(shop, goods.asked_pictures - fit, pictures)
    write = partial(apply_plan, cause, shop, pictures=pictures, report=report)
    coming = bring_in(shop, goods.checked, goods.same, _planner(goods), write)
    let_go(shop, fit)
    seek_pictures(shop)
    return coming


def _planner(goods: GoodsIn) -> partial[Plan]:
    return partial(
        plan_move_in,
        goods.shop,
        pictures=goods.pictures,
        categories=goods.categories,
        option_names=goods.said.option_names,
    )


def _by_platform(sheets: Iterable[SourceSheet]) -> dict[str, list[SourceSheet]]:
    """Ids are a platform's own: two may give one number to different goods."""
    groups: dict[str, list[SourceSheet]] = {}
    for sheet in sheets:
        groups.setdefault(sheet.platform, []).append(sheet)
    return groups


def _worths_idr(checked: Mapping[str, Checked], same: Same) -> Iterator[int]:
    for platform, each in checked.items():
        for listing in same.apart(platform, each).listings:
            yield from map(_worth_idr, listing.variants)


def _worth_idr(variant: SourceVariant) -> int:
    """Nothing, where the file says no price or no stock."""
    price_idr, stock = variant.price_idr, variant.stock
    return price_idr * stock if isinstance(price_idr, int) and isinstance(stock, int) else 0


def _lists_missing(bundles: Iterable[Bundle]) -> Iterator[Aside]:
    """The lists of a platform that would have said more of the goods."""
    for bundle in bundles:
        for called, what in registry.lists_missing(list(bundle.rows)).items():
            message = _("“%(list)s” of %(platform)s is not among the files. What is new comes without: %(what)s.")
            sheet = next(iter(bundle.rows))
            words = {"list": called, "platform": registry.format_of(sheet).title, "what": ", ".join(what)}
            yield Aside("", message % words)
