"""Reading a QRIS string: what a payer's app will read must be what was asked, before Lapak draws it.

EMVCo merchant-presented mode in Bank Indonesia's profile: two digits of tag, two of length, then the value. Only a
licensed provider may issue one, so nothing here writes any.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lapak.money.payments.errors import InvalidQris

LIMIT_IDR = 10_000_000
"""Bank Indonesia's limit for one QRIS payment."""

ACQUIRER_TAGS = [f"{tag:02d}" for tag in range(26, 46)]
CRITERIA = {"UMI", "UKE", "UME", "UBE", "URE"}
"""Sizes of merchant: micro, small, medium, large, and the regular rate."""


@dataclass(frozen=True, slots=True)
class Qris:
    """A dynamic code as a payer's app shows it."""

    amount_idr: int
    merchant_name: str
    merchant_city: str
    national_merchant_id: str
    fields: Mapping[str, str]
    """Every top-level tag with its value."""


def read_qris(payload: str) -> Qris:
    """The code in `payload`. Refuses (`InvalidQris`, with the reason) whatever a payer's app would not or must not take.

    That is: another alphabet, a checksum that does not fit, a broken structure, a static code (it would ask any
    amount), another currency or country, an amount that is no whole rupiah within the limit, or names too long.
    """
    if not re.fullmatch(r"[ -~]{8,512}", payload):
        raise InvalidQris("not 8 to 512 characters of printable ASCII")
    if payload[-8:-4] != "6304" or payload[-4:] != f"{crc16_ccitt_false(payload[:-4].encode()):04X}":
        raise InvalidQris("the checksum (tag 63) does not fit")
    fields = read_tlv(payload)
    if next(iter(fields)) != "00" or next(reversed(fields)) != "63":
        raise InvalidQris("tag 00 must come first and tag 63 last")
    for tag, meaning, is_right in TOP_LEVEL:
        if tag not in fields or not is_right(fields[tag]):
            raise InvalidQris(f"tag {tag} is not {meaning}")
    _check_acquirer(fields)
    if "62" in fields:
        read_tlv(fields["62"])
    return Qris(
        amount_idr=_amount_idr(fields["54"]),
        merchant_name=fields["59"],
        merchant_city=fields["60"],
        national_merchant_id=_national_merchant_id(fields["51"]),
        fields=fields,
    )


def check_qris(payload: str, amount_idr: int) -> None:
    """Refuse (`InvalidQris`) a code that does not ask for exactly `amount_idr`."""
    asked_idr = read_qris(payload).amount_idr
    if asked_idr != amount_idr:
        raise InvalidQris(f"asks for Rp {asked_idr} instead of Rp {amount_idr}")


def read_tlv(text: str) -> dict[str, str]:
    """The fields of one level, in their order. Refuses what is cut short, empty, or there twice."""
    fields: dict[str, str] = {}
    position = 0
    while position < len(text):
        head = re.compile(r"(\d\d)(\d\d)", re.ASCII).match(text, position)
        if head is None:
            raise InvalidQris(f"no tag and length at position {position}")
        tag, length = head[1], int(head[2])
        value = text[head.end() : head.end() + length]
        if length == 0 or len(value) < length:
            raise InvalidQris(f"tag {tag} is empty or cut short")
        if tag in fields:
            raise InvalidQris(f"tag {tag} is there twice")
        fields[tag] = value
        position = head.end() + length
    return fields


def crc16_ccitt_false(data: bytes) -> int:
    """CRC-16 with polynomial 1021 and start FFFF, not reflected; its check value is 29B1 for `123456789`."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def _amount_idr(text: str) -> int:
    """`115000` or `115000.00`: rupiah have cents on paper only. Zero for anything else."""
    return int(text.partition(".")[0]) if re.fullmatch(r"[1-9]\d{0,9}(\.0{1,2})?", text, re.ASCII) else 0


def _check_acquirer(fields: Mapping[str, str]) -> None:
    templates = [read_tlv(fields[tag]) for tag in ACQUIRER_TAGS if tag in fields]
    if not templates:
        raise InvalidQris("no acquirer (tags 26 to 45)")
    for template in templates:
        if "00" not in template or not re.fullmatch(r"\d{16,19}", template.get("01", ""), re.ASCII):
            raise InvalidQris("an acquirer without a name or a merchant number (PAN)")


def _national_merchant_id(template: str) -> str:
    national = read_tlv(template)
    if national.get("00") != "ID.CO.QRIS.WWW" or national.get("03") not in CRITERIA:
        raise InvalidQris("tag 51 is not of the national QRIS register")
    if not re.fullmatch(r"ID\d{13}", national.get("02", ""), re.ASCII):
        raise InvalidQris("tag 51 has no national merchant id (NMID)")
    return national["02"]


TOP_LEVEL: list[tuple[str, str, Callable[[str], object]]] = [
    ("00", "version 01", lambda value: value == "01"),
    ("01", "dynamic (12)", lambda value: value == "12"),
    ("51", "there", bool),
    ("52", "a merchant category of four digits", lambda value: re.fullmatch(r"\d{4}", value, re.ASCII)),
    ("53", "rupiah (360)", lambda value: value == "360"),
    ("54", "whole rupiah within the QRIS limit", lambda value: 0 < _amount_idr(value) <= LIMIT_IDR),
    ("58", "Indonesia (ID)", lambda value: value == "ID"),
    ("59", "a name of at most 25 characters", lambda value: len(value) <= 25),
    ("60", "a city of at most 15 characters", lambda value: len(value) <= 15),
    ("61", "a postal code", lambda value: re.fullmatch(r"\d{5}", value, re.ASCII)),
]
"""Every payload's top-level fields, each with what it must be."""
