"""The demo's other sellers, one from each further platform that the examples are of; made once, found again afterwards."""

from dataclasses import asdict, dataclass

from lapak.cli.demo.cast import SignIn, make_user, open_with_account
from lapak.lib.acts import act
from lapak.people.shops.models import Shop


@dataclass(frozen=True, slots=True)
class Profile:
    """What a shop says of itself."""

    slug: str
    name: str
    street: str
    city: str
    province_code: str
    postal_code: str
    phone: str
    description: str
    nib: str = ""
    """None: still in the process of legality."""


@dataclass(frozen=True, slots=True)
class Seller:
    """Who has the shop whose files lie in `examples/<platform>`."""

    platform: str
    email: str
    name: str
    account: str
    shop: Profile


SELLERS = (
    Seller(
        "shopee", "gayo@lapak.test", "Aman Gayo", "1110002223",
        Profile(
            "kopi-lereng-gayo", "Kopi Lereng Gayo", "Jl. Lebe Kader 21, Bebesen", "Kab. Aceh Tengah", "11", "24552",
            "081360011223",
            "Kopi arabika dari kebun di atas Danau Laut Tawar, disangrai setiap Selasa dan Jumat.", "9120002345678",
        ),
    ),
    Seller(
        "tokopedia", "wiryo@lapak.test", "Bu Wiryo", "1110002224",
        Profile(
            "jamu-bu-wiryo", "Jamu Bu Wiryo", "Jl. Jamu 8, Nguter", "Sukoharjo", "33", "57571", "081225544332",
            "Jamu serbuk dan rempah dari Nguter, kampung jamu. Diracik tanpa pengawet.",
        ),
    ),
    Seller(
        "lazada", "cibaduyut@lapak.test", "Asep", "1110002225",
        Profile(
            "sepatu-cibaduyut-jaya", "Sepatu Cibaduyut Jaya", "Jl. Cibaduyut Raya 140", "Bandung", "32", "40239", "081322110099",
            "Sepatu kulit buatan tangan dari Cibaduyut, semua ukuran.", "9120003456789",
        ),
    ),
    Seller(
        "shopify", "rajapolah@lapak.test", "Teh Nining", "1110002226",
        Profile(
            "anyam-rajapolah", "Anyam Rajapolah", "Jl. Raya Rajapolah 55", "Tasikmalaya", "32", "46155", "081323334455",
            "Anyaman pandan, mendong dan bambu dari Rajapolah.", "9120004567890",
        ),
    ),
    Seller(
        "woocommerce", "dongeng@lapak.test", "Kak Ratih", "1110002227",
        Profile(
            "rumah-dongeng", "Rumah Dongeng", "Jl. Cihapit 12", "Bandung", "32", "40114", "081321000111",
            "Buku anak dan boneka tangan, dipilih oleh orang tua.", "9120005678901",
        ),
    ),
)  # fmt: skip

SIGN_INS = tuple(SignIn("seller", seller.email, f"/sell/{seller.shop.slug}") for seller in SELLERS)


@act
def make_sellers() -> dict[str, Shop]:
    """Their open shops, by the platform they come from."""
    return {seller.platform: _shop_of(seller) for seller in SELLERS}


def _shop_of(seller: Seller) -> Shop:
    existing = Shop.objects.filter(slug=seller.shop.slug).first()
    return existing or open_with_account(make_user(seller.email, seller.name), seller.account, **asdict(seller.shop))
