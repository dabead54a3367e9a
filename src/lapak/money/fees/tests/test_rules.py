"""What a schedule says of a sale."""

from datetime import UTC, date, datetime

from lapak.money.fees.rules import NOTICE_DAYS, Rate, answer_by, earliest_begin, fee_bp, fee_shares, is_dearer, rate_for

RATES = {"": Rate(300, 150), "elektronik": Rate(200, 100), "elektronik.hp": Rate(100, 50)}


def test_the_nearest_category_above_says_the_rate() -> None:
    assert [rate_for(RATES, code).rate_bp for code in ("", "fashion.pria", "elektronik.tv", "elektronik.hp.case")] == [
        300, 300, 200, 100,
    ]  # fmt: skip


def test_half_for_small_sellers_of_domestic_goods_alone() -> None:
    assert fee_bp(RATES, "fashion", is_small=True, is_domestic=True) == 150
    assert fee_bp(RATES, "fashion", is_small=True, is_domestic=False) == 300
    assert fee_bp(RATES, "fashion", is_small=False, is_domestic=True) == 300


def test_food_that_is_ready_to_eat_pays_in_full() -> None:
    assert fee_bp(RATES, "makanan.camilan.kue", is_small=True, is_domestic=True) == 300
    assert fee_bp(RATES, "makanan.kopi", is_small=True, is_domestic=True) == 150


def test_dearer_for_anybody() -> None:
    cheaper_but_for_phones = {"": Rate(200, 100), "elektronik.hp": Rate(200, 100)}
    assert is_dearer(cheaper_but_for_phones, RATES)
    assert not is_dearer({"": Rate(100, 50)}, RATES)
    assert is_dearer({"": Rate(100, 50), "buku": Rate(400, 200)}, RATES)
    assert not is_dearer(RATES, RATES)


def test_notice_and_the_time_to_answer() -> None:
    assert (NOTICE_DAYS.on(date(2026, 6, 16)), NOTICE_DAYS.on(date(2026, 6, 17))) == (30, 90)
    assert earliest_begin(date(2026, 11, 28)) == date(2027, 2, 26)
    # 2026-11-28 is a Saturday; Christmas, its joint leave, New Year and the weekends between are no working days.
    assert answer_by(datetime(2026, 11, 28, 3, tzinfo=UTC)).date() == date(2026, 12, 17)
    assert answer_by(datetime(2026, 12, 11, 3, tzinfo=UTC)).date() > date(2027, 1, 1)


def test_the_fee_of_several_lines() -> None:
    assert fee_shares([(100_000, 200), (50_000, 100)]) == 25_000_000
