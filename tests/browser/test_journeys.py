"""Whole journeys in real Chromium, on a phone and on a desktop: what people read on their way, and the books at its end."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from lapak.cli.demo.market import wait_for
from lapak.flows.clocks import run_due_clocks
from lapak.flows.ship_order import deliver_order, ship_order
from lapak.flows.tasks import speak_to_partners
from lapak.goods.catalogue.models import Product, Variant
from lapak.lib import clock
from lapak.lib.money import format_idr
from lapak.money.payments.models import Refund
from lapak.money.payments.rules import GRACE
from lapak.people.users.models import User
from lapak.testing.books import check_books
from lapak.testing.histories import tracking_number
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order
from lapak.trade.returns.asking import ask_for_return, escalate_return
from lapak.trade.returns.deciding import decline_return
from lapak.trade.returns.models import Return
from tests.browser.phones import any_browser, opened
from tests.browser.street import (
    DESKTOP_PX,
    PASSWORD,
    PHONE_PX,
    SHIRT,
    Street,
    at_gateway,
    available,
    choose,
    open_street,
    pay_page_of,
    photo,
    press,
    reads,
    reload_until,
    somebody,
    with_gateway,
)

pytestmark = pytest.mark.long

both_widths = pytest.mark.parametrize("width_px", [PHONE_PX, DESKTOP_PX])


@pytest.fixture(scope="module")
def street(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[Street]:
    with pytest.MonkeyPatch.context() as patch, ExitStack() as until:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # as in conftest
        browser = opened(any_browser(), until, request.config)
        until.enter_context(django_db_blocker.unblock())
        yield until.enter_context(open_street(browser))


@pytest.fixture(autouse=True)
def _screens_are_closed(street: Street) -> Iterator[None]:
    yield
    street.close_screens()


@both_widths
def test_a_buyer_types_a_word_wrong_and_changes_his_mind(street: Street, width_px: int) -> None:
    buyer, before = somebody(f"changed-mind-{width_px}@example.com"), available("M")
    page = street.screen_of(buyer, width_px)
    page.get_by_role("searchbox").filter(visible=True).first.fill("kemeja batk")
    page.keyboard.press("Enter")
    reads(page, "Menampilkan hasil untuk “kemeja batik”.")
    page.get_by_role("link", name=SHIRT).first.click()

    choose(page, "S")
    choose(page, "XL")
    press(page, "+ Keranjang")
    street.go(page, "/cart")
    assert bars_below(page) <= 1
    press(page, "Tambah satu")
    reads(page, "Rp318.000")
    press(page, f"Hapus {SHIRT}")
    reads(page, "Keranjang Anda kosong")

    street.go(page, Product.objects.get(title=SHIRT).path)
    choose(page, "M")
    press(page, "Beli sekarang")
    reads(page, "Perlu dibayar")
    assert bars_below(page) <= 1
    press(page, "Pesan dan bayar")
    pay_page_of(page)
    assert available("M") == before - 1
    press(page, "Batalkan pembelian")
    press(page, "Ya, batalkan")
    reads(page, "Dibatalkan oleh pembeli.")
    assert available("M") == before

    street.go(page, "/cart")
    reads(page, "Rp149.000")
    page.get_by_role("link", name="Lanjut ke checkout").filter(visible=True).click()
    press(page, "Pesan dan bayar")
    at_gateway(page, pay_page_of(page), "/confirm?lang")
    reads(page, "Pembayaran berhasil")

    cancelled, bought = Order.objects.filter(buyer=buyer).order_by("placed_at")
    assert (cancelled.state, cancelled.escrow_idr) == ("cancelled", 0)
    assert (bought.state, bought.escrow_idr) == ("to_pack", bought.total_idr)
    assert available("M") == before - 1
    check_books()


@both_widths
def test_a_payment_that_comes_too_late_goes_back(street: Street, width_px: int) -> None:
    buyer, before = somebody(f"late-{width_px}@example.com"), available("S")
    page = street.screen_of(buyer, width_px)
    order, pay_page = ordered(page, street, buyer, "S")
    with clock.stopped_at(order.pay_by + GRACE + timedelta(minutes=1)):
        with_gateway(pay_page, run_due_clocks)
    assert available("S") == before
    street.go(page, f"/pay/{order.purchase_id}")
    reads(page, "Batas waktu bayar sudah lewat")

    at_gateway(page, pay_page, "/confirm?late")
    street.go(page, f"/orders/{order.id}")
    reload_until(page, "Dana Anda kembali")
    refunded(buyer, pay_page)
    page.reload()
    reads(page, "Sampai pada")
    shop = street.screen_of(street.cast.seller, width_px)
    street.go(shop, f"/sell/{street.cast.shop.slug}/orders/{order.id}")
    reads(shop, "Dibatalkan")

    refund = Refund.objects.get(buyer_id=buyer.id)
    assert (refund.amount_idr, refund.route, refund.status) == (order.total_idr, "gateway", "arrived")
    order.refresh_from_db()
    assert (order.state, order.escrow_idr) == ("cancelled", 0)
    check_books()


@both_widths
def test_a_return_with_pictures_is_refunded_to_the_bank_account(street: Street, width_px: int) -> None:
    buyer = somebody(f"return-{width_px}@example.com")
    page, shop = street.screen_of(buyer, width_px), street.screen_of(street.cast.seller, width_px)
    order, pay_page = ordered(page, street, buyer, "XL")
    at_gateway(page, pay_page, "/confirm?lang")
    reads(page, "Pembayaran berhasil")
    arrived(street, order)

    street.go(page, f"/orders/{order.id}")
    page.get_by_role("link", name="Ada masalah? Kembalikan").click()
    assert bars_below(page) <= 1
    page.get_by_text("Rusak").click()
    page.get_by_label("Ceritakan masalahnya").fill("Jahitan lengannya lepas.")
    page.set_input_files("input[name=pictures]", [photo("navy"), photo("brown")])
    press(page, "Ajukan pengembalian")
    reads(page, "Pengajuan terkirim ke toko.")
    return_ = Return.objects.get(order=order)
    assert return_.pictures.count() == 2

    at_shop = f"/sell/{street.cast.shop.slug}/returns/{return_.id}"
    street.go(shop, at_shop)
    reads(shop, "Jahitan lengannya lepas.")
    assert shop.locator(".evidence img").count() == 2
    press(shop, "Setuju, kirim kembali")
    press(shop, "Ya, lakukan")

    page.reload()
    reads(page, "Kirim kembali barangnya")
    page.get_by_label("Kurir").fill("JNE")
    page.get_by_label("Nomor resi").fill(tracking_number())
    page.get_by_label("Ongkos kirim balik").fill("14.000")
    page.set_input_files("input[name=receipt]", [photo("white")])
    press(page, "Sudah saya kirim")

    at_gateway(page, pay_page, "/turn/refunds_fail")
    shop.reload()
    press(shop, "Paket sudah sampai")
    shop.get_by_role("button", name="Terima dan kembalikan").click()
    reads(shop, f"Kembalikan {format_idr(order.total_idr + 14_000)} kepada Budi?")
    press(shop, "Ya, lakukan")
    reads(shop, "Dana dikembalikan")
    reload_until(page, "Menunggu rekening bank Anda")

    names_bank_account(page)
    all_is_paid_out(street, width_px)
    street.go(page, f"/returns/{return_.id}")
    reload_until(page, "Sampai pada")
    at_gateway(page, pay_page, "/turn/refunds_fail")

    refund = Refund.objects.get(buyer_id=buyer.id)
    assert (refund.amount_idr, refund.route, refund.status) == (order.total_idr + 14_000, "bank", "arrived")
    check_books()


@both_widths
def test_a_seller_types_prices_with_dots(street: Street, width_px: int) -> None:
    page, title = street.screen_of(street.cast.seller, width_px), f"Kain Tulis Sogan {width_px}"
    street.go(page, f"/sell/{street.cast.shop.slug}/products/new")
    for label, typed in {
        "Nama produk": title,
        "Harga": "Rp 1.250.000",
        "Stok": "1.500",
        "Berat (gram)": "2.500",
    }.items():
        page.get_by_label(label, exact=True).fill(typed)
    press(page, "Simpan")
    reads(page, "Disimpan sebagai draf")
    cloth = Variant.objects.select_related("product", "stock").get(product__title=title)
    assert (cloth.price_idr, cloth.stock.on_hand, cloth.product.weight_g) == (1_250_000, 1_500, 2_500)

    row = page.locator("#variants form")
    row.get_by_label("Harga").fill("150rb")
    row.get_by_role("button", name="Simpan").click()
    reads(page, "Rp150.000? Sekarang Rp1.250.000.")
    cloth.refresh_from_db()
    assert cloth.price_idr == 1_250_000
    row.get_by_label("Ya, memang Rp150.000").check()
    row.get_by_role("button", name="Simpan").click()
    expect(row.get_by_text("Tersimpan")).to_be_visible()
    expect(row.get_by_label("Harga")).to_have_value("150.000")
    row.get_by_label("Stok").fill("1,5")
    row.get_by_role("button", name="Simpan").click()
    expect(row.locator(".field-error")).to_be_visible()
    row.get_by_label("Stok").fill("1.250")
    row.get_by_role("button", name="Simpan").click()
    expect(row.get_by_text("Tersimpan")).to_be_visible()

    press(page, "Mulai jual")
    street.go(page, cloth.product.path)
    reads(page, "Rp150.000")
    cloth = Variant.objects.select_related("stock").get(id=cloth.id)
    assert (cloth.price_idr, cloth.stock.on_hand) == (150_000, 1_250)
    check_books()


@both_widths
def test_an_operator_decides_a_case(street: Street, width_px: int) -> None:
    buyer = somebody(f"case-{width_px}@example.com")
    page = street.screen_of(buyer, width_px)
    order, pay_page = ordered(page, street, buyer, "M")
    at_gateway(page, pay_page, "/confirm?lang")
    reads(page, "Pembayaran berhasil")
    arrived(street, order)
    return_ = ask_for_return(
        buyer,
        order.id,
        quantities={line.id: 1 for line in order.lines.all()},
        reason="damaged",
        words="Sobek di punggung.",
        goods_come_back=False,
    )
    decline_return(street.cast.seller, return_.id, "Waktu dikirim masih utuh.")
    escalate_return(buyer, return_.id, "Fotonya jelas.")

    desk = street.screen_of(street.cast.operator, width_px)
    street.go(desk, "/staff/return-desk")
    desk.get_by_role("link", name=order.number).click()
    for words in ("Sobek di punggung.", "Waktu dikirim masih utuh.", "Fotonya jelas."):
        reads(desk, words)
    desk.get_by_label("Alasan").fill("Foto pembeli menunjukkan sobekan lama.")
    press(desk, "Untuk pembeli")
    desk.get_by_role("link", name="Tidak, kembali").click()
    return_.refresh_from_db()
    assert return_.state == "escalated"
    desk.get_by_label("Alasan").fill("Foto pembeli menunjukkan sobekan lama.")
    press(desk, "Untuk pembeli")
    press(desk, "Ya, lakukan")
    reads(desk, "Sudah diputuskan. Kedua pihak membaca alasannya.")

    street.go(page, f"/returns/{return_.id}")
    reads(page, "Foto pembeli menunjukkan sobekan lama.")
    refunded(buyer, pay_page)
    page.reload()
    reads(page, "Sampai pada")
    assert Refund.objects.get(buyer_id=buyer.id).amount_idr == order.total_idr
    check_books()


def bars_below(page: Page) -> int:
    """How many bars cover the lower end of the screen."""
    return page.locator(".tab-bar, .action-bar").filter(visible=True).count()


def ordered(page: Page, street: Street, buyer: User, size: str) -> tuple[Order, str]:
    """One shirt, ordered and not paid: the order and the gateway's page for it."""
    street.go(page, Product.objects.get(title=SHIRT).path)
    choose(page, size)
    press(page, "Beli sekarang")
    press(page, "Pesan dan bayar")
    pay_page = pay_page_of(page)
    return Order.objects.get(buyer=buyer), pay_page


def arrived(street: Street, order: Order) -> None:
    """The shop packs and ships, and the courier says that it has arrived."""
    pack_order(street.cast.seller, order.id)
    ship_order(street.cast.seller, order.id, tracking_number())
    deliver_order(None, order.id)


def names_bank_account(page: Page) -> None:
    """From where the refund waits for it, and back there."""
    page.get_by_role("link", name="Isi rekening bank Anda").click()
    page.get_by_label("Bank", exact=True).select_option("014")
    page.get_by_label("Nomor rekening").fill("1234567890")
    press(page, "Simpan")
    page.get_by_role("textbox", name="Kata sandi").fill(PASSWORD)
    press(page, "Lanjut")
    reads(page, "Dana dikirim ke rekening bank Anda")


def all_is_paid_out(street: Street, width_px: int) -> None:
    """The operator sends what is due, as the clock does on working days."""
    operator = street.screen_of(street.cast.operator, width_px)
    street.go(operator, "/staff/payout-desk")
    press(operator, "Kirim semuanya")
    press(operator, "Ya, lakukan")


def refunded(buyer: User, pay_page: str) -> None:
    """The gateway has said that the refund arrived."""

    def has_arrived() -> bool:
        with_gateway(pay_page, lambda: speak_to_partners(0))
        return Refund.objects.filter(buyer_id=buyer.id, status="arrived").exists()

    wait_for(has_arrived, "the refund")
