"""A shop's rows, moved in as often as a test says, and what became of them."""

from pathlib import Path
from typing import Any

from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.moving.models import SourceRecord, Upload
from lapak.moving.move_in import MoveInResult, move_in
from lapak.moving.tests.files import export
from lapak.people.shops.models import Shop
from lapak.people.users.models import User


def upload_of(by: User, shop: Shop) -> Upload:
    """One that says it is done: what a test moves in as its own is what it brought."""
    now = clock.now()
    return Upload.objects.create(
        shop=shop, by=by, language="en", file_names=[], state=Upload.State.DONE, given_at=now, touched_at=now
    )


class Again:
    """The same shop's export, downloaded again and again."""

    def __init__(self, seller: User, shop: Shop, folder: Path) -> None:
        self.seller, self.shop, self.folder = seller, shop, folder

    def __call__(self, *rows: dict[str, object], pictures: Path | None = None, **options: Any) -> MoveInResult:
        path = export(self.folder / "export.xlsx", rows, **options)
        return move_in(self.seller, [path, *([pictures] if pictures else [])], self.shop)


def variant_of(row: dict[str, object]) -> Variant:
    """What became of a row's SKU."""
    record = SourceRecord.objects.get(kind="sku", source_id=row["sku_id"])
    return Variant.objects.select_related("stock", "product__category").get(id=record.target_id)
