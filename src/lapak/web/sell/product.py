"""One product of a shop: what it is, its pictures, its variants, and whether it is on sale."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lapak.goods.catalogue import commands
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.numbers import KINDS, Demand, in_words, missing_in, with_numbers
from lapak.goods.catalogue.queries import category_tree, product_for_seller
from lapak.goods.catalogue.rules import NewProduct, NewVariant, ProductFields
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.moderation.queries import case_against
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.web.sell.access import for_sellers, own_of_shop, show
from lapak.web.sell.product_forms import ListedProductForm, NewProductForm, PictureForm
from lapak.web.sell.questions import about_deleting, asked_first
from lapak.web.sell.rows import variant_row
from lapak.web.shell.acts import accepted, carried_out, signed_in, way_back
from lapak.web.shell.posted import posted_from


@require_http_methods(["GET", "HEAD", "POST"])
@for_sellers(Duty.GOODS)
def new_product(request: HttpRequest, shop: Shop) -> HttpResponse:
    """A product of one variant, as a draft: pictures come next, then it goes on sale."""
    form = NewProductForm(request.POST or None, categories=category_tree())
    made: list[Product] = []
    if accepted(form, lambda: made.append(commands.create_product(signed_in(request), shop, _new_product(form)))):
        messages.success(request, _("Saved as a draft. Add pictures, then put it on sale."))
        return redirect("sell_product", shop.slug, made[0].id)
    return show(request, shop, "product_new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@for_sellers(Duty.GOODS)
def product(request: HttpRequest, shop: Shop, product_id: uuid.UUID) -> HttpResponse:
    """The product's page; sending it saves what the product is (variants and pictures have forms of their own)."""
    own = own_product(request, shop, product_id)
    form = _form(own, request.POST or None)
    if accepted(form, lambda: _save(signed_in(request), own, form)):
        messages.success(request, _("Saved."))
        return redirect("sell_product", shop.slug, own.id)
    return _page(request, shop, own, form=form)


@posted_from("sell_product", "slug", "product_id")
@for_sellers(Duty.GOODS)
def publish(request: HttpRequest, shop: Shop, product_id: uuid.UUID) -> HttpResponse:
    """The product is on sale."""
    own = own_product(request, shop, product_id)
    carried_out(request, lambda: commands.publish_product(signed_in(request), own.id), _("On sale now."))
    return redirect(way_back(request, _address(shop, own)))


@posted_from("sell_product", "slug", "product_id")
@for_sellers(Duty.GOODS)
def archive(request: HttpRequest, shop: Shop, product_id: uuid.UUID) -> HttpResponse:
    """The product is off sale."""
    own = own_product(request, shop, product_id)
    carried_out(
        request,
        lambda: commands.archive_product(signed_in(request), own.id),
        _("Archived: buyers no longer see it; orders keep it."),
    )
    return redirect(way_back(request, _address(shop, own)))


@posted_from("sell_product", "slug", "product_id")
@for_sellers(Duty.GOODS)
@asked_first(about_deleting)
def delete(request: HttpRequest, shop: Shop, product_id: uuid.UUID) -> HttpResponse:
    """The draft is gone."""
    own = own_product(request, shop, product_id)
    if carried_out(request, lambda: commands.delete_draft(signed_in(request), own.id), _("The draft is deleted.")):
        return redirect("sell_products", shop.slug)
    return redirect(_address(shop, own))


@posted_from("sell_product", "slug", "product_id")
@for_sellers(Duty.GOODS)
def add_picture(request: HttpRequest, shop: Shop, product_id: uuid.UUID) -> HttpResponse:
    """The gallery has one picture more."""
    own = own_product(request, shop, product_id)
    form = PictureForm(request.POST, request.FILES)
    if accepted(form, lambda: commands.add_picture(signed_in(request), own.id, form.cleaned_data["picture"].read())):
        messages.success(request, _("The picture is added."))
        return redirect(f"{_address(shop, own)}#pictures")
    return _page(request, shop, own, picture_form=form)


@posted_from("sell_product", "slug", "product_id")
@for_sellers(Duty.GOODS)
def remove_picture(request: HttpRequest, shop: Shop, product_id: uuid.UUID, sha256: str) -> HttpResponse:
    """The gallery has this picture no more."""
    own = own_product(request, shop, product_id)
    carried_out(
        request,
        lambda: commands.remove_picture(signed_in(request), own.id, sha256),
        _("The picture is removed."),
    )
    return redirect(f"{_address(shop, own)}#pictures")


def own_product(request: HttpRequest, shop: Shop, product_id: uuid.UUID) -> Product:
    """The product with all that belongs to it, if it is this very shop's."""
    return own_of_shop(request, shop, product_for_seller, product_id)


def _page(
    request: HttpRequest,
    shop: Shop,
    own: Product,
    *,
    form: forms.Form | None = None,
    picture_form: forms.Form | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "product": own,
        "form": form or _form(own),
        "picture_form": picture_form or PictureForm(),
        "decision": case_against(own.id) if own.taken_down_at else None,
        "rows": [variant_row(variant, is_full=True) for variant in own.variants.all()],
        "missing": [in_words(demand) for demand in _missing(own)],
    }
    return show(request, shop, "product.html", context)


def _missing(own: Product) -> list[Demand]:
    return missing_in(own.category.code if own.category else "", own.attributes, clock.today())


def _form(own: Product, typed: QueryDict | None = None) -> ListedProductForm:
    shown = {name: getattr(own, name) for name in ListedProductForm.base_fields}
    shown |= {kind.field: own.attributes.get(kind.code, "") for kind in KINDS.values()}
    return ListedProductForm(typed, categories=category_tree(), initial=shown, option_names=own.option_names)


@act
def _save(by: User, own: Product, form: ListedProductForm) -> None:
    """What was sent; and what this page does not show, as it is."""
    attributes = with_numbers(own.attributes, form.typed_numbers)
    commands.change_product(by, own.id, ProductFields(**form.fields_of_product, attributes=attributes))
    if form.option_names != tuple(own.option_names):
        commands.name_options(by, own.id, form.option_names)


def _new_product(form: NewProductForm) -> NewProduct:
    values = {name: form.cleaned_data[name] for name in NewProductForm.base_fields}
    variant = NewVariant(
        price_idr=values.pop("price_idr"),
        on_hand=values.pop("on_hand"),
        seller_sku=values.pop("seller_sku"),
        barcode=values.pop("barcode"),
    )
    return NewProduct(**values, attributes=with_numbers({}, form.typed_numbers), variants=(variant,))


def _address(shop: Shop, own: Product) -> str:
    return reverse("sell_product", args=[shop.slug, own.id])
