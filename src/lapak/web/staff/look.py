"""How the operator's site looks and what its side bar holds: unfold's settings."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext


def _item(title: "str | Promise", icon: str, name: str) -> dict[str, Any]:
    title = capfirst(title)  # type: ignore[type-var]  # the stubs know lazy text by another name
    return {"title": title, "icon": icon, "link": reverse_lazy(f"admin:{name}"), "permission": _opens(name)}


def _opens(name: str) -> Callable[[HttpRequest], bool]:
    """Whether the page is part of the reader's work."""

    def permission(request: HttpRequest) -> bool:
        from lapak.web.shell.acts import signed_in  # noqa: PLC0415 - settings import this module
        from lapak.web.staff.desks import may_open  # noqa: PLC0415

        return may_open(signed_in(request), name)

    return permission


def unread_notices(request: HttpRequest) -> str:
    """How many notices the operator has not seen, beside their place in the side bar."""
    from lapak.web.shell.acts import signed_in  # noqa: PLC0415 - settings import this module
    from lapak.web.shell.templatetags.lapak import unread  # noqa: PLC0415

    return unread(signed_in(request))


def environment(request: HttpRequest) -> list[str] | None:  # noqa: ARG001 - unfold calls it so
    """What the head of every page of the operator says while no real money moves."""
    from lapak.money.gateways.registry import gateway_named  # noqa: PLC0415 - settings import this module

    return (
        [pgettext("environment", "Play money"), "warning"] if gateway_named(settings.PAYMENT_PROVIDER).is_play else None
    )


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Lapak",
    "SITE_HEADER": "Lapak",
    "SITE_SUBHEADER": _("Operator"),
    "SITE_URL": "/",
    "SITE_ICON": lambda _request: static("shell/favicon.svg"),
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("shell/favicon.svg")}],
    "ENVIRONMENT": "lapak.web.staff.look.environment",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "DASHBOARD_CALLBACK": "lapak.web.staff.dashboard.dashboard",
    "STYLES": [lambda _request: static("staff/staff.css")],
    "SCRIPTS": [lambda _request: static("shell/js/numbers.js"), lambda _request: static("staff/staff.js")],
    "BORDER_RADIUS": "8px",
    # Mori cloth and indigo, as everywhere (shell/css/tokens.css).
    "COLORS": {
        "base": {
            "50": "#faf7f0", "100": "#f2eadb", "200": "#e6dcc9", "300": "#cfc2aa", "400": "#a3947b", "500": "#7d705c",
            "600": "#62584a", "700": "#4a4237", "800": "#332d25", "900": "#211d17", "950": "#16140f",
        },
        "primary": {
            "50": "#f1f4fb", "100": "#e1e8f6", "200": "#c6d3ee", "300": "#a3b8e3", "400": "#7693d0", "500": "#4a6bb4",
            "600": "#25427f", "700": "#1e3768", "800": "#182e5d", "900": "#162a52", "950": "#0e1b36",
        },
    },
    "SIDEBAR": {
        "show_search": True,
        "show_all_applications": False,
        "navigation": [
            {
                "items": [
                    _item(_("Overview"), "dashboard", "index"),
                    _item(_("Money desk"), "rule", "money_desk"),
                    _item(_("Payout desk"), "payments", "payout_desk"),
                    _item(_("What the house owes"), "account_balance", "house_desk"),
                    _item(_("Fees"), "percent", "fee_desk"),
                    _item(_("Taxes of shops"), "request_quote", "tax_desk"),
                    _item(_("Return desk"), "gavel", "return_desk"),
                    _item(_("Complaints"), "support_agent", "complaint_desk"),
                    _item(_("Reviews"), "reviews", "review_desk"),
                    _item(_("Moderation"), "flag", "moderation_desk"),
                    _item(_("Creators' earnings"), "policy", "integrity_desk"),
                    _item(_("Creators' channels"), "verified_user", "channel_desk"),
                    _item(_("Paid posts"), "campaign", "post_desk"),
                    _item(_("Check of the books"), "fact_check", "books_desk"),
                    _item(_("Closings"), "door_front", "closing_desk"),
                    _item(_("The law"), "balance", "law_desk"),
                    _item(_("Figures for the government"), "query_stats", "government_figures"),
                    _item(_("Breaches of data"), "gpp_maybe", "breach_desk"),
                    {
                        "title": _("Notices"),
                        "icon": "notifications",
                        "link": reverse_lazy("notices"),
                        "badge": "lapak.web.staff.look.unread_notices",
                        "active": False,  # its page is none of this site's; unfold takes /staff/notices/mail/ for it
                    },
                ]
            },
            {
                "title": _("Trade"),
                "items": [
                    _item(_("Orders"), "receipt_long", "orders_order_changelist"),
                    _item(_("Returns"), "assignment_return", "returns_return_changelist"),
                    _item(_("Purchases"), "shopping_cart", "orders_purchase_changelist"),
                    _item(_("Parcels"), "package_2", "shipping_parcel_changelist"),
                    _item(_("Shipping services"), "local_shipping", "shipping_service_changelist"),
                    _item(_("shipping prices"), "sell", "shipping_rate_changelist"),
                ],
            },
            {
                "title": _("Money"),
                "items": [
                    _item(_("Accounts"), "account_balance_wallet", "ledger_account_changelist"),
                    _item(_("Transfers"), "swap_horiz", "ledger_transfer_changelist"),
                    _item(_("Payments"), "qr_code_2", "payments_paymentintent_changelist"),
                    _item(_("provider notifications"), "notifications", "gateways_gatewaymessage_changelist"),
                    _item(_("Refunds"), "undo", "payments_refund_changelist"),
                    _item(_("Disputes"), "gavel", "payments_dispute_changelist"),
                    _item(_("Payouts"), "outbound", "payouts_payout_changelist"),
                    _item(_("Payout batches"), "stacks", "payouts_payoutbatch_changelist"),
                    _item(_("Payments of the house"), "price_check", "remittances_remittance_changelist"),
                ],
            },
            {
                "title": _("Goods and promotion"),
                "items": [
                    _item(_("Products"), "inventory_2", "catalogue_product_changelist"),
                    _item(_("Categories"), "category", "catalogue_category_changelist"),
                    _item(_("Creators"), "campaign", "affiliates_creator_changelist"),
                    _item(_("Lapak's own programme"), "campaign", "programme_desk"),
                    _item(_("Programmes"), "handshake", "affiliates_programme_changelist"),
                    _item(_("Links"), "link", "affiliates_link_changelist"),
                    _item(_("Commissions"), "percent", "affiliates_commission_changelist"),
                    _item(_("Samples"), "redeem", "samples_sample_changelist"),
                ],
            },
            {
                "title": _("People and machine"),
                "items": [
                    _item(_("Users"), "group", "users_user_changelist"),
                    _item(_("Operators"), "badge", "operator_desk"),
                    _item(_("Settings"), "tune", "settings_desk"),
                    _item(_("Shops"), "storefront", "shops_shop_changelist"),
                    _item(_("changes"), "history", "audit_change_changelist"),
                    _item(_("uploads"), "upload", "moving_upload_changelist"),
                    _item(_("files to take along"), "download", "moving_takeout_changelist"),
                    _item(_("Feeds"), "rss_feed", "moving_feed_changelist"),
                    _item(_("Mails"), "mail", "notices_mail_changelist"),
                    _item(_("Jobs"), "manufacturing", "procrastinate_procrastinatejob_changelist"),
                ],
            },
        ],
    },
}  # fmt: skip
