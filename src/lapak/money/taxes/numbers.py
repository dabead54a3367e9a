"""How the tax office names people and companies: pure."""

import re
from enum import StrEnum

from lapak.money.taxes.errors import TaxNumberInvalid

LONGEST_NAME = 100


class TaxedAs(StrEnum):
    """The same values as `Creator.TaxStatus`."""

    INDIVIDUAL = "individual"
    COMPANY = "company"


def as_tax_number(text: str, taxed_as: str) -> str:
    """The 16 digits of a NIK or NPWP, with or without the usual dots. A company's former 15 digits have a zero before them
    (PMK 112/2022, as commentaries tell it (?)); a person's are a NIK now. Refuses (`TaxNumberInvalid`) anything else."""
    digits = re.sub(r"[\s.\-]", "", text)
    if taxed_as == TaxedAs.COMPANY and re.fullmatch(r"[0-9]{15}", digits):
        digits = f"0{digits}"
    if not re.fullmatch(r"[0-9]{16}", digits):
        raise TaxNumberInvalid
    return digits
