"""In which order sections and goods stand."""

import uuid

from lapak.affiliates.showcase.rules import Arranged, Wish, arranged

A, B, C, D = (uuid.UUID(int=n) for n in range(1, 5))


def test_by_the_places_that_were_typed() -> None:
    titles = [("1", "Kemeja", 2), ("2", " Sarung ", 1), ("new", "Baru", None)]
    wishes = [Wish(A, "1", None), Wish(B, "1", 1), Wish(C, "pinned", 5), Wish(D, "new", None)]
    assert arranged(titles, wishes) == [
        Arranged("", (C,)), Arranged("Sarung", ()), Arranged("Kemeja", (B, A)), Arranged("Baru", (D,)),
    ]  # fmt: skip


def test_equal_places_stay_as_they_stood_and_goods_stand_once() -> None:
    wishes = [Wish(B, "1", 1), Wish(A, "1", 1), Wish(B, "1", 2)]
    assert arranged([("1", "Kemeja", 1)], wishes)[1].product_ids == (B, A)


def test_a_section_without_title_is_gone_and_unknown_ones_hold_nothing() -> None:
    wishes = [Wish(A, "1", 1), Wish(B, "9", 1), Wish(C, "", 1)]
    assert arranged([("1", "  ", 1)], wishes) == [Arranged("", ())]
