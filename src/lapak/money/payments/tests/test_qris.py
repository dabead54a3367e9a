"""Reading a QRIS string: what may be drawn, and everything that may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.money.gateways.tests.recorded import recorded
from lapak.money.payments.errors import InvalidQris
from lapak.money.payments.qris import check_qris, crc16_ccitt_false, read_qris, read_tlv

ISSUED: str = recorded("charge_created")["qris_payload"]

PRINTABLE = st.characters(min_codepoint=32, max_codepoint=126)


def tlv(fields: dict[str, str]) -> str:
    return "".join(f"{tag}{len(value):02d}{value}" for tag, value in fields.items())


def code_of(fields: dict[str, str]) -> str:
    """A payload with these fields and a checksum that fits: as a careful forger would write it."""
    unsigned = tlv({tag: value for tag, value in fields.items() if tag != "63"}) + "6304"
    return f"{unsigned}{crc16_ccitt_false(unsigned.encode()):04X}"


def changed(**changes: str) -> str:
    """The issued code with other values: `t54="1"`; an empty value takes the field out."""
    fields = read_tlv(ISSUED) | {name[1:]: value for name, value in changes.items()}
    return code_of({tag: value for tag, value in fields.items() if value})


def test_the_checksum_is_crc16_ccitt_false() -> None:
    assert crc16_ccitt_false(b"123456789") == 0x29B1


def test_the_issued_code_is_read() -> None:
    code = read_qris(ISSUED)
    assert (code.amount_idr, code.merchant_name, code.merchant_city) == (115_000, "LAPAK SANDBOX", "JAKARTA PUSAT")
    assert code.national_merchant_id == "ID1023000000017"
    check_qris(ISSUED, 115_000)


@pytest.mark.parametrize("amount", ["115000.0", "115000.00"])
def test_an_amount_may_be_written_with_empty_cents(amount: str) -> None:
    assert read_qris(changed(t54=amount)).amount_idr == 115_000


def test_a_code_for_another_amount_is_refused() -> None:
    with pytest.raises(InvalidQris) as refused:
        check_qris(changed(t54="1150000"), 115_000)
    assert refused.value.reason == "asks for Rp 1150000 instead of Rp 115000"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"t00": "02"}, "tag 00"),
        ({"t01": "11"}, "dynamic"),
        ({"t01": ""}, "tag 01"),
        ({"t26": ""}, "acquirer"),
        ({"t26": tlv({"01": "936009990000000017"})}, "without a name"),
        ({"t26": tlv({"00": "ID.CO.BANK.WWW", "01": "12"})}, "merchant number"),
        ({"t51": ""}, "tag 51"),
        ({"t51": tlv({"00": "COM.ELSEWHERE", "02": "ID1023000000017", "03": "UMI"})}, "national"),
        ({"t51": tlv({"00": "ID.CO.QRIS.WWW", "02": "ID1023000000017", "03": "BIG"})}, "national"),
        ({"t51": tlv({"00": "ID.CO.QRIS.WWW", "02": "1023000000017", "03": "UMI"})}, "NMID"),
        ({"t52": "99"}, "category"),
        ({"t53": "840"}, "rupiah"),
        ({"t54": ""}, "tag 54"),
        ({"t54": "0"}, "whole rupiah"),
        ({"t54": "-5"}, "whole rupiah"),
        ({"t54": "0115000"}, "whole rupiah"),
        ({"t54": "115000.50"}, "whole rupiah"),
        ({"t54": "115.000.000"}, "whole rupiah"),
        ({"t54": "10000001"}, "limit"),
        ({"t58": "SG"}, "Indonesia"),
        ({"t59": "X" * 26}, "25 characters"),
        ({"t60": "X" * 16}, "15 characters"),
        ({"t61": "1011"}, "postal"),
        ({"t62": "0522short"}, "cut short"),
    ],
)
def test_a_well_formed_code_that_is_not_right_is_refused(changes: dict[str, str], reason: str) -> None:
    with pytest.raises(InvalidQris) as refused:
        read_qris(changed(**changes))
    assert reason in refused.value.reason


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ("", "printable ASCII"),
        ("6304", "printable ASCII"),
        ("x" * 513, "printable ASCII"),
        (ISSUED.replace("LAPAK", "LÁPAK"), "printable ASCII"),
        (ISSUED[:-4], "checksum"),
        (ISSUED[:-4] + ISSUED[-4:].lower(), "checksum"),
        (ISSUED + ISSUED, "checksum"),
        (code_of({"01": "12", "00": "01"}), "tag 00 must come first"),
        (code_of({"00": "01"}).replace("000201", "0002"), "checksum"),
    ],
)
def test_what_is_no_code_at_all_is_refused(payload: str, reason: str) -> None:
    with pytest.raises(InvalidQris) as refused:
        read_qris(payload)
    assert reason in refused.value.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0", "position 0"),
        ("0a02xx", "position 0"),
        ("0005abc", "cut short"),
        ("0000", "empty"),
        ("0001a0001b", "twice"),
    ],
)
def test_a_broken_structure_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InvalidQris) as refused:
        read_tlv(text)
    assert reason in refused.value.reason


@given(
    st.dictionaries(
        st.integers(0, 99).map(lambda tag: f"{tag:02d}"),
        st.text(PRINTABLE, min_size=1, max_size=99),
        max_size=20,
    )
)
def test_fields_survive_writing_and_reading(fields: dict[str, str]) -> None:
    assert list(read_tlv(tlv(fields)).items()) == list(fields.items())


@given(amount_idr=st.integers(1, 10_000_000), name=st.text(PRINTABLE, min_size=1, max_size=25))
def test_any_right_code_survives_writing_and_reading(amount_idr: int, name: str) -> None:
    code = read_qris(changed(t54=str(amount_idr), t59=name))
    assert (code.amount_idr, code.merchant_name) == (amount_idr, name)


@given(position=st.integers(0, len(ISSUED) - 1), other=st.one_of(PRINTABLE, st.characters()))
def test_any_single_changed_character_is_refused(position: int, other: str) -> None:
    edited = ISSUED[:position] + other + ISSUED[position + 1 :]
    if edited != ISSUED:
        with pytest.raises(InvalidQris):
            check_qris(edited, 115_000)
