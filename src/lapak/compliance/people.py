"""The law of what people who trade are owed: complaints, contracts, records, their own data."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from lapak.compliance.proofs import complaints, fees, figures, goods, orders, privacy, there
from lapak.compliance.rules import Basis, Proof, Rule

PEOPLE = (
    Rule(
        "PMSE-COMPLAIN",
        title=_("Complaints"),
        who=_("Marketplaces"),
        duty=_(
            "The home page leads to a complaint service with more than one channel and published times that are "
            "kept, and names the ministry's own."
        ),
        control=_(
            "The shop is asked first, then Lapak answers by a published date; figures of both are public, and every "
            "page names the ministry's contacts, the help page the operator's."
        ),
        basis=(Basis("Permendag 19/2026", "Art. 10–13", date(2026, 6, 8)),),
        proofs=(
            Proof("ministry", _("The home page names the ministry's WhatsApp and mail."), complaints.ministry_is_named),
            Proof("operator", _("The operator can be written to."), complaints.operator_can_be_written_to),
            Proof("desk", _("Complaints have a page with their times and figures."), there.has_page("complaints")),
            Proof("kept", _("Nobody waits for Lapak longer than was published."), complaints.term_is_kept),
        ),
    ),
    Rule(
        "PMSE-AI",
        title=_("Content made by AI"),
        who=_("Shops"),
        duty=_("Content that was made by AI is labelled."),
        control=_(
            "A shop says of each of its goods whether AI made the pictures or the description, and the page bears the label."
        ),
        basis=(Basis("Permendag 19/2026", "Art. 47", date(2026, 6, 8)),),
        proofs=(
            Proof(
                "label",
                _("The pages of goods whose shop says that AI made pictures or description bear the label."),
                goods.ai_content_bears_a_label,
            ),
        ),
    ),
    Rule(
        "PMSE-LOCAL",
        title=_("Room for domestic goods"),
        who=_("Marketplaces"),
        duty=_("Domestic goods are given room and promotion."),
        control=_(
            "A shop says of each of its goods where they were made; those made in Indonesia bear it, have a shelf of their own "
            "and can be looked for, and small sellers pay a lower fee for them."
        ),
        basis=(Basis("Permendag 19/2026", "Art. 36–39", date(2026, 6, 8)),),
        proofs=(
            Proof(
                "shelf",
                _("Domestic goods have a shelf of their own."),
                goods.domestic_goods_have_a_shelf,
            ),
        ),
    ),
    Rule(
        "PMSE-DATA",
        title=_("Figures for the government"),
        who=_("Marketplaces"),
        duty=_("Revenue, transactions, sellers and buyers are reported from time to time."),
        control=_(
            "The figures of each quarter that is over can be read and had as a file: sellers and buyers by province, "
            "transactions, revenue, ways of paying, delivery and where goods were made."
        ),
        basis=(
            Basis("BPS 4/2023", "", date(2023, 9, 26), date(2026, 6, 8), is_confirmed=False),
            Basis("Permendag 19/2026, BPS 4/2023", "Art. 21, 53–55", date(2026, 6, 8)),
        ),
        proofs=(
            Proof(
                "export",
                _("The figures of the last quarter that was over can be had as a file."),
                figures.can_be_exported,
                goes_by_day=True,
            ),
        ),
    ),
    Rule(
        "PMSE-KEEP",
        title=_("Records are kept"),
        who=_("Marketplaces"),
        duty=_("Data of financial transactions are kept for ten years, other data of trade for five."),
        control=_(
            "Records of money and trade are never deleted: the database refuses it. What names people in them is put away once "
            "the time is over, and not before."
        ),
        basis=(Basis("PP 80/2019", "Art. 25", date(2019, 11, 25)),),
        proofs=(
            Proof(
                "guarded",
                _("The database refuses to change or delete what is recorded of money and trade."),
                fees.money_is_kept,
            ),
            Proof(
                "put_away",
                _("Nothing that names people stands longer than that."),
                privacy.nothing_outlives_its_time,
            ),
        ),
    ),
    Rule(
        "PMSE-CONTRACT",
        title=_("Contracts with buyers"),
        who=_("Marketplaces"),
        duty=_(
            "A contract is in Indonesian and has nine items: parties, specification, legality of the goods, "
            "value, terms of payment, delivery, return, cancellation and choice of law."
        ),
        control=_("Each order has a contract with its own terms, which is never changed."),
        basis=(Basis("PP 80/2019", "Art. 53, 55", date(2019, 11, 25)),),
        proofs=(
            Proof(
                "each_order", _("Every order has its contract."), orders.every_order_has_its_contract, goes_by_day=True
            ),
            Proof(
                "nine_items",
                _("Every contract has all nine items."),
                orders.contracts_have_nine_items,
                goes_by_day=True,
            ),
            Proof("unchanged", _("Nobody can change or delete a contract."), orders.contracts_cannot_change),
            Proof("shown", _("The buyer can read it at the order."), there.has_page("order_contract")),
        ),
    ),
    Rule(
        "PDP",
        title=_("Personal data"),
        who=_("Marketplaces"),
        duty=_(
            "Consent stands apart from the terms; withdrawal, access and correction are acted on within 3 × 24 "
            "hours, data can be taken along and erased, and a breach is told within 3 × 24 hours."
        ),
        control=_(
            "Users read what is kept of them and why, take their own data along, correct them, switch mails off, and give "
            "and take back each consent for itself. What they have erased is gone but for what the law keeps. A "
            "breach has a clock, and letters to the people, the authority and the public."
        ),
        basis=(
            Basis("UU 27/2022", "", date(2024, 10, 17), date(2027, 1, 15)),
            Basis("UU 27/2022, PP 33/2026", "", date(2027, 1, 15)),
        ),
        proofs=(
            Proof("portable", _("Users can take their own data along."), there.has_page("account_data")),
            Proof("correct", _("Users can correct their own data."), there.has_page("account_profile")),
            Proof("mails", _("Users can switch mails off without signing in."), there.has_page("unsubscribe")),
            Proof(
                "register",
                _("Everything that is kept of people stands in a public register."),
                privacy.register_is_whole,
            ),
            Proof("consent", _("What needs a consent is kept of nobody without it."), privacy.nothing_without_consent),
            Proof(
                "centre",
                _("Users can have their data erased, and are answered in time."),
                privacy.erasures_are_answered,
            ),
            Proof("breach", _("Whoever has to hear of a breach heard of it in time."), privacy.breaches_are_told),
        ),
    ),
)
