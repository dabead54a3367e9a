"""Dub Partners: the exports of partners, links and commissions.

The columns are those that Dub's public source names for its three exports (github.com/dubinc/dub: the schemas of partners and
commissions, the window in which links are exported), by their labels and their keys. A list of links does not say whose they are.
Earlier commissions were written as the database has them, in hundredths.
"""

from django.utils.translation import gettext_lazy as _

from lapak.moving.identify import by_nothing
from lapak.moving.layout import Format, Layout, Tells

PLATFORM = "dub"

_PARTNERS = Layout(
    platform=PLATFORM,
    called=_("partners"),
    tells=Tells.PARTNERS,
    spellings={
        "partner_id": ("ID", "id", "Partner ID"),
        "name": ("Name", "name", "Partner name"),
        "email": ("Email", "email", "Partner email"),
        "code": ("Username", "username"),
        "country": ("Country",),
        "state": ("Status", "status"),
        "placed_at": ("Enrolled at", "Created at", "createdAt"),
        "about": ("Description", "Bio"),
        "paying": ("Payouts enabled", "payoutsEnabledAt"),
        "clicks": ("Clicks",),
        "leads": ("Leads",),
        "sales": ("Sales",),
        "sold": ("Sale amount", "saleAmount"),
        "website": ("Website",),
        "youtube": ("YouTube",),
        "twitter": ("Twitter", "X/Twitter"),
        "linkedin": ("LinkedIn",),
        "instagram": ("Instagram",),
        "tiktok": ("TikTok",),
    },
    needs={"partner_id", "email", "name"},
    needs_one_of={"placed_at", "youtube", "paying"},
    least_known=5,
    first_row=2,
    telling=("clicks",),
    identify=by_nothing,
)

_LINKS = Layout(
    platform=PLATFORM,
    called=_("links"),
    tells=Tells.PARTNER_LINKS,
    spellings={
        "code": ("Short link", "link", "shortLink"),
        "address": ("Destination URL", "url"),
        "clicks": ("Clicks", "clicks"),
        "placed_at": ("Created at", "createdAt"),
        "link_id": ("Link ID", "id"),
        "changed_at": ("Updated at", "updatedAt"),
        "label": ("Tags", "tags", "Comments", "comments"),
        "archived": ("Archived", "archived"),
        "partner_id": ("Partner ID", "partnerId"),
        "email": ("Partner email", "partnerEmail"),
        "utm_source": ("utm_source", "UTM source"),
        "utm_medium": ("utm_medium", "UTM medium"),
        "utm_campaign": ("utm_campaign", "UTM campaign"),
        "utm_term": ("utm_term", "UTM term"),
        "utm_content": ("utm_content", "UTM content"),
    },
    needs={"code", "address"},
    needs_one_of={"clicks", "link_id"},
    least_known=3,
    first_row=2,
    telling=("clicks",),
    identify=by_nothing,
)

_COMMISSIONS = Layout(
    platform=PLATFORM,
    called=_("commissions"),
    tells=Tells.COMMISSIONS,
    spellings={
        "pay_id": ("ID", "id"),
        "kind": ("Type", "type"),
        "sale": ("Amount", "amount"),
        "amount": ("Earnings", "earnings"),
        "currency": ("Currency", "currency"),
        "state": ("Status", "status"),
        "invoice": ("Invoice ID", "invoiceId"),
        "quantity": ("Quantity", "quantity"),
        "placed_at": ("Created at", "createdAt"),
        "paid_at": ("Paid at", "paidAt"),
        "changed_at": ("Updated at", "updatedAt"),
        "partner_id": ("Partner ID", "partnerId"),
        "name": ("Partner name", "partnerName"),
        "email": ("Partner email", "partnerEmail"),
        "tenant": ("Partner tenant ID", "partnerTenantId"),
        "customer": ("Customer ID", "customerId"),
        "customer_name": ("Customer name", "customerName"),
        "customer_email": ("Customer email", "customerEmail"),
    },
    needs={"amount", "currency", "placed_at"},
    needs_one_of={"invoice", "kind"},
    least_known=6,
    first_row=2,
    telling=("amount", "sale"),
    identify=by_nothing,
    is_in_hundredths=True,
)

FORMAT = Format(
    platform=PLATFORM,
    title="Dub",
    expected="ID, Name, Email, Status, Enrolled at …",
    how=_("Dub → Partners, Links and Commissions → Export as CSV, with partner ID and partner e-mail"),
    layouts=(),
    past=(_PARTNERS, _LINKS, _COMMISSIONS),
)
