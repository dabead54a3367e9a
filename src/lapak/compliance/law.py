"""All that the law asks: the rules, in the order in which they are shown."""

from lapak.compliance.people import PEOPLE
from lapak.compliance.tax import TAX
from lapak.compliance.trade import TRADE

LAW = (*TRADE, *PEOPLE, *TAX)
