"""Reading what sellers gave to be moved in."""

import uuid

from django.db.models import QuerySet

from lapak.moving.errors import UploadNotFound
from lapak.moving.models import Upload
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User


def uploads_of_shop(shop: Shop) -> QuerySet[Upload]:
    """A shop's uploads, newest first."""
    return Upload.objects.filter(shop=shop).order_by("-given_at", "-id")


def upload_for_seller(user: User, upload_id: uuid.UUID) -> Upload:
    """The upload, for one who works in its shop; `UploadNotFound` for everyone else."""
    upload = Upload.objects.filter(id=upload_id).first()
    if upload is None or not works_for(user, upload.shop_id, Duty.GOODS):
        raise UploadNotFound
    return upload
