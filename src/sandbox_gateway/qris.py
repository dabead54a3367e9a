"""Writing a dynamic QRIS string: EMVCo merchant-presented mode, in the profile of Bank Indonesia's ASPI."""

ACQUIRER = {
    "00": "ID.CO.LAPAKSANDBOX.WWW",
    "01": "936009990000000017",
    "02": "SANDBOX00000001",
    "03": "UME",
}
"""Tag 26. No bank has this domain or number, so that no payer's app can take a sandbox code for a real one."""

NATIONAL = {"00": "ID.CO.QRIS.WWW", "02": "ID1023000000017", "03": "UME"}
"""Tag 51: the national merchant id (NMID) and the size of the merchant (medium: 0.7 % MDR)."""


def dynamic_qris(amount_idr: int, reference_label: str) -> str:
    """The string a payer's app reads: pay `amount_idr` once. `reference_label` has at most 25 characters."""
    fields = {
        "00": "01",
        "01": "12",
        "26": _joined(ACQUIRER),
        "51": _joined(NATIONAL),
        "52": "5399",
        "53": "360",
        "54": str(amount_idr),
        "58": "ID",
        "59": "LAPAK SANDBOX",
        "60": "JAKARTA PUSAT",
        "61": "10110",
        "62": _joined({"05": reference_label}),
    }
    unsigned = _joined(fields) + "6304"
    return f"{unsigned}{_crc16_ccitt_false(unsigned.encode('ascii')):04X}"


def _joined(fields: dict[str, str]) -> str:
    return "".join(f"{tag}{len(value):02d}{value}" for tag, value in fields.items())


def _crc16_ccitt_false(data: bytes) -> int:
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc
