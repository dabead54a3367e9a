"""The price list a new marketplace starts with; the operator changes it in the admin.

Published counter prices differ by district; these are round zone prices in their order of magnitude (2026).
"""

from typing import Any

from lapak.lib.regions import Zone

SERVICES = (
    ("jne-reg", "jne", "JNE Reguler"),
    ("jnt-ez", "jnt", "J&T EZ"),
    ("sicepat-best", "sicepat", "SiCepat BEST"),
)

# How far apart two zones are, as couriers price it: 0 within an island group … 3 to the far east.
_DISTANCE = {
    Zone.JAVA: 0,
    Zone.SUMATRA: 1,
    Zone.BALI_NUSA: 1,
    Zone.KALIMANTAN: 2,
    Zone.SULAWESI: 2,
    Zone.MALUKU: 3,
    Zone.PAPUA: 3,
}

# first kg (IDR), further kg (IDR), fewest days, most days, by distance
_PRICES = {
    "jne-reg": ((15_000, 12_000, 2, 3), (28_000, 24_000, 3, 5), (42_000, 38_000, 4, 7), (85_000, 80_000, 6, 12)),
    "jnt-ez": ((14_000, 12_000, 2, 4), (27_000, 24_000, 3, 6), (41_000, 37_000, 4, 8), (84_000, 79_000, 6, 12)),
    "sicepat-best": ((22_000, 20_000, 1, 1), (45_000, 42_000, 1, 2), (65_000, 60_000, 2, 3), (120_000, 112_000, 3, 5)),
}


def price_rows() -> list[dict[str, Any]]:
    """One row per service and route, for table `shipping_rate`."""
    rows = []
    for code, _courier, _name in SERVICES:
        for origin in Zone:
            for destination in Zone:
                distance = 0 if origin == destination else max(1, _DISTANCE[origin], _DISTANCE[destination])
                first_kg_idr, next_kg_idr, min_days, max_days = _PRICES[code][distance]
                rows.append(
                    {
                        "service_id": code,
                        "origin_zone": origin.value,
                        "destination_zone": destination.value,
                        "first_kg_idr": first_kg_idr,
                        "next_kg_idr": next_kg_idr,
                        "min_days": min_days,
                        "max_days": max_days,
                    }
                )
    return rows
