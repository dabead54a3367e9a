"""Columns of the operator's tables that say in people's words what a row keeps as a code, an id or a sentence of ours."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lapak.lib.regions import PROVINCES
from lapak.money.payments.models import Dispute
from lapak.web.shell.templatetags.lapak import partner
from lapak.web.staff.outcomes import outcome_in_words

Column = Callable[[Any, Any], Any]

NOTHING = "–"

BANK_REASONS = {
    "duplicate": _("paid twice"),
    "fraudulent": _("the card's or account's owner did not pay"),
    "goods_not_as_described": _("the goods are not as described"),
    "goods_not_received": _("the goods did not arrive"),
    "refund_not_processed": _("a promised refund did not come"),
    "unrecognized": _("the owner does not recognise the payment"),
}
"""What partners call a bank's reasons, in the words of the card schemes; any other is shown as it came."""


def reason_of_bank(dispute: Dispute) -> str:
    """Why the buyer's bank takes the payment back, in words."""
    return str(BANK_REASONS.get(dispute.reason, dispute.reason)) or NOTHING


def as_partner(name: str = "provider") -> Column:
    """A partner by its title."""

    @admin.display(description=_("Partner"), ordering=name)
    def column(_page: Any, row: Any) -> str:
        return partner(getattr(row, name)) or NOTHING

    return column


def as_outcome(name: str = "outcome") -> Column:
    """What a partner's report came to, in words."""

    @admin.display(description=pgettext_lazy("column", "outcome"), ordering=name)
    def column(_page: Any, row: Any) -> str:
        return outcome_in_words(getattr(row, name)) or NOTHING

    return column


def as_row(of: str, name: str, description: Any) -> Column:
    """The row of another table (`users.user`) that the id in `name` means, by its own name, and the way to it. For a row's
    page, not for a list: each is read by itself."""
    address = f"admin:{of.replace('.', '_')}_change"

    @admin.display(description=description)
    def column(_page: Any, row: Any) -> Any:
        found = apps.get_model(of)._default_manager.filter(pk=getattr(row, name)).first()  # noqa: SLF001 - Django names it
        if found is None:
            return NOTHING
        return format_html('<a class="text-link" href="{}">{}</a>', reverse(address, args=[found.pk]), found)

    return column


def as_said(name: str, description: Any) -> Column:
    """A sentence: ours in the reader's language, a person's as it is."""

    @admin.display(description=description)
    def column(_page: Any, row: Any) -> str:
        said = getattr(row, name)
        return gettext(said) if said else NOTHING

    return column


def as_address(name: str, description: Any) -> Column:
    """An address as it was kept, in one line."""

    @admin.display(description=description)
    def column(_page: Any, row: Any) -> str:
        kept = getattr(row, name)
        province = PROVINCES[kept["province_code"]].name
        place = [kept[part] for part in ("recipient", "phone", "street", "district", "city")]
        return ", ".join([*place, f"{province} {kept['postal_code']}"])

    return column


def as_ways_to(field: str, **tables: Any) -> Column:
    """Where the rows of other tables are that name this one in their `field`: each table (`orders_order`) with its word."""

    @admin.display(description=_("Belongs to it"))
    def column(_page: Any, row: Any) -> Any:
        ways = ((reverse(f"admin:{table}_changelist"), field, row.pk, words) for table, words in tables.items())
        return format_html_join(" · ", '<a class="text-link" href="{}?{}__exact={}">{}</a>', ways)

    return column
