"""Pictures of what was left out wait for it: a row corrected in the report comes in with them."""

from datetime import timedelta
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from lapak.goods.catalogue.models import ProductImage
from lapak.lib import clock
from lapak.moving import uploads
from lapak.moving.models import KeptPicture
from lapak.moving.move_in import move_in
from lapak.moving.plan import Tally
from lapak.moving.report import write_report
from lapak.moving.tests.files import CATEGORIES, address, export, packed, picture, sku, table
from lapak.moving.tests.moved import Again
from lapak.moving.tests.test_report import rows_of

LEFT_OUT = sku(2, price="0", main_image=address("b"), image_2=address("tiada"))


def given(tmp_path: Path, colour: str = "blue") -> Path:
    names = {"tos-alisg-i-sg/a.jpeg": picture("red"), "tos-alisg-i-sg/b.jpeg": picture(colour)}
    return packed(tmp_path / f"{colour}.zip", names)


def files_in(kept: FileSystemStorage) -> list[Path]:
    return [path for path in Path(kept.location).rglob("*") if path.is_file()]


def test_a_row_corrected_in_the_report_comes_in_with_its_pictures(
    moved: Again, tmp_path: Path, kept: FileSystemStorage
) -> None:
    result = moved(sku(1, main_image=address("a")), LEFT_OUT, pictures=given(tmp_path))
    assert result.done is not None
    assert result.done.images == Tally(created=1)
    told = rows_of(write_report(result, tmp_path / "report.xlsx"), "Template")
    told[5][8] = "99000"
    corrected = table(tmp_path / "corrected.xlsx", told, categories=CATEGORIES)
    again = move_in(moved.seller, [corrected], moved.shop)
    assert again.done is not None
    assert again.done.images == Tally(created=1, left_out=1)
    assert set(ProductImage.objects.values_list("source_path", flat=True)) == {"tos-alisg-i-sg/a", "tos-alisg-i-sg/b"}
    assert not KeptPicture.objects.exists()
    assert files_in(kept) == []


def test_only_a_look_keeps_nothing(moved: Again, tmp_path: Path, kept: FileSystemStorage) -> None:
    export(tmp_path / "export.xlsx", [LEFT_OUT])
    move_in(moved.seller, [tmp_path / "export.xlsx", given(tmp_path)], moved.shop, dry_run=True)
    assert not KeptPicture.objects.exists()
    assert files_in(kept) == []


def test_a_picture_given_again_goes_before_the_one_that_was_kept(
    moved: Again, tmp_path: Path, kept: FileSystemStorage
) -> None:
    for colour in ("blue", "gold"):
        moved(LEFT_OUT, pictures=given(tmp_path, colour))
        (file,) = files_in(kept)
        assert file.read_bytes() == picture(colour)
    moved(LEFT_OUT)
    assert KeptPicture.objects.get().key == "tos-alisg-i-sg/b"


def test_what_nobody_came_back_to_in_a_month_is_gone(moved: Again, tmp_path: Path, kept: FileSystemStorage) -> None:
    moved(LEFT_OUT, pictures=given(tmp_path))
    with clock.stopped_at(clock.now() + timedelta(days=29)):
        uploads.drop_forgotten_uploads()
        assert KeptPicture.objects.exists()
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        uploads.drop_forgotten_uploads()
    assert not KeptPicture.objects.exists()
    assert files_in(kept) == []
