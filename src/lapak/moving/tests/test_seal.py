"""Lapak's own file tells whether it is as it was written, and what lies in it beside the goods."""

import base64
import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pytest_django import Settings

from lapak.flows.ship_order import confirm_receipt
from lapak.goods.catalogue.models import Variant
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.moving.errors import FileAltered
from lapak.moving.move_in import MoveInResult, move_in
from lapak.moving.move_out import move_out
from lapak.moving.seal import MANIFEST, SIGNATURE, public_key, shown
from lapak.people.shops.commands import open_shop
from lapak.testing.cast import Cast
from lapak.testing.histories import delivered_order, paid_order
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db

Members = dict[str, bytes]


@pytest.fixture
def members(cast: Cast, variant: Variant) -> Members:
    """What is in the file of a shop that has sold something."""
    whole = io.BytesIO()
    move_out(cast.seller, cast.shop, "lapak", whole)
    with zipfile.ZipFile(whole) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: Members, into: Path) -> Path:
    path = into / "bundle.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def moved_in(cast: Cast, members: Members, into: Path) -> MoveInResult:
    other = open_shop(cast.seller, slug="lain", name="Lain", city="Solo", province_code="33")
    return move_in(cast.seller, [packed(members, into)], other)


def rows_of(members: Members, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(members[name].decode("utf-8-sig"), newline="")))


def test_as_it_was_written_it_says_by_whom(cast: Cast, members: Members, tmp_path: Path) -> None:
    result = moved_in(cast, members, tmp_path)
    assert result.done
    assert result.done.products.created == 1
    assert any("Ditandatangani oleh" in words or "Signed by this marketplace" in words for words in result.in_words)


def test_signed_with_another_key_it_says_with_which(
    cast: Cast, members: Members, tmp_path: Path, settings: Settings
) -> None:
    theirs = public_key()
    settings.SECRET_KEY = "another marketplace's"
    assert public_key() != theirs
    words = "\n".join(moved_in(cast, members, tmp_path).in_words)
    assert shown(theirs) in words
    assert settings.BASE_URL in words


def changed(members: Members) -> None:
    members["goods.csv"] = members["goods.csv"].replace(b"Kemeja", b"Jaketa")


def longer(members: Members) -> None:
    members["orders.csv"] += b"\r\n"


def added(members: Members) -> None:
    members["pictures/another.jpg"] = b"\xff\xd8\xff"


def taken_away(members: Members) -> None:
    del members["statement.csv"]


def unsigned(members: Members) -> None:
    del members[SIGNATURE]


def without_manifest(members: Members) -> None:
    del members[MANIFEST]


def no_json(members: Members) -> None:
    members[MANIFEST] = b"\xff{"


def of_another_shop(members: Members) -> None:
    members[MANIFEST] = members[MANIFEST].replace(b"batik-sekar", b"batik-lain")


def odd_signature(members: Members) -> None:
    members[SIGNATURE] = "–".encode()


def odd_key(members: Members) -> None:
    members[MANIFEST] = members[MANIFEST].replace(public_key().encode(), b"AAAA")


@pytest.mark.parametrize(
    "alter",
    [
        changed, longer, added, taken_away, unsigned, without_manifest, no_json, of_another_shop, odd_signature, odd_key,
    ],
)  # fmt: skip
def test_altered_it_is_refused(cast: Cast, members: Members, tmp_path: Path, alter: Callable[[Members], None]) -> None:
    before = dict(members)
    alter(members)
    assert members != before
    with refused(FileAltered):
        move_in(cast.seller, [packed(members, tmp_path)], cast.shop)


def test_two_files_of_one_name_are_refused(cast: Cast, members: Members, tmp_path: Path) -> None:
    path = packed(members, tmp_path)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("goods.csv", members["goods.csv"])
    with refused(FileAltered):
        move_in(cast.seller, [path], cast.shop)


def test_without_any_seal_it_comes_in_as_before(cast: Cast, members: Members, tmp_path: Path) -> None:
    del members[MANIFEST], members[SIGNATURE]
    result = moved_in(cast, members, tmp_path)
    assert result.done
    assert result.done.products.created == 1
    assert not any(shown(public_key()) in words for words in result.in_words)


def test_who_signs_anew_signs_with_a_key_of_their_own(cast: Cast, members: Members, tmp_path: Path) -> None:
    own = Ed25519PrivateKey.generate()
    key = base64.b64encode(own.public_key().public_bytes_raw()).decode()
    members[MANIFEST] = members[MANIFEST].replace(public_key().encode(), key.encode())
    members[SIGNATURE] = base64.b64encode(own.sign(members[MANIFEST]))
    words = "\n".join(moved_in(cast, members, tmp_path).in_words)
    assert shown(key) in words
    assert shown(public_key()) not in words


def test_what_is_no_list_of_goods_is_named_and_kept_out(cast: Cast, members: Members, tmp_path: Path) -> None:
    files = {aside.file.rpartition("/")[2] for aside in moved_in(cast, members, tmp_path).asides}
    assert "statement.csv" in files
    assert files.isdisjoint(
        {"goods.csv", "orders.csv", "past_orders.csv", "creators.csv", "promotions.csv", "incomes.csv", "reviews.csv"}
    )


def test_the_manifest_names_the_shop_and_every_file(cast: Cast, members: Members) -> None:
    said = msgspec.json.decode(members[MANIFEST])
    assert said["shop"]["slug"] == "batik-sekar"
    assert said["files"].keys() == members.keys() - {MANIFEST, SIGNATURE}
    assert said["files"]["goods.csv"]["bytes"] == len(members["goods.csv"])


@pytest.fixture
def sold(cast: Cast, variant: Variant) -> Members:
    """As `members`, after two orders of one buyer."""
    confirm_receipt(cast.buyer, delivered_order(cast, (variant, 1)).id)
    paid_order(cast, (variant, 2))
    whole = io.BytesIO()
    move_out(cast.seller, cast.shop, "lapak", whole)
    with zipfile.ZipFile(whole) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_orders_tell_buyers_apart_and_do_not_tell_them(cast: Cast, variant: Variant, sold: Members) -> None:
    rows = rows_of(sold, "orders.csv")
    assert [(row["state"], row["quantity"], row["sku_id"]) for row in rows] == [
        ("completed", "1", str(variant.id)),
        ("to_pack", "2", str(variant.id)),
    ]
    assert len({row["buyer"] for row in rows}) == 1
    everything = b"".join(sold.values()).decode(errors="replace")
    address = cast.address
    for secret in (
        str(cast.buyer.id), cast.buyer.email, address.recipient, address.phone, address.street, address.postal_code,
    ):  # fmt: skip
        assert secret not in everything


def test_a_buyer_is_another_one_in_the_next_file(cast: Cast, sold: Members) -> None:
    whole = io.BytesIO()
    move_out(cast.seller, cast.shop, "lapak", whole)
    with zipfile.ZipFile(whole) as archive:
        again = rows_of({"orders.csv": archive.read("orders.csv")}, "orders.csv")
    assert again[0]["buyer"] != rows_of(sold, "orders.csv")[0]["buyer"]


def test_the_statement_ends_with_what_the_shop_has(cast: Cast, sold: Members) -> None:
    last: dict[str, str] = {}
    for row in rows_of(sold, "statement.csv"):
        last[row["account"]] = row["balance_idr"]
    for kind in (AccountKind.SELLER_PAYABLE, AccountKind.ORDER_ESCROW):
        assert int(last[kind]) == balance_idr(AccountKey(kind, str(cast.shop.id))) > 0


def test_terms_with_creators_come_along(cast: Cast, sold: Members) -> None:
    rows = rows_of(sold, "creators.csv")
    assert rows[0]["programme"] == "open"
    assert int(rows[0]["rate_bp"]) > 0
