"""`lapak move-in` as it is typed."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from django.utils.translation import override
from pytest_django import Settings
from typer.testing import CliRunner, Result

from lapak.cli.move_in import move_in
from lapak.goods.catalogue.models import Variant
from lapak.lib.refusal import Refusal
from lapak.moving.errors import FileNotProducts
from lapak.moving.tests.files import EXPORT, LABELS, export, sku, table
from lapak.moving.tests.own_lists import PLAIN, written
from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

pytestmark = pytest.mark.django_db

app = typer.Typer()
app.command()(move_in)


@pytest.fixture(autouse=True)
def as_lapak_is_set() -> Iterator[None]:
    with override("id"):
        yield


@pytest.fixture
def shop(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.chdir(tmp_path)
    owner = User.objects.create_user("sekar@example.com")
    return open_shop(owner, slug="batik", name="Batik", city="Cirebon", province_code="32")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)])


def test_the_last_line_is_one_json_object(shop: Shop) -> None:
    result = run(EXPORT, "--shop", "batik", "--json")
    assert result.exit_code == 0
    counts = json.loads(result.stdout.splitlines()[-1])
    assert counts["plan"] == counts["result"]
    assert counts["result"]["skus"] == {"created": 633, "changed": 0, "unchanged": 0, "left_out": 0}
    assert counts["result"]["stock"]["created"] == 82_648
    assert (counts["shop"], counts["errors"]) == ("batik", 0)


def test_a_dry_run_writes_nothing(shop: Shop) -> None:
    result = run(EXPORT, "--shop", "batik", "--dry-run", "--json")
    counts = json.loads(result.stdout.splitlines()[-1])
    assert (counts["plan"]["skus"]["created"], counts["result"]) == (633, None)
    assert Variant.objects.count() == 0


def test_problems_are_shown_and_written_into_a_report(
    shop: Shop, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = export(tmp_path / "a.xlsx", [sku(1, 1), sku(1, 2, price="-1")])
    result = run(path, "--shop", "batik")
    assert result.exit_code == 0
    assert "Template!I7" in result.stderr
    assert (tmp_path / "move-in-batik.xlsx").exists()
    assert Variant.objects.count() == 1


def test_only_the_first_problems_are_shown(shop: Shop, tmp_path: Path) -> None:
    path = export(tmp_path / "a.xlsx", [sku(n, price="0") for n in range(30)])
    result = run(path, "--shop", "batik", "--report", tmp_path / "apa.xlsx")
    assert "… and 10 more, in the report" in result.stderr
    assert (tmp_path / "apa.xlsx").exists()


def test_a_report_is_written_when_all_is_well(shop: Shop, tmp_path: Path) -> None:
    run(export(tmp_path / "a.xlsx", [sku()]), "--shop", "batik")
    assert (tmp_path / "move-in-batik.xlsx").exists()


@pytest.fixture
def income(tmp_path: Path) -> Path:
    """A list of nothing that moves in."""
    return table(tmp_path / "income.xlsx", [["Order/adjustment ID  ", "Type ", "Order settled time"], ["1"]])


def test_a_refusal_passes_to_the_one_place_that_tells_it(shop: Shop, income: Path) -> None:
    result = run(income, "--shop", "batik")
    assert isinstance(result.exception, FileNotProducts)
    assert isinstance(result.exception, Refusal)
    assert result.stdout == ""
    assert Variant.objects.count() == 0


def test_the_last_line_is_json_when_the_files_are_refused_too(shop: Shop, income: Path) -> None:
    result = run(income, "--shop", "batik", "--json")
    said = json.loads(result.stdout.splitlines()[-1])
    assert (result.exit_code, said["plan"], said["result"]) == (1, None, None)
    assert "an income report" in said["refused"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["left out", "The price must be above zero"]), ("id", ["dilewati", "Harga harus lebih dari nol"])],
)
def test_one_language_is_spoken(shop: Shop, tmp_path: Path, language: str, words: list[str]) -> None:
    path = export(tmp_path / "a.xlsx", [sku(1, 1), sku(1, 2, price="-1")])
    result = run(path, "--shop", "batik", "--language", language)
    assert [word in result.stderr for word in words] == [True, True]
    other = {"en": "Produk", "id": "Products"}[language]
    assert other not in result.stderr


@pytest.mark.parametrize("arguments", [[], [EXPORT], [EXPORT, "--shop", "tiada"], ["tiada.xlsx", "--shop", "batik"]])
def test_wrong_usage_is_two(shop: Shop, arguments: list[object]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("where", ["tiada/apa.xlsx", "."])
def test_a_report_that_cannot_be_written_undoes_nothing(shop: Shop, tmp_path: Path, where: str) -> None:
    path = export(tmp_path / "a.xlsx", [sku(1, 1), sku(1, 2, price="-1")])
    result = run(path, "--shop", "batik", "--json", "--report", tmp_path / where)
    assert result.exit_code == 0
    assert json.loads(result.stdout.splitlines()[-1])["result"]["skus"]["created"] == 1
    assert "The report could not be written" in result.stderr
    assert Variant.objects.count() == 1


def test_what_stands_in_a_file_is_shown_as_text(shop: Shop, tmp_path: Path) -> None:
    """Neither markup, which would end in an error, nor what a terminal obeys (here: clear the screen, name the window)."""
    labels = LABELS | {"price": "Harga[/bold] [red]\x9b2J"}
    (tmp_path / "r[").mkdir()
    path = export(tmp_path / "a.xlsx", [sku(1, price="[/bold]\x9b2J", quantity="\u202exls")], labels=labels)
    result = run(path, "--shop", "batik", "--report", tmp_path / "r[/bold].xlsx")
    assert result.exit_code == 0
    assert "Harga[/bold] [red]" in result.stderr
    assert "r[/bold].xlsx" in result.stderr
    assert not set("\x1b\x9b\u202e") & set(result.stderr)


def test_a_list_of_ones_own_is_asked_about_in_the_form_in_which_it_is_answered(shop: Shop, tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN)
    asked = run(path, "--shop", "batik", "--dry-run", "--json")
    assert asked.exit_code == 1
    (columns,) = re.findall(r"--columns '([^']+)'", json.loads(asked.stdout.splitlines()[-1])["refused"])
    answered = run(path, "--shop", "batik", "--columns", columns, "--json")
    assert json.loads(answered.stdout.splitlines()[-1])["result"]["products"]["created"] == 3
    assert Variant.objects.count() == 3


def test_what_has_the_same_sku_on_two_platforms_is_joined_when_it_is_asked_for(shop: Shop, tmp_path: Path) -> None:
    other = export(tmp_path / "export.xlsx", [sku(1, seller_sku="KB-01")])
    run(other, "--shop", "batik")
    columns = "sku=Kode,title=Nama Barang,price=Harga Jual"
    run(written(tmp_path, PLAIN), "--shop", "batik", "--columns", columns, "--join-same-skus")
    assert Variant.objects.count() == 3
