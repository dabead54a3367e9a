"""Tables of carts, purchases and orders."""

from lapak.trade.orders.models.cart import Cart, CartLine
from lapak.trade.orders.models.order import Order, OrderContract, Purchase
from lapak.trade.orders.models.parts import OrderEvent, OrderLine, PaymentAllocation

__all__ = ["Cart", "CartLine", "Order", "OrderContract", "OrderEvent", "OrderLine", "PaymentAllocation", "Purchase"]
