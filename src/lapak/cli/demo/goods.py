"""The demo's goods: the example files moved in, as a seller would."""

from lapak.cli.demo.cast import example_files
from lapak.goods.catalogue.models import Product
from lapak.moving.move_in import move_in
from lapak.people.shops.models import Member, Shop


def move_examples_in(shop: Shop) -> None:
    """The shop has its 124 products; nothing where it has some already."""
    if not Product.objects.filter(shop=shop).exists():
        owner = Member.objects.select_related("user").get(shop=shop, role=Member.Role.OWNER).user
        move_in(owner, example_files(), shop)
