"""`lapak move-in`: a shop's goods from its old platform's files."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

import django
import structlog
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn
from rich.table import Table

from lapak.cli.screen import err, plain
from lapak.lib.numbers import filled, format_whole

if TYPE_CHECKING:
    from lapak.moving.move_in import MoveInResult
    from lapak.moving.progress import Progress as HowFar
    from lapak.people.shops.models import Shop
    from lapak.people.users.models import User

log = structlog.get_logger()

_SHOWN_PROBLEMS = 20

Files = Annotated[
    list[Path],
    typer.Argument(help="Product files (.xlsx or a zip of them), and zips or folders of pictures.", exists=True),
]
ShopSlug = Annotated[str, typer.Option("--shop", help="Address of the shop that receives the goods.", metavar="SLUG")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would happen; write nothing.")]
AsJson = Annotated[
    bool, typer.Option("--json", help="Last line: counts of plan and result, or why not, as one JSON object.")
]
Columns = Annotated[
    str,
    typer.Option(
        "--columns",
        help="What the columns of a list of your own mean, such as title=Nama,price=Harga; the dry run suggests it.",
        metavar="ROLE=NAME,…",
    ),
]
JoinSameSkus = Annotated[
    bool,
    typer.Option(
        "--join-same-skus", help="Goods of two platforms with the same SKU are one, with what the first says."
    ),
]
Language = Annotated[
    Literal["en", "id"], typer.Option("--language", help="Of what is said about the files, and of the report.")
]
ReportPath = Annotated[
    Path | None,
    typer.Option("--report", help="Where to write the report. [default: move-in-SLUG.xlsx]"),
]


def move_in(
    files: Files,
    shop: ShopSlug,
    *,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    columns: Columns = "",
    join_same_skus: JoinSameSkus = False,
    report: ReportPath = None,
    language: Language = "en",
) -> None:
    """Move a shop in: products, stock and pictures from the files its old platform gave out.

    Running it again changes nothing; a corrected file changes only what it corrects. See docs/guides/move-in.md.
    """
    django.setup()
    from django.utils import translation

    receiving, owner = shop_and_owner(shop)
    with translation.override(language):
        said: dict[str, Any] = {"shop": shop, "plan": None, "result": None}
        try:
            result = _moved(files, receiving, owner, dry_run=dry_run, columns=columns, join_same_skus=join_same_skus)
            said = result.as_dict()
            _show(result)
            _report(result, report or Path(f"move-in-{shop}.xlsx"))
        except Exception as error:
            said["refused"] = str(error)
            raise
        finally:
            if as_json:
                print(json.dumps(said))


def _moved(files: list[Path], shop: "Shop", owner: "User", **how: Any) -> "MoveInResult":
    from lapak.moving.move_in import move_in as move_shop_in

    with _Bar() as bar:
        return move_shop_in(owner, files, shop, progress=bar.show, **how)


def _report(result: "MoveInResult", path: Path) -> None:
    """Written, or said why not: no report undoes what was moved in."""
    from django.utils.translation import gettext as _

    from lapak.moving.report import write_report

    try:
        write_report(result, path)
    except Exception as error:
        log.debug("report_failed", exc_info=True)
        words = _("The report could not be written:")
        err.print(f"[yellow]{words}[/] {plain(error)}", highlight=False, soft_wrap=True)
    else:
        err.print(f"{_('Report')}: {plain(path)}", highlight=False, soft_wrap=True)


def shop_and_owner(slug: str) -> "tuple[Shop, User]":
    """Who sits at this machine runs the marketplace, and acts here for the shop's owner."""
    from lapak.people.shops.models import Member

    owner = Member.objects.select_related("shop", "user").filter(shop__slug=slug, role=Member.Role.OWNER).first()
    if owner is None:
        raise typer.BadParameter(f"there is no shop “{slug}”.", param_hint="--shop")
    return owner.shop, owner.user


def _show(result: "MoveInResult") -> None:
    from django.utils.translation import gettext as _

    counts = result.done or result.plan
    title = _("Moved in") if result.done else _("This would happen (nothing was written)")
    table = Table(title=title, title_justify="left")
    for heading in ("", _("new"), _("changed"), _("as they are"), _("left out")):
        table.add_column(heading, justify="right" if heading else "left")
    for name, tally in (
        (_("Products"), counts.products),
        (_("Variants"), counts.skus),
        (_("Pieces in stock"), counts.stock),
        (_("Pictures"), counts.images),
        (_("Past orders"), counts.past_orders),
        (_("Their rows in the files"), counts.past_rows),
        (_("Sales through creators"), counts.past_promotions),
        (_("Rows of income reports"), counts.past_incomes),
        (_("Terms with creators"), counts.past_terms),
        (_("Reviews from elsewhere"), counts.past_reviews),
        (_("Creators from elsewhere"), counts.partners),
        (_("Their links"), counts.partner_links),
        (_("Their commissions and payouts"), counts.partner_pays),
    ):
        numbers = (tally.created, tally.changed, tally.unchanged, tally.left_out)
        table.add_row(name, *map(format_whole, numbers))
    err.print(table)
    words = result.in_words
    for line in words[:_SHOWN_PROBLEMS]:
        err.print(f"  {plain(line)}", highlight=False, soft_wrap=True)
    if (more := len(words) - _SHOWN_PROBLEMS) > 0:
        err.print(f"  {filled(_('… and {more} more, in the report'), more=more)}", highlight=False)


class _Bar:
    """A progress bar with one line per step."""

    _LABELS = {"read": "Reading rows", "apply": "Writing products"}

    def __init__(self) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._progress = Progress(*columns, console=err, transient=True)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, how_far: "HowFar") -> None:
        """Move the step's line to where it is now."""
        if how_far.step not in self._tasks:
            self._tasks[how_far.step] = self._progress.add_task(self._LABELS[how_far.step], total=None)
        self._progress.update(self._tasks[how_far.step], completed=how_far.done, total=how_far.total)
