"""Which of Lapak's categories a source path means."""

import pytest

from lapak.goods.catalogue.categories import CATEGORIES
from lapak.moving.categories import THRESHOLD, CategoryMap
from lapak.moving.category_names import ALSO_CALLED

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("Pakaian Pria/Atasan Pria/Kemeja Batik", "fashion.batik.kemeja-batik"),
        ("Fashion Muslim/Kain/Kain Batik", "fashion.batik.kain-batik"),
        ("Tas Wanita/Tas Selempang", "fashion.tas.selempang"),
        ("Fashion Muslim/Sarung", "fashion.muslim.sarung"),
        ("Pakaian Wanita/Daster", "fashion.wanita.daster"),
        ("Pakaian Wanita/Celana", "fashion.wanita.celana"),
        ("Pakaian Pria/Celana", "fashion.pria.celana"),
        ("Kain Batik", "fashion.batik.kain-batik"),
        ("Womenswear & Underwear/Women's Tops/Blouses & Shirts", "fashion.wanita.atasan"),
        ("Makanan & Minuman/Camilan/Keripik Singkong", "makanan.camilan"),
        ("Phones & Electronics/Audio & Video/Earphone & Headphone", "elektronik.audio.earphone"),
    ],
)
def test_a_path_finds_its_category(path: str, code: str) -> None:
    suggestion = CategoryMap().suggestion(path)
    assert suggestion is not None
    assert suggestion.code == code
    assert suggestion.score >= THRESHOLD


@pytest.mark.parametrize("path", ["xyz/qqq", "Decorative Lights", "", "///"])
def test_an_unlikely_path_finds_none(path: str) -> None:
    assert CategoryMap().suggestion(path) is None


def test_every_category_is_found_by_its_own_names() -> None:
    categories = CategoryMap()
    names = {code: (name_id, name_en) for code, name_id, name_en in CATEGORIES}
    for code, both in names.items():
        above = [names[code.rsplit(".", up)[0]] for up in range(code.count("."), 0, -1)]
        for language in (0, 1):
            path = "/".join([*(each[language] for each in above), both[language]])
            suggestion = categories.suggestion(path)
            assert suggestion is not None
            assert suggestion.code == code, path


def test_other_names_belong_to_categories_that_exist() -> None:
    assert ALSO_CALLED.keys() <= {code for code, _, _ in CATEGORIES}
