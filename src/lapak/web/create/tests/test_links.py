"""Links: made for goods, a shop or one's own page; each with its QR code and what came of it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lapak.affiliates.creators import become_creator
from lapak.affiliates.models import Commission, Link
from lapak.affiliates.programmes import join_programme, open_platform_programme
from lapak.goods.catalogue.commands import archive_product
from lapak.goods.catalogue.models import Product, Variant
from lapak.lib import clock
from lapak.lib.days import begin_of
from lapak.lib.ids import new_id
from lapak.people.shops.commands import open_shop
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.clicks import clicked
from lapak.testing.crowd import many_links, many_products


def make(client: Client, target: object, label: str = "tiktok") -> str:
    """Make a link; answers where it led."""
    answer = client.post("/create/links/new", {"target": str(target), "label": label})
    return answer.headers.get("Location", "")


def test_a_link_to_goods(creator: Client, variant: Variant) -> None:
    path = make(creator, f"product:{variant.product_id}")
    made = Link.objects.get()
    assert path == f"/create/links/{made.code}"
    page = creator.get(path).text
    assert f"/r/{made.code}" in page
    assert "Kemeja Batik Kawung" in page
    assert "I earn a commission" in page
    assert "<svg" in page


def test_a_link_to_a_shop_and_to_one_s_own_page(creator: Client, cast: Cast) -> None:
    assert make(creator, f"shop:{cast.shop.id}")
    assert make(creator, "showcase", label="")
    made: set[tuple[object, ...]] = set(Link.objects.values_list("shop__slug", "product", "label"))
    assert made == {
        ("batik-sekar", None, "tiktok"),
        (None, None, ""),
    }


def test_a_refused_link_keeps_what_was_chosen(creator: Client, cast: Cast, variant: Variant) -> None:
    Product.objects.update(status="archived")
    stocked_variant(cast.shop)
    for target in (
        f"product:{variant.product_id}",
        f"product:{new_id()}",
        "product:x",
        "shop:",
        "nonsense",
        f"shop:{new_id()}",
    ):
        page = creator.post("/create/links/new", {"target": target, "label": "ig-bio"})
        assert (target, page.status_code) == (target, 200)
        assert "not on sale" in page.text
        assert 'value="ig-bio"' in page.text
    assert not Link.objects.exists()


@pytest.mark.parametrize(("target", "label"), [("", "tiktok"), ("showcase", "x" * 31)])
def test_what_is_missing_is_said(creator: Client, cast: Cast, target: str, label: str, nothing_written: None) -> None:
    page = creator.post("/create/links/new", {"target": target, "label": label})
    assert page.status_code == 200
    assert "Choose what the link should lead to." in page.text or "at most 30" in page.text


def test_only_goods_of_joined_programmes_are_offered(creator: Client, cast: Cast, variant: Variant) -> None:
    other = open_shop(cast.stranger, slug="kopi-gayo", name="Kopi Gayo", city="Takengon", province_code="11")
    coffee = stocked_variant(other).product
    Product.objects.filter(id=coffee.id).update(title="Kopi Gayo 250 g")
    page = creator.get("/create/links/new").text
    assert "Kemeja Batik Kawung" in page
    assert "Kopi Gayo 250 g" not in page
    assert "Join a programme" in creator.post("/create/links/new", {"target": f"product:{coffee.id}"}).text
    join_programme(cast.creator_user, open_platform_programme(cast.operator, 300))
    page = creator.get("/create/links/new", {"q": "gayo"}).text
    assert "Kopi Gayo 250 g" in page
    assert "± Rp3.000 a sale (3%)" in page
    assert "Kemeja Batik Kawung" not in page


def test_without_a_programme_the_way_to_one_is_shown(client: Client, cast: Cast) -> None:
    become_creator(cast.stranger, "kang-ujang")
    client.force_login(cast.stranger)
    client.cookies["django_language"] = "en"
    page = client.get("/create/links/new").text
    assert "Look at the programmes" in page
    assert "Your showcase page" in page
    assert "No links yet" in client.get("/create/links").text


def test_the_qr_code_to_take_along(creator: Client, link: Link) -> None:
    png = creator.get(f"/create/links/{link.code}/qr.png")
    assert png["Content-Type"] == "image/png"
    assert png.content.startswith(b"\x89PNG")
    assert png["Content-Disposition"] == f'attachment; filename="lapak-{link.code}.png"'
    svg = creator.get(f"/create/links/{link.code}/qr.svg")
    assert svg["Content-Type"] == "image/svg+xml"
    assert b"<svg" in svg.content


def test_clicks_orders_and_commission_of_a_link(creator: Client, pending: Commission) -> None:
    for device in ("phone", "phone", "computer", "bot"):
        clicked(pending.link, device=device)
    noon = begin_of(clock.today(), clock.WIB) + timedelta(hours=12)
    clicked(pending.link, noon, noon + timedelta(minutes=1), visitor="budi")
    page = creator.get(f"/create/links/{pending.link.code}").text
    assert "Clicks: 5 in 28 days" in page
    assert "People: 4 in 28 days" in page
    assert "Rp10.000" in page
    assert page.count("<rect") == 2 * 28
    assert "style=" not in page


def test_the_list_has_the_address_to_copy_and_what_one_sale_brings(
    creator: Client, cast: Cast, variant: Variant, link: Link
) -> None:
    page = " ".join(creator.get("/create/links").text.split())
    assert f'data-copy="http://localhost:8000/r/{link.code}"' in page
    assert "± Rp10.000 a sale (10%)" in page
    archive_product(cast.seller, variant.product_id)
    assert "a sale" not in creator.get("/create/links").text


def test_a_link_without_clicks_says_so(creator: Client, link: Link) -> None:
    assert "No clicks yet" in creator.get(f"/create/links/{link.code}").text


def test_long_lists_cost_no_more_than_short_ones(
    creator: Client, cast: Cast, variant: Variant, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many_links(cast.creator, variant.product, 220)
    many_products(cast.shop, 220)
    with django_assert_max_num_queries(13):
        page = creator.get("/create/links", {"page": 3}).text
    assert page.count("</span><button") == 25
    with django_assert_max_num_queries(14):
        page = creator.get("/create/links/new", {"page": 3}).text
    assert page.count("choice-goods") == 20


def test_a_link_has_the_code_and_utm_values_that_were_typed(creator: Client, cast: Cast) -> None:
    typed = {"target": "showcase", "code": "Racun-Edoh", "utm_source": "TikTok"}
    assert creator.post("/create/links/new", typed).headers["Location"] == "/create/links/racun-edoh"
    page = creator.get("/create/links/racun-edoh").text
    assert 'value="tiktok"' in page
    taken = creator.post("/create/links/new", typed).text
    assert "This code is taken" in taken
    assert 'value="Racun-Edoh"' in taken


def test_label_and_utm_are_changed_and_a_refused_change_keeps_what_was_typed(creator: Client, link: Link) -> None:
    path = f"/create/links/{link.code}"
    creator.post(f"{path}/change", {"label": "ig-bio", "utm_campaign": "lebaran"})
    link.refresh_from_db()
    assert (link.label, link.utm) == ("ig-bio", "utm_campaign=lebaran")
    refused = creator.post(f"{path}/change", {"label": "youtube", "utm_term": "x" * 51})
    assert refused.status_code == 200
    assert 'value="youtube"' in refused.text
    link.refresh_from_db()
    assert link.label == "ig-bio"


def test_what_is_archived_is_in_the_archive_until_it_is_brought_back(creator: Client, link: Link) -> None:
    path, shown = f"/create/links/{link.code}", f'href="/create/links/{link.code}"'
    page = creator.post(f"{path}/archive", follow=True).text
    assert "you still earn" in page
    assert shown not in creator.get("/create/links").text
    assert shown in creator.get("/create/links", {"show": "archive"}).text
    creator.post(f"{path}/restore")
    assert shown in creator.get("/create/links").text
    assert "Nothing in the archive" in creator.get("/create/links", {"show": "archive"}).text


def test_the_list_is_narrowed_and_turned_round(creator: Client, cast: Cast, variant: Variant) -> None:
    many_links(cast.creator, variant.product, 2)
    Link.objects.filter(code="c000000").update(label="ig-bio", created_at=clock.now() - timedelta(days=1))

    def found(**asked: str) -> list[str]:
        return re.findall(r'class="strong" href="/create/links/(\w+)"', creator.get("/create/links", asked).text)

    assert found() == ["c000001", "c000000"]
    assert found(sort="oldest") == ["c000000", "c000001"]
    assert found(label="ig-bio") == found(q="BIO kawung") == found(q="C000000") == ["c000000"]
    assert found(q="sarung\0") == []
    assert "No such links" in creator.get("/create/links", {"q": "sarung"}).text


class TestMany:
    def test_each_line_is_answered_and_taken_along_as_a_file(self, creator: Client, variant: Variant) -> None:
        asked = {"addresses": f"=halo\nhttps://lapak.example{variant.product.path}", "label": "tiktok"}
        page = creator.post("/create/many-links", asked).text
        made = Link.objects.get()
        assert "No goods on sale here" in page
        assert f"http://localhost:8000/r/{made.code}" in page
        file = creator.post("/create/many-links", asked | {"as": "csv"})
        assert file["Content-Disposition"] == 'attachment; filename="lapak-links.csv"'
        assert file.getvalue().decode("utf-8-sig").splitlines() == [
            "pasted,result,link",
            "'=halo,no goods on sale here,",
            f"https://lapak.example{variant.product.path},you had it already,http://localhost:8000/r/{made.code}",
        ]
        assert Link.objects.get() == made

    def test_a_refused_list_is_kept(self, creator: Client, cast: Cast, nothing_written: None) -> None:
        page = creator.post("/create/many-links", {"addresses": "baris\n" * 201, "as": "csv"})
        assert page["Content-Type"].startswith("text/html")
        assert "Paste one to 200 addresses" in page.text
        assert "baris\nbaris" in page.text
