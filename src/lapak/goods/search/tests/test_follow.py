"""The index follows the catalogue: nothing is missed, nothing withdrawn is shown, and it mends itself."""

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import repeat
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from pytest_django import Settings

from lapak.goods.catalogue.change_log import CHANGES
from lapak.goods.catalogue.commands import archive_product, correct_stock, create_product, publish_product
from lapak.goods.catalogue.models import Product, ProductChange, Variant
from lapak.goods.catalogue.queries import product_cards
from lapak.goods.catalogue.rules import NewProduct, NewVariant
from lapak.goods.search import follow
from lapak.goods.search.follow import FollowedIndex, IndexStatus, index_status, rebuild, start_following
from lapak.goods.search.index import current_folder, index_home
from lapak.goods.search.queries import search
from lapak.lib import follow as following
from lapak.lib.follow import standing
from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.stage import database_url

PATIENCE_S = 60

FOLLOW_FOREVER = """
import django, threading
django.setup()
from lapak.goods.search.follow import follow
from lapak.lib.follow import follow_forever
follow_forever(follow, threading.Event())
"""

# Stock without orders: goods alone are under test.
pytestmark = pytest.mark.unsound_books
real_transactions = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seller(transactional_db: None) -> User:
    return User.objects.create_user("sekar@example.com")


@pytest.fixture
def shop(seller: User) -> Shop:
    return open_shop(seller, slug="batik-sekar", name="Batik Sekar", city="Cirebon", province_code="32")


@pytest.fixture
def kemeja(seller: User, shop: Shop) -> Product:
    return create_product(seller, shop, new("Kemeja Batik"))


@pytest.fixture
def folder(kemeja: Product) -> Path:
    """Where the index is; it holds the shirt."""
    assert rebuild() == 1
    folder = current_folder()
    assert folder is not None
    return folder


@pytest.fixture
def followed(folder: Path) -> Iterator[FollowedIndex]:
    """The index, ready to follow."""
    with closing(FollowedIndex(folder)) as followed:
        yield followed


@pytest.fixture
def other_connection(transactional_db: None) -> Iterator[psycopg.Connection[Any]]:
    """A writer of its own, whose transaction ends when the test says so."""
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        yield other


def new(title: str, status: str = "published") -> NewProduct:
    return NewProduct(title=title, weight_g=300, status=status, variants=(NewVariant(price_idr=100_000, on_hand=5),))


def catch_up(followed: FollowedIndex) -> int:
    """Follow everything committed so far; answers how many products that were."""
    return followed.catch_up(standing(CHANGES))


def wait_until(condition: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < give_up_at, "waited in vain"
        time.sleep(0.02)


def found(text: str) -> list[str]:
    return [product.title for product in product_cards(search(text).ids)]


def rename(on: psycopg.Connection[Any], product: Product, title: str) -> None:
    """What a seller's change writes, on a connection whose transaction stays open."""
    on.execute("INSERT INTO catalogue_productchange (product_id, changed_at) VALUES (%s, now())", [product.id])
    on.execute("UPDATE catalogue_product SET title = %s WHERE id = %s", [title, product.id])


@real_transactions
class TestFollowing:
    def test_what_is_published_appears(self, followed: FollowedIndex, seller: User, shop: Shop) -> None:
        draft = create_product(seller, shop, new("Sarung Tenun", status="draft"))
        catch_up(followed)
        assert found("sarung") == []
        publish_product(seller, draft.id)
        catch_up(followed)
        assert found("sarung") == ["Sarung Tenun"]
        assert found("") == ["Sarung Tenun", "Kemeja Batik"]

    def test_what_is_withdrawn_disappears_at_once_from_the_page_and_soon_from_the_index(
        self, followed: FollowedIndex, seller: User, kemeja: Product
    ) -> None:
        archive_product(seller, kemeja.id)
        assert search("kemeja").ids == [kemeja.id]
        assert found("kemeja") == []
        catch_up(followed)
        assert search("kemeja").ids == search("").ids == []

    def test_a_change_replaces_what_was_there(self, followed: FollowedIndex, seller: User, kemeja: Product) -> None:
        correct_stock(seller, Variant.objects.get(product=kemeja).id, shown=5, typed=0)
        catch_up(followed)
        assert search("kemeja", in_stock=True).total == 0
        assert search("kemeja", in_stock=False).ids == [kemeja.id]

    def test_a_deleted_product_disappears(self, followed: FollowedIndex, kemeja: Product) -> None:
        ProductChange.objects.create(product_id=kemeja.id)
        kemeja.delete()
        catch_up(followed)
        assert search("").total == 0

    def test_many_changes_are_read_in_batches(
        self, followed: FollowedIndex, seller: User, shop: Shop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(follow, "BATCH", 2)
        for number in range(5):
            create_product(seller, shop, new(f"Sarung {number}"))
        assert catch_up(followed) == 5
        assert search("sarung").total == 5

    def test_without_changes_nothing_is_committed(self, followed: FollowedIndex, kemeja: Product) -> None:
        ProductChange.objects.create(product_id=kemeja.id)
        assert catch_up(followed) == 1
        before = (followed.folder / "meta.json").read_bytes()
        assert catch_up(followed) == 0
        assert (followed.folder / "meta.json").read_bytes() == before


@real_transactions
class TestTransactions:
    def test_a_slow_transaction_is_neither_waited_for_nor_lost(
        self,
        followed: FollowedIndex,
        seller: User,
        shop: Shop,
        kemeja: Product,
        other_connection: psycopg.Connection[Any],
    ) -> None:
        rename(other_connection, kemeja, "Jaket Tenun")
        create_product(seller, shop, new("Sarung Tenun"))
        assert catch_up(followed) == 1
        assert (found("sarung"), found("jaket")) == (["Sarung Tenun"], [])
        create_product(seller, shop, new("Kain Songket"))
        assert catch_up(followed) == 1
        other_connection.commit()
        slow, *fast = ProductChange.objects.order_by("-id")[:3][::-1]
        assert slow.product_id == kemeja.id
        assert all(slow.id < change.id and slow.transaction_id < change.transaction_id for change in fast)
        assert catch_up(followed) == 1
        assert (found("jaket"), found("kemeja")) == (["Jaket Tenun"], [])

    def test_a_slow_transaction_is_remembered_over_a_restart(
        self, folder: Path, seller: User, shop: Shop, kemeja: Product, other_connection: psycopg.Connection[Any]
    ) -> None:
        rename(other_connection, kemeja, "Jaket Tenun")
        create_product(seller, shop, new("Sarung Tenun"))
        with closing(FollowedIndex(folder)) as followed:
            catch_up(followed)
        other_connection.commit()
        with closing(FollowedIndex(folder)) as again:
            assert catch_up(again) == 1
        assert found("jaket") == ["Jaket Tenun"]

    def test_neither_ids_nor_transaction_numbers_need_be_in_order(
        self,
        followed: FollowedIndex,
        seller: User,
        shop: Shop,
        kemeja: Product,
        other_connection: psycopg.Connection[Any],
    ) -> None:
        """The transaction that began first takes the higher id and commits first."""
        sarung = create_product(seller, shop, new("Sarung Tenun"))
        with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as earlier:
            earlier.execute("SELECT pg_current_xact_id()")
            rename(other_connection, kemeja, "Jaket Tenun")
            rename(earlier, sarung, "Kain Tenun")
        assert catch_up(followed) == 1
        assert found("kain") == ["Kain Tenun"]
        other_connection.commit()
        first, second = ProductChange.objects.order_by("id")[2:]
        assert (first.product_id, second.product_id) == (kemeja.id, sarung.id)
        assert first.transaction_id > second.transaction_id
        assert catch_up(followed) == 1
        assert found("jaket") == ["Jaket Tenun"]

    def test_what_was_rolled_back_is_never_seen(
        self, followed: FollowedIndex, kemeja: Product, other_connection: psycopg.Connection[Any]
    ) -> None:
        rename(other_connection, kemeja, "Jaket Tenun")
        other_connection.rollback()
        ProductChange.objects.create(product_id=kemeja.id)
        catch_up(followed)
        assert found("") == ["Kemeja Batik"]


@real_transactions
class TestStartingAgain:
    def test_goes_on_where_the_last_commit_left_it(self, folder: Path, seller: User, shop: Shop) -> None:
        with closing(FollowedIndex(folder)) as followed:
            create_product(seller, shop, new("Sarung Tenun"))
            catch_up(followed)
        create_product(seller, shop, new("Kain Tenun"))
        with closing(FollowedIndex(folder)) as again:
            assert again.position == followed.position
            assert catch_up(again) == 1
        assert set(found("tenun")) == {"Sarung Tenun", "Kain Tenun"}

    def test_what_a_crash_interrupted_is_done_again(
        self, folder: Path, seller: User, shop: Shop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        create_product(seller, shop, new("Sarung Tenun"))
        with closing(FollowedIndex(folder)) as followed, monkeypatch.context() as crash:
            crash.setattr(follow, "write_position", disk_full)
            with pytest.raises(OSError, match="No space"):
                catch_up(followed)
        assert found("sarung") == []
        with closing(FollowedIndex(folder)) as again:
            assert catch_up(again) == 1
        assert found("sarung") == ["Sarung Tenun"]

    def test_what_changes_during_a_build_is_followed_after_it(self, seller: User, kemeja: Product) -> None:
        def withdraw(_count: int) -> None:
            archive_product(seller, kemeja.id)

        rebuild(withdraw)
        assert search("kemeja").ids == [kemeja.id]
        folder = current_folder()
        assert folder is not None
        with closing(FollowedIndex(folder)) as followed:
            catch_up(followed)
        assert search("kemeja").ids == []


@real_transactions
class TestTheFollower:
    """The thread of `lapak work`, with everything it meets."""

    @pytest.fixture
    def running(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        monkeypatch.setattr(follow, "POLL_EVERY_S", 0.02)
        monkeypatch.setattr(following, "RETRY_AFTER_S", 0.02)
        follower = start_following()
        yield
        follower.stop()

    @pytest.mark.usefixtures("kemeja", "running")
    def test_builds_the_first_index_and_follows(self, seller: User, shop: Shop) -> None:
        wait_until(lambda: found("kemeja") == ["Kemeja Batik"])
        create_product(seller, shop, new("Sarung Tenun"))
        wait_until(lambda: found("sarung") == ["Sarung Tenun"])

    @pytest.mark.usefixtures("kemeja", "running")
    def test_makes_a_deleted_index_again_while_readers_go_on(
        self, search_index: Path, seller: User, shop: Shop
    ) -> None:
        wait_until(lambda: search("kemeja").total == 1)
        search_index.rename(search_index.with_name("deleted"))  # at once; removing it file by file is a race
        create_product(seller, shop, new("Sarung Tenun"))
        assert search("kemeja").total == 1
        wait_until(lambda: search("sarung").total == 1)

    def test_makes_a_damaged_index_again(self, folder: Path) -> None:
        (folder / "meta.json").write_text("{")
        assert not index_status().is_sound
        follower = start_following()
        wait_until(lambda: search("kemeja").total == 1)
        follower.stop()
        assert index_status().is_sound

    @pytest.mark.usefixtures("kemeja", "running")
    def test_moves_on_to_an_index_built_by_another(self, seller: User, shop: Shop) -> None:
        wait_until(lambda: search("kemeja").total == 1)
        first = current_folder()
        rebuild()
        create_product(seller, shop, new("Sarung Tenun"))
        wait_until(lambda: search("sarung").total == 1)
        assert current_folder() != first

    @pytest.mark.usefixtures("kemeja", "running")
    def test_builds_anew_when_changes_were_pruned_unread(self, seller: User, shop: Shop) -> None:
        wait_until(lambda: search("kemeja").total == 1)
        first = current_folder()
        create_product(seller, shop, new("Sarung Tenun"))
        wait_until(lambda: search("sarung").total == 1)
        assert current_folder() == first
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE catalogue_productchange SET id = id + 1_000, transaction_id = transaction_id + 1_000_000"
            )
        wait_until(lambda: current_folder() not in {None, first} and search("sarung").total == 1)

    @pytest.mark.usefixtures("kemeja", "running")
    def test_outlives_its_database_connection(self, seller: User, shop: Shop) -> None:
        wait_until(lambda: search("kemeja").total == 1)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        create_product(seller, shop, new("Sarung Tenun"))
        wait_until(lambda: search("sarung").total == 1)

    def test_stops_while_it_builds(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(follow, "all_listings", lambda: repeat([]))  # would never end
        follower = start_following()
        wait_until(lambda: any(index_home().glob("index-*/meta.json")))
        follower.stop()
        assert current_folder() is None
        assert not index_status().is_followed


@real_transactions
class TestStatus:
    def test_without_an_index(self) -> None:
        assert index_status() == IndexStatus(folder=None, is_sound=False, is_followed=False)

    def test_counts_listings_and_what_waits(self, followed: FollowedIndex, kemeja: Product) -> None:
        ProductChange.objects.create(product_id=kemeja.id)
        catch_up(followed)
        ProductChange.objects.create(product_id=kemeja.id)
        assert index_status() == IndexStatus(
            folder=followed.folder, is_sound=True, is_followed=False, listing_count=1, changes_waiting=1
        )


@real_transactions
def test_another_process_takes_over_when_the_one_that_follows_is_killed(
    seller: User, shop: Shop, kemeja: Product, settings: Settings, tmp_path: Path
) -> None:
    settings.SEARCH_INDEX = tmp_path / "home" / "search"
    with follower_process(tmp_path / "home") as first:
        wait_until(lambda: search("kemeja").total == 1)
        with follower_process(tmp_path / "home"):
            create_product(seller, shop, new("Sarung Tenun"))
            wait_until(lambda: search("sarung").total == 1)
            first.kill()
            first.wait()
            create_product(seller, shop, new("Kain Songket"))
            wait_until(lambda: search("songket").total == 1)


@contextmanager
def follower_process(home: Path) -> "Iterator[subprocess.Popen[bytes]]":
    """What `lapak work` does for search, in a process of its own on the test's database, until it is killed."""
    environment = os.environ | {"DATABASE_URL": database_url(), "LAPAK_HOME": str(home)}
    process = subprocess.Popen([sys.executable, "-c", FOLLOW_FOREVER], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def disk_full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
