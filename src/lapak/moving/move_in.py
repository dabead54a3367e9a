"""Moving a shop in: recognise, read, map, check, plan, apply. The one entry for the command line, the demo and the web."""

import contextlib
import uuid
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from lapak.goods.catalogue.stock import Cause, Reason
from lapak.moving.alone import alone
from lapak.moving.apply import apply_plan
from lapak.moving.bundle import Bundle, SourceSheet, SourceVariant
from lapak.moving.categories import CategoryMap, Suggestion
from lapak.moving.check import check
from lapak.moving.documents import Given, sorted_by_content
from lapak.moving.errors import FileNotProducts, FileRefused, FileUnknown, NothingToMove
from lapak.moving.formats import registry
from lapak.moving.kept_pictures import keep, kept_pictures, let_go
from lapak.moving.plan import Counts, plan_move_in
from lapak.moving.problems import Aside, Problem, Weight
from lapak.moving.progress import Report, tell_nobody
from lapak.moving.reader import read
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import require_duty
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User


@dataclass(frozen=True, slots=True)
class Found:
    """A list of goods among the files: whose it was taken for, where it stands, and how many SKUs it holds."""

    file: str
    platform: str
    sheet: str
    skus: int


@dataclass(frozen=True, slots=True)
class MoveInResult:
    """What was planned and what was done; after a dry run nothing was done and `done` is None."""

    shop: Shop
    plan: Counts
    done: Counts | None
    problems: list[Problem]
    left_out: list[SourceVariant]
    categories: dict[str, Suggestion | None]
    """What each category path of the files was taken for."""
    sheets: list[SourceSheet]
    asides: list[Aside]
    """What was passed over, or of no use, among the files."""
    found: list[Found]
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
        is_one = len({sheet.file for sheet in self.sheets}) == 1

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
    upload_id: uuid.UUID | None = None,
    progress: Report = tell_nobody,
) -> MoveInResult:
    """What the files say about the shop's goods stands in the catalogue; running again changes nothing more.

    `files` are product files of one platform, and zips or folders of pictures. Rows that are not fit are left out and
    explained (`MoveInResult.problems`); goods the files do not name stay as they are; what was changed here since stays,
    unless the file itself changed it. Some hundred products are written at a time: a run that was killed is continued
    by running again. What is new is known as the upload's, if there is one. Pictures of products that are left out are kept
    for when those come in.

    What is unknown, no list of products or no picture is passed over and told of (`MoveInResult.asides`), as long as one
    product file is left.

    Refuses, with nothing written: one who does not work for the shop (`ShopNotFound`), files that are broken, re-saved
    with rounded ids or built to harm (`FileRefused` and its kinds), no product file at all (what keeps the first one from
    being taken for one, or `NothingToMove`), and a second run beside a first (`MoveInRunning`).
    """
    require_duty(by, shop.id, Duty.GOODS)
    given = sorted_by_content(files)
    with contextlib.closing(given.pictures), alone(shop):
        sheets, others = _recognised(given)
        bundle = read(sheets, progress)
        given.pictures.add_kept(kept_pictures(shop))
        category_map = CategoryMap()
        categories = {path: category_map.suggestion(path) for path in sorted(bundle.categories())}
        checked = check(bundle)
        plan = plan_move_in(shop, sheets[0].platform, checked, given.pictures, category_map)
        done, problems = None, plan.problems
        if not dry_run:
            fit = {key for listing in checked.listings for key in listing.source.images or ()}
            cause = Cause(Reason.MOVED_IN, by.id, upload_id)
            keep(shop, bundle.pictures() - fit, given.pictures)
            applied = apply_plan(cause, shop, sheets[0].platform, plan, given.pictures, report=progress)
            let_go(shop, fit)
            done, problems = applied.counts, problems + applied.problems
        return MoveInResult(
            shop=shop,
            plan=plan.counts,
            done=done,
            problems=problems,
            left_out=plan.left_out,
            categories=categories,
            sheets=sheets,
            asides=[*others, *_without_products(sheets, bundle), *given.pictures.asides(bundle.pictures())],
            found=_found(sheets, bundle),
            worth_idr=sum(_worth_idr(variant) for listing in checked.listings for variant in listing.variants),
        )


def _recognised(given: Given) -> tuple[list[SourceSheet], list[Aside]]:
    """The sheets of products, and what came beside them."""
    sheets: list[SourceSheet] = []
    refused: list[FileRefused] = []
    for document in given.documents:
        try:
            sheets += registry.recognise(document)
        except (FileUnknown, FileNotProducts) as other:
            refused.append(other)
    if not sheets:
        raise next(iter(refused), NothingToMove())
    return sheets, [Aside(other.file, other.reason) for other in refused]


def _found(sheets: list[SourceSheet], bundle: Bundle) -> list[Found]:
    skus = Counter(variant.sheet for variant in bundle.variants())
    return [Found(sheet.file, registry.format_of(sheet).title, sheet.table.name, skus[sheet]) for sheet in sheets]


def _worth_idr(variant: SourceVariant) -> int:
    """Nothing, where the file says no price or no stock."""
    price_idr, stock = variant.price_idr, variant.stock
    return price_idr * stock if isinstance(price_idr, int) and isinstance(stock, int) else 0


def _without_products(sheets: list[SourceSheet], bundle: Bundle) -> list[Aside]:
    """The files of which not one row was read."""
    full = {sheet.file for sheet, rows in bundle.rows.items() if rows}
    text = _("Lapak found a header in this file, but no products below it.")
    return [Aside(name, text) for name in sorted({sheet.file for sheet in sheets} - full)]
