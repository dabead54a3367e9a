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
    assert set(told["out"]) <= set(told["in"])
    formats()
    assert "shopee           Shopee" in capsys.readouterr().out


def test_the_page_says_what_a_platform_does_not_tell() -> None:
    lines = {line.split(" (`")[0]: line for line in page().splitlines() if " (`" in line}
    assert lines["| Lazada"].endswith("| attributes |")
    assert lines["| TikTok Shop"].endswith("| – |")
    assert "seller SKU" not in lines["| Shopee"]
