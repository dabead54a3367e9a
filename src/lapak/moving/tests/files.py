"""Files as Seller Center gives them out, or as they should not be."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from PIL import Image

EXAMPLES = Path(__file__).parents[4] / "examples" / "tiktok_shop"
EXPORT = EXAMPLES / "Tiktoksellercenter_batchedit_20231003_all_information_template.xlsx"
PICTURES = EXAMPLES / "images.zip"

LABELS = {
    "product_id": "ID Produk",
    "category": "Kategori",
    "product_name": "Nama produk",
    "product_status": "Status produk",
    "sku_id": "ID SKU",
    "variation_value": "Nilai Variasi",
    "product_description": "Deskripsi produk",
    "brand": "Merek",
    "price": "Harga Ritel (Mata Uang Lokal)",
    "quantity": "Kuantitas",
    "seller_sku": "SKU Penjual",
    "parcel_weight": "Berat paket(g)",
    "parcel_length": "Panjang paket(cm)",
    "cod": "Pilih apakah akan mendukung pembayaran di tempat.",
    "main_image": "Gambar utama",
    "image_2": "Gambar 2",
    "product_property/100198": "Bahan",
}
CATEGORIES = ("Kategori", "Fashion Muslim/Kain/Kain Batik(605274)", "Fashion Muslim/Sarung(603311)")

HOST = "https://p16-oec-va.ibyteimg.com"


def sku(product: int = 1, number: int = 1, **changes: object) -> dict[str, object]:
    """A row of the export: SKU `number` of product `product`."""
    row: dict[str, object] = {
        "product_id": f"17205470310068{product:05}",
        "category": "Kain Batik (605274)",
        "product_name": f"Kain Batik Lasem {product:03}",
        "product_status": "Aktif(1)",
        "sku_id": f"17411716607088{product:03}{number:02}1",
        "variation_value": "Default" if number == 1 else f"Motif {number}",
        "product_description": "<p>Halus</p>",
        "price": "125000",
        "quantity": "10",
        "parcel_weight": "250",
        "product_property/100198": "Katun",
    }
    return row | changes


def export(
    path: Path,
    rows: Sequence[Mapping[str, object]],
    *,
    without: Sequence[str] = (),
    version: str = "V4 | All_Information | metric",
    labels: Mapping[str, str] = LABELS,
) -> Path:
    """A batch-edit export with these rows; `without` leaves columns out."""
    keys = [key for key in labels if key not in without]
    with xlsxwriter.Workbook(path, {"strings_to_urls": False}) as workbook:
        page = workbook.add_worksheet("Template")
        header = (keys, [version], [labels[key] for key in keys], ["Wajib"] * len(keys), ["Jangan ubah."] * len(keys))
        for row, texts in enumerate(header):
            page.write_row(row, 0, texts)
        for row, values in enumerate(rows, len(header)):
            for column, key in enumerate(keys):
                write(page, row, column, values.get(key, ""))
        list_of_categories = workbook.add_worksheet("Category")
        list_of_categories.write_column(0, 0, CATEGORIES)
    return path


def table(
    path: Path, rows: Sequence[Sequence[object]], sheet: str = "Template", categories: Sequence[str] = ()
) -> Path:
    """A workbook with these rows."""
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet(sheet)
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                write(page, row, column, value)
        if categories:
            workbook.add_worksheet("Category").write_column(0, 0, categories)
    return path


def write(page: Any, row: int, column: int, value: object) -> None:
    """Text as text, numbers as numbers, as the test says."""
    if isinstance(value, int | float):
        page.write_number(row, column, value)
    elif value:
        page.write_string(row, column, str(value))


def address(name: str) -> str:
    """A picture's address in the export."""
    return f"{HOST}/tos-alisg-i-sg/{name}~tplv-origin-jpeg.jpeg?dr=15568&idc=my2"


def picture(colour: str = "maroon", kind: str = "JPEG") -> bytes:
    """A small picture."""
    encoded = io.BytesIO()
    Image.new("RGB", (24, 24), colour).save(encoded, kind)
    return encoded.getvalue()


def packed(path: Path, members: Mapping[str, bytes]) -> Path:
    """A zip of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def with_sheet_xml(path: Path, xml: str, part: str = "xl/worksheets/sheet2.xml", styles: str = "<styleSheet/>") -> Path:
    """A workbook whose only sheet, `Template`, is this XML; its cells are formatted by those styles."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    return packed(
        path,
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>'.encode(),
            "_rels/.rels": (
                f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
                f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
            ).encode(),
            "xl/workbook.xml": (
                f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
                '<sheet name="Template" sheetId="1" r:id="rId1"/></sheets></workbook>'
            ).encode(),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
                f'Type="{office}/worksheet" Target="/{part}"/>'
                f'<Relationship Id="rId2" Type="{office}/styles" Target="styles.xml"/></Relationships>'
            ).encode(),
            "xl/styles.xml": styles.replace("<styleSheet", f'<styleSheet xmlns="{main}"', 1).encode(),
            part: xml.replace("<worksheet>", f'<worksheet xmlns="{main}">').encode(),
        },
    )


def inline(ref: str, text: str) -> str:
    """A cell with its text in place; no `ref` leaves its address out."""
    at = f' r="{ref}"' if ref else ""
    return f'<c{at} t="inlineStr"><is><t>{text}</t></is></c>'
