"""A review shows up to five pictures, painted anew; what it lets go is gone."""

from pathlib import Path

import pytest
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from lapak.goods.catalogue.errors import ImageUnreadable
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.testing.refused import refused
from lapak.testing.storage import photo
from lapak.trade.orders.models import OrderLine
from lapak.trade.reviews.errors import ReviewedAlready, ReviewNotFound, ReviewPicturesRefused
from lapak.trade.reviews.hiding import hide_review
from lapak.trade.reviews.models import Review
from lapak.trade.reviews.queries import picture_of_review
from lapak.trade.reviews.rules import MOST_PICTURES
from lapak.trade.reviews.writing import change_review, delete_review, write_review

pytestmark = pytest.mark.django_db


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def shown(cast: Cast, line: OrderLine) -> Review:
    return write_review(cast.buyer, line.id, stars=5, pictures=[photo(600, 900), photo(30, 20)])


def test_they_are_painted_anew_and_small_for_lists(shown: Review, private: Path) -> None:
    assert shown.picture_count == 2
    sizes = set()
    for path in files(private):
        assert b"phone" not in path.read_bytes()
        with Image.open(path) as picture:
            sizes.add(picture.size)
    assert sizes == {(600, 900), (160, 240), (30, 20)}


def test_some_go_and_others_come(
    cast: Cast, shown: Review, private: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    gone, kept = shown.pictures.all()
    with django_capture_on_commit_callbacks(execute=True):
        change_review(cast.buyer, shown.id, stars=5, pictures=[photo(50, 50)], without=[gone.id])
    shown.refresh_from_db()
    assert shown.picture_count == shown.pictures.count() == 2
    assert kept in shown.pictures.all()
    assert not (private / str(gone.file.name)).exists()
    assert len(files(private)) == 4


def test_the_same_given_again_while_it_goes_stays(
    cast: Cast, shown: Review, private: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    first = shown.pictures.all()[0]
    with django_capture_on_commit_callbacks(execute=True):
        change_review(cast.buyer, shown.id, stars=5, pictures=[photo(600, 900)], without=[first.id])
    assert shown.pictures.count() == 2
    assert (private / str(first.file.name)).exists()


def test_deleted_its_files_are_gone(
    cast: Cast, shown: Review, private: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        delete_review(cast.buyer, shown.id)
    assert files(private) == []


def test_no_more_than_five(cast: Cast, shown: Review) -> None:
    many = [photo(n + 1, 2) for n in range(MOST_PICTURES)]
    with refused(ReviewPicturesRefused):
        change_review(cast.buyer, shown.id, stars=5, pictures=many)
    with refused(ReviewPicturesRefused):
        change_review(cast.buyer, shown.id, stars=5, pictures=[*many, photo()])


def test_nothing_but_pictures(cast: Cast, line: OrderLine, private: Path) -> None:
    with refused(ImageUnreadable):
        write_review(cast.buyer, line.id, stars=5, pictures=[b"no picture"])
    assert files(private) == []


def test_a_strangers_picture_is_not_stored(cast: Cast, line: OrderLine, shown: Review, private: Path) -> None:
    before = files(private)
    with refused(ReviewNotFound):
        write_review(cast.stranger, line.id, stars=5, pictures=[photo(77, 77)])
    with refused(ReviewNotFound):
        change_review(cast.stranger, shown.id, stars=5, pictures=[photo(77, 77)])
    assert files(private) == before


def test_what_is_refused_leaves_no_file(cast: Cast, shown: Review, line: OrderLine, private: Path) -> None:
    before = files(private)
    with refused(ReviewedAlready):
        write_review(cast.buyer, line.id, stars=5, pictures=[photo(77, 77), photo(30, 20)])
    with refused(ReviewPicturesRefused):
        change_review(cast.buyer, shown.id, stars=5, pictures=[photo(n + 70, 2) for n in range(MOST_PICTURES - 1)])
    with refused(ImageUnreadable):
        change_review(cast.buyer, shown.id, stars=5, pictures=[photo(78, 78), b"no picture"])
    assert files(private) == before


def test_of_what_is_hidden_they_are_seen_by_those_it_concerns(cast: Cast, shown: Review) -> None:
    picture = shown.pictures.all()[0]
    assert picture_of_review(None, picture.id) == (picture, True)
    hide_review(cast.operator, shown.id, "It shows somebody.")
    for concerned in (cast.buyer, cast.seller, cast.operator):
        assert picture_of_review(concerned, picture.id) == (picture, False)
    strangers: list[User | None] = [None, cast.stranger]
    for stranger in strangers:
        with refused(ReviewNotFound):
            picture_of_review(stranger, picture.id)
