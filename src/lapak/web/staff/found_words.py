"""What a proof of the law found, in the reader's words: a name and a value for each, as `compliance/proofs` keeps it for
programs."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, cast

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lapak.lib.money import format_idr
from lapak.lib.numbers import format_count, format_rate
from lapak.trade.shipping.models import ZONES

NAMES: Mapping[str, "str | Promise"] = {
    "BPOM": "BPOM",
    "Halal": "Halal",
    "P-IRT": "P-IRT",
    "SNI": "SNI",
    "abroad": gettext_lazy("abroad"),
    "address": gettext_lazy("page"),
    "apps": gettext_lazy("apps"),
    "asked_bp": gettext_lazy("asked for"),
    "buyers": gettext_lazy("buyers"),
    "by": gettext_lazy("way of signing in"),
    "came": gettext_lazy("came in"),
    "can_be_framed": gettext_lazy("pages that can be shown within another site"),
    "can_buy_inside": gettext_lazy("can buy inside the app"),
    "cannot_look": gettext_lazy("cannot even look"),
    "cart_in_a_browser": gettext_lazy("answer of the cart in a browser"),
    "categories_asking": gettext_lazy("categories that ask for a number"),
    "changes_of_prices": gettext_lazy("changes of prices on record"),
    "checks": gettext_lazy("checks of the books"),
    "column": gettext_lazy("place where it is kept"),
    "contacts": gettext_lazy("contacts"),
    "contracts": gettext_lazy("contracts"),
    "differences": gettext_lazy("differences"),
    "due_on": gettext_lazy("last day"),
    "entries": gettext_lazy("entries of the register"),
    "fee_bp": gettext_lazy("fee"),
    "fees": gettext_lazy("fees so far"),
    "fees_given_back_idr": pgettext_lazy("found", "fees given back"),
    "fees_idr": pgettext_lazy("found", "fees of Lapak"),
    "fees_of_the_year_idr": gettext_lazy("fees of the year"),
    "goods_idr": gettext_lazy("goods sold"),
    "guards": gettext_lazy("guards in the database"),
    "guards_missing": gettext_lazy("guards that are missing"),
    "idr": gettext_lazy("amount"),
    "in_time": gettext_lazy("answered in time"),
    "is_set": gettext_lazy("filled in"),
    "items": gettext_lazy("items looked for"),
    "kept": gettext_lazy("what is kept of a click"),
    "keys_of_days_before": gettext_lazy("keys of earlier days that are still there"),
    "known_of_goods": gettext_lazy("what the search knows of goods"),
    "label": gettext_lazy("label"),
    "lacking": gettext_lazy("contracts that lack an item"),
    "late": gettext_lazy("late"),
    "looked_at": gettext_lazy("looked at"),
    "missing": gettext_lazy("missing"),
    "money_that_can_go": gettext_lazy("records of money that can be deleted"),
    "more_than": gettext_lazy("more than it may"),
    "new": gettext_lazy("new fees"),
    "not_shown": gettext_lazy("not on the page"),
    "of_the_operator": gettext_lazy("where somebody of the operator works"),
    "on_help_page": gettext_lazy("stands on the help page"),
    "on_sale_in_term": gettext_lazy("goods in their term"),
    "on_sale_past_term": gettext_lazy("goods on sale past their term"),
    "orders": gettext_lazy("orders"),
    "orders_all_the_same": gettext_lazy("orders placed after their time"),
    "orders_cancelled": pgettext_lazy("found", "orders cancelled"),
    "orders_completed": pgettext_lazy("found", "orders completed"),
    "origins": gettext_lazy("parcels come from"),
    "others": gettext_lazy("from other sites"),
    "pages": gettext_lazy("pages looked at"),
    "pages_without": gettext_lazy("pages without it"),
    "past_their_time": gettext_lazy("shops past their time"),
    "policy": gettext_lazy("what browsers are told"),
    "quarter": pgettext_lazy("found", "quarter"),
    "refunded_idr": pgettext_lazy("found", "refunded"),
    "refused_fields": gettext_lazy("refused because of"),
    "refused_with": gettext_lazy("refused"),
    "rows": gettext_lazy("records looked at"),
    "sellers": gettext_lazy("sellers"),
    "sells": gettext_lazy("sells a moment after its time"),
    "setting": gettext_lazy("setting"),
    "shipping_idr": pgettext_lazy("found", "shipping"),
    "shops": gettext_lazy("shops"),
    "shops_that_sold": pgettext_lazy("found", "shops that sold"),
    "shops_without_nib": gettext_lazy("shops without NIB"),
    "since": gettext_lazy("since"),
    "social": gettext_lazy("through social media"),
    "such_as": gettext_lazy("such as"),
    "tables": gettext_lazy("tables looked at"),
    "takes_vat": gettext_lazy("VAT is taken"),
    "tax": gettext_lazy("tax"),
    "taxable_above_idr": gettext_lazy("VAT is owed above"),
    "transactions": gettext_lazy("transactions"),
    "unguarded": gettext_lazy("tables without a guard"),
    "vat_given_back_idr": pgettext_lazy("found", "VAT on fees given back"),
    "vat_on_fees_idr": pgettext_lazy("found", "VAT on fees"),
    "with_nib": gettext_lazy("with NIB"),
    "withheld_bp": gettext_lazy("withheld"),
    "without_contract": gettext_lazy("without a contract"),
    "without_nib": gettext_lazy("without NIB"),
    "without_consent": gettext_lazy("without a consent"),
    "answered_late": gettext_lazy("answered too late"),
    "asked_to_erase": gettext_lazy("erasures asked for"),
    "erased": gettext_lazy("erased"),
    "not_answered_yet": gettext_lazy("not answered yet"),
    "breaches": gettext_lazy("breaches"),
    "classes": gettext_lazy("classes looked through"),
    "outlived": gettext_lazy("older than it may be"),
    "addresses": gettext_lazy("addresses of orders"),
    "returns": gettext_lazy("words and pictures of returns"),
    "complaints": gettext_lazy("words of complaints"),
    "cases": gettext_lazy("words and pictures of cases of moderation"),
    "samples": gettext_lazy("addresses of samples"),
    "bank_accounts": gettext_lazy("bank accounts"),
    "slips": gettext_lazy("names on withholding slips"),
    "messages": gettext_lazy("messages of partners"),
    "appeal_pictures": gettext_lazy("pictures shown with an objection"),
    "disputes": gettext_lazy("words of disputes"),
    "dispute_amendments": gettext_lazy("reasons of amended disputes"),
    "late_wins": gettext_lazy("words of disputes won late"),
    "payout_files": gettext_lazy("payout files of banks"),
    "hold_releases": gettext_lazy("words of released payouts"),
    "tax_letters": gettext_lazy("tax letters"),
    "taxes_withheld": gettext_lazy("names of whom PPh 22 was withheld from"),
    "taxpayers": gettext_lazy("names of who is taxed"),
    "fee_objections": gettext_lazy("objections to fees"),
    "fee_consent_events": gettext_lazy("words about fees"),
    "appeals": gettext_lazy("objections of creators"),
    "closings": gettext_lazy("reasons of closed accounts"),
    "account_events": gettext_lazy("words about accounts"),
    "channel_events": gettext_lazy("words about channels"),
    "sample_events": gettext_lazy("words about samples"),
    "posts": gettext_lazy("words of paid posts"),
    "post_events": gettext_lazy("words about paid posts"),
    "called_off": gettext_lazy("called off: none after all"),
    "to_be_told": gettext_lazy("not told to everybody yet"),
    "told_late": gettext_lazy("told too late"),
    "history_is_public": gettext_lazy("all fees so far are public"),
    "objections": gettext_lazy("objections"),
    "waiting_too_long": gettext_lazy("waiting too long"),
    "schedules": gettext_lazy("schedules of fees"),
    "shortest_notice_days": gettext_lazy("days of notice, at least"),
    "too_short": gettext_lazy("told too late"),
    "small_fee_bp": gettext_lazy("fee of small sellers"),
    "more_than_half": gettext_lazy("more than half"),
    "small_shops": gettext_lazy("small sellers"),
    "points_named": gettext_lazy("points that the page names"),
    "domestic_on_sale": gettext_lazy("domestic goods on sale"),
    "on_the_shelf": gettext_lazy("on the shelf"),
    "not_domestic": gettext_lazy("on it and not domestic"),
    "say_so": gettext_lazy("goods whose shop says so"),
    "without_label": gettext_lazy("without the label"),
}
"""What each thing found is called: a test asks for every one that a proof of the law finds."""

NOT_TOLD = {"page", "table"}
"""By what a program looks for a page or a place; beside them stands what came of it."""

VALUES: Mapping[str, "str | Promise"] = {
    **cast("dict[str, str | Promise]", dict(ZONES)),
    "allauth.account.auth_backends.AuthenticationBackend": gettext_lazy("e-mail and password"),
    "cancellation": pgettext_lazy("contract", "cancellation"),
    "category_code": gettext_lazy("category"),
    "choice_of_law": pgettext_lazy("contract", "choice of law"),
    "clicked_at": gettext_lazy("moment"),
    "company_tax": gettext_lazy("PPh 23 of companies"),
    "counts_as": gettext_lazy("whether it counts"),
    "created_at": gettext_lazy("age"),
    "delivery": pgettext_lazy("contract", "delivery"),
    "details": gettext_lazy("description"),
    "device": gettext_lazy("kind of device"),
    "id": gettext_lazy("number"),
    "in_stock": gettext_lazy("whether it is in stock"),
    "is_domestic": gettext_lazy("whether it was made in Indonesia"),
    "is_in_app": gettext_lazy("whether inside an app"),
    "kept": gettext_lazy("money that is held"),
    "legality": pgettext_lazy("contract", "legal status of the goods"),
    "link_id": gettext_lazy("link"),
    "operator_sells_nothing": gettext_lazy("yes: the operator sells nothing"),
    "parties": pgettext_lazy("contract", "parties"),
    "payment": pgettext_lazy("contract", "payment"),
    "price_idr": gettext_lazy("price"),
    "province_code": gettext_lazy("province"),
    "return": pgettext_lazy("contract", "return"),
    "shop_id": gettext_lazy("shop"),
    "slip": gettext_lazy("withholding slips"),
    "sold_before": gettext_lazy("sold before moving in"),
    "sold_here": gettext_lazy("sold here"),
    "specification": pgettext_lazy("contract", "goods and their specification"),
    "split": gettext_lazy("what each order was split into"),
    "tax_booked": gettext_lazy("PPh 21 as it is booked"),
    "tax_month": gettext_lazy("PPh 21 of the months"),
    "tax_year": gettext_lazy("PPh 21 of the year"),
    "title": gettext_lazy("title"),
    "value": pgettext_lazy("contract", "price"),
}
"""Codes that are found, in words; what is none of them is shown as it is: an address, a shop, an app."""


def in_words(what: Mapping[str, object]) -> list[tuple[str, str]]:
    """A name and what was found of it, for each."""
    return [(capfirst(_name(key)), _said(key, value)) for key, value in what.items() if key not in NOT_TOLD]


def in_a_line(what: Mapping[str, object]) -> str:
    """The same in one line."""
    return "; ".join(f"{name}: {value}" for name, value in in_words(what))


def _name(key: str) -> str:
    return str(NAMES.get(key, VALUES.get(key, key)))


def _said(key: str, value: object) -> str:
    if value in (None, [], {}):
        return _("not in this version") if key in ("address", "column") else _("none")
    for kind, say in _KINDS.items():
        if isinstance(value, kind):
            return say(key, value)
    return str(value)


def _of_number(key: str, value: int) -> str:
    if key.endswith("idr"):
        return format_idr(value)
    return f"{format_rate(value)}%" if key.endswith("_bp") else format_count(value)


def _of_text(key: str, value: str) -> str:
    if key in ("since", "due_on", "new"):
        return date_format(date.fromisoformat(value[:10]), "j F Y")
    return str(VALUES.get(value, value))


def _of_list(key: str, value: list[object]) -> str:
    if key == "fees":
        return ", ".join(_steps(value))
    return (" " if key == "policy" else ", ").join(_said(key, each) for each in value)


def _steps(fees: list[Any]) -> Iterator[str]:
    for day, rate_bp in fees:  # pairs, as the proof keeps them
        yield f"{_of_number('fee_bp', rate_bp)} {_('since')} {_of_text('since', day)}"


def _of_parts(key: str, value: Mapping[str, object]) -> str:
    return "; ".join(f"{_name(part)}: {_said(key, each)}" for part, each in value.items())


_KINDS: Mapping[type, Callable[..., str]] = {
    bool: lambda _key, value: _("yes") if value else _("no"),
    int: _of_number,
    str: _of_text,
    list: _of_list,
    dict: _of_parts,
}
