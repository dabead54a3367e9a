"""What comes into each of the operator's tables, for whoever finds one empty."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COMES_HERE: Mapping[str, "str | Promise"] = {
    "affiliates.commission": _("Each sale through a creator's link, with what they earn on it and why."),
    "affiliates.creator": _("Whoever has opened a creator's page, with their taxes and bank account."),
    "affiliates.link": _("The links by which creators promote goods and shops."),
    "affiliates.programme": _(
        "On what terms shops pay commission: one programme open to all, others for those invited."
    ),
    "audit.change": _(
        "What people changed that must not be forgotten: bank accounts, prices, terms; old and new, and by whom."
    ),
    "catalogue.category": _("The aisles under which goods are found."),
    "catalogue.product": _("The goods of all shops, drafts and archived ones, too."),
    "gateways.gatewaymessage": _("What payment partners told us, word for word, and what came of it."),
    "ledger.account": _(
        "Whose money lies where: one account for each owner and purpose, opened with the first transfer."
    ),
    "ledger.transfer": _("Every movement of money, from one account to another. None is ever changed."),
    "moving.feed": _("Lists of goods that shops have opened for Google or Meta to fetch."),
    "moving.takeout": _("Files that shops and people asked for, to take what is theirs along."),
    "moving.upload": _("Files that sellers gave to be moved in from another platform, and how far each is."),
    "notices.mail": _("Each e-mail that was written, and whether it left."),
    "orders.order": _("What buyers ordered: one order for each shop of a purchase."),
    "orders.purchase": _("What buyers pay at once, over one shop or several."),
    "payments.dispute": _("A payment that the buyer's bank takes back. It is answered at the money desk."),
    "payments.paymentintent": _("Each attempt to pay for a purchase."),
    "payments.refund": _("Money on its way back to buyers, and the way it takes."),
    "payouts.payout": _("Money on its way to the bank of a shop, a creator or a buyer."),
    "payouts.payoutbatch": _(
        "Payouts that left together. They are sent by themselves each working day, or from the payout desk."
    ),
    "procrastinate.procrastinatejob": _(
        "What the machine does in the background. What has failed stays here until somebody looks."
    ),
    "remittances.remittance": _(
        "Taxes and couriers that Lapak has paid. It is noted on the page of what the house owes."
    ),
    "returns.return": _("What buyers want to send back, from the first word to the refund."),
    "samples.sample": _("Goods that creators ask shops for, to show them."),
    "shipping.parcel": _("Each parcel with its tracking number, once a shop has handed it over."),
    "shipping.rate": _("What carrying costs, from zone to zone."),
    "shipping.service": _("The couriers' services that buyers choose from."),
    "shops.shop": _("Who sells here, and how far their papers are."),
    "users.user": _("Everybody who can sign in: buyers, sellers, creators and the operator's people."),
}
