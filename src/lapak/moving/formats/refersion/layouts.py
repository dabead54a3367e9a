"""Refersion: the exports of affiliates and conversions.

Names of columns are those of its help page on importing (support.refersion.com: first name, last name, e-mail address, offer ID,
PayPal e-mail, coupon) and of its API's objects (refersion.dev: the affiliate with its id and code, the conversion with its totals
and its two states). No export was seen: labels in words are by heart.
"""

from django.utils.translation import gettext_lazy as _

from lapak.moving.identify import by_nothing
from lapak.moving.layout import Format, Layout, Tells

PLATFORM = "refersion"

_AFFILIATES = Layout(
    platform=PLATFORM,
    called=_("affiliates"),
    tells=Tells.PARTNERS,
    spellings={
        "partner_id": ("affiliate_id", "Affiliate ID", "ID", "id"),
        "code": ("affiliate_code", "Affiliate Code", "Code", "code", "Referral Code"),
        "first_name": ("First Name", "first_name"),
        "last_name": ("Last Name", "last_name"),
        "email": ("Email Address", "Email", "email"),
        "company": ("Company", "Company Name", "company_name"),
        "paypal": ("PayPal Email", "PayPal Email Address", "paypal_email"),
        "offer_id": ("Offer ID", "offer_id"),
        "offer": ("Offer", "Offer Name", "offer_name"),
        "rate": ("Commission", "Commission Rate", "commission_rate"),
        "coupon": ("Coupon", "Coupons", "Coupon Code"),
        "country": ("Country",),
        "province": ("State",),
        "dashboard": ("Dashboard Enabled",),
        "state": ("Status", "Affiliate Status", "affiliate_status"),
        "placed_at": ("Date Joined", "Signup Date", "Created", "Created At", "created_at"),
    },
    needs={"email"},
    needs_one_of={"offer_id", "offer", "dashboard"},
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
        "pay_id": ("conversion_id", "Conversion ID", "ID"),
        "order": ("order_id", "Order ID", "Order"),
        "partner_id": ("affiliate_id", "Affiliate ID"),
        "name": ("Affiliate Name", "Affiliate"),
        "email": ("affiliate_email", "Affiliate Email"),
        "code": ("affiliate_code", "Affiliate Code"),
        "offer": ("offer_id", "Offer ID", "Offer", "Offer Name"),
        "sale": (
            "commissionable_order_total", "Commissionable Order Total", "Commissionable Total", "Order Total", "order_total",
            "Total",
        ),
        "amount": ("commission_total", "Commission Total", "Commission", "commission"),
        "currency": ("currency", "Currency"),
        "state": ("status", "Status", "Conversion Status"),
        "payment": ("payment_status", "Payment Status"),
        "placed_at": ("created", "Created", "Date", "Conversion Date", "created_at", "Created At"),
        "paid_at": ("paid_at", "Paid At", "Payment Date"),
        "trigger": ("conversion_trigger", "Conversion Trigger", "Type"),
        "test": ("is_test_conversion", "Test Conversion"),
        "customer": ("Customer", "Customer Name", "Customer Email"),
    },
    needs={"amount", "placed_at", "pay_id"},
    needs_one_of={"payment", "offer", "trigger"},
    least_known=6,
    first_row=2,
    telling=("amount", "sale"),
    identify=by_nothing,
)  # fmt: skip

FORMAT = Format(
    platform=PLATFORM,
    title="Refersion",
    expected="Affiliate ID, First Name, Last Name, Email, Offer …",
    how=_("Refersion → Affiliates and Conversions → Export"),
    layouts=(),
    past=(_AFFILIATES, _CONVERSIONS),
)
