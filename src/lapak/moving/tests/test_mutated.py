"""Lists as they should never be saved: whatever was done to them, moving in ends in words, whole or not at all, and tells of
every row."""

import random
from dataclasses import astuple
from pathlib import Path

import pytest
from django.utils.translation import override

from lapak.lib.refusal import Refusal
from lapak.moving.layout import both
from lapak.moving.move_in import MoveInResult, move_in
from lapak.moving.report import write_report
from lapak.moving.tests.files import EXAMPLES
from lapak.moving.tests.left import stocked, written
from lapak.moving.tests.mutated_bundles import mutate_bundle
from lapak.moving.tests.mutations import MUTATIONS, has_cells, members_swapped, samples, write
from lapak.moving.tests.own_lists import OWN, SUGGESTED
from lapak.moving.tests.test_damaged import damaged
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.testing.refused import contents_of_tables

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::UserWarning"),  # of zipfile, on damaged files
]

_OF_THE_PAST = (EXAMPLES / "All order-2023-10-04-16_30.csv", EXAMPLES / "affiliate_orders_20231004.csv")
APPLIED = 0.15
"""So many of them are moved in, the others only looked at, which is nearly all of the work."""


def test_mutated_lists_end_in_words(shop: Shop, seller: User, tmp_path: Path) -> None:
    for seed in range(25):
        _try(seed, shop, seller, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("hundred", range(20))
def test_two_thousand_mutated_lists_end_in_words(hundred: int, shop: Shop, seller: User, tmp_path: Path) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        _try(seed, shop, seller, tmp_path)


@pytest.fixture
def bundle(cast: Cast, tmp_path: Path) -> bytes:
    """Lapak's own file of a shop with goods, pictures, a past, creators and reviews."""
    stocked(cast)
    reviews = tmp_path / "reviews.csv"
    write(samples()["shopee"]["comments.csv"], reviews, random.Random(1))
    move_in(cast.seller, [*(_beginning(file, tmp_path) for file in _OF_THE_PAST), reviews], cast.shop)
    return Path(written(cast, "lapak", tmp_path).filename or "").read_bytes()


def test_mutated_bundles_end_in_words(bundle: bytes, shop: Shop, seller: User, tmp_path: Path) -> None:
    for seed in range(25):
        _try_bundle(seed, bundle, shop, seller, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("hundred", range(4))
def test_four_hundred_mutated_bundles_end_in_words(
    hundred: int, bundle: bytes, shop: Shop, seller: User, tmp_path: Path
) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        _try_bundle(seed, bundle, shop, seller, tmp_path)


def _beginning(file: Path, folder: Path) -> Path:
    """Its first orders are enough."""
    path = folder / file.name
    path.write_text("\n".join(file.read_text("utf-8-sig").splitlines()[:12]), "utf-8")
    return path


def _try_bundle(seed: int, bundle: bytes, shop: Shop, seller: User, folder: Path) -> None:
    chance = random.Random(seed)
    path = folder / "bundle.zip"
    path.write_bytes(bundle)
    try:
        mutate_bundle(path, chance)
        with override(chance.choice(["id", "en"])):
            _ends_in_words([path], shop, seller, folder / "report.xlsx", dry_run=chance.random() > 2 * APPLIED)
    except Exception as unforeseen:
        raise AssertionError(f"seed {seed}") from unforeseen


def _try(seed: int, shop: Shop, seller: User, folder: Path) -> None:
    chance = random.Random(seed)
    platform = chance.choice(sorted(samples()))
    files = _mutated(platform, chance, folder)
    try:
        with override(chance.choice(["id", "en"])):
            dry_run = chance.random() > APPLIED
            _ends_in_words(files, shop, seller, folder / "report.xlsx", dry_run=dry_run, columns=_columns(platform))
    except Exception as unforeseen:
        raise AssertionError(f"seed {seed}, {platform}") from unforeseen


def _columns(platform: str) -> str:
    """As a seller named them before the list was changed."""
    return SUGGESTED[OWN[platform]] if platform in OWN else ""


def _mutated(platform: str, chance: random.Random, folder: Path) -> list[Path]:
    """All lists of the platform, one of them changed once or more."""
    paths = []
    hit = chance.choice(sorted(samples()[platform]))
    for name, sheets in samples()[platform].items():
        lists = {sheet: [[*row] for row in grid] for sheet, grid in sheets.items()}
        path = folder / name
        for mutate in chance.sample(MUTATIONS, chance.randint(1, 3)) if name == hit else ():
            if grids := [grid for grid in lists.values() if has_cells(grid)]:
                mutate(max(grids, key=len) if chance.random() < 0.8 else chance.choice(grids), chance)
        write(lists, path, chance)
        if name == hit and chance.random() < 0.1:
            members_swapped(path, chance)
        if name == hit and chance.random() < 0.15:
            path.write_bytes(damaged(path.read_bytes(), chance))
        paths.append(path)
    return paths


def _ends_in_words(
    files: list[Path], shop: Shop, seller: User, report: Path, *, dry_run: bool, columns: str = ""
) -> None:
    before = None if dry_run else contents_of_tables()
    try:
        result = move_in(seller, files, shop, dry_run=dry_run, columns=columns)
    except Refusal as refusal:
        words = [str(refusal)]
        is_sound = before is None or contents_of_tables() == before
    else:
        words = [*result.in_words, write_report(result, report).name]
        is_sound = True
        _every_row_is_told_of(result)
    assert all(len(said) > 10 for said in words)
    assert is_sound, "refused, and something was written"


def _every_row_is_told_of(result: MoveInResult) -> None:
    """Rows that are a SKU each are new, changed, as they were, or left out; those of the past likewise."""
    rows = {(found.file, found.sheet): found.rows for found in result.found}
    of_goods = sum(rows.pop((sheet.file, sheet.table.name)) for sheet in result.sheets)
    counts = result.done or result.plan
    assert sum(
        astuple(
            counts.past_rows
            + counts.past_promotions
            + counts.past_incomes
            + counts.past_terms
            + counts.past_reviews
            + counts.partners
            + counts.partner_links
            + counts.partner_pays
        )
    ) == sum(rows.values())
    skus = sum(astuple(counts.skus))
    assert skus == of_goods if all(sheet.layout.about is both for sheet in result.sheets) else skus <= of_goods
