"""Moving a shop in: recognise, read, map, check, plan, apply. The one entry for the command line, the demo and the web."""

import contextlib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from lapak.goods.catalogue.stock import Cause, Reason
from lapak.moving.alone import alone
from lapak.moving.apply import apply_plan
from lapak.moving.bundle import Bundle, SourceSheet, SourceVariant
from lapak.moving.categories import CategoryMap
from lapak.moving.check import check
from lapak.moving.choices import choices_of, remember_columns
from lapak.moving.coming_in import bring_in
from lapak.moving.documents import sorted_by_content
from lapak.moving.formats import registry
from lapak.moving.kept_pictures import keep, kept_pictures, let_go
from lapak.moving.layout import Tells
from lapak.moving.lists import asides_of_own, lists_of
from lapak.moving.own_lists.guesses import Reading
from lapak.moving.past.counting import count_past
from lapak.moving.past.planning import plan_orders
from lapak.moving.past.promotions import read_promotions, write_promotions
from lapak.moving.past.reading import read_orders
from lapak.moving.past.writing import write_orders
from lapak.moving.plan import Counts, plan_move_in
from lapak.moving.problems import Aside, Problem, Weight
from lapak.moving.progress import Report, tell_nobody
from lapak.moving.proposals import Proposals, proposals
from lapak.moving.reader import read
from lapak.moving.same_goods.decisions import decide
from lapak.moving.same_goods.joining import same_goods
from lapak.moving.same_goods.pairs import Pair
from lapak.moving.same_goods.words import asides_of_same
from lapak.moving.sought import seek_pictures
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import require_duty
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User


@dataclass(frozen=True, slots=True)
class Found:
    """A list among the files: whose it was taken for, where it stands, and how many rows below its header it has."""

    file: str
    platform: str
    sheet: str
    rows: int


@dataclass(frozen=True, slots=True)
class MoveInResult:
    """What was planned and what was done; after a dry run nothing was done and `done` is None."""

    shop: Shop
    plan: Counts
    done: Counts | None
    problems: list[Problem]
    left_out: list[SourceVariant]
    proposals: Proposals
    """What the categories and options of the files were taken for."""
    sheets: list[SourceSheet]
    """The lists of goods. Those of past orders name people: of them no row is written anywhere again."""
    own: list[Reading]
    """Own lists among them, as their columns were named."""
    unclear: list[Reading]
    """Own lists that were passed over, as nobody has named their columns yet."""
    asides: list[Aside]
    """What was passed over, or of no use, among the files."""
    found: list[Found]
    same: list[Pair]
    """Goods of two platforms that look the same, and of which nobody has said yet whether they are."""
    worth_idr: int
    """Of everything in the files that is fit, new or not: price times stock."""

    @property
    def errors(self) -> list[Problem]:
        """What left rows out."""
        return [problem for problem in self.problems if problem.weight is Weight.ERROR]

    @property
    def notes(self) -> list[Problem]:
        """What the seller should look at, but left nothing out."""
        return [problem for problem in self.problems if problem.weight is Weight.NOTE]

    @property
    def in_words(self) -> list[str]:
        """All there is to know, gravest first; each with its file's name where there are several."""
        is_one = len({found.file for found in self.found}) == 1

        def lines(problems: list[Problem]) -> list[str]:
            return [str(problem) if is_one else f"{problem.sheet.file}, {problem}" for problem in problems]

        return [*lines(self.errors), *map(str, self.asides), *lines(self.notes)]

    def as_dict(self) -> dict[str, Any]:
        """Counts for machines: `lapak move-in --json` prints them."""
        return {
            "shop": self.shop.slug,
            "plan": asdict(self.plan),
            "result": asdict(self.done) if self.done else None,
            "found": [asdict(found) for found in self.found],
            "worth_idr": self.worth_idr,
            "errors": len(self.errors),
            "notes": len(self.notes) + len(self.asides),
        }


def move_in(
    by: User,
    files: list[Path],
    shop: Shop,
    *,
    dry_run: bool = False,
    columns: str = "",
    join_same_skus: bool = False,
    upload_id: uuid.UUID | None = None,
    progress: Report = tell_nobody,
) -> MoveInResult:
    """What the files say about the shop's goods stands in the catalogue, and what they say of past orders beside it; running
    again changes nothing more.

    `files` are lists of products and of orders, of several platforms if need be, and zips or folders of pictures. Rows that
    are not fit are left out and explained (`MoveInResult.problems`); goods the files do not name stay as they are; what was
    changed here since stays, unless the file itself changed it. Some hundred products are written at a time: a run that was
    killed is continued by running again. What is new is known as the upload's, if there is one. Pictures of products that
    are left out are kept for when those come in.

    A list that no format knows is read as its columns were named: by `columns` (`own_lists.columns.columns_of`), which is
    remembered then, or by the shop's sellers before.

    Goods that look the same as another platform's are told of (`MoveInResult.same`) and come in by themselves, unless the shop's
    sellers said that they are one, or `join_same_skus` says it of all that have the same SKU.

    What is unknown, no list of products or no picture is passed over and told of (`MoveInResult.asides`), as long as one
    product file is left.

    Refuses, with nothing written: one who does not work for the shop (`ShopNotFound`), files that are broken, re-saved
    with rounded ids or built to harm (`FileRefused` and its kinds), no product file at all (`ColumnsToName`, else what
    keeps the first one from being taken for one, or `NothingToMove`), `columns` that fit no list (`ColumnsUnfit`), and a
    second run beside a first (`MoveInRunning`).
    """
    require_duty(by, shop.id, Duty.GOODS)
    given = sorted_by_content(files)
    with contextlib.closing(given), alone(shop):
        lists = lists_of(shop, given.documents, columns)
        goods = _telling(lists.sheets, Tells.GOODS)
        bundles = {platform: read(of_one, progress) for platform, of_one in _by_platform(goods).items()}
        past = read_orders(_telling(lists.sheets, Tells.ORDERS), progress)
        orders = plan_orders(shop, past)
        promotions = read_promotions(shop, _telling(lists.sheets, Tells.PROMOTIONS), progress)
        counted = orders.counts + promotions.counts
        rows = {
            **dict(chain.from_iterable(bundle.rows.items() for bundle in bundles.values())),
            **past.rows,
            **promotions.rows,
        }
        pictures = set().union(*(bundle.pictures() for bundle in bundles.values()))
        given.pictures.add_kept(kept_pictures(shop))
        given.pictures.ask_for(pictures)
        said = choices_of(shop)
        categories = CategoryMap(said.categories)
        checked = {platform: check(bundle) for platform, bundle in bundles.items()}
        same = same_goods(shop, checked, given.pictures, join_same_skus=join_same_skus)
        plan = partial(
            plan_move_in, shop, pictures=given.pictures, categories=categories, option_names=said.option_names
        )
        fit = {key for each in checked.values() for listing in each.listings for key in listing.source.images or ()}
        write = None
        if not dry_run:
            remember_columns(shop, lists.said_now)
            decide(shop, same.said_now)
            keep(shop, pictures - fit, given.pictures)
            cause = Cause(Reason.MOVED_IN, by.id, upload_id)
            write = partial(apply_plan, cause, shop, pictures=given.pictures, report=progress)
        worth_idr = sum(
            _worth_idr(v) for p, each in checked.items() for one in same.apart(p, each).listings for v in one.variants
        )
        coming = bring_in(shop, checked, same, plan, write)
        problems = [
            *past.problems,
            *promotions.problems,
            *(problem for each in coming.plans for problem in each.problems),
        ]
        if not dry_run:
            let_go(shop, fit)
            seek_pictures(shop)
            write_orders(shop, orders, upload_id, progress)
            write_promotions(shop, promotions, upload_id)
            count_past(shop)
            problems += [problem for each in coming.applied for problem in each.problems]
        return MoveInResult(
            shop=shop,
            plan=coming.planned + counted,
            done=None if dry_run else coming.done + counted,
            problems=problems,
            left_out=[variant for each in coming.plans for variant in each.left_out],
            proposals=proposals(
                chain.from_iterable(bundle.products.values() for bundle in bundles.values()),
                chain.from_iterable(each.products for each in coming.plans),
                categories,
                said.option_names,
            ),
            sheets=goods,
            own=lists.own,
            unclear=lists.unclear,
            asides=[
                *given.seals,
                *lists.asides,
                *asides_of_own(goods),
                *asides_of_same(same),
                *_empty_files(rows),
                *_lists_missing(bundles.values()),
                *given.pictures.asides(pictures),
            ],
            found=[
                Found(sheet.file, str(registry.format_of(sheet).title), sheet.table.name, count)
                for sheet, count in rows.items()
            ],
            worth_idr=worth_idr,
            same=same.pairs,
        )


def _telling(sheets: list[SourceSheet], what: Tells) -> list[SourceSheet]:
    return [sheet for sheet in sheets if sheet.layout.tells is what]


def _by_platform(sheets: list[SourceSheet]) -> dict[str, list[SourceSheet]]:
    """Ids are a platform's own: two may give one number to different goods."""
    groups: dict[str, list[SourceSheet]] = {}
    for sheet in sheets:
        groups.setdefault(sheet.platform, []).append(sheet)
    return groups


def _worth_idr(variant: SourceVariant) -> int:
    """Nothing, where the file says no price or no stock."""
    price_idr, stock = variant.price_idr, variant.stock
    return price_idr * stock if isinstance(price_idr, int) and isinstance(stock, int) else 0


def _empty_files(rows: Mapping[SourceSheet, int]) -> Iterator[Aside]:
    """The files of which not one row was read."""
    full = {sheet.file for sheet, count in rows.items() if count}
    for name in sorted({sheet.file for sheet in rows} - full):
        yield Aside(name, _("Lapak found a header in this file, but nothing below it."))


def _lists_missing(bundles: Iterable[Bundle]) -> Iterator[Aside]:
    """The lists of a platform that would have said more of the goods."""
    for bundle in bundles:
        for called, what in registry.lists_missing(list(bundle.rows)).items():
            message = _("“%(list)s” of %(platform)s is not among the files. What is new comes without: %(what)s.")
            sheet = next(iter(bundle.rows))
            words = {"list": called, "platform": registry.format_of(sheet).title, "what": ", ".join(what)}
            yield Aside("", message % words)
