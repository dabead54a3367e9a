"""Forms of goods: a product, its variants and pictures."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapak.goods.catalogue.barcodes import barcode_of
from lapak.goods.catalogue.images import MAX_BYTES
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.numbers import KINDS, Kind, unlike
from lapak.goods.catalogue.queries import CategoryNode
from lapak.goods.catalogue.rules import (
    MAX_BRAND_LENGTH,
    MAX_DESCRIPTION_LENGTH,
    MAX_ON_HAND,
    MAX_OPTION_LENGTH,
    MAX_SELLER_SKU_LENGTH,
    MAX_SIDE_CM,
    MAX_TITLE_LENGTH,
    MAX_WEIGHT_G,
    NO_BARCODE,
    question_about_price,
)
from lapak.lib.number_fields import CountField, RupiahField, ask_first
from lapak.lib.numbers import filled
from lapak.web.shell.forms import PICTURES, AsShown


class BarcodeField(forms.CharField):
    """The number below a barcode, with or without blanks and hyphens."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def clean(self, value: Any) -> str:
        """As it is kept."""
        number = barcode_of(super().clean(value))
        if number is None:
            raise forms.ValidationError(NO_BARCODE)
        return number


class StandardNumberField(forms.CharField):
    """A number of one kind of standard, in whatever letters and with its name before it or not."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(label=str(kind.title), required=False, max_length=60, help_text=_example_of(kind))
        self._kind = kind

    def clean(self, value: Any) -> str:
        """As it is kept."""
        number = self._kind.written(super().clean(value))
        if number is None:
            raise forms.ValidationError(unlike(self._kind))
        return number


def _example_of(kind: Kind) -> str:
    if kind.statements:
        words = gettext("Such as %(example)s, or “%(statement)s”.")
        return words % {"example": kind.example, "statement": kind.statements[0]}
    return gettext("Such as %(example)s.") % {"example": kind.example}


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
    """The same with whether buyers may choose it, and the seller's own number."""

    is_offered = forms.BooleanField(label=_("Offered to buyers"), required=False, show_hidden_initial=True)

    seller_sku = forms.CharField(
        label=_("Your own SKU"), max_length=MAX_SELLER_SKU_LENGTH, required=False, show_hidden_initial=True
    )
    barcode = BarcodeField(label=_("Barcode"), required=False, show_hidden_initial=True)


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
    origin = forms.ChoiceField(
        label=_("Where it was made"),
        choices=[("", _("Not said")), *Product.Origin.choices],
        required=False,
        help_text=_("Buyers see it, and look for goods made in Indonesia; small sellers pay a lower fee for them."),
    )
    has_ai_pictures = forms.BooleanField(label=_("Pictures made with AI"), required=False)
    has_ai_words = forms.BooleanField(
        label=_("Description made with AI"),
        required=False,
        help_text=_("The law asks for it (Permendag 19/2026 Art. 47): the page of the product says so."),
    )
    weight_g = CountField(
        label=_("Weight in grams"),
        min_value=1,
        max_value=MAX_WEIGHT_G,
        unit="g",
        help_text=_("With packaging: shipping is charged by it."),
    )
    length_cm = CountField(label=_("Length"), min_value=1, max_value=MAX_SIDE_CM, unit="cm", required=False)
    width_cm = CountField(label=_("Width"), min_value=1, max_value=MAX_SIDE_CM, unit="cm", required=False)
    height_cm = CountField(label=_("Height"), min_value=1, max_value=MAX_SIDE_CM, unit="cm", required=False)

    def __init__(self, *args: Any, categories: Sequence[CategoryNode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category_id"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is declared above
        field.choices = [("", _("Choose a category")), *category_choices(categories)]
        for kind in KINDS.values():
            self.fields[kind.field] = StandardNumberField(kind)

    @property
    def numbers(self) -> list[forms.BoundField]:
        """Their fields, for the template."""
        return [self[kind.field] for kind in KINDS.values()]

    @property
    def typed_numbers(self) -> dict[str, str]:
        """What was typed, by kind; empty for none."""
        return {kind.code: self.cleaned_data[kind.field] for kind in KINDS.values()}


class ListedProductForm(AsShown, ProductForm):
    """What a product is, and what its options are called."""

    def __init__(self, *args: Any, option_names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._option_fields = [f"option_{n}" for n in range(len(option_names))]
        for name, shown in zip(self._option_fields, option_names, strict=True):
            label = _("What “%(now)s” is called") % {"now": shown}
            self.fields[name] = forms.CharField(
                label=label, max_length=MAX_OPTION_LENGTH, initial=shown, show_hidden_initial=True
            )

    @property
    def options(self) -> list[forms.BoundField]:
        """Their fields, for the template."""
        return [self[name] for name in self._option_fields]

    @property
    def option_names(self) -> tuple[str, ...]:
        """What was typed."""
        return tuple(self.cleaned_data[name] for name in self._option_fields)

    @property
    def fields_of_product(self) -> dict[str, Any]:
        """The rest of what was typed."""
        others = {*self._option_fields, *(kind.field for kind in KINDS.values())}
        return {name: value for name, value in self.cleaned_data.items() if name not in others}


class NewProductForm(ProductForm):
    """A new product of one variant: what it costs, and how many there are."""

    price_idr = RupiahField(label=_("Price"), min_value=1)
    on_hand = CountField(label=_("Stock"), max_value=MAX_ON_HAND)
    seller_sku = forms.CharField(label=_("Your own SKU"), max_length=MAX_SELLER_SKU_LENGTH, required=False)
    barcode = BarcodeField(
        label=_("Barcode"), required=False, help_text=_("The number below it, if the maker gave one.")
    )

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


def category_choices(nodes: Sequence[CategoryNode]) -> list[tuple[str, list[tuple[int, str]]]]:
    """The category tree for a select: a group per top category, every category below it by its path."""
    return [(node.category.name, [(node.category.id, node.category.name), *_below(node, ())]) for node in nodes]


def _below(node: CategoryNode, above: tuple[str, ...]) -> list[tuple[int, str]]:
    found = []
    for child in node.children:
        names = (*above, child.category.name)
        found += [(child.category.id, " › ".join(names)), *_below(child, names)]
    return found
