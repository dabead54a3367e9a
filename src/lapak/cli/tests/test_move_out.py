"""A shop's goods taken along from the command line."""

import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lapak.cli import app
from lapak.goods.catalogue.models import Product, Variant
from lapak.lib import clock
from lapak.moving.errors import FormatUnknown, TemplateNeeded
from lapak.moving.models import SourceRecord
from lapak.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_zip_and_its_counts(cast: Cast, variant: Variant, tmp_path: Path) -> None:
    Product.objects.filter(id=variant.product_id).update(attributes={"Bahan": "Katun"})
    command = ["move-out", "--shop", cast.shop.slug, "--format", "shopify"]
    counts = {"products": 1, "variants": 1, "pictures": 0, "losses": 1}
    for arguments, written in ((["--dry-run"], []), ([], ["batik-sekar-shopify.zip"])):
        result = CliRunner().invoke(app, [*command, *arguments])
        assert result.exit_code == 0, result.output
        assert "Kemeja Batik Kawung: attributes" in result.output
        assert json.loads(result.stdout.splitlines()[-1]) == {"shop": "batik-sekar", "format": "shopify", **counts}
        assert [path.name for path in tmp_path.iterdir()] == written
    assert zipfile.ZipFile(tmp_path / "batik-sekar-shopify.zip").namelist() == ["products.csv", "lost.txt"]


def test_nothing_half_written_is_left(cast: Cast, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["move-out", "--shop", cast.shop.slug, "--format", "myspace"])
    assert isinstance(result.exception, FormatUnknown)
    assert list(tmp_path.iterdir()) == []


def test_where_shopee_s_template_is_found_is_said_and_nothing_is_left(
    cast: Cast, variant: Variant, tmp_path: Path
) -> None:
    result = CliRunner().invoke(app, ["move-out", "--shop", cast.shop.slug, "--format", "shopee"])
    assert isinstance(result.exception, TemplateNeeded)
    assert "Mass" in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_where_goods_are_to_be_found_now_is_listed(cast: Cast, variant: Variant, tmp_path: Path) -> None:
    SourceRecord.objects.create(
        shop=cast.shop, platform="shopify", kind="product", source_id="kemeja", target_id=variant.product_id,
        fields={"title": "Kemeja"}, moved_in_at=clock.now(),
    )  # fmt: skip
    result = CliRunner().invoke(app, ["addresses", "--shop", cast.shop.slug])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout.splitlines()[-1]) == {"shop": "batik-sekar", "products": 1}
    _header, row = (tmp_path / "addresses-batik-sekar.csv").read_text(encoding="utf-8-sig").splitlines()
    assert row.startswith("shopify,kemeja,Kemeja,/products/kemeja,http")
