"""The page for the link in a profile elsewhere."""

import pytest
from django.conf import settings
from django.test import Client

from lapak.goods.catalogue.models import Variant
from lapak.testing.cast import Cast, stocked_variant
from lapak.web.shell.qr import qr_file

pytestmark = pytest.mark.django_db

PAGE = "/s/batik-sekar/bio"


def test_it_shows_who_sells_what_and_leads_on(visitor: Client, cast: Cast, variant: Variant) -> None:
    page = visitor.get(PAGE).text
    assert f"<h1>{cast.shop.name}</h1>" in page
    assert variant.product.path in page
    assert 'href="/s/batik-sekar"' in page
    assert "<svg" in page


def test_only_the_newest_goods_stand_on_it(
    visitor: Client, cast: Cast, variant: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lapak.web.shop.bio.GOODS_SHOWN", 1)
    newer = stocked_variant(cast.shop)
    page = visitor.get(PAGE).text
    assert (newer.product.path in page, variant.product.path in page) == (True, False)


def test_all_of_it_may_be_looked_at_inside_a_social_app(visitor: Client, variant: Variant) -> None:
    answer = visitor.get(
        PAGE, headers={"user-agent": "Mozilla/5.0 (Linux; Android 13) musical_ly_2023 BytedanceWebview"}
    )
    assert answer.status_code == 200
    assert variant.product.path in answer.text


def test_its_code_leads_to_it(visitor: Client, cast: Cast) -> None:
    file = visitor.get(f"{PAGE}.svg")
    assert file["Content-Disposition"] == 'attachment; filename="lapak-batik-sekar.svg"'
    assert file.content == qr_file(f"{settings.BASE_URL}{PAGE}")


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}.svg"])
def test_a_shop_that_is_not_open_has_none(visitor: Client, cast: Cast, path: str) -> None:
    cast.shop.is_open = False
    cast.shop.save()
    assert visitor.get(path).status_code == 404
