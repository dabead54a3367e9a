"""Addresses of what buyers and visitors see. `/r/<code>` is answered before Django (`redirect.py`)."""

from django.urls import path, re_path

from lapak.web.shop import (
    cart,
    checkout,
    for_crawlers,
    hand_over,
    home,
    orders,
    pay,
    product,
    returns,
    shop_page,
    showcase,
)

urlpatterns = [
    # First, for addresses are tried one after the other, and this one is asked for most when it matters most.
    path("checkout", checkout.checkout, name="checkout"),
    path("", home.home, name="home"),
    path("c/<str:code>", home.category, name="category"),
    path("s/<slug:slug>", shop_page.shop, name="shop"),
    path("@<slug:handle>", showcase.showcase, name="showcase"),
    re_path(r"^p/(?P<slug>[-\w]*)-(?P<code>[0-9a-f]{32})$", product.product, name="product"),
    path("robots.txt", for_crawlers.robots, name="robots"),
    path("sitemap.xml", for_crawlers.sitemap, name="sitemap"),
    path("cart", cart.cart, name="cart"),
    path("cart/add", cart.add, name="cart_add"),
    path("cart/prices", cart.accept_new_prices, name="cart_prices"),
    path("cart/lines/<uuid:variant_id>", cart.change_line, name="cart_line"),
    path("hand-over/<str:token>", hand_over.hand_over, name="hand_over"),
    path("hand-over/<str:token>/here", hand_over.go_on_here, name="go_on_here"),
    path("refunds", orders.refunds, name="refunds"),
    path("pay/<uuid:purchase_id>", pay.pay, name="pay"),
    path("pay/<uuid:purchase_id>/status", pay.pay_status, name="pay_status"),
    path("pay/<uuid:purchase_id>/qris.png", pay.pay_code, name="pay_code"),
    path("pay/<uuid:purchase_id>/cancel", pay.cancel_purchase, name="pay_cancel"),
    path("pay/<uuid:purchase_id>/check", pay.pay_check, name="pay_check"),
    path("pay/<uuid:purchase_id>/again", pay.pay_anew, name="pay_anew"),
    path("orders", orders.orders, name="orders"),
    path("orders/<uuid:order_id>", orders.order, name="order"),
    path("orders/<uuid:order_id>/contract", orders.contract, name="order_contract"),
    path("orders/<uuid:order_id>/cancel", orders.cancel, name="order_cancel"),
    path("orders/<uuid:order_id>/again", orders.again, name="order_again"),
    path("orders/<uuid:order_id>/received", orders.receive, name="order_received"),
    path("orders/<uuid:order_id>/not-arrived", orders.claim, name="order_not_arrived"),
    path("orders/<uuid:order_id>/return", returns.ask, name="return_ask"),
    path("returns/<uuid:return_id>", returns.return_page, name="return"),
    path("returns/<uuid:return_id>/withdraw", returns.withdraw, name="return_withdraw"),
    path("returns/<uuid:return_id>/escalate", returns.escalate, name="return_escalate"),
    path("returns/<uuid:return_id>/send", returns.send, name="return_send"),
]
