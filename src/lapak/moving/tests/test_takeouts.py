"""Moving out from the web: asked for by an owner, made by a job, fetched, cleared away."""

import csv
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from procrastinate.contrib.django import app

from lapak.affiliates.integrity.appealing import appeal_finding
from lapak.affiliates.integrity.models import Finding
from lapak.affiliates.integrity.rules import FindingState
from lapak.affiliates.models import Creator, Link, Membership
from lapak.affiliates.showcase.commands import arrange_showcase, dress_showcase
from lapak.affiliates.showcase.rules import Arranged
from lapak.affiliates.withholding.commands import name_for_tax
from lapak.affiliates.withholding.models import Slip, TaxMonth
from lapak.flows.place_purchase import place_purchase
from lapak.flows.tell_people.of_changes import of_changes
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.jobs import FOR_FILES
from lapak.moving import takeouts
from lapak.moving.errors import (
    FileUnreadable,
    FormatUnknown,
    TakeoutGone,
    TakeoutNotFound,
    TakeoutRunning,
    TemplateNeeded,
    TemplateUnfit,
    TooManyTakeouts,
)
from lapak.moving.models import Takeout
from lapak.moving.move_out import move_out
from lapak.moving.takeouts import (
    ask_for_own_data,
    ask_for_takeout,
    clear_old_takeouts,
    end_unforeseen,
    fetch_takeout,
    run_takeout,
)
from lapak.moving.tests.files import table
from lapak.moving.tests.test_move_out_template import template
from lapak.people.audit.models import Change
from lapak.people.shops.errors import NotYourDuty, ShopNotFound
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Role
from lapak.people.users.models import User
from lapak.testing.cast import Cast, asked_for, click_on, link_to
from lapak.testing.findings import finding_in
from lapak.testing.histories import delivered_order, paid_order
from lapak.testing.market import open_market
from lapak.testing.refused import refused
from lapak.trade.reviews.answering import answer_review
from lapak.trade.reviews.hiding import hide_answer
from lapak.trade.reviews.writing import write_review

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileSystemStorage:
    """The private storage is a folder of the test's own."""
    own = FileSystemStorage(location=tmp_path / "private")
    monkeypatch.setattr(takeouts, "private_storage", lambda: own)
    monkeypatch.setattr(Takeout._meta.get_field("file"), "storage", own)
    return own


@pytest.fixture
def asked(cast: Cast, variant: Variant) -> Takeout:
    return ask_for_takeout(cast.seller, cast.shop, "lapak", "en")


def made(takeout: Takeout) -> Takeout:
    run_takeout(takeout.id)
    return Takeout.objects.get(id=takeout.id)


def admin_of(shop: Shop) -> User:
    user = User.objects.create_user("admin@example.com")
    shop.members.create(user=user, role=Role.ADMIN)
    return user


def files_in(storage: FileSystemStorage) -> list[Path]:
    return [path for path in Path(storage.location).rglob("*") if path.is_file()]


def test_the_job_makes_the_file_and_says_until_when_it_is_kept(
    cast: Cast, asked: Takeout, storage: FileSystemStorage
) -> None:
    ready = made(asked)
    assert (ready.state, ready.counts["products"]) == ("ready", 1)
    assert ready.ready_at
    assert ready.until == ready.ready_at + takeouts.KEPT_FOR
    fetched = fetch_takeout(cast.seller, asked.id)
    assert fetched.file_bytes == fetched.file.size > 0
    with fetched.file.open("rb") as file, zipfile.ZipFile(file) as archive:
        assert "goods.csv" in archive.namelist()


def test_who_had_it_made_and_who_fetched_it_stays_on_record(cast: Cast, asked: Takeout) -> None:
    made(asked)
    fetch_takeout(cast.seller, asked.id)
    kept = Change.objects.filter(shop_id=cast.shop.id).order_by("id").values_list("field", "new", "by_id")
    assert list(kept) == [("takeout", "lapak", cast.seller.id), ("fetched", "lapak", cast.seller.id)]


def test_its_owners_are_told_once_it_is_made(cast: Cast, asked: Takeout) -> None:
    def told() -> list[str]:
        return [telling.fact for telling in of_changes(list(Change.objects.values_list("id", flat=True)))]

    assert told() == []
    made(asked)
    assert told() == ["takeout_ready"]


def test_a_job_delivered_twice_makes_one_file(asked: Takeout, storage: FileSystemStorage) -> None:
    made(asked)
    made(asked)
    assert len(files_in(storage)) == 1
    assert Change.objects.filter(field="takeout").count() == 1


def test_of_two_at_once_the_first_has_made_it(
    asked: Takeout, storage: FileSystemStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*given: Any) -> object:
        monkeypatch.setattr(takeouts, "move_out", move_out)
        run_takeout(asked.id)
        return move_out(*given)

    monkeypatch.setattr(takeouts, "move_out", interrupted)
    first = made(asked)
    assert [path.stat().st_size for path in files_in(storage)] == [first.file_bytes]


def test_only_owners_ask_and_fetch(cast: Cast, asked: Takeout) -> None:
    admin, ready = admin_of(cast.shop), made(asked)
    for other, refusal in ((admin, NotYourDuty), (cast.stranger, ShopNotFound)):
        with refused(refusal):
            ask_for_takeout(other, cast.shop, "shopify", "en")
    for other, turned_away in ((admin, NotYourDuty), (cast.stranger, TakeoutNotFound)):
        with refused(turned_away):
            fetch_takeout(other, ready.id)


def test_who_is_no_owner_any_more_gets_no_file(cast: Cast, asked: Takeout, storage: FileSystemStorage) -> None:
    cast.shop.members.filter(user=cast.seller).update(role=Role.ADMIN)
    failed = made(asked)
    assert (failed.state, files_in(storage)) == ("failed", [])
    assert failed.failure


def test_an_unknown_format_and_one_being_made_are_refused(cast: Cast, asked: Takeout) -> None:
    with refused(FormatUnknown):
        ask_for_takeout(cast.seller, cast.shop, "myspace", "en")
    with refused(TakeoutRunning):
        ask_for_takeout(cast.seller, cast.shop, "lapak", "en")
    ask_for_takeout(cast.seller, cast.shop, "shopify", "en")


def test_so_many_a_day_are_enough(cast: Cast, asked: Takeout) -> None:
    for _ in range(takeouts.MOST_A_DAY - 1):
        made(Takeout.objects.latest("asked_at"))
        ask_for_takeout(cast.seller, cast.shop, "lapak", "en")
    made(Takeout.objects.latest("asked_at"))
    with refused(TooManyTakeouts, match=str(takeouts.MOST_A_DAY)):
        ask_for_takeout(cast.seller, cast.shop, "lapak", "en")
    with clock.stopped_at(clock.now() + timedelta(days=1, minutes=1)):
        ask_for_takeout(cast.seller, cast.shop, "lapak", "en")


def test_a_new_one_takes_the_place_of_the_last_of_its_format(
    cast: Cast, asked: Takeout, storage: FileSystemStorage
) -> None:
    made(asked)
    made(ask_for_takeout(cast.seller, cast.shop, "shopify", "en"))
    made(ask_for_takeout(cast.seller, cast.shop, "lapak", "en"))
    asked.refresh_from_db()
    assert (asked.state, len(files_in(storage))) == ("gone", 2)


def test_after_its_days_it_cannot_be_fetched_and_the_clock_clears_it_away(
    cast: Cast, asked: Takeout, storage: FileSystemStorage
) -> None:
    made(asked)
    assert clear_old_takeouts() == 0
    with clock.stopped_at(clock.now() + takeouts.KEPT_FOR):
        with refused(TakeoutGone):
            fetch_takeout(cast.seller, asked.id)
        assert clear_old_takeouts() == 1
    asked.refresh_from_db()
    assert (asked.state, files_in(storage)) == ("gone", [])


def test_what_is_not_made_yet_cannot_be_fetched(cast: Cast, asked: Takeout) -> None:
    with refused(TakeoutGone):
        fetch_takeout(cast.seller, asked.id)


class Panic(BaseException):
    """What a library written in another language raises: no Exception."""


@pytest.mark.parametrize("unforeseen", [OSError, Panic])
def test_what_nobody_foresaw_leaves_no_file_and_ends_in_words(
    asked: Takeout, storage: FileSystemStorage, monkeypatch: pytest.MonkeyPatch, unforeseen: type[BaseException]
) -> None:
    def breaks(*_given: object) -> None:
        raise unforeseen

    monkeypatch.setattr(takeouts, "move_out", breaks)
    with pytest.raises(unforeseen):
        run_takeout(asked.id)
    assert files_in(storage) == []
    end_unforeseen(asked.id)
    asked.refresh_from_db()
    assert (asked.state, bool(asked.failure)) == ("failed", True)


def test_one_whose_job_was_lost_is_over_after_a_day(asked: Takeout) -> None:
    clear_old_takeouts()
    asked.refresh_from_db()
    assert asked.state == "making"
    with clock.stopped_at(clock.now() + takeouts.GIVEN_UP_AFTER + timedelta(minutes=1)):
        clear_old_takeouts()
    asked.refresh_from_db()
    assert asked.state == "failed"


def test_files_are_made_in_a_queue_of_their_own() -> None:
    assert app.configure_task(takeouts.JOB).job.queue == FOR_FILES


def rows_in(takeout: Takeout) -> dict[str, list[dict[str, str]]]:
    with takeout.file.open("rb") as file, zipfile.ZipFile(file) as archive:
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
            for name in archive.namelist()
            if name.endswith(".csv")
        }


def test_a_buyer_s_own_file_has_their_orders_and_nobody_else_s(cast: Cast, variant: Variant) -> None:
    bought = paid_order(cast, (variant, 2))
    mine = rows_in(made(ask_for_own_data(cast.buyer, "en")))
    assert [(row["order_id"], row["quantity"], row["street"]) for row in mine["orders.csv"]] == [
        (str(bought.id), "2", cast.address.street)
    ]
    assert mine.keys() == {"orders.csv"}
    assert rows_in(made(ask_for_own_data(cast.stranger, "en"))) == {"orders.csv": []}


def test_and_what_they_said_of_it(cast: Cast, variant: Variant) -> None:
    review = write_review(cast.buyer, delivered_order(cast, (variant, 1)).lines.get().id, stars=4, words="Soft.")
    answer_review(cast.seller, review.id, "You cannot read.")
    hide_answer(cast.operator, review.id, "It insults.")
    (said,) = rows_in(made(ask_for_own_data(cast.buyer, "en")))["reviews.csv"]
    assert (said["product_name"], said["stars"], said["words"]) == (variant.product.title, "4", "Soft.")
    assert said["answer"] == "", "nobody but the shop is told what was hidden"


def test_a_creator_s_has_links_commissions_and_books(cast: Cast, variant: Variant) -> None:
    link = link_to(cast, variant.product)
    paid_order(cast, (variant, 1), click=click_on(link))
    earned = rows_in(made(ask_for_own_data(cast.creator_user, "en")))
    assert [row["code"] for row in earned["links.csv"]] == [link.code]
    assert [row["link"] for row in earned["commissions.csv"]] == [link.code]
    assert earned.keys() == {
        "orders.csv", "links.csv", "commissions.csv", "statement.csv", "clicks_on_orders.csv", "showcase.csv",
    }  # fmt: skip


def test_and_how_each_click_was_decided_but_nobody_else_s() -> None:
    """Of two creators who led to the same goods, each reads of their own click, and neither who bought or who the other is."""
    market = open_market()
    cast, link = market.casts[0], market.links[0]
    other = Creator.objects.exclude(id=cast.creator.id).get()
    Membership.objects.get_or_create(
        programme=cast.programme, creator=other, defaults={"joined_at": cast.programme.created_at}
    )
    others = Link.objects.create(
        code="lainnya", creator=other, product=link.product, shop=link.shop, created_at=clock.now()
    )
    clicks = [click_on(others, days_ago=0.2), click_on(link, days_ago=0.1)]
    purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (market.variants[0], 1)), clicks)
    for creator, verdict in ((cast.creator, "won"), (other, "newer")):
        file = made(ask_for_own_data(creator.user, "en"))
        (decided,) = rows_in(file)["clicks_on_orders.csv"]
        is_won = verdict == "won"
        assert (decided["verdict"], bool(decided["commission_of_order"])) == (verdict, is_won)
        others_own = {str(purchase_id), str(cast.buyer.id), cast.buyer.name, cast.buyer.email}
        others_own |= {other.handle, others.code} if is_won else {cast.creator.handle, link.code}
        assert [each for each in others_own if each in all_text_of(file)] == []


@pytest.mark.unsound_books  # a month's tax without the sales that it is of
def test_and_their_taxes_their_page_and_what_was_said_of_their_account(cast: Cast, variant: Variant) -> None:
    name_for_tax(cast.creator_user, "Euis Edoh", "3273010101900001")
    month = TaxMonth.objects.create(
        creator=cast.creator, taxed_as="individual", month=date(2026, 10, 1), gross_idr=10_000, tax_idr=250
    )
    Slip.objects.create(
        of=month, revision=0, name="Euis Edoh", tax_number="3273010101900001", gross_idr=10_000, base_idr=5_000,
        tax_idr=250, issued_at=clock.now(),
    )  # fmt: skip
    link_to(cast, variant.product)
    dress_showcase(cast.creator_user, words="Batik from Cirebon.", theme="daun")
    arrange_showcase(cast.creator_user, [Arranged("Best", (variant.product_id,))])
    finding = finding_in(cast.creator, FindingState.UPHELD)
    Finding.objects.filter(id=finding.id).update(ids={"buyers": [str(cast.buyer.id)], "orders": [], "links": []})
    appeal_finding(cast.creator_user, finding.id, "They typed my code from the film.")
    file = made(ask_for_own_data(cast.creator_user, "en"))
    lists = rows_in(file)
    assert lists["tax_identity.csv"][0]["number"] == "3273010101900001"
    assert [(row["month"], row["number"], row["tax_idr"]) for row in lists["withholding_slips.csv"]] == [
        ("2026-10", month.number, "250")
    ]
    assert [(row["words"], row["section"], row["product_id"]) for row in lists["showcase.csv"]] == [
        ("Batik from Cirebon.", "", ""),
        ("", "Best", str(variant.product_id)),
    ]
    (review,) = lists["reviews_of_account.csv"]
    assert (review["rule"], review["state"], review["objection"]) == (
        "sniping", "appealed", "They typed my code from the film.",
    )  # fmt: skip
    assert [(row["kind"], row["by"], row["review_id"]) for row in lists["events_of_account.csv"]] == [
        ("found", "by itself", str(finding.id)),
        ("appealed", "creator", str(finding.id)),
    ]
    assert str(cast.buyer.id) not in all_text_of(file)


def all_text_of(takeout: Takeout) -> str:
    with takeout.file.open("rb") as file, zipfile.ZipFile(file) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_one_s_own_file_is_one_s_own(cast: Cast, variant: Variant) -> None:
    ready = made(ask_for_own_data(cast.buyer, "en"))
    for other in (cast.stranger, cast.seller, cast.operator):
        with refused(TakeoutNotFound):
            fetch_takeout(other, ready.id)
    assert fetch_takeout(cast.buyer, ready.id).id == ready.id
    changes = list(Change.objects.values_list("id", flat=True))
    assert [(told.fact, told.reader_id) for told in of_changes(changes)] == [("own_data_ready", cast.buyer.id)]


def test_one_s_own_file_is_made_once_at_a_time(cast: Cast) -> None:
    ask_for_own_data(cast.buyer, "en")
    with refused(TakeoutRunning):
        ask_for_own_data(cast.buyer, "en")
    ask_for_own_data(cast.stranger, "en")


def own_template(path: Path) -> "UploadedFile[Any]":
    return SimpleUploadedFile("Shopee mass upload.xlsx", path.read_bytes())


def test_a_platform_s_own_template_is_filled_in_and_not_kept(
    cast: Cast, variant: Variant, storage: FileSystemStorage, tmp_path: Path
) -> None:
    given = own_template(template(tmp_path / "t.xlsx"))
    ready = made(ask_for_takeout(cast.seller, cast.shop, "shopee", "en", given))
    assert (ready.state, ready.counts["products"]) == ("ready", 1)
    (file,) = files_in(storage)
    assert "shopee-products.xlsx" in zipfile.ZipFile(file).namelist()


def test_what_is_no_template_is_refused_at_once_and_not_kept(
    cast: Cast, variant: Variant, storage: FileSystemStorage, tmp_path: Path
) -> None:
    with refused(TemplateUnfit):
        ask_for_takeout(cast.seller, cast.shop, "shopee", "en", own_template(table(tmp_path / "t.xlsx", [["a", "b"]])))
    with refused(FileUnreadable):
        ask_for_takeout(cast.seller, cast.shop, "shopee", "en", SimpleUploadedFile("t.xlsx", b"nothing"))
    with refused(TemplateNeeded, match="Shopee"):
        ask_for_takeout(cast.seller, cast.shop, "shopee", "en")
    with refused(ShopNotFound):
        ask_for_takeout(cast.stranger, cast.shop, "shopee", "en", own_template(template(tmp_path / "t.xlsx")))
    assert files_in(storage) == []


def test_a_template_that_nobody_fills_in_any_more_is_not_kept(
    cast: Cast, variant: Variant, storage: FileSystemStorage, tmp_path: Path
) -> None:
    asked = ask_for_takeout(cast.seller, cast.shop, "shopee", "en", own_template(template(tmp_path / "t.xlsx")))
    assert len(files_in(storage)) == 1
    end_unforeseen(asked.id)
    assert files_in(storage) == []
