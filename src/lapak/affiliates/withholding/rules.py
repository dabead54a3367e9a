"""What a slip says, and how the tax office names people: pure."""

from lapak.lib.money import divide_half_up

INDIVIDUAL, COMPANY = "individual", "company"
"""The values of `Creator.TaxStatus`."""


def base_idr(taxed_as: str, gross_idr: int) -> int:
    """What the tax is reckoned on: half of what an individual earns, rounded half up as a slip shows it (PPh 21), all of
    what a company does (PPh 23)."""
    return divide_half_up(gross_idr, 2) if taxed_as == INDIVIDUAL else gross_idr
