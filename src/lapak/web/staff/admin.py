"""The operator's tables. Django's admin looks for this module; each of the others registers its pages by being read."""

from django.contrib import admin

from lapak.web.staff import commissions  # noqa: F401
from lapak.web.staff.labels import name_everything
from lapak.web.staff.tables import (  # noqa: F401
    affiliates,
    audit,
    catalogue,
    gateways,
    jobs,
    ledger,
    moving,
    notices,
    orders,
    payments,
    payouts,
    remittances,
    returns,
    samples,
    shipping,
    shops,
    users,
)

name_everything(admin.site)
