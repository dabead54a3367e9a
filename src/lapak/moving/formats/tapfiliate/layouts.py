"""Tapfiliate: the exports of affiliates, conversions and payouts.

Names of columns are those of its help pages (support.tapfiliate.com: importing affiliates, the columns of a list of conversions,
settling balances) and of its API's objects; `referral_code` is named by the importers of its rivals. No export was seen: labels
in words are by heart.
"""

from django.utils.translation import gettext_lazy as _

from lapak.moving.identify import by_nothing
from lapak.moving.layout import Format, Layout, OtherList, Tells

PLATFORM = "tapfiliate"

_AFFILIATES = Layout(
    platform=PLATFORM,
    called=_("affiliates"),
    tells=Tells.PARTNERS,
    spellings={
        "partner_id": ("id", "ID", "affiliate_id", "Affiliate ID"),
        "first_name": ("firstname", "first_name", "First name"),
        "last_name": ("lastname", "last_name", "Last name"),
        "email": ("email", "Email", "E-mail"),
        "code": ("referral_code", "Referral code", "ref_code"),
        "coupon": ("coupon", "coupons", "Coupon", "Coupons"),
        "company": ("company", "company_name", "Company"),
        "programme": ("program", "programs", "Program", "Programs"),
        "rate": ("commission_percentage", "commission_rate", "Commission percentage"),
        "state": ("status", "approved", "Status", "Approved"),
        "placed_at": ("created_at", "Created at", "signup_date", "Sign-up date", "Date joined"),
        "group": ("affiliate_group", "group", "Affiliate group", "Group"),
    },
    needs={"email"},
    needs_one_of={"code", "group"},
    least_known=4,
    first_row=2,
    telling=(),
    identify=by_nothing,
)

_CONVERSIONS = Layout(
    platform=PLATFORM,
    called=_("conversions"),
    tells=Tells.COMMISSIONS,
    spellings={
        "pay_id": ("id", "conversion_id", "ID", "Conversion ID"),
        "order": ("external_id", "External ID"),
        "sale": ("amount", "conversion_amount", "Amount", "Conversion amount"),
        "amount": ("commission_amount", "commission", "Commission amount", "Commission"),
        "currency": ("currency", "Currency"),
        "kind": ("commission_type", "Commission type"),
        "state": ("commission_status", "Commission status", "approved", "Approved"),
        "partner_id": ("affiliate_id", "Affiliate ID"),
        "email": ("affiliate_email", "Affiliate email"),
        "programme": ("program", "program_id", "Program"),
        "placed_at": ("created_at", "Created at", "date", "Date"),
        "customer": ("customer_id", "Customer ID"),
        "click": ("click_date", "referrer", "landing_page", "meta_data"),
    },
    needs={"amount", "placed_at", "order"},
    needs_one_of={"email", "partner_id"},
    least_known=6,
    first_row=2,
    telling=("amount", "sale"),
    identify=by_nothing,
)

_PAYOUTS = Layout(
    platform=PLATFORM,
    called=_("payouts"),
    tells=Tells.PAYOUTS,
    spellings={
        "pay_id": ("payment_id", "Payment ID"),
        "partner_id": ("affiliate_id", "Affiliate ID"),
        "first_name": ("firstname", "First name"),
        "last_name": ("lastname", "Last name"),
        "email": ("affiliate_email", "email", "Affiliate email", "Email"),
        "amount": ("amount", "Amount", "payout_amount", "Payout amount"),
        "currency": ("currency", "Currency"),
        "placed_at": ("created_at", "settled_at", "paid_at", "date", "Date", "Settled at", "Created at"),
        "method": ("payout_method", "Payout method"),
        "state": ("status", "Status"),
    },
    needs={"amount", "placed_at", "method"},
    needs_one_of={"email", "partner_id"},
    least_known=5,
    first_row=2,
    telling=("amount",),
    identify=by_nothing,
)

FORMAT = Format(
    platform=PLATFORM,
    title="Tapfiliate",
    expected="id, firstname, lastname, email, referral_code …",
    how=_("Tapfiliate → Affiliates, Conversions and Payments → Export CSV"),
    layouts=(),
    past=(_AFFILIATES, _CONVERSIONS, _PAYOUTS),
    other_lists=(
        OtherList(_("This is a list of customers: nothing of buyers comes along."), {"customer_id", "affiliate_email"}),
    ),
)
