"""What changes are kept of, and the words for each: pure."""

import json
from dataclasses import asdict, dataclass
from typing import Self
from uuid import UUID

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What was changed."""

    SHOP = "shop", _("shop")
    MEMBER = "member", _("member of a shop")
    VARIANT = "variant", _("variant")
    USER = "user", _("user")
    CREATOR = "creator", _("creator")
    PROGRAMME = "programme", _("programme")
    COMMISSION = "commission", _("commission")
    LINK = "link", _("link")
    SHIPPING = "shipping", _("shipping prices")
    PAST_REVIEW = "past_review", _("review from elsewhere")
    SETTING = "setting", _("setting")


@dataclass(frozen=True, slots=True)
class Subject:
    """What was changed: `name` as people called it then, `shop_id` of what is a shop's: its owner reads the change too."""

    kind: Kind
    id: UUID | str | int
    name: str
    shop_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class KeptAccount:
    """A bank account as the record keeps it: of its number the last four digits alone (`tail`)."""

    bank_code: str
    tail: str
    holder: str

    @classmethod
    def read(cls, kept: str) -> Self:
        """From the record."""
        return cls(**json.loads(kept))


FIELDS: dict[str, Promise] = {
    "bank_account": _("bank account"),
    "name": _("name"),
    "description": _("description"),
    "nib": _("business number (NIB)"),
    "turnover_idr": _("yearly turnover"),
    "turnover_year": _("year of the turnover"),
    "street": _("street"),
    "district": _("district (kecamatan)"),
    "city": _("city or regency"),
    "postal_code": _("postal code"),
    "phone": _("phone"),
    "role": _("role"),
    "invitation": _("invitation"),
    "creator_invitation": _("invitation of a creator"),
    "price_idr": _("price"),
    "rate_bp": _("rate of commission"),
    "won_by": _("who earns"),
    "is_listed": _("found by shops"),
    "samples_a_month": _("samples a month for a creator"),
    "label": _("label"),
    "utm": _("UTM values"),
    "archived_at": _("archived"),
    "indirect_bp": _("rate for other goods than the linked ones"),
    "cap_idr": _("most for a line"),
    "ends_at": _("ends"),
    "special_rate": _("special rate"),
    "budget_idr": _("budget"),
    "review": _("review"),
    "reason": _("reason"),
    "position": _("place in the list"),
    "is_active": _("is offered"),
    "first_kg_idr": _("price of the first kilogram"),
    "next_kg_idr": _("price of each further kilogram"),
    "min_days": _("days at least"),
    "max_days": _("days at most"),
    "tax_name": _("name for the tax office"),
    "tax_number": _("NIK or NPWP"),
    "taxed_as": _("taxed as"),
    "tax_letter": _("tax letter"),
    "tax_letter_read": _("tax letter, read by an operator"),
    "takeout": _("file to take along, made"),
    "fetched": _("file to take along, fetched"),
    "closed_from": _("closed from"),
    "suspended_until": _("suspended until"),
    "feed": _("feed"),
    "second_factors": _("second factors"),
    "feed_address": _("feed, address changed"),
    "past_review_hidden": _("hidden because"),
    "past_review_report": _("report"),
    "payout_release": _("payout before its time"),
    "operator_roles": _("roles at the operator's desk"),
    "setting": _("value"),
    "setting_from": _("first day"),
    "looked_at": _("looked at as they see it"),
}
"""Every field that changes are kept of, in words."""


def as_kept(value: object) -> str:
    """A value as the record keeps it; nothing is empty, and a bank account is JSON (`KeptAccount`)."""
    if isinstance(value, KeptAccount):
        return json.dumps(asdict(value))
    return "" if value is None else str(value)


def known(field: str) -> str:
    """The field, if it has words; `KeyError`: a new one needs a line in FIELDS."""
    if field not in FIELDS:
        raise KeyError(field)
    return field
