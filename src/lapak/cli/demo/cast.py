"""The demo's people and their shop; made once, found again afterwards."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from lapak.affiliates.creators import become_creator
from lapak.affiliates.creators import set_payout_account as pay_creator_into
from lapak.affiliates.links import create_link
from lapak.affiliates.models import Creator
from lapak.affiliates.programmes import join_programme, open_programme
from lapak.flows.entrust_operator import entrust_operator, make_first_owner
from lapak.goods.catalogue.on_sale import on_sale
from lapak.lib.acts import act
from lapak.people.shops.commands import open_shop, set_payout_account
from lapak.people.shops.models import Shop
from lapak.people.users.commands import add_bank_account, save_address
from lapak.people.users.models import User
from lapak.people.users.operating import operators
from lapak.people.users.operators import OperatorRole
from lapak.people.users.second_factors import give_app

EXAMPLES = settings.ROOT / "examples" / "tiktok_shop"
SHOP_SLUG = "batik-trusmi-sekar"
PASSWORD = "lapak-demo"  # noqa: S105 - printed on the screen, on a machine that holds nothing but the demo
OPERATOR = "operator@lapak.test"
COLLEAGUES = {
    "dina": OperatorRole.SUPPORT,
    "fajar": OperatorRole.FINANCE,
    "tari": OperatorRole.TRUST,
    "lukman": OperatorRole.LAW,
}
CREATORS = {"ceu-edoh": "Ceu Edoh", "dapurnyarina": "Rina", "mas-bagas": "Mas Bagas"}


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who can sign in where, with the password that all share."""

    role: str
    email: str
    path: str


SIGN_INS = (
    SignIn("buyer", "budi@lapak.test", "/"),
    SignIn("seller", "sekar@lapak.test", f"/sell/{SHOP_SLUG}"),
    SignIn("creator", "ceu-edoh@lapak.test", "/create"),
    SignIn("operator", OPERATOR, "/staff/"),
)


class Home(NamedTuple):
    """Where someone's parcels go."""

    street: str
    district: str
    city: str
    province_code: str
    postal_code: str


NEIGHBOURS = (
    ("ani@lapak.test", "Ani", Home("Jl. Cihampelas 88", "Coblong", "Bandung", "32", "40131")),
    ("wayan@lapak.test", "Wayan", Home("Jl. Gatot Subroto 12", "Denpasar Utara", "Denpasar", "51", "80111")),
    ("citra@lapak.test", "Citra", Home("Jl. Pemuda 4", "Semarang Tengah", "Semarang", "33", "50132")),
    ("butet@lapak.test", "Butet", Home("Jl. Setia Budi 21", "Medan Selayang", "Medan", "12", "20132")),
    ("daeng@lapak.test", "Daeng", Home("Jl. Pettarani 7", "Panakkukang", "Makassar", "73", "90231")),
)


def example_files() -> list[Path]:
    """What Sekar downloaded from the old platform: her product list and her pictures."""
    return [*EXAMPLES.glob("*.xlsx"), EXAMPLES / "images.zip"]


@act
def make_people() -> Shop:
    """Everyone, and Sekar's shop with an open 10 % programme; the shop as it is when all are there already."""
    existing = Shop.objects.filter(slug=SHOP_SLUG).first()
    if existing:
        return existing
    _operators()
    _buyer("budi@lapak.test", "Budi", Home("Jl. Melati 5", "Tebet", "Jakarta Selatan", "31", "12810"))
    seller = make_user("sekar@lapak.test", "Sekar")
    shop = open_with_account(
        seller,
        "1234567890",
        slug=SHOP_SLUG,
        name="Batik Trusmi Sekar",
        city="Kab. Cirebon",
        province_code="32",
        street="Jl. Syekh Datul Kahfi 12, Trusmi, Plered",
        postal_code="45154",
        phone="081320004512",
        description="Batik tulis dan cap dari Trusmi, Cirebon. Dikirim setiap hari kerja.",
        nib="9120001234567",
    )
    programme = open_programme(seller, shop, 1000)
    for handle, name in CREATORS.items():
        user = make_user(f"{handle}@lapak.test", name)
        become_creator(user, handle)
        number = f"98765432{len(handle):02}"
        pay_creator_into(user, add_bank_account(user, bank_code="008", number=number, holder=name).id)
        join_programme(user, programme)
    return shop


def give_operator_app() -> None:
    """Whose codes `lapak second-factor` says: the demo's operators have no phones."""
    for operator in operators():
        give_app(operator)


def make_links(shop: Shop) -> None:
    """Each creator promotes the shop and a few of its goods; nothing where they do already."""
    goods = list(on_sale().filter(shop=shop).order_by("title")[:9])
    for n, creator in enumerate(Creator.objects.filter(handle__in=CREATORS).select_related("user").order_by("handle")):
        if creator.links.exists():
            continue
        create_link(creator.user, shop=shop, label="ig-bio")
        create_link(creator.user, label="etalase")
        for product in goods[n::3]:
            create_link(creator.user, product=product, label="tiktok")


def make_neighbours() -> list[User]:
    """People who bought here before, all over the country."""
    return [_buyer(*neighbour) for neighbour in NEIGHBOURS]


def open_with_account(seller: User, number: str, **profile: str) -> Shop:
    """The seller owns a new, open shop, which is paid into their account at BCA."""
    shop = open_shop(seller, **profile)
    account = add_bank_account(seller, bank_code="014", number=number, holder=seller.name)
    set_payout_account(seller, shop.id, account.id)
    return shop


def make_user(email: str, name: str) -> User:
    """One who can sign in with the password that all share."""
    return User.objects.create_user(email, PASSWORD, name=name)


def _operators() -> None:
    """The owner, and one colleague in each of the other roles."""
    make_user(OPERATOR, "Operator")
    owner = make_first_owner(OPERATOR)
    for name, role in COLLEAGUES.items():
        colleague = make_user(f"{name}@lapak.test", name.title())
        entrust_operator(owner, email=colleague.email, roles=[role])


def _buyer(email: str, name: str, home: Home) -> User:
    buyer = make_user(email, name)
    save_address(buyer, recipient=name, phone="081234567890", **home._asdict())
    return buyer
