"""A buyer orders: read and lock, decide, write; stock, orders, payment, contract and attribution, or nothing at all."""

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db import connection

from lapak.affiliates.token import ClickToken
from lapak.flows.place_purchase import read, write
from lapak.flows.place_purchase.facts import Terms, Waiting
from lapak.flows.place_purchase.rules import Accepted, decide
from lapak.lib import clock, pipeline
from lapak.lib.acts import act
from lapak.money.payments.methods import methods
from lapak.trade.orders.asked import AskedPurchase
from lapak.trade.orders.errors import PurchaseRefused
from lapak.trade.orders.queries import current_clocks
from lapak.trade.orders.rules import CANCELS_AFTER_PAYING


@act
def place_purchase(buyer_id: uuid.UUID, asked: AskedPurchase, clicks: Sequence[ClickToken] = ()) -> uuid.UUID:
    """The buyer has a purchase awaiting payment; returns its id. The same key again returns the same purchase.

    Prices and shipping checked against what was shown, stock reserved, one order per shop with its contract frozen, a
    payment attempt, order events, and a pending commission per line that `clicks` (verified tokens, any order) brought
    about. The bought goods leave the buyer's cart.

    Refuses with a `PurchaseRefused` that says what changed, and on which lines. Nothing is written then.
    """
    waiting = [Waiting(buyer_id, asked, clicks)]
    terms = current_terms()
    answers = pipeline.run(connection.connection, read.questions(waiting, terms.at, holds_stock=True))
    facts = read.facts_of(answers, terms.at)
    (outcome,) = decide(waiting, facts, terms)
    if isinstance(outcome, PurchaseRefused):
        raise outcome
    if isinstance(outcome, Accepted):
        pipeline.run(connection.connection, write.statements([outcome], terms))
    return outcome.id


def current_terms() -> Terms:
    """What a purchase is placed under now."""
    return Terms(
        clock.now(), current_clocks(), methods(), settings.PAYMENT_PROVIDER, CANCELS_AFTER_PAYING.on(clock.today())
    )
