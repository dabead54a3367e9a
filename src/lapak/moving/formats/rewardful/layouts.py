"""Rewardful: the exports of affiliates, commissions and payouts.

Names of columns are those of its help page on importing (help.rewardful.com: first_name, last_name, email, paypal_email,
wise_email, token) and of its API's objects (developers.rewardful.com: the affiliate, the commission, the payout). No export was
seen: labels in words are by heart. Its list of referrals is one of customers, and is passed over.
"""

from django.utils.translation import gettext_lazy as _

from lapak.moving.identify import by_nothing
from lapak.moving.layout import Format, Layout, OtherList, Tells

PLATFORM = "rewardful"

_AFFILIATES = Layout(
    platform=PLATFORM,
    called=_("affiliates"),
    tells=Tells.PARTNERS,
    spellings={
        "partner_id": ("id", "ID", "Affiliate ID"),
        "first_name": ("first_name", "First name"),
        "last_name": ("last_name", "Last name"),
        "email": ("email", "Email"),
        "code": ("token", "Token", "tokens", "Link token", "Link tokens", "Primary token"),
        "state": ("state", "State", "Status"),
        "programme": ("campaign", "Campaign", "campaign_name", "Campaign name"),
        "rate": ("commission_percent", "Commission percent", "Commission"),
        "coupon": ("coupon", "coupons", "Coupon"),
        "paypal": ("paypal_email", "PayPal email"),
        "wise": ("wise_email", "Wise email"),
        "visitors": ("visitors", "Visitors"),
        "leads": ("leads", "Leads"),
        "conversions": ("conversions", "Conversions"),
        "placed_at": ("created_at", "Created at", "Joined", "Joined at", "confirmed_at"),
        "changed_at": ("updated_at", "Updated at"),
    },
    needs={"email"},
    needs_one_of={"code", "paypal", "wise", "visitors"},
    least_known=5,
    first_row=2,
    telling=("visitors",),
    identify=by_nothing,
)

_COMMISSIONS = Layout(
    platform=PLATFORM,
    called=_("commissions"),
    tells=Tells.COMMISSIONS,
    spellings={
        "pay_id": ("id", "ID", "commission_id", "Commission ID"),
        "amount": ("amount", "Amount", "commission_amount", "Commission", "Commission amount"),
        "currency": ("currency", "Currency"),
        "state": ("state", "State", "Status"),
        "placed_at": ("created_at", "Created at", "Date"),
        "due_at": ("due_at", "Due at", "Due date"),
        "paid_at": ("paid_at", "Paid at"),
        "voided_at": ("voided_at", "Voided at"),
        "sale": ("sale_amount", "Sale amount", "Sale"),
        "sale_id": ("sale_id", "Sale ID", "stripe_charge_id", "Stripe charge ID"),
        "programme": ("campaign", "Campaign", "campaign_name", "Campaign name"),
        "partner_id": ("affiliate_id", "Affiliate ID"),
        "email": ("affiliate_email", "Affiliate email", "Affiliate"),
        "customer": ("customer", "customer_email", "Customer", "Customer email", "stripe_customer_id"),
    },
    needs={"amount", "placed_at"},
    needs_one_of={"due_at", "voided_at", "sale_id"},
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
        "pay_id": ("id", "ID", "payout_id", "Payout ID"),
        "partner_id": ("affiliate_id", "Affiliate ID"),
        "email": ("affiliate_email", "Affiliate email", "email", "Email"),
        "first_name": ("first_name", "First name"),
        "last_name": ("last_name", "Last name"),
        "amount": ("amount", "Amount"),
        "currency": ("currency", "Currency"),
        "state": ("state", "State", "Status"),
        "placed_at": ("created_at", "Created at", "Date"),
        "paid_at": ("paid_at", "Paid at"),
        "paid_by": ("paid_by_id", "paid_by", "Paid by"),
        "paypal": ("paypal_email", "PayPal email"),
        "wise": ("wise_email", "Wise email"),
        "commissions": ("commissions", "commissions_count", "Commissions"),
    },
    needs={"amount", "paid_at"},
    needs_one_of={"paid_by", "commissions", "paypal", "wise"},
    least_known=5,
    first_row=2,
    telling=("amount",),
    identify=by_nothing,
)

FORMAT = Format(
    platform=PLATFORM,
    title="Rewardful",
    expected="id, first_name, last_name, email, token …",
    how=_("Rewardful → Affiliates, Commissions and Payouts → Export CSV"),
    layouts=(),
    past=(_AFFILIATES, _COMMISSIONS, _PAYOUTS),
    other_lists=(
        OtherList(_("This is a list of customers: nothing of buyers comes along."), {"stripe_customer_id", "email"}),
        OtherList(_("This is a list of customers: nothing of buyers comes along."), {"conversion_state"}),
    ),
)
