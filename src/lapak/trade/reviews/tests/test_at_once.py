"""Reviews of the same goods at the same moment: every star is counted once, as the check of the books sees, and none waits in a
ring."""

import threading
from collections.abc import Callable, Sequence

import pytest
from django.db import connection

from lapak.goods.catalogue.models import ProductRating, ShopRating, Variant
from lapak.lib.acts import Busy
from lapak.lib.dated import always
from lapak.lib.refusal import Refusal
from lapak.testing.cast import Cast
from lapak.testing.histories import delivered_order
from lapak.trade.reviews import reporting
from lapak.trade.reviews.hiding import hide_review
from lapak.trade.reviews.models import Review, ReviewReport
from lapak.trade.reviews.reporting import report_review
from lapak.trade.reviews.writing import change_review, delete_review, write_review

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(works: Sequence[Callable[[], object]]) -> list[str]:
    """All of them in threads of their own: what was refused."""
    start, refused = threading.Barrier(len(works)), list[str]()

    def one(work: Callable[[], object]) -> None:
        start.wait()
        try:
            work()
        except Refusal as refusal:
            refused.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def counted() -> list[list[int]]:
    return [
        [getattr(of, f"stars_{n}") for n in range(1, 6)]
        for of in (ProductRating.objects.get(), ShopRating.objects.get())
    ]


def test_the_first_reviews_of_goods_come_together_and_one_line_is_reviewed_once(cast: Cast, variant: Variant) -> None:
    lines = [delivered_order(cast, (variant, 1)).lines.get().id for _ in range(3)]
    refused = at_once([lambda line=line: write_review(cast.buyer, line, stars=4) for line in [*lines, *lines]])  # type: ignore[misc]
    assert refused == ["reviewed_already"] * 3
    assert counted() == [[0, 0, 0, 3, 0]] * 2


def test_changed_hidden_and_deleted_together_each_is_counted_as_it_ended(cast: Cast, variant: Variant) -> None:
    reviews = [write_review(cast.buyer, delivered_order(cast, (variant, 1)).lines.get().id, stars=5) for _ in range(3)]
    works: list[Callable[[], object]] = []
    for review in reviews:
        works += [
            lambda id_=review.id: change_review(cast.buyer, id_, stars=1),  # type: ignore[misc]
            lambda id_=review.id: hide_review(cast.operator, id_, "It names somebody."),  # type: ignore[misc]
        ]
    works.append(lambda: delete_review(cast.buyer, reviews[0].id))
    assert Busy.code not in at_once(works)
    left = list(Review.objects.filter(hidden_at=None).values_list("stars", flat=True))
    assert counted() == [[left.count(n) for n in range(1, 6)]] * 2


def test_reports_of_many_reviews_at_once_stay_within_those_of_a_day(
    cast: Cast, variant: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "REPORTS_A_DAY", always(2))
    reviews = [write_review(cast.buyer, delivered_order(cast, (variant, 1)).lines.get().id, stars=1) for _ in range(6)]
    refused = at_once([lambda id_=each.id: report_review(cast.stranger, id_, "insult") for each in reviews])  # type: ignore[misc]
    assert refused == ["reports_used_up"] * 4
    assert ReviewReport.objects.count() == 2
