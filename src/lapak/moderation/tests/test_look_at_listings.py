"""A listing with a word of goods that may not be sold opens a case by itself, and is never refused for it."""

import pytest

from lapak.goods.catalogue.change_log import log_changes
from lapak.goods.catalogue.commands import archive_product, change_product, publish_product, set_variant_price
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.on_sale import on_sale
from lapak.goods.catalogue.rules import ProductFields
from lapak.moderation.deciding import dismiss_case
from lapak.moderation.looking import look_at_listings
from lapak.moderation.models import Case
from lapak.testing.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)  # what is followed has to be committed


@pytest.fixture(autouse=True)
def followed(product: Product) -> None:
    log_changes([product.id])  # a pruned log is never empty: else what comes looks like a gap
    look_at_listings()  # the first time it only begins


def retitled(cast: Cast, product: Product, title: str) -> None:
    change_product(cast.seller, product.id, ProductFields(title=title, weight_g=300))
    look_at_listings()


def test_a_word_opens_a_case_and_hides_nothing(cast: Cast, product: Product) -> None:
    retitled(cast, product, "Pistol air mainan anak")
    assert not Case.objects.exists(), "honest goods open nothing"
    retitled(cast, product, "Liquid vape rasa melon")
    case = Case.objects.get()
    assert (case.product_id, case.state) == (product.id, "open")
    assert "liquid vape" in set(case.reports.values_list("found_word", flat=True))
    assert set(case.reports.values_list("reason", flat=True)) == {"prohibited"}
    assert not case.reports.exclude(reporter=None).exists()
    assert on_sale().filter(id=product.id).exists()


def test_what_a_person_let_stand_is_not_asked_about_again(cast: Cast, product: Product) -> None:
    retitled(cast, product, "Liquid vape rasa melon")
    dismiss_case(cast.operator, Case.objects.get().id, "Empty bottles.")
    variant = product.variants.first()
    assert variant
    set_variant_price(cast.seller, variant.id, 99_000)
    look_at_listings()
    assert Case.objects.count() == 1
    retitled(cast, product, "Liquid vape dan pistol asli")
    assert Case.objects.filter(state="open").count() == 1, "another word is another question"


def test_what_is_not_on_sale_is_looked_at_when_it_is(cast: Cast, product: Product) -> None:
    archive_product(cast.seller, product.id)
    retitled(cast, product, "Liquid vape rasa melon")
    assert not Case.objects.exists()
    publish_product(cast.seller, product.id)
    look_at_listings()
    assert Case.objects.exists()
