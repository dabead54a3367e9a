"""Forms of a programme's terms: what all goods pay, special rates, and the budget."""

from typing import Any, TypedDict

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapak.affiliates.rates import MAX_RATE_BP
from lapak.goods.catalogue.models import Category, Product
from lapak.goods.catalogue.queries import category_tree, product_ids_of_shop
from lapak.lib.number_fields import PercentField, RupiahField
from lapak.people.shops.models import Shop
from lapak.web.sell.product_forms import category_choices
from lapak.web.sell.programme_forms import RateForm


def product_named(shop: Shop, words: str) -> Product:
    """The shop's product with this title or seller SKU; a `ValidationError` where there is none, or more than one."""
    found = list(Product.objects.filter(id__in=list(product_ids_of_shop(shop, text=words)[:3])))
    exact = [product for product in found if product.title.casefold() == words.casefold()] or found
    if len(exact) != 1:
        raise forms.ValidationError(
            _("Several products are called so. Name one by its SKU.") if exact else _("No such product.")
        )
    return exact[0]


class Bounds(TypedDict):
    """As `announce_rate` takes them."""

    indirect_bp: int | None
    cap_idr: int | None


class CappedForm(RateForm):
    """A rate, and the most that a line earns by it."""

    cap_idr = RupiahField(
        label=gettext_lazy("At most for a line"),
        required=False,
        help_text=gettext_lazy("Empty: no such bound."),
    )


class WholeRateForm(CappedForm):
    """What all goods pay, and other goods than the linked ones."""

    indirect_percent = PercentField(
        label=gettext_lazy("For other goods than the linked ones"),
        max_value=MAX_RATE_BP,
        required=False,
        help_text=gettext_lazy("When somebody follows a link and buys something else of yours. Empty: as much."),
    )
    field_order = ["percent", "indirect_percent", "cap_idr"]

    @property
    def bounds(self) -> Bounds:
        """What was typed beside the rate."""
        return {"indirect_bp": self.cleaned_data["indirect_percent"], "cap_idr": self.cleaned_data["cap_idr"]}


class SpecialRateForm(CappedForm):
    """A rate for a product, found by its title or SKU, or for a category with all below it."""

    category_id = forms.TypedChoiceField(label=gettext_lazy("Category"), coerce=int, empty_value=None, required=False)
    product = forms.CharField(
        label=gettext_lazy("Or a product"),
        max_length=255,
        required=False,
        help_text=gettext_lazy("Its title or seller SKU."),
    )
    field_order = ["category_id", "product", "percent", "cap_idr"]

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shop = shop
        self.goods: Category | Product | None = None
        field = self.fields["category_id"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is declared above
        field.choices = [("", _("Choose a category")), *category_choices(category_tree())]

    def clean(self) -> dict[str, Any]:
        """Of exactly one thing."""
        cleaned = super().clean()
        words, category_id = cleaned.get("product", "").strip(), cleaned.get("category_id")
        if bool(words) == bool(category_id):
            self.add_error("product", _("Choose a category or name a product, one of the two."))
        elif words:
            try:
                self.goods = product_named(self.shop, words)
            except forms.ValidationError as unknown:
                self.add_error("product", unknown)
        else:
            self.goods = Category.objects.filter(id=int(category_id or 0)).first()
        return cleaned


class BudgetForm(forms.Form):
    """The most that a programme comes to."""

    amount_idr = RupiahField(
        label=gettext_lazy("Budget"), required=False, min_value=1, help_text=gettext_lazy("Empty: no bound.")
    )
    is_monthly = forms.BooleanField(label=gettext_lazy("For each month"), required=False)
