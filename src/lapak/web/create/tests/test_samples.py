"""A creator's samples, through the screens."""

from datetime import timedelta

import pytest
from django.test import Client

from lapak.affiliates.samples import commands as samples
from lapak.affiliates.samples.models import Sample
from lapak.flows.clocks import run_due_clocks
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.testing.cast import Cast
from lapak.testing.samples import POST, address_of_creator, approved_sample, arrived_sample, asked_sample, sent_sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def creator(cast: Cast, client: Client) -> Client:
    client.force_login(cast.creator_user)
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_an_empty_list_says_what_samples_are(creator: Client) -> None:
    assert "/create/samples/new" in page(creator, "/create/samples")


def test_only_goods_of_shops_that_give_are_offered(cast: Cast, variant: Variant, creator: Client) -> None:
    assert variant.product.title not in page(creator, "/create/samples/new")
    samples.set_samples_a_month(cast.seller, cast.shop, 1)
    assert variant.product.title in page(creator, "/create/samples/new")
    assert variant.product.title in page(creator, "/create/samples/new?q=batik")
    assert variant.product.title not in page(creator, "/create/samples/new?q=sambal")


def test_from_choosing_to_asking(cast: Cast, variant: Variant, creator: Client) -> None:
    samples.set_samples_a_month(cast.seller, cast.shop, 1)
    address = address_of_creator(cast)
    chosen = f"/create/samples/new?product={variant.product_id}"
    assert "Jl. Cihampelas 9" in page(creator, chosen)
    typed = {"product": variant.product_id, "variant": variant.id, "address": address.id, "words": "For Friday."}
    refused = creator.post("/create/samples/ask", typed)
    assert refused.status_code == 200
    assert "For Friday." in refused.content.decode()
    assert not Sample.objects.exists()
    asked = creator.post("/create/samples/ask", typed | {"place": "TikTok @ceu.edoh"}, follow=True)
    sample = Sample.objects.get()
    assert asked.redirect_chain == [(f"/create/samples/{sample.id}", 302)]
    assert "TikTok @ceu.edoh" in asked.content.decode()
    assert str(sample.id) in page(creator, "/create/samples")


def test_what_the_command_refuses_stands_on_the_page(cast: Cast, variant: Variant, creator: Client) -> None:
    asked_sample(cast, variant, a_month=1)
    typed = {
        "product": variant.product_id, "variant": variant.id, "address": address_of_creator(cast).id,
        "words": "Again.", "place": "TikTok",
    }  # fmt: skip
    assert "minta lagi bulan depan" in creator.post("/create/samples/ask", typed).content.decode().lower()


def test_it_came_and_was_shown(cast: Cast, variant: Variant, creator: Client) -> None:
    sample = sent_sample(cast, variant)
    assert "JX0001234567" in page(creator, f"/create/samples/{sample.id}")
    creator.post(f"/create/samples/{sample.id}/receive")
    wrong = creator.post(f"/create/samples/{sample.id}/post", {"address": "on TikTok"})
    assert "on TikTok" in wrong.content.decode()
    creator.post(f"/create/samples/{sample.id}/post", {"address": POST})
    sample.refresh_from_db()
    assert (sample.state, sample.post) == ("posted", POST)


def test_it_did_not_come(cast: Cast, variant: Variant, creator: Client) -> None:
    sample = sent_sample(cast, variant)
    creator.post(f"/create/samples/{sample.id}/miss", {"words": "The courier lost it."})
    sample.refresh_from_db()
    assert sample.state == "not_arrived"


def test_it_came_broken(cast: Cast, variant: Variant, creator: Client) -> None:
    sample = arrived_sample(cast, variant)
    assert f"/create/samples/{sample.id}/miss" in page(creator, f"/create/samples/{sample.id}")
    creator.post(f"/create/samples/{sample.id}/miss", {"words": "The sleeve is torn."})
    assert "The sleeve is torn." in page(creator, f"/create/samples/{sample.id}")


def test_why_the_clock_ended_it_is_read_by_both(cast: Cast, variant: Variant, creator: Client) -> None:
    sample = arrived_sample(cast, variant)
    variant.product.status = "archived"
    variant.product.save()
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        run_due_clocks()
    assert "tidak ada lagi yang bisa ditampilkan" in page(creator, f"/create/samples/{sample.id}")
    creator.force_login(cast.seller)
    assert "tidak ada lagi yang bisa ditampilkan" in page(
        creator, f"/sell/{cast.shop.slug}/creators/samples/{sample.id}"
    )


def test_what_is_no_id_of_goods_leads_to_the_choice(creator: Client) -> None:
    page(creator, "/create/samples/new?product=x")
    assert creator.post("/create/samples/ask", {"product": "x"}).status_code == 302


def test_goods_of_which_there_are_none_lead_to_the_choice(variant: Variant, creator: Client) -> None:
    """Before anything is typed."""
    read = page(creator, f"/create/samples/new?product={variant.product_id}")
    assert "tidak menyediakan sampel" in read
    assert 'name="words"' not in read


def test_where_it_is_to_go_is_asked_before_anything_is_typed(cast: Cast, variant: Variant, creator: Client) -> None:
    """To add an address one leaves the page."""
    samples.set_samples_a_month(cast.seller, cast.shop, 1)
    chosen = f"/create/samples/new?product={variant.product_id}"
    assert 'name="words"' not in page(creator, chosen)
    address_of_creator(cast)
    read = page(creator, chosen)
    assert read.index("/account/addresses/new") < read.index('name="words"')


def test_another_creators_sample_is_not_there(cast: Cast, variant: Variant, client: Client) -> None:
    sample = arrived_sample(cast, variant)
    client.force_login(cast.buyer)
    assert client.get(f"/create/samples/{sample.id}").status_code == 302  # who promotes nothing is asked for a handle


def test_indonesian_speaks_of_samples_not_of_bills_and_returns(cast: Cast, variant: Variant, creator: Client) -> None:
    creator.cookies["django_language"] = "id"
    sample = asked_sample(cast, variant)
    story = page(creator, f"/create/samples/{sample.id}")
    assert "Diminta" in story
    assert "Ditagih" not in story
    form = page(creator, f"/create/samples/new?product={variant.product_id}")
    assert "Minta ke toko" in form
    assert "pengembalian" not in form


def test_a_promised_piece_is_not_given_up_by_a_slip(cast: Cast, variant: Variant, creator: Client) -> None:
    sample = approved_sample(cast, variant)
    asked = creator.post(f"/create/samples/{sample.id}/withdraw")
    assert cast.shop.name in asked.text
    sample.refresh_from_db()
    assert sample.state == "approved"
    creator.post(f"/create/samples/{sample.id}/withdraw", {"sure": asked.context["question"].key})
    sample.refresh_from_db()
    assert sample.state == "withdrawn"


def test_what_is_missing_is_seen_where_it_is_missing(cast: Cast, variant: Variant, creator: Client) -> None:
    refused = creator.post(f"/create/samples/{sent_sample(cast, variant).id}/miss", {"words": ""})
    assert "<details open>" in refused.text
