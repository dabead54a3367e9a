"""What the platform takes for a sale."""

from datetime import date

from lapak.lib.dated import Dated

FEE_BP = Dated((date(2023, 10, 4), 200))
"""Of the goods. Public, and never changed after its day (PMSE-FEE, 19/2026 Art. 14); 2 % as in docs/concepts/money.md
"The worked example". An order has the fee of the day it was placed."""
