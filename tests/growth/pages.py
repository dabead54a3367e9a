"""Every page, as its reader sees it.

A page that is neither found here (the operator's tables are) nor in `SHOWS_ONE_THING` fails `test_growth.py`.
"""

import re
from collections import Counter
from collections.abc import Iterator

from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from lapak.affiliates.integrity.models import Closing, Finding
from lapak.affiliates.models import Commission, CreatorInvitation, Link
from lapak.affiliates.posts.models import Post
from lapak.affiliates.samples.models import Sample
from lapak.goods.catalogue.models import Product, Variant
from lapak.money.ledger.models import Transfer
from lapak.money.payouts.models import PayoutBatch
from lapak.moving.past.models import PastReview
from lapak.people.privacy.models import Breach
from lapak.testing.breaches import told_breach
from lapak.testing.cast import Cast
from lapak.testing.complaints import complaint_about
from lapak.testing.fees import objection
from lapak.testing.findings import closing_proposed, finding_in
from lapak.testing.moderation import objected_case, reported_goods
from lapak.testing.partners import accepted_link
from lapak.testing.past import past_review
from lapak.testing.posts import offered, taken_post
from lapak.testing.profiles import be_found, named_channel
from lapak.testing.rows_read import rows_read
from lapak.testing.samples import asked_sample
from lapak.testing.settings import coming_setting
from lapak.testing.taxes import letter_to_look_at
from lapak.trade.orders.carts import add_to_cart, cart_of_user
from lapak.trade.orders.models import Order
from lapak.trade.orders.settlement import seller_account
from lapak.trade.returns.models import Return
from lapak.trade.reviews.models import Review

SHOWS_ONE_THING = {
    "robots", "favicon", "style_sheet", "help", "law", "law_desk", "style", "style_of_centres", "again", "set_language", "jsi18n",
    "hand_over", "pay", "pay_status", "pay_code", "media", "return_receipt", "return_picture", "appeal_picture", "unsubscribe",
    "channel_proof", "review_picture", "review_picture_small", "product_card",
    "create_join", "create_invitation", "create_tax_year", "create_statement_pdf", "create_statement_csv", "create_results_csv",
    "create_tax_slip", "sell_commissions_pdf", "sell_commissions_csv", "house_desk_withheld", "sell_commissions_before",
    "sell", "create_link_png", "create_link_svg", "payout_desk_file", "sell_upload", "sell_many", "sell_variants",
    "sell_upload_report", "shop_bio_code", "market_key", "security", "sell_past_file", "sell_income_before_file", "feed",
    "breach_paper", "case_picture", "dispute_case", "parcel_case", "search", "sell_tax_file", "tax_letter_file", "sell_tax_slip",
    "tax_desk_month", "government_figures",
    "privacy", "app_list", "index", "login", "logout",
    "password_change", "password_change_done", "view_on_site", "autocomplete",
}  # fmt: skip
"""A thing, a file, or words alone, whose cost another test or none has to look at; and what the library of the operator's
pages brings along."""

_OF_SIGN_IN = ("account_", "mfa_")
_OF_ONE_ROW = ("_add", "_history", "_delete", "_change", "_freeze", "_release", "_deny")
"""Of the operator's tables: what stands on the page of one row, some of which are in `_addresses`."""


def pages_unread(cast: Cast) -> set[str]:
    """The names of the pages that nobody looks at."""
    looked_at = {resolve(path.partition("?")[0]).url_name for paths in _addresses(cast).values() for path in paths}
    return {
        name
        for name, of_tables in _names(get_resolver().url_patterns)
        if name not in looked_at | SHOWS_ONE_THING
        and not name.startswith(_OF_SIGN_IN)
        and not (of_tables and name.endswith(_OF_ONE_ROW))
    }


def _invitation_with_links(cast: Cast) -> CreatorInvitation:
    return CreatorInvitation.objects.filter(place="Dub").first() or accepted_link(cast)[0]


def _names(patterns: list[URLPattern | URLResolver], *, of_tables: bool = False) -> Iterator[tuple[str, bool]]:
    """Every page's name, and whether it is one of the operator's tables."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if not str(pattern.pattern).startswith("hooks/"):
                yield from _names(pattern.url_patterns, of_tables=of_tables or pattern.namespace == "admin")
        elif pattern.name and not getattr(pattern.callback, "only_posted", False):
            yield pattern.name, of_tables


def pages_read(cast: Cast) -> Iterator[tuple[str, Counter[str]]]:
    """Each page, and the rows it read by table."""
    add_to_cart(
        cart_of_user(cast.buyer), Variant.objects.filter(stock__on_hand__gt=9).values_list("id", flat=True)[0], 1
    )
    readers = {
        "visitor": None, "buyer": cast.buyer, "seller": cast.seller, "creator": cast.creator_user, "operator": cast.operator,
    }  # fmt: skip
    for role, paths in _addresses(cast).items():
        client = Client()
        if user := readers[role]:
            client.force_login(user)
        for path in paths:
            client.get(path)  # what a process keeps is read once
            with rows_read() as read:
                assert client.get(path).status_code == 200, f"{role} {path}"
            yield f"{role} {_name(path, cast)}", read


def _name(path: str, cast: Cast) -> str:
    """The same in both markets."""
    return re.sub(
        r"[0-9a-f-]{10,}", "…", re.sub(r"SKU-\d+|/(?:links|promo)/\w{10}|/invitations/[\w-]{22}|q=\w{10}$", "…", path)
    ).replace(cast.shop.slug, "shop")


def _addresses(cast: Cast) -> dict[str, list[str]]:
    shop = f"/sell/{cast.shop.slug}"
    goods = Product.objects.filter(shop=cast.shop).latest("created_at")
    small_shop = Product.objects.exclude(shop=cast.shop).select_related("shop").latest("created_at")
    bought = Order.objects.filter(buyer=cast.buyer, state="completed").latest("placed_at")
    delivered = Order.objects.filter(buyer=cast.buyer, state="delivered").latest("placed_at")
    to_pack = Order.objects.filter(buyer=cast.buyer, state="to_pack").latest("placed_at")
    sold = Order.objects.filter(shop=cast.shop, state="completed").latest("placed_at")
    back = Return.objects.filter(shop=cast.shop, order__buyer=cast.buyer).latest("asked_at")
    said = Review.objects.filter(shop=cast.shop, author=cast.buyer).select_related("product").latest("written_at")
    said_before = PastReview.objects.first() or past_review(said.product)
    link = Link.objects.filter(creator=cast.creator).order_by("code").first()
    earned = Commission.objects.filter(creator=cast.creator, credited_at__isnull=False).latest("created_at")
    moved = Transfer.objects.filter(reference=sold.id).latest("posted_at")
    batch = PayoutBatch.objects.latest("created_at")
    sku = Variant.objects.filter(product=goods).values_list("seller_sku", flat=True)[0]
    found = Finding.objects.filter(creator=cast.creator).first() or finding_in(cast.creator)
    closing = Closing.objects.first() or closing_proposed(cast.creator)
    before = _invitation_with_links(cast)
    sample = Sample.objects.filter(creator=cast.creator).first() or asked_sample(
        cast, goods.variants.earliest("position")
    )
    post = Post.objects.filter(creator=cast.creator).first() or taken_post(cast, goods.variants.earliest("position"))
    offer = offered(cast, goods.variants.earliest("position"))
    channel = named_channel(cast)
    setting = coming_setting(cast.operator)
    breach = Breach.objects.first() or told_breach(cast.operator, whose="listed", listed=cast.buyer.email)
    complaint = complaint_about(cast, delivered)
    decided, reported = objected_case(cast), reported_goods(cast)
    against_fees = objection(cast)
    tax_letter = letter_to_look_at(cast)
    be_found(cast)
    assert link
    return {
        "visitor": [
            "/", "/?q=kemeja", "/sitemap.xml", f"/promo/{link.code}", "/closing", "/fees", "/complaints", "/c/fashion",
            "/fees/1.pdf", "/breaches", "/ranking", "/domestic",
            f"/s/{cast.shop.slug}", f"/s/{cast.shop.slug}/bio", f"/s/{cast.shop.slug}?page=2", f"/s/{small_shop.shop.slug}",
            goods.path, small_shop.path,
            said.product.path, f"{said.product.path}/reviews", f"{said.product.path}/reviews?stars=5",
            f"/@{cast.creator.handle}", f"/@{cast.creator.handle}?page=2",
            f"/report/product/{goods.id}", f"/report/shop/{cast.shop.id}", f"/report/creator/{cast.creator.id}",
            f"/cards/s/{cast.shop.slug}.jpg", f"/cards/@{cast.creator.handle}.jpg",
        ],
        "buyer": [
            "/orders", "/orders?page=2", f"/orders/{bought.id}", f"/orders/{bought.id}/contract", f"/returns/{back.id}",
            f"/orders/{to_pack.id}/address",
            f"/orders/{delivered.id}/return", f"/reviews/{said.line_id}", f"/reviews/{said.id}/report",
            "/account/reports", f"/report/product/{goods.id}",
            "/account/complaints", "/account/complaints/new", f"/account/complaints/{complaint.id}",
            f"/reviews/from-elsewhere/{said_before.pk}/report",
            "/refunds", "/cart", "/checkout", "/account", "/account/privacy",
            f"/account/breaches/{breach.id}", "/notices", "/account/mails",
            "/places?look_up=tebet",
        ],
        "seller": [
            shop, f"{shop}/products", f"{shop}/products?page=2", f"{shop}/products?q=kemeja",
            f"{shop}/products?q={sku}",
            f"{shop}/products?status=draft", f"{shop}/products/{goods.id}", f"{shop}/orders", f"{shop}/orders?page=2",
            f"{shop}/orders?state=completed", f"{shop}/orders?state=to_pack", f"{shop}/orders?state=packed",
            f"{shop}/orders/{sold.id}", f"{shop}/returns",
            f"{shop}/returns/{back.id}", f"{shop}/complaints", f"{shop}/complaints?show=all", f"{shop}/complaints/{complaint.id}",
            f"{shop}/decisions", f"{shop}/decisions/{decided.id}", f"{shop}/products/{decided.product_id}",
            f"{shop}/reviews", f"{shop}/reviews?show=all", f"{shop}/reviews/{said.line_id}",
            f"{shop}/balance", f"{shop}/balance/held", f"{shop}/balance/payouts",
            f"{shop}/balance/commissions", f"{shop}/fees", f"{shop}/tax",
            f"{shop}/balance/{sold.id}", f"{shop}/balance/bank-account", f"{shop}/creators",
            f"{shop}/creators/terms", f"{shop}/creators/invitations", f"{shop}/profile",
            f"{shop}/creators/terms", f"{shop}/creators/find",
            f"{shop}/creators/find?category=fashion", f"{shop}/creators/returns", f"{shop}/creators/@{cast.creator.handle}",
            f"{shop}/creators/posts", f"{shop}/creators/posts?state=handed_in", f"{shop}/creators/posts/{post.id}",
            f"{shop}/creators/posts/offers", f"{shop}/creators/posts/offers/new", f"{shop}/creators/posts/offers/{offer.id}",
            f"{shop}/balance/{offer.id}",
            f"{shop}/creators/samples", f"{shop}/creators/samples?state=asked",
            f"{shop}/creators/samples/{sample.id}", f"{shop}/profile",
            f"{shop}/holiday", f"{shop}/closing", f"{shop}/team", f"{shop}/history", f"{shop}/move-in", f"{shop}/move-out",
            f"{shop}/feeds",
            f"{shop}/products/new", f"{shop}/products/numbers",
            f"{shop}/before", f"{shop}/before/income", f"{shop}/creators/before",
            f"{shop}/orders/{sold.id}/slip", "/notices",
        ],
        "creator": [
            "/create", "/create/links", "/create/links?page=2", "/create/links?show=archive", "/create/many-links",
            "/create/showcase", "/create/discover", "/create/discover?sort=paid", "/create/discover?q=kemeja",
            "/create/links/new", "/create/links/new?q=kemeja",
            f"/create/invitations/{before.code}/links",
            f"/create/links/{link.code}", "/create/programmes", "/create/programmes?q=toko", "/create/commissions",
            "/create/commissions?page=2", "/create/commissions/nothing",
            "/create/commissions?state=paid", f"/create/commissions/{earned.pk}",
            "/create/reviews", f"/create/reviews/{found.id}",
            "/create/profile", "/create/samples", f"/create/samples/{sample.id}",
            "/create/posts", "/create/posts/offers", f"/create/posts/offers/{offer.id}", f"/create/posts/{post.id}",
            "/create/samples/new", "/create/samples/new?q=kemeja",
            "/create/balance", "/create/balance/coming", "/create/tax", "/create/tax/identity", "/create/statements",
            "/create/balance/payouts",
            "/create/balance/bank-account", f"/create/balance/{earned.order_id}",
        ],
        "operator": [
            "/staff/", "/staff/payout-desk", f"/staff/payout-desk/of/{seller_account(cast.shop.id).id}",
            "/staff/payout-desk/of?q=stranger@example.com", "/staff/find?q=buyer@example.com",
            "/staff/money-desk", "/staff/house-desk", "/staff/programme-desk",
            "/staff/books", "/staff/return-desk",
            f"/staff/books/{sold.id}", f"/staff/return-desk/{back.id}",
            "/staff/closing-desk", "/staff/operators", "/staff/review-desk", f"/staff/review-desk/{said.id}",
            "/staff/post-desk", f"/staff/post-desk/{post.id}",
            f"/staff/look/{cast.buyer.id}", "/staff/settings", f"/staff/settings/{setting.name}",
            "/staff/tax-desk", f"/staff/tax-desk/letters/{tax_letter.id}",
            "/staff/fee-desk", f"/staff/fee-desk/objections/{against_fees.id}",
            "/staff/breach-desk", f"/staff/breach-desk/{breach.id}",
            "/staff/moderation-desk", f"/staff/moderation-desk/{decided.id}", f"/staff/moderation-desk/{reported.id}",
            "/staff/complaint-desk", f"/staff/complaint-desk/{complaint.id}",
            f"/staff/review-desk/from-elsewhere/{said_before.pk}",
            "/staff/channel-desk", f"/staff/channel-desk/{channel.id}",
            "/staff/integrity-desk", f"/staff/integrity-desk/{found.id}", f"/staff/integrity-desk/accounts/{closing.id}",
            *(f"/staff/{table._meta.app_label}/{table._meta.model_name}/" for table in admin.site._registry),
            f"/staff/ledger/transfer/?q={sold.id}", f"/staff/ledger/transfer/{moved.id}/change/",
            "/staff/ledger/transfer/?code=fee",
            f"/staff/orders/order/?q={sold.id}", f"/staff/orders/order/?q={sold.number}",
            "/staff/orders/order/?q=buyer@example.com",
            f"/staff/orders/order/{sold.id}/change/", "/staff/orders/order/?state__exact=shipped",
            f"/staff/payouts/payoutbatch/{batch.id}/change/", f"/staff/affiliates/programme/{cast.programme.id}/change/",
            f"/staff/shops/shop/{cast.shop.id}/change/", f"/staff/affiliates/creator/{cast.creator.id}/change/",
            f"/staff/users/user/{cast.buyer.id}/change/", f"/staff/affiliates/link/?q={link.code}",
            "/staff/users/user/?q=buyer@example.com",
        ],
    }  # fmt: skip
