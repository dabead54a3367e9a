"""Pictures of products that were left out: kept, so that a row corrected in the report comes in with its pictures."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.db.models import QuerySet

from lapak.goods.catalogue.errors import ImageUnreadable
from lapak.lib import clock
from lapak.lib.private import private_storage
from lapak.moving.models import KeptPicture
from lapak.moving.pictures import Pictures
from lapak.people.shops.models import Shop

KEPT_FOR = timedelta(days=30)
"""How long a seller may take to correct a report."""


def kept_pictures(shop: Shop) -> dict[str, Path]:
    """Where the shop's kept pictures are, by their keys."""
    return {
        picture.key: Path(private_storage().path(picture.file)) for picture in KeptPicture.objects.filter(shop=shop)
    }


def keep(shop: Shop, keys: Iterable[str], pictures: Pictures) -> None:
    """Those of these pictures that were given, and can be read, are kept for the shop."""
    kept = []
    for key in sorted(set(keys)):
        if pictures.is_given(key):
            try:
                data = pictures.read(key)
            except ImageUnreadable:
                continue
            name = f"moving/kept/{shop.id}/{hashlib.sha256(key.encode()).hexdigest()}"
            kept.append(
                KeptPicture(
                    shop=shop, key=key, file=private_storage().save(name, ContentFile(data)), kept_at=clock.now()
                )
            )
    KeptPicture.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["shop", "key"], update_fields=["file", "kept_at"]
    )


def let_go(shop: Shop, keys: Iterable[str]) -> None:
    """These pictures, whose products have come in, are not kept any more."""
    _drop(KeptPicture.objects.filter(shop=shop, key__in=list(keys)))


def let_go_of_old_ones() -> None:
    """What nobody came back to is not kept any more."""
    _drop(KeptPicture.objects.filter(kept_at__lt=clock.now() - KEPT_FOR))


def _drop(pictures: QuerySet[KeptPicture]) -> None:
    for picture in pictures:
        private_storage().delete(picture.file)
        picture.delete()
