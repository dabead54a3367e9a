"""What `lapak formats` says."""

import json

import pytest

from lapak.cli.formats import formats, page


def test_formats_are_listed_for_people_and_programs(capsys: pytest.CaptureFixture[str]) -> None:
    formats(as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert {"tiktok_shop", "shopee", "tokopedia", "lazada", "shopify", "woocommerce", "bukalapak", "blibli"} <= set(
        told["in"]
    )
    assert {"lapak", "tiktok_shop", "shopee", "tokopedia", "shopify", "woocommerce"} <= set(told["out"])
    assert set(told["out"]) - set(told["in"]) == {"google_rss"}  # read as what it is, Google's
    formats()
    listed = capsys.readouterr().out
    assert "shopee           Shopee" in listed
    assert "google_rss" in listed


def test_the_page_says_what_a_platform_does_not_tell() -> None:
    read, _written = page().split("## Written")
    lines = {line.split(" (`")[0]: line for line in read.splitlines() if " (`" in line}
    assert lines["| Lazada"].endswith("| attributes, where it was made, what AI made of it, barcode |")
    assert lines["| TikTok Shop"].endswith("| where it was made, what AI made of it |")
    assert "seller SKU" not in lines["| Shopee"]
