"""What sellers fill in."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.errors import CreatorNotFound
from lapak.affiliates.offers import invited_rate_bp
from lapak.affiliates.queries import creator_by_handle
from lapak.affiliates.rules import DEFAULT_WINDOW_DAYS, LONGEST_WINDOW, MAX_RATE_BP, question_about_rate
from lapak.goods.catalogue.images import MAX_BYTES
from lapak.goods.catalogue.queries import CategoryNode
from lapak.goods.catalogue.rules import (
    MAX_BRAND_LENGTH,
    MAX_DESCRIPTION_LENGTH,
    MAX_ON_HAND,
    MAX_SELLER_SKU_LENGTH,
    MAX_TITLE_LENGTH,
    MAX_WEIGHT_G,
    question_about_price,
)
from lapak.lib.number_fields import CountField, PercentField, RupiahField, ask_first
from lapak.lib.numbers import filled
from lapak.lib.phones import phone_in
from lapak.lib.written import LONGEST_NOTE
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import free_address
from lapak.people.shops.rules import Role
from lapak.trade.orders import reasons
from lapak.trade.orders.models import OrderLine
from lapak.web.shell.forms import PICTURES, CheckCards, ManyFiles, RadioCards

PHONE_INPUT = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})
POSTAL_CODE_INPUT = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"})
FOR_COURIERS = _("Stands on packing slips, and on the address for returns.")


def _as_phone(typed: str) -> str:
    return phone_in(typed) or typed


class ShopForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """A new shop: its name, its address here, and where it stands."""

    class Meta:
        model = Shop
        fields = ["name", "slug", "street", "city", "postal_code", "province_code", "phone", "nib"]
        labels = {"slug": _("Address of the shop")}
        help_texts = {
            "slug": _("Left empty, it is made of the name. It stays for good, as others link to it."),
            "street": _("Where couriers collect the parcels."),
            "phone": FOR_COURIERS,
            "nib": _("13 digits from OSS. You may open without one: the shop then says it is being registered."),
        }
        widgets = {
            "slug": forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
            "postal_code": POSTAL_CODE_INPUT,
            "phone": PHONE_INPUT,
            "nib": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        }
        error_messages = {"slug": {"invalid": _("Only letters, digits and hyphens, please.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """People write capitals; addresses have none. Without one it is made of the name."""
        return str(self.cleaned_data["slug"]).lower() or free_address(self.cleaned_data.get("name", ""))

    def clean_phone(self) -> str:
        """However it is typed."""
        return _as_phone(self.cleaned_data["phone"])

    def validate_unique(self) -> None:
        """Left to the command, which says it in the same words to everyone."""


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """The shop as buyers see it."""

    class Meta:
        model = Shop
        fields = ["name", "description", "street", "city", "postal_code", "phone", "nib"]
        help_texts = {
            "description": _("What you sell, and who you are."),
            "street": _("Where couriers collect the parcels."),
            "phone": FOR_COURIERS,
            "nib": _("13 digits from OSS. Without one, buyers read that the shop is being registered."),
        }
        widgets = {
            "description": forms.Textarea(attrs={"rows": 5}),
            "postal_code": POSTAL_CODE_INPUT,
            "phone": PHONE_INPUT,
            "nib": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        }

    def clean_phone(self) -> str:
        """However it is typed."""
        return _as_phone(self.cleaned_data["phone"])


class HolidayForm(forms.Form):
    """From when until when the shop is away."""

    first = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    message = forms.CharField(
        label=_("What buyers read"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("For instance when you send parcels again."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class InviteMemberForm(forms.Form):
    """Who is asked to work for the shop, and as what."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("With which they sign in here. They work for you once they have accepted."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.ORDERS)


class VariantForm(forms.Form):
    """Price and stock of one variant. What was shown comes along, so that only what the seller changed is changed:
    of stock the difference, as some may be sold while the page lies open."""

    price_idr = RupiahField(label=_("Price"), min_value=1, show_hidden_initial=True)
    on_hand = CountField(label=_("Stock"), max_value=MAX_ON_HAND, show_hidden_initial=True)

    def clean(self) -> dict[str, Any]:
        """Asks before a price falls steeply; `initial` holds today's."""
        if "price_idr" in self.changed_data and "price_idr" in self.cleaned_data:
            ask_first(
                self, "price_idr", question_about_price(self.cleaned_data["price_idr"], self.initial["price_idr"])
            )
        return self.cleaned_data

    @property
    def shown_on_hand(self) -> int:
        """The stock that the seller saw when they typed another."""
        return int(self.fields["on_hand"].clean(self.data.get(self.add_initial_prefix("on_hand"))))

    def clean_on_hand(self) -> int:
        """Refuses a number that does not say what was shown: a difference to nothing is none."""
        self.shown_on_hand  # noqa: B018 - raises the field's own complaint
        return int(self.cleaned_data["on_hand"])


class FullVariantForm(VariantForm):
    """The same with the seller's own number."""

    seller_sku = forms.CharField(
        label=_("Your own SKU"), max_length=MAX_SELLER_SKU_LENGTH, required=False, show_hidden_initial=True
    )


class ProductForm(forms.Form):
    """What a product is, apart from its variants."""

    title = forms.CharField(
        label=_("Title"), max_length=MAX_TITLE_LENGTH, help_text=_("What it is, first; then what makes it yours.")
    )
    category_id = forms.TypedChoiceField(label=_("Category"), coerce=int, empty_value=None, required=False)
    description = forms.CharField(
        label=_("Description"),
        max_length=MAX_DESCRIPTION_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    brand = forms.CharField(label=_("Brand"), max_length=MAX_BRAND_LENGTH, required=False)
    weight_g = CountField(
        label=_("Weight in grams"),
        min_value=1,
        max_value=MAX_WEIGHT_G,
        unit="g",
        help_text=_("With packaging: shipping is charged by it."),
    )

    def __init__(self, *args: Any, categories: Sequence[CategoryNode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category_id"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is declared above
        field.choices = [("", _("Choose a category")), *category_choices(categories)]


class NewProductForm(ProductForm):
    """A new product of one variant: what it costs, and how many there are."""

    price_idr = RupiahField(label=_("Price"), min_value=1)
    on_hand = CountField(label=_("Stock"), max_value=MAX_ON_HAND)
    seller_sku = forms.CharField(label=_("Your own SKU"), max_length=MAX_SELLER_SKU_LENGTH, required=False)

    def clean(self) -> dict[str, Any]:
        """Asks whether a very low price is meant."""
        if "price_idr" in self.cleaned_data:
            ask_first(self, "price_idr", question_about_price(self.cleaned_data["price_idr"]))
        return self.cleaned_data


class PictureForm(forms.Form):
    """A picture for the gallery."""

    picture = forms.FileField(
        label=_("Add a picture"),
        help_text=filled(_("JPEG, PNG or WebP, up to {most} MB."), most=MAX_BYTES >> 20),
        widget=forms.FileInput(attrs={"accept": PICTURES}),
    )


class MoveInForm(forms.Form):
    """The files of an old platform."""

    given = ManyFiles(
        label=_("Files"),
        help_text=_(
            "The product export (.xlsx, or a zip of several), and zips of pictures. Choose all of them at once."
        ),
        widget=ManyFiles.Input(attrs={"accept": ".xlsx,.zip,.csv"}),
    )


class RateForm(forms.Form):
    """A commission, in percent as people say it. `now_bp` is the rate in force, in basis points."""

    percent = PercentField(label=_("Commission in percent"), max_value=MAX_RATE_BP)

    def __init__(self, *args: Any, now_bp: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now_bp = now_bp

    def clean(self) -> dict[str, Any]:
        """Asks before the rate rises steeply."""
        if "percent" in self.cleaned_data:
            ask_first(self, "percent", question_about_rate(self.rate_bp, self.now_bp))
        return self.cleaned_data

    @property
    def rate_bp(self) -> int:
        """The rate typed, in basis points."""
        return int(self.cleaned_data["percent"])


class OpenProgrammeForm(RateForm):
    """A new programme for everyone."""

    window_days = CountField(
        label=_("Days a click counts"),
        min_value=1,
        max_value=LONGEST_WINDOW.days,
        initial=DEFAULT_WINDOW_DAYS,
        help_text=_("A sale within so many days of the click earns the commission."),
    )


class InviteForm(RateForm):
    """A creator by handle, at a rate of their own."""

    handle = forms.CharField(
        label=_("Creator"),
        max_length=31,
        help_text=_("Their handle, such as @ceu-edoh."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ["handle", "percent"]

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shop = shop

    def clean_handle(self) -> str:
        """With or without its sign; of a creator there is."""
        handle = str(self.cleaned_data["handle"]).removeprefix("@")
        try:
            return creator_by_handle(handle).handle
        except CreatorNotFound as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean(self) -> dict[str, Any]:
        self.now_bp = invited_rate_bp(self.shop, self.cleaned_data.get("handle", ""))
        return super().clean()


class ShipForm(forms.Form):
    """The courier's receipt."""

    tracking_number = forms.CharField(
        label=_("Tracking number"),
        max_length=40,
        help_text=_("From the courier's receipt; the buyer follows the parcel by it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class MissingForm(forms.Form):
    """Of which goods how many pieces are not there, and why."""

    why = forms.ChoiceField(
        label=_("Reason"),
        choices=[(name, _(reasons.SHOPS[name])) for name in (reasons.SOLD_OUT, reasons.DAMAGED)],
        initial=reasons.SOLD_OUT,
        help_text=_("The buyer reads it. Of what is sold out nothing more is for sale."),
        widget=RadioCards(),
    )

    def __init__(self, *args: Any, lines: Iterable[OrderLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [line for line in lines if line.remaining_quantity]
        for line in self.lines:
            self.fields[_missing_of(line)] = CountField(label=line.title, max_value=line.remaining_quantity, initial=0)

    def line_fields(self) -> Iterator[tuple[OrderLine, forms.BoundField]]:
        """Each line with its field."""
        for line in self.lines:
            yield line, self[_missing_of(line)]

    @property
    def pieces(self) -> dict[uuid.UUID, int]:
        """By order line."""
        return {line.id: self.cleaned_data[_missing_of(line)] for line in self.lines}

    @property
    def reason(self) -> str:
        """What the buyer reads."""
        return reasons.SHOPS[self.cleaned_data["why"]]

    @property
    def are_sold_out(self) -> bool:
        is_so: bool = self.cleaned_data["why"] == reasons.SOLD_OUT
        return is_so


def _missing_of(line: OrderLine) -> str:
    return f"missing_{line.id.hex}"


class CancelForm(forms.Form):
    """Why the shop will not deliver, and which goods are not there."""

    why = forms.ChoiceField(
        label=_("Reason"),
        choices=[(name, _(words)) for name, words in reasons.SHOPS.items()],
        help_text=_("The buyer reads it. All they paid goes back to them."),
        widget=RadioCards(),
    )
    words = forms.CharField(label=_("In your own words"), max_length=200, required=False)
    gone = forms.TypedMultipleChoiceField(
        label=_("What is not there any more?"),
        coerce=uuid.UUID,
        required=False,
        help_text=_("Sold out or damaged: it goes off sale, so that nobody else orders it."),
        widget=CheckCards(),
    )

    def __init__(self, *args: Any, lines: Iterable[OrderLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lines = list(lines)
        gone: Any = self.fields["gone"]
        gone.choices = [(str(line.id), str(line)) for line in self._lines]
        if len(self._lines) == 1:
            del self.fields["gone"]

    def clean(self) -> dict[str, Any]:
        """Another reason has words; of several goods, those that are not there are named."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("why") == reasons.OTHER and not cleaned.get("words"):
            self.add_error("words", _("Say why: the buyer reads it."))
        if self._is_about_goods(cleaned) and len(self._lines) > 1 and not cleaned.get("gone"):
            self.add_error("gone", _("Tick what is not there any more."))
        return cleaned

    @property
    def reason(self) -> str:
        """What the buyer reads: the shop's words, else the reason chosen."""
        return self.cleaned_data["words"] or reasons.SHOPS[self.cleaned_data["why"]]

    @property
    def sold_out(self) -> Sequence[uuid.UUID]:
        """Lines of which nothing is left."""
        return self._gone if self.cleaned_data["why"] == reasons.SOLD_OUT else ()

    @property
    def damaged(self) -> Sequence[uuid.UUID]:
        """Lines whose pieces cannot be sold."""
        return self._gone if self.cleaned_data["why"] == reasons.DAMAGED else ()

    @property
    def _gone(self) -> Sequence[uuid.UUID]:
        return self.cleaned_data.get("gone") or [line.id for line in self._lines]

    @staticmethod
    def _is_about_goods(cleaned: dict[str, Any]) -> bool:
        return cleaned.get("why") in {reasons.SOLD_OUT, reasons.DAMAGED}


def category_choices(nodes: Sequence[CategoryNode]) -> list[tuple[str, list[tuple[int, str]]]]:
    """The category tree for a select: a group per top category, every category below it by its path."""
    return [(node.category.name, [(node.category.id, node.category.name), *_below(node, ())]) for node in nodes]


def _below(node: CategoryNode, above: tuple[str, ...]) -> list[tuple[int, str]]:
    found = []
    for child in node.children:
        names = (*above, child.category.name)
        found += [(child.category.id, " › ".join(names)), *_below(child, names)]
    return found
