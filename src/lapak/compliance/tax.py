"""The law of the taxes that go through Lapak's hands; facts and doubts: docs/concepts/law-and-practice.md "Tax"."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from lapak.compliance.proofs import taxes, there
from lapak.compliance.rules import Basis, Proof, Rule

TAX = (
    Rule(
        "TAX-PPH22",
        title=_("PPh 22 of shops"),
        who=_("Marketplaces"),
        duty=_(
            "A designated marketplace withholds 0.5% of the goods when payment is received; whoever sells little "
            "and says so in a letter is exempt."
        ),
        control=_(
            "The operator sets for a day to come that it begins or ends, and on what that rests; until then it is not withheld."
        ),
        basis=(
            Basis("PMK 37/2025", "", date(2026, 8, 1), date(2026, 8, 5), is_confirmed=False),
            Basis("PMK 37/2025", "", date(2026, 11, 1), is_confirmed=False),
        ),
        proofs=(
            Proof(
                "withheld", _("It is withheld from what is paid on the day."), taxes.pph22_is_withheld, goes_by_day=True
            ),
            Proof("letters", _("Shops can hand in the letter that exempts them."), there.has_page("sell_tax")),
        ),
    ),
    Rule(
        "TAX-VAT",
        title=_("VAT on the fee"),
        who=_("Marketplaces"),
        duty=_(
            "A taxable entrepreneur takes VAT on the fee: 11/12 of it at 12%. Whoever earns more than Rp 4.8 "
            "billion a year must be one."
        ),
        control=_("Taken from the day on that is set, and booked apart."),
        basis=(
            Basis("UU PPN", "Art. 7", date(2022, 4, 1), date(2025, 1, 1)),
            Basis("UU PPN, PMK 131/2024", "", date(2025, 1, 1), is_confirmed=False),
        ),
        proofs=(
            Proof(
                "registered",
                _("Lapak takes VAT, or earned too little in the year to have to."),
                taxes.vat_when_it_is_due,
                goes_by_day=True,
            ),
            Proof(
                "booked", _("What was taken of each order is what the rule says."), taxes.books_agree("split", "kept")
            ),
        ),
    ),
    Rule(
        "TAX-PPH21",
        title=_("PPh 21 of creators"),
        who=_("Marketplaces"),
        duty=_(
            "From a person's commission the rates of Art. 17 are withheld on half of the gross, added up over the year."
        ),
        control=_("Withheld with each commission that reaches a creator."),
        basis=(Basis("UU PPh", "Art. 17, 21", date(2022, 1, 1)),),
        proofs=(
            Proof(
                "year",
                _("What was withheld in each year is what the rates say."),
                taxes.books_agree("tax_year", "tax_month", "tax_booked"),
            ),
        ),
    ),
    Rule(
        "TAX-PPH23",
        title=_("PPh 23 of companies that promote"),
        who=_("Marketplaces"),
        duty=_("From a company's commission 2% of the gross is withheld."),
        control=_("Withheld with each commission that reaches a company."),
        basis=(Basis("UU PPh", "Art. 23", date(2009, 1, 1), is_confirmed=False),),
        proofs=(
            Proof(
                "companies",
                _("What was withheld from companies is what the rate says."),
                taxes.books_agree("company_tax"),
            ),
        ),
    ),
    Rule(
        "TAX-SLIP",
        title=_("Withholding slips"),
        who=_("Marketplaces"),
        duty=_("Whoever is withheld from gets a slip a month, with number, name, base and tax."),
        control=_("A slip a month; what goes back later corrects it."),
        basis=(Basis("PMK 112/2022, PMK 168/2023", "", date(2024, 1, 1), is_confirmed=False),),
        proofs=(
            Proof("slips", _("The newest slip of each month says what was withheld in it."), taxes.books_agree("slip")),
        ),
    ),
    Rule(
        "TAX-PAY",
        title=_("Paying taxes to the state"),
        who=_("Marketplaces"),
        duty=_(
            "Income tax that was withheld is with the state by the 15th of the next month (before 2025 the 10th),"
            " VAT by its end."
        ),
        control=_("The operator's desk shows each tax with its last day."),
        basis=(
            Basis("PMK 242/2014", "", date(2015, 1, 1), date(2025, 1, 1), is_confirmed=False),
            Basis("PMK 81/2024", "Art. 94 (2), 100 (1)", date(2025, 1, 1)),
        ),
        proofs=(
            Proof("in_time", _("No tax that is owed is late on the day."), taxes.nothing_is_late, goes_by_day=True),
        ),
    ),
)
