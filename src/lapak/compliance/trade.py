"""The law of trade through electronic systems. Facts that no primary text was found for are not confirmed."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from lapak.compliance.proofs import boundary, fees, goods, merchants, standards, taxes
from lapak.compliance.rules import Basis, Proof, Rule

TRADE = (
    Rule(
        "PMSE-SEP",
        title=_("Social media and selling are apart"),
        who=_("Social media and marketplaces"),
        duty=_(
            "Social media may promote goods and take no payment; a marketplace has no connection with systems "
            "outside it, and no data of users are abused."
        ),
        control=_(
            "Inside a social app everything may be looked at, and buying leads out to a real browser. Nothing of "
            "others is loaded, nobody signs in through social media, and a click names nobody."
        ),
        basis=(
            Basis("Permendag 31/2023", "Art. 13, 21 (3)", date(2023, 9, 26), date(2026, 6, 8)),
            Basis("Permendag 19/2026", "", date(2026, 6, 8), is_confirmed=False),
        ),
        proofs=(
            Proof(
                "no_other_origin",
                _("Public pages load nothing from another site, and send nothing there."),
                boundary.no_other_origin,
            ),
            Proof(
                "policy",
                _("The content policy that comes with every page allows our own site alone."),
                boundary.policy_allows_us_alone,
            ),
            Proof("not_framed", _("No other site may show our pages within its own."), boundary.not_framed),
            Proof("sign_in", _("Nobody signs in through social media."), boundary.no_social_sign_in),
            Proof(
                "leads_out",
                _("In a social app's own browser everything can be looked at, and buying leads out of it."),
                boundary.buying_leads_out,
            ),
            Proof(
                "clicks",
                _("A click keeps its link, its moment and the kind of device, and nobody's name, address or account."),
                boundary.clicks_name_nobody,
            ),
            Proof(
                "marks", _("Visitors' marks cannot be worked out once their day is over."), boundary.marks_are_forgotten
            ),
        ),
    ),
    Rule(
        "PMSE-PROD",
        title=_("The marketplace sells nothing itself"),
        who=_("Marketplaces"),
        duty=_("A marketplace may not act as a producer of what is sold on it."),
        control=_("Whoever runs the marketplace can open no shop and work for none."),
        basis=(
            Basis("Permendag 31/2023", "Art. 21 (2)", date(2023, 9, 26), date(2026, 6, 8)),
            Basis("Permendag 19/2026", "", date(2026, 6, 8), is_confirmed=False),
        ),
        proofs=(
            Proof(
                "no_shop", _("Nobody who runs the marketplace works for a shop."), merchants.operator_works_for_no_shop
            ),
            Proof(
                "refused",
                _("Whoever runs the marketplace is refused when they open a shop or join one."),
                merchants.operator_is_refused,
            ),
        ),
    ),
    Rule(
        "PMSE-FAIR",
        title=_("Equal chances for every shop"),
        who=_("Marketplaces"),
        duty=_("Shops have equal opportunity, and prices are not manipulated."),
        control=_("No place in a list can be bought, the fee is public, and each change of a price is kept."),
        basis=(
            Basis("Permendag 31/2023", "Art. 13", date(2023, 9, 26), date(2026, 6, 8)),
            Basis("Permendag 19/2026", "", date(2026, 6, 8), is_confirmed=False),
        ),
        proofs=(
            Proof(
                "ranking",
                _(
                    "Goods are found and sorted by what they are and what was sold of them, and by nothing that is paid "
                    "for."
                ),
                fees.nothing_paid_ranks,
            ),
            Proof(
                "explained",
                _("Everybody can read in which order goods are shown, and why."),
                goods.ranking_is_explained,
            ),
            Proof(
                "public_fee",
                _("The fee of the day was set, and the help page names today's."),
                fees.fee_is_public,
                goes_by_day=True,
            ),
            Proof(
                "prices",
                _("Each change of a price is kept, and nobody can change that record."),
                fees.prices_are_on_record,
                goes_by_day=True,
            ),
        ),
    ),
    Rule(
        "PMSE-ID",
        title=_("Shops are registered businesses"),
        who=_("Shops"),
        duty=_(
            "A shop needs a business number (NIB); a new one has six months under a public label, one from before"
            " has until 8 December 2027, and then its sales stop."
        ),
        control=_(
            "A shop without a number bears the label, is told a month and a week before, and sells nothing after "
            "its time until it gives one; open orders go on."
        ),
        basis=(Basis("Permendag 19/2026", "Art. 17, 74", date(2026, 6, 8)),),
        proofs=(
            Proof(
                "label", _("The page of a shop without a number bears the label of the law."), merchants.label_is_shown
            ),
            Proof(
                "in_time",
                _("No shop without a number sold when its time was over."),
                merchants.nobody_sold_past_their_time,
                goes_by_day=True,
            ),
            Proof("stop", _("Sales of such a shop stop by themselves."), merchants.sales_stop),
        ),
    ),
    Rule(
        "PMSE-FOREIGN",
        title=_("Shops from abroad"),
        who=_("Shops"),
        duty=_(
            "A shop from abroad gives its name, address, licence, proof of standards and the country it ships "
            "from, in Indonesian; without them it is not registered."
        ),
        control=_("Lapak registers no shop from abroad: a shop is in a province of Indonesia."),
        basis=(
            Basis("Permendag 31/2023", "Art. 5", date(2023, 9, 26), date(2026, 6, 8)),
            Basis("Permendag 19/2026", "Art. 6", date(2026, 6, 8)),
        ),
        proofs=(
            Proof("here", _("Every shop is in a province of Indonesia."), merchants.shops_are_here),
            Proof(
                "abroad_refused", _("A shop without a province of Indonesia is refused."), merchants.abroad_is_refused
            ),
        ),
    ),
    Rule(
        "PMSE-STD",
        title=_("Standards are shown"),
        who=_("Shops"),
        duty=_("The numbers of SNI, halal, BPOM and P-IRT are shown where a kind of goods must have them."),
        control=_(
            "Goods of such a category go on sale with their number alone. What was on sale without one, or comes in by a file, "
            "has a month, of which its shop is told; then it is taken off sale until the number is there."
        ),
        basis=(
            Basis("Permendag 31/2023", "", date(2023, 9, 26), date(2026, 6, 8)),
            Basis("Permendag 19/2026", "", date(2026, 6, 8), date(2026, 10, 17), is_confirmed=False),
            Basis("Permendag 19/2026, PP 42/2024", "", date(2026, 10, 17)),
        ),
        proofs=(
            Proof(
                "demanded",
                _("Categories demand the numbers that the law asks for, and nothing is on sale past its time without."),
                standards.numbers_are_demanded,
                goes_by_day=True,
            ),
        ),
    ),
    Rule(
        "PMSE-100",
        title=_("Least price of goods from abroad"),
        who=_("Marketplaces"),
        duty=_(
            "Finished goods that are sold directly from abroad cost at least USD 100 FOB a unit, but for books, "
            "films, software and music."
        ),
        control=_("Nothing is sold directly from abroad: every parcel begins at a shop in Indonesia."),
        basis=(
            Basis("Permendag 31/2023, Kepmendag 1998/2023", "Art. 19", date(2023, 9, 26), date(2026, 6, 8)),
            Basis("Permendag 19/2026", "Art. 23", date(2026, 6, 8)),
        ),
        proofs=(
            Proof("shops_here", _("Every shop is in a province of Indonesia."), merchants.shops_are_here),
            Proof("parcels", _("Couriers are paid to carry from Indonesia alone."), merchants.parcels_begin_here),
        ),
    ),
    Rule(
        "PMSE-FEE",
        title=_("Fees by contract"),
        who=_("Marketplaces"),
        duty=_(
            "Every fee stands in a contract to download; a new fee or rate needs consent, and an objection "
            "without an answer for 14 working days counts as accepted."
        ),
        control=_(
            "Fees change by a schedule alone that is announced with its day. Who would pay more keeps the fees they have until "
            "they agree, may object in words, and downloads the contract; silence of Lapak accepts the objection."
        ),
        basis=(Basis("Permendag 19/2026", "Art. 14, 18", date(2026, 6, 8)),),
        proofs=(
            Proof(
                "as_agreed",
                _("What was taken of each order is the fee of the schedule that its shop was under that day."),
                taxes.books_agree("agreed_fee", "split", "kept"),
            ),
            Proof(
                "answered",
                _("No objection waits longer than the law says: then it is accepted."),
                fees.objections_have_their_answer,
                goes_by_day=True,
            ),
            Proof(
                "contract",
                _("Anybody can download the contract of each schedule."),
                fees.contracts_can_be_had,
                goes_by_day=True,
            ),
        ),
    ),
    Rule(
        "UMKM-FEE",
        title=_("Fees of small sellers"),
        who=_("Marketplaces"),
        duty=_(
            "A change of fees is told 90 days before, and verified micro and small sellers of domestic goods pay "
            "half of the service fee at most."
        ),
        control=_(
            "A schedule begins no sooner than the law says after it was told, and the database takes none whose rate for small "
            "sellers of domestic goods is more than half. Which shop is small it states itself, with its business number."
        ),
        basis=(Basis("Permen UMKM 3/2026", "", date(2026, 6, 17), is_confirmed=False),),
        proofs=(
            Proof(
                "told",
                _("No fee began without having been told so long before."),
                fees.fees_were_told_before,
                goes_by_day=True,
            ),
            Proof(
                "lower",
                _("Micro and small sellers of domestic goods pay half, and it is known which shops are."),
                fees.small_sellers_pay_half,
                goes_by_day=True,
            ),
        ),
    ),
)
