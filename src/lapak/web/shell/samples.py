"""What the style page shows: invented goods, states and amounts, one of every component."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lapak.lib.clock import now
from lapak.lib.number_fields import CountField, PercentField, RupiahField
from lapak.lib.regions import PROVINCE_CHOICES
from lapak.trade.orders.models import Order
from lapak.web.shell.forms import RadioCards

GOODS = [
    ("batik", "Kemeja Batik Kawung Lengan Panjang Pria, Katun Primisima, Pewarna Alam", 285_000, 0, "Pekalongan"),
    ("sambal", "Sambal Roa Asli Manado 150 g", 38_500, 45_000, "Manado"),
    ("basket", "Keranjang Anyaman Rotan", 119_000, 0, "Cirebon"),
    ("coffee", "Kopi Gayo Arabika Bubuk 250 g, sangrai sedang", 72_000, 0, "Takengon"),
    ("", "Tas Tenun Ikat Sumba", 1_250_000, 0, "Waingapu"),
    ("batik", "Kain Batik Kawung 2 meter", 164_000, 190_000, "Solo"),
]


class SpecimenForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=_("Name"), help_text=_("As couriers and shops should call you."))
    email = forms.EmailField(label=_("E-mail"))
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput)
    price_idr = RupiahField(label=_("Price"))
    weight_g = CountField(label=_("Weight in grams"), unit="g")
    rate_bp = PercentField(label=_("Commission in percent"))
    province = forms.ChoiceField(label=_("Province"), choices=PROVINCE_CHOICES)
    note = forms.CharField(label=_("Note to the shop"), required=False, widget=forms.Textarea)
    photo = forms.FileField(label=_("Photo"), required=False)
    service = forms.ChoiceField(
        label=_("Shipping"),
        widget=RadioCards(texts={"reg": "2–3 hari · Rp15.000", "yes": "1 hari · Rp28.000"}),
        choices=[("reg", "JNE REG"), ("yes", "JNE YES")],
    )
    agreed = forms.BooleanField(label=_("I have read the terms of sale."))


def style_page(request: HttpRequest) -> dict[str, Any]:
    """The context of `shell/style.html`."""
    moment = now()
    return {
        "goods": [
            {
                "image": f"shell/samples/{picture}.svg" if picture else "",
                "title": title,
                "price_idr": price_idr,
                "was_idr": was_idr,
                "place": place,
            }
            for picture, title, price_idr, was_idr, place in GOODS
        ],
        "tones": ["quiet", "info", "good", "warn", "bad"],
        "orders": [Order(state=state) for state in ("awaiting_payment", "packed", "completed", "cancelled")],
        "icons": ["home", "search", "cart", "orders", "account", "stall", "megaphone", "parcel", "truck", "wallet"],
        "drawings": ["stall", "basket", "parcel", "search", "links", "ledger", "closed"],
        "form": SpecimenForm(
            {
                "name": "",
                "email": "ibu.sari",
                "price_idr": "115,000",
                "weight_g": "1.000",
                "rate_bp": "1,2",
                "province": "33",
                "service": "reg",
            }
            if "errors" in request.GET
            else None
        ),
        "crumbs": [(_("Home"), "/"), (_("Clothing"), "/?q=batik"), ("Batik", "")],
        "page": Paginator(range(100), 10).page(3),
        "soon": moment + timedelta(hours=5, minutes=12),
        "later": moment + timedelta(days=2, hours=4),
        "events": [
            {"title": _("Order placed"), "moment": moment - timedelta(days=2), "note": "", "phase": "done"},
            {"title": _("Paid"), "moment": moment - timedelta(days=2), "note": "QRIS", "phase": "done"},
            {"title": _("On its way"), "moment": moment - timedelta(hours=20), "note": "JNE 8812", "phase": "now"},
            {"title": _("Delivered"), "moment": None, "note": "", "phase": "next"},
        ],
        "rows": [
            ("9F2C41A07B3E", _("Kemeja Batik Kawung"), Order(state="to_pack"), 300_000),
            ("1B77D0C2E95A", _("Sambal Roa Asli Manado"), Order(state="shipped"), 53_500),
            ("C03E5A9124FD", _("Keranjang Anyaman Rotan"), Order(state="completed"), 134_000),
        ],
        "statement": [
            (_("Order 9F2C41A07B3E settled"), _("goods"), 100_000),
            (_("Platform fee"), _("of the goods"), -2_000),
            (_("Commission"), _("10% to the creator"), -10_000),
        ],
    }
