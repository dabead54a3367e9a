"""The goods, as the operator sees them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lapak.goods.catalogue.models import Category, Product, Stock, Variant
from lapak.web.staff.inspection import Inspection, InspectionInline, as_label, in_idr


@admin.register(Category)
class CategoryAdmin(Inspection):
    list_display = ["code", "name_id", "name_en"]
    search_fields = ["code", "name_id", "name_en"]
    fields = ["code", "parent", "name_id", "name_en"]


class VariantInline(InspectionInline):
    model = Variant
    fields = ["label", "seller_sku", "price", "stock_now", "is_active"]
    price = in_idr("price_idr", _("price"))

    def get_queryset(self, request):  # type: ignore[no-untyped-def]  # Django's signature, of a class unfold left untyped
        return super().get_queryset(request).select_related("stock")

    @admin.display(description=_("available / on hand"))
    def stock_now(self, variant: Variant) -> Stock:
        return variant.stock


@admin.register(Product)
class ProductAdmin(Inspection):
    list_display = ["title", "shop", "status_label", "category", "created_at"]
    list_filter = ["status"]
    list_select_related = ["shop", "category"]
    search_fields = ["title", "shop__name", "variants__seller_sku"]
    ordering = ["-id"]
    fields = [
        "title",
        "shop",
        "category",
        "status",
        "brand",
        "origin",
        "has_ai_pictures",
        "has_ai_words",
        "description",
        "weight_g",
        "attributes",
        "created_at",
        "updated_at",
    ]
    inlines = [VariantInline]
    status_label = as_label("catalogue.product", _("status"))
