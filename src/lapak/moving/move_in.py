"""Moving a shop in: recognise, read, map, check, plan, apply. The one entry for the command line, the demo and the web."""

import contextlib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from lapak.goods.catalogue.stock import Cause, Reason
from lapak.moving.alone import alone
from lapak.moving.bundle import SourceSheet, SourceVariant
from lapak.moving.choices import remember_columns
from lapak.moving.documents import sorted_by_content
from lapak.moving.formats import registry
from lapak.moving.formats.lapak.part import PLATFORM
from lapak.moving.goods_in import plan_goods, read_goods, write_goods
from lapak.moving.layout import Tells
from lapak.moving.lists import lists_of
from lapak.moving.own_lists.guesses import Reading
from lapak.moving.past.past_in import read_past, write_past
from lapak.moving.plan import Counts
from lapak.moving.problems import Aside, Problem, Weight
from lapak.moving.profile import known_of, proposed_to
from lapak.moving.progress import Report, tell_nobody
from lapak.moving.proposals import Proposals
from lapak.moving.same_goods.pairs import Pair
from lapak.moving.unlisted import Unlisted
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
    unlisted: Unlisted
    """What came from these platforms before, is on sale here, and is in their lists no more."""
    profile: dict[str, str]
    """What Lapak's own file says of the shop; taken by nobody but its seller (profile.py)."""
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
            "unlisted": len(self.unlisted.skus),
            "profile": sorted(proposed_to(self.shop, self.profile)),
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
        of_goods = [sheet for sheet in lists.sheets if sheet.layout.tells is Tells.GOODS]
        goods = read_goods(shop, of_goods, given.pictures, progress, join_same_skus=join_same_skus)
        past = read_past(shop, lists.sheets, progress)
        if dry_run:
            coming = plan_goods(goods)
        else:
            remember_columns(shop, lists.said_now)
            coming = write_goods(goods, Cause(Reason.MOVED_IN, by.id, upload_id), progress)
            write_past(shop, past, upload_id, progress)
        still_on_sale = goods.still_on_sale(coming)
        rows, others = goods.rows | past.rows, goods.own.counts + past.counts
        return MoveInResult(
            shop=shop,
            plan=coming.planned + others,
            done=None if dry_run else coming.done + others,
            problems=[*past.problems, *coming.problems],
            left_out=coming.left_out,
            proposals=goods.proposals(coming),
            sheets=of_goods,
            own=lists.own,
            unclear=lists.unclear,
            asides=[
                *given.seals,
                *lists.asides,
                *goods.asides(),
                *still_on_sale.asides(),
                *_empty_files(rows),
                *given.pictures.asides(goods.asked_pictures),
            ],
            found=[_found(sheet, count) for sheet, count in rows.items()],
            same=goods.same.pairs,
            unlisted=still_on_sale,
            profile=known_of(given.profile),
            worth_idr=goods.worth_idr,
        )


def _found(sheet: SourceSheet, rows: int) -> Found:
    return Found(sheet.file, str(registry.format_of(sheet).title), sheet.table.name, rows)


def _is_part(sheet: SourceSheet) -> bool:
    return sheet.platform == PLATFORM and sheet.layout.tells is not Tells.GOODS


def _empty_files(rows: Mapping[SourceSheet, int]) -> Iterator[Aside]:
    """The files of which not one row was read. Of Lapak's own file every part is there, also of what a shop has nothing of."""
    full = {sheet.file for sheet, count in rows.items() if count or _is_part(sheet)}
    for name in sorted({sheet.file for sheet in rows} - full):
        yield Aside(name, _("Lapak found a header in this file, but nothing below it."))
