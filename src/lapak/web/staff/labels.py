"""What the columns of the operator's tables are called, where a model does not say so itself; and what unfold says in its own
words. Each is translated as every other word of a screen."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.sites import AdminSite
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

COLUMNS = {
    "account": pgettext_lazy("column", "account"),
    "act_by": pgettext_lazy("column", "to act by"),
    "actor": pgettext_lazy("column", "by"),
    "address": pgettext_lazy("column", "address"),
    "announced_at": pgettext_lazy("column", "announced"),
    "answer_by": pgettext_lazy("column", "to answer by"),
    "answered_at": pgettext_lazy("column", "answered"),
    "answered_by": pgettext_lazy("column", "answered by"),
    "args": pgettext_lazy("column", "arguments"),
    "arrive_by": pgettext_lazy("column", "to arrive by"),
    "arrive_within_days": pgettext_lazy("column", "days to arrive within"),
    "arrived_at": pgettext_lazy("column", "arrived"),
    "ask_at": pgettext_lazy("column", "to ask at"),
    "asked_at": pgettext_lazy("column", "asked"),
    "attempts": pgettext_lazy("column", "attempts"),
    "attributes": pgettext_lazy("column", "attributes"),
    "attribution": pgettext_lazy("column", "attribution"),
    "at": pgettext_lazy("column", "at"),
    "bank_account": pgettext_lazy("column", "bank account"),
    "bank_code": pgettext_lazy("column", "bank"),
    "batch": pgettext_lazy("column", "batch"),
    "body": pgettext_lazy("column", "text"),
    "brand": pgettext_lazy("column", "brand"),
    "buyer_id": pgettext_lazy("column", "buyer"),
    "buyer": pgettext_lazy("column", "buyer"),
    "by": pgettext_lazy("column", "by"),
    "cancel_answer_within_hours": pgettext_lazy("column", "hours to answer a wish to cancel"),
    "cancel_asked_at": pgettext_lazy("column", "cancelling asked"),
    "cancelled_at": pgettext_lazy("column", "cancelled"),
    "category": pgettext_lazy("column", "category"),
    "click_id": pgettext_lazy("column", "click"),
    "clicked_at": pgettext_lazy("column", "clicked"),
    "closed_by": pgettext_lazy("column", "closed by"),
    "code": pgettext_lazy("column", "code"),
    "complete_after_days_by_shop": pgettext_lazy("column", "days to complete, by the shop's word"),
    "complete_after_days": pgettext_lazy("column", "days to complete"),
    "complete_at": pgettext_lazy("column", "completes"),
    "completed_at": pgettext_lazy("column", "completed"),
    "confirmed_at": pgettext_lazy("column", "confirmed"),
    "counts": pgettext_lazy("column", "counts"),
    "courier": pgettext_lazy("column", "courier"),
    "created_at": pgettext_lazy("column", "since"),
    "creator": pgettext_lazy("column", "creator"),
    "credit_account": pgettext_lazy("column", "credit account"),
    "credited_at": pgettext_lazy("column", "credited"),
    "deadline": pgettext_lazy("column", "deadline"),
    "debit_account": pgettext_lazy("column", "debit account"),
    "decide_by": pgettext_lazy("column", "to decide by"),
    "decide_within_days": pgettext_lazy("column", "days to decide within"),
    "delivered_at": pgettext_lazy("column", "delivered"),
    "delivered_by": pgettext_lazy("column", "delivered by the word of"),
    "destination_zone": pgettext_lazy("column", "to zone"),
    "dispatched_at": pgettext_lazy("column", "handed over"),
    "ended_at": pgettext_lazy("column", "ended"),
    "event_id": pgettext_lazy("column", "event"),
    "evidence_sent_at": pgettext_lazy("column", "evidence sent"),
    "evidence": pgettext_lazy("column", "evidence"),
    "expires_at": pgettext_lazy("column", "expires"),
    "failed_at": pgettext_lazy("column", "failed"),
    "failure": pgettext_lazy("column", "what failed"),
    "field": pgettext_lazy("column", "field"),
    "file_bytes": pgettext_lazy("column", "size (bytes)"),
    "file_names": pgettext_lazy("column", "files"),
    "from_state": pgettext_lazy("column", "from"),
    "frozen_at": pgettext_lazy("column", "under review since"),
    "given_at": pgettext_lazy("column", "given"),
    "goods_come_back": pgettext_lazy("column", "goods come back"),
    "handed_over_at": pgettext_lazy("column", "handed to the courier"),
    "happened_at": pgettext_lazy("column", "happened"),
    "idempotency_key": pgettext_lazy("column", "key of the request"),
    "id": pgettext_lazy("column", "id"),
    "instructions": pgettext_lazy("column", "how to pay"),
    "intent": pgettext_lazy("column", "payment"),
    "affiliates.programme.is_active": pgettext_lazy("column", "open to creators"),
    "shipping.service.is_active": pgettext_lazy("column", "offered to buyers"),
    "catalogue.variant.is_active": pgettext_lazy("column", "offered"),
    "users.user.is_active": pgettext_lazy("column", "may sign in"),
    "is_open": pgettext_lazy("column", "open"),
    "is_staff": pgettext_lazy("column", "operator"),
    "joined_at": pgettext_lazy("column", "joined"),
    "kind": pgettext_lazy("column", "kind"),
    "label": pgettext_lazy("column", "label"),
    "last_received_at": pgettext_lazy("column", "last received"),
    "line": pgettext_lazy("column", "goods"),
    "link": pgettext_lazy("column", "link"),
    "lock": pgettext_lazy("column", "lock"),
    "method": pgettext_lazy("column", "method"),
    "name_en": pgettext_lazy("column", "English name"),
    "name_id": pgettext_lazy("column", "Indonesian name"),
    "name": pgettext_lazy("column", "name"),
    "not_arrived_at": pgettext_lazy("column", "said not to have arrived"),
    "noted_at": pgettext_lazy("column", "noted"),
    "noted_by": pgettext_lazy("column", "noted by"),
    "number": pgettext_lazy("column", "number"),
    "open_return_id": pgettext_lazy("column", "open return"),
    "opened_at": pgettext_lazy("column", "opened"),
    "option_label": pgettext_lazy("column", "variant"),
    "order": pgettext_lazy("column", "order"),
    "origin_zone": pgettext_lazy("column", "from zone"),
    "outcome": pgettext_lazy("column", "outcome"),
    "owed_at": pgettext_lazy("column", "owed since"),
    "owner": pgettext_lazy("column", "owner"),
    "pack_by": pgettext_lazy("column", "to pack by"),
    "pack_within_working_days": pgettext_lazy("column", "working days to pack"),
    "packed_at": pgettext_lazy("column", "packed"),
    "paid_at": pgettext_lazy("column", "paid"),
    "paid_from": pgettext_lazy("column", "paid from"),
    "parent": pgettext_lazy("column", "parent"),
    "pay_by": pgettext_lazy("column", "to pay by"),
    "payout_id": pgettext_lazy("column", "payout"),
    "pays_for": pgettext_lazy("column", "pays for"),
    "placed_at": pgettext_lazy("column", "placed"),
    "platform": pgettext_lazy("column", "format"),
    "position": pgettext_lazy("column", "position"),
    "posted_at": pgettext_lazy("column", "posted"),
    "problem_count": pgettext_lazy("column", "problems"),
    "problems": pgettext_lazy("column", "problems"),
    "processed_at": pgettext_lazy("column", "processed"),
    "product": pgettext_lazy("column", "product"),
    "programme": pgettext_lazy("column", "programme"),
    "provider_reference": pgettext_lazy("column", "partner's reference"),
    "provider": pgettext_lazy("column", "partner"),
    "province_name": pgettext_lazy("column", "province"),
    "purchase": pgettext_lazy("column", "purchase"),
    "quantity": pgettext_lazy("column", "pieces"),
    "queue_name": pgettext_lazy("column", "queue"),
    "queueing_lock": pgettext_lazy("column", "queueing lock"),
    "ready_at": pgettext_lazy("column", "ready"),
    "reason": pgettext_lazy("column", "reason"),
    "received_at": pgettext_lazy("column", "received"),
    "reference": pgettext_lazy("column", "reference"),
    "refunded_quantity": pgettext_lazy("column", "pieces refunded"),
    "refusal": pgettext_lazy("column", "refusal"),
    "resolution": pgettext_lazy("column", "what was found"),
    "resolved_at": pgettext_lazy("column", "settled"),
    "resolved_by": pgettext_lazy("column", "settled by"),
    "restocked_quantity": pgettext_lazy("column", "pieces in stock again"),
    "return_id": pgettext_lazy("column", "return"),
    "role": pgettext_lazy("column", "role"),
    "route": pgettext_lazy("column", "route"),
    "scheduled_at": pgettext_lazy("column", "scheduled"),
    "sent_at": pgettext_lazy("column", "sent"),
    "sent_by": pgettext_lazy("column", "sent by"),
    "service": pgettext_lazy("column", "service"),
    "settled_at": pgettext_lazy("column", "settled to the ledger"),
    "ship_by": pgettext_lazy("column", "to ship by"),
    "ship_within_working_days": pgettext_lazy("column", "working days to ship"),
    "shipped_at": pgettext_lazy("column", "shipped"),
    "shipping_service": pgettext_lazy("column", "shipping service"),
    "shop": pgettext_lazy("column", "shop"),
    "slug": pgettext_lazy("column", "address"),
    "state": pgettext_lazy("column", "state"),
    "status": pgettext_lazy("column", "state"),
    "step_done": pgettext_lazy("column", "steps done"),
    "step_total": pgettext_lazy("column", "steps in all"),
    "step": pgettext_lazy("column", "step"),
    "subject_id": pgettext_lazy("column", "about (id)"),
    "subject": pgettext_lazy("column", "about"),
    "superseded_at": pgettext_lazy("column", "replaced"),
    "taken_at": pgettext_lazy("column", "taken"),
    "task_name": pgettext_lazy("column", "task"),
    "tax_status": pgettext_lazy("column", "tax status"),
    "times_received": pgettext_lazy("column", "times received"),
    "title": pgettext_lazy("column", "title"),
    "to_state": pgettext_lazy("column", "to"),
    "told_at": pgettext_lazy("column", "told"),
    "total": pgettext_lazy("column", "total"),
    "touched_at": pgettext_lazy("column", "touched"),
    "to": pgettext_lazy("column", "addressed to"),
    "type": pgettext_lazy("column", "kind"),
    "undone_at": pgettext_lazy("column", "undone"),
    "undone_because": pgettext_lazy("column", "undone because"),
    "undone_by": pgettext_lazy("column", "undone by"),
    "until": pgettext_lazy("column", "kept until"),
    "updated_at": pgettext_lazy("column", "updated"),
    "user": pgettext_lazy("column", "user"),
    "words": pgettext_lazy("column", "words"),
    "as_of": pgettext_lazy("column", "as of"),
    "fetched_at": pgettext_lazy("column", "fetched"),
    "opened_by": pgettext_lazy("column", "opened by"),
    "written_at": pgettext_lazy("column", "written"),
}
"""By the name of the field or property; with its table where a name means something else in each."""

TABLES = {
    "affiliates.link": (_("link"), _("links")),
    "affiliates.membership": (_("creator of the programme"), _("creators of the programme")),
    "affiliates.programmerate": (_("rate"), _("rates")),
    "moving.feed": (_("feed"), _("feeds")),
    "moving.takeout": (_("file to take along"), _("files to take along")),
    "moving.upload": (_("upload"), _("uploads")),
    "orders.ordercontract": (_("sales contract"), _("sales contracts")),
    "procrastinate.procrastinateevent": (_("event"), _("history")),
    "procrastinate.procrastinatejob": (_("job"), _("jobs")),
    "returns.returnevent": (_("event"), _("history")),
    "returns.returnline": (_("item"), _("goods")),
    "shipping.parcel": (_("parcel"), _("parcels")),
    "shipping.rate": (_("shipping price"), _("shipping prices")),
    "shipping.service": (_("shipping service"), _("shipping services")),
    "shops.member": (_("member"), _("who works here")),
    "users.address": (_("address"), _("addresses")),
    "users.bankaccount": (_("bank account"), _("bank accounts")),
}
"""What one row and several are called."""

APPS = {
    "affiliates": _("Creators"),
    "audit": _("History of changes"),
    "catalogue": _("Goods"),
    "gateways": _("Partners"),
    "ledger": _("Ledger"),
    "moving": _("Moving in"),
    "notices": _("Notices"),
    "orders": _("Orders"),
    "payments": _("Payments"),
    "payouts": _("Payouts"),
    "procrastinate": _("Jobs"),
    "remittances": _("Payments of the house"),
    "returns": _("Returns"),
    "shipping": _("Shipping"),
    "shops": _("Shops"),
    "users": _("Users"),
}
"""What stands before a table in the path to it."""

UNFOLD = (
    gettext_noop("Apply Filters"),
    gettext_noop("Choose file to upload"),
    gettext_noop("Click to cancel"),
    gettext_noop("Click to download"),
    gettext_noop("Dark"),
    gettext_noop("Date"),
    gettext_noop("Date from"),
    gettext_noop("Date to"),
    gettext_noop("Expand row"),
    gettext_noop("False"),
    gettext_noop("Filters"),
    gettext_noop("General"),
    gettext_noop("Go back"),
    gettext_noop("Image preview"),
    gettext_noop("Light"),
    gettext_noop("Loading more results..."),
    gettext_noop("More actions"),
    gettext_noop("No data"),
    gettext_noop("No recent searches"),
    gettext_noop("No results matching your query"),
    gettext_noop("Previous"),
    gettext_noop("Recent searches"),
    gettext_noop("Record picture"),
    gettext_noop("Reset filters"),
    gettext_noop("Return to site"),
    gettext_noop("Run"),
    gettext_noop("Search apps and models..."),
    gettext_noop("Select action"),
    gettext_noop("Select action to run"),
    gettext_noop("Select all rows"),
    gettext_noop("Select currency"),
    gettext_noop("Select format"),
    gettext_noop("Select record"),
    gettext_noop("Select value"),
    gettext_noop("Submit"),
    gettext_noop("System"),
    gettext_noop("True"),
    gettext_noop("Type to search"),
    gettext_noop("All applications"),
    gettext_noop("Add row"),
    gettext_noop("Toggle password visibility"),
    gettext_noop("Breadcrumbs"),
)
"""What unfold's pages say and nobody has translated, so that the translators find it here."""


def name_everything(site: AdminSite) -> None:
    """Gives every column, table and app of the site its name. The models keep to their business: what only the operator
    reads is said here, and no migration hears of it."""
    for model, page in site._registry.items():  # noqa: SLF001 - Django has no public way to all of them
        _name_table(model)
        model._meta.app_config.verbose_name = APPS[model._meta.app_label]  # noqa: SLF001
        _name_columns(model, type(page), [*page.list_display, *(page.fields or ())])
        for inline in page.inlines:
            _name_table(inline.model)
            _name_columns(inline.model, inline, inline.fields or ())


def _name_table(model: type[Model]) -> None:
    label = model._meta.label_lower  # noqa: SLF001
    if label in TABLES:
        model._meta.verbose_name, model._meta.verbose_name_plural = TABLES[label]  # noqa: SLF001


def _name_columns(model: type[Model], page: type, names: Iterable[object]) -> None:
    """Each begins with a capital: unfold's cells on a phone show the name as it is."""
    for name in map(str, names):
        column = getattr(page, name, None) or getattr(getattr(model, name, None), "fget", None)
        if column is not None:
            column.short_description = capfirst(getattr(column, "short_description", None) or COLUMNS[name])
            continue
        field: Any = model._meta.get_field(name)  # noqa: SLF001
        # By Django, where the model gives no name; what a model gives is translated, or no word of a language (NTPN).
        is_guessed = isinstance(field.verbose_name, str) and field.verbose_name == field.name.replace("_", " ")
        field.verbose_name = capfirst(_named(model, name) if is_guessed else field.verbose_name)


def _named(model: type[Model], name: str) -> Any:
    """What the field is called: in this table, or wherever it stands."""
    here = f"{model._meta.label_lower}.{name}"  # noqa: SLF001
    return COLUMNS[here if here in COLUMNS else name]
