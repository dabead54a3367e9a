"""What a shop says of itself, in the seal of Lapak's own file: proposed where the shop says something else, and never taken
unasked."""

import uuid
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError

from lapak.lib.acts import act
from lapak.lib.public_names import cleaned_name
from lapak.moving.errors import UploadMoved
from lapak.moving.models import Upload
from lapak.moving.queries import upload_for_seller
from lapak.people.shops.commands import change_profile
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

_PLACE = ("street", "district", "city", "postal_code", "phone")
_PARTS: Mapping[str, tuple[str, ...]] = {"name": ("name",), "description": ("description",), "place": _PLACE}
"""What is taken over as a whole. Its address here and its business number a shop gives itself."""
_SAID = ("name", "description", *_PLACE, "province_code")
_LONGEST = 2_000
"""Characters: as many as a description may have."""

Proposed = dict[str, dict[str, str]]


def profile_of(shop: Shop) -> dict[str, str]:
    """As the seal has it."""
    return {field: getattr(shop, field) for field in ("slug", *_SAID)}


def known_of(said: Mapping[str, str]) -> dict[str, str]:
    """Of what a seal says of a shop, what one could take: its name without what nobody sees."""
    known = {field: said[field].replace("\0", "")[:_LONGEST] for field in _SAID if field in said}
    return known | ({"name": cleaned_name(known["name"])} if "name" in known else {})


def proposed_to(shop: Shop, said: Mapping[str, str]) -> Proposed:
    """The parts of which the file says something fit, and something else than the shop; a place in another province is none of
    this shop."""
    parts = {part: fields for part, fields in _PARTS.items() if all(field in said for field in fields)}
    proposed = {part: {field: said[field] for field in fields} for part, fields in parts.items()}
    if said.get("province_code") != shop.province_code:
        proposed.pop("place", None)
    return {part: fields for part, fields in proposed.items() if _is_news(shop, fields) and _is_fit(fields)}


def proposals_of(upload: Upload) -> Proposed:
    """What the upload's file says of the shop and the shop still does not."""
    return proposed_to(upload.shop, upload.proposals.get("profile", {}))


@act
def take_profile_over(by: User, upload_id: uuid.UUID, parts: Collection[str]) -> Shop:
    """Of what the upload's file says of the shop, these parts are the shop's; the rest stays as it is.

    Refuses a stranger (`UploadNotFound`), whose role does not include the profile (`NotYourDuty`), and what the file does not
    say, or the shop says by now (`UploadMoved`).
    """
    upload = upload_for_seller(by, upload_id)
    shop, proposed = upload.shop, proposals_of(upload)
    if not parts or not set(parts) <= proposed.keys():
        raise UploadMoved
    now = {field: getattr(shop, field) for field in ("name", "description", "nib", *_PLACE)}
    return change_profile(by, shop.id, **now | {f: value for part in parts for f, value in proposed[part].items()})


def _is_news(shop: Shop, fields: Mapping[str, str]) -> bool:
    return any(fields.values()) and any(getattr(shop, field) != value for field, value in fields.items())


def _is_fit(fields: Mapping[str, str]) -> bool:
    """Whether a shop can say so."""
    try:
        Shop(**fields).clean_fields(exclude={field.name for field in Shop._meta.fields} - fields.keys())  # noqa: SLF001 - Django documents the name
    except ValidationError:
        return False
    return True
