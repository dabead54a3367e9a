"""What a slip says, and how the tax office names people: pure."""

import re

from lapak.affiliates.withholding.errors import TaxNumberInvalid
from lapak.lib.money import divide_half_up

LONGEST_NAME = 100
INDIVIDUAL, COMPANY = "individual", "company"
"""The values of `Creator.TaxStatus`."""


def base_idr(taxed_as: str, gross_idr: int) -> int:
    """What the tax is reckoned on: half of what an individual earns, rounded half up as a slip shows it (PPh 21), all of
    what a company does (PPh 23)."""
    return divide_half_up(gross_idr, 2) if taxed_as == INDIVIDUAL else gross_idr


def as_tax_number(text: str, taxed_as: str) -> str:
    """The 16 digits of a NIK or NPWP, with or without the usual dots. A company's former 15 digits have a zero before them
    (PMK 112/2022, as commentaries tell it (?)); a person's are a NIK now. Refuses (`TaxNumberInvalid`) anything else."""
    digits = re.sub(r"[\s.\-]", "", text)
    if taxed_as == COMPANY and re.fullmatch(r"[0-9]{15}", digits):
        digits = f"0{digits}"
    if not re.fullmatch(r"[0-9]{16}", digits):
        raise TaxNumberInvalid
    return digits
