"""A product as search engines read it: schema.org, as JSON that may stand in a page."""

import json
from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString

from lapak.goods.catalogue.models import Product, ProductRating, Variant
from lapak.goods.catalogue.numbers import KINDS, Kind, numbers_in
from lapak.people.shops.closings import is_resting

_IN_STOCK, _SOLD_OUT = "https://schema.org/InStock", "https://schema.org/OutOfStock"

_ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def product_data(product: Product, variants: Sequence[Variant], *, url: str, images: Sequence[str]) -> dict[str, Any]:
    """schema.org's Product with its price, or the range of its variants' prices. `url` and `images` are absolute."""
    prices = [variant.price_idr for variant in variants]
    offer: dict[str, Any] = {
        "url": url,
        "priceCurrency": "IDR",
        "availability": _IN_STOCK if _can_be_bought(product, variants) else _SOLD_OUT,
        "itemCondition": "https://schema.org/NewCondition",
        "seller": {"@type": "Organization", "name": product.shop.name},
    }
    if min(prices) == max(prices):
        offer |= {"@type": "Offer", "price": prices[0]}
    else:
        offer |= {
            "@type": "AggregateOffer",
            "lowPrice": min(prices),
            "highPrice": max(prices),
            "offerCount": len(prices),
        }
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.title,
        "description": product.description[:5000],
        "image": list(images),
        "sku": product.id.hex,
        "offers": offer,
    }
    if len(variants) == 1 and variants[0].barcode:
        data["gtin"] = variants[0].barcode
    if product.brand:
        data["brand"] = {"@type": "Brand", "name": product.brand}
    if product.category:
        data["category"] = product.category.name
    if numbers := numbers_in(product.attributes):
        data["hasCertification"] = [_certification(KINDS[code], number) for code, number in numbers.items()]
    rating: ProductRating | None = getattr(product, "rating", None)
    if rating and rating.average:
        data["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": str(rating.average),
            "reviewCount": rating.review_count,
            "bestRating": 5,
        }
    return data


def _certification(kind: Kind, number: str) -> dict[str, Any]:
    if number in kind.statements:
        return {"@type": "Certification", "name": number}
    return {
        "@type": "Certification",
        "name": kind.code,
        "certificationIdentification": number,
        "issuedBy": {"@type": "Organization", "name": kind.issuer},
    }


def _can_be_bought(product: Product, variants: Sequence[Variant]) -> bool:
    return not is_resting(product.shop) and any(variant.available for variant in variants)


def as_script(data: dict[str, Any]) -> SafeString:
    """The data as the inside of `<script type="application/ld+json">`: nothing in it can end the element.

    It is data, which no browser runs, so the Content-Security-Policy asks no nonce of it; one would make every answer
    differ and its ETag worthless.
    """
    return SafeString(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))
