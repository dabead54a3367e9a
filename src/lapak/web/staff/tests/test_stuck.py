"""What is stuck is called by words, and leads to what it is about."""

import re
from pathlib import Path

import pytest
from django.test import Client

import lapak.flows
from lapak.flows.models import StuckAct
from lapak.flows.pay_out import NOT_PAID_OUT
from lapak.flows.tell_people import mail, watch
from lapak.lib import clock
from lapak.trade.orders.models import Order
from lapak.web.staff.stuck import ACTS, Stuck


def test_every_act_that_may_be_stuck_has_words() -> None:
    sources = [
        path.read_text() for path in Path(lapak.flows.__file__).parent.rglob("*.py") if "tests" not in path.parts
    ]
    kept = {name for source in sources for name in re.findall(r'\b(?:sweep|keep_stuck)\(\s*"([^"]+)"', source)}
    assert len(kept) > 20
    assert kept | {NOT_PAID_OUT, mail.STUCK_AS, mail.SERVER, watch.STUCK_AS} == set(ACTS)


@pytest.mark.parametrize("name", [*ACTS, "tell orders_orderevent"])
def test_it_leads_to_what_it_is_about(operator: Client, settled: Order, name: str) -> None:
    now = clock.now()
    row = StuckAct(act=name, subject_id=settled.id, error="", first_failed_at=now, last_failed_at=now, next_try_at=now)
    stuck = Stuck(row)
    assert stuck.words
    assert not stuck.page or operator.get(stuck.page).status_code in {200, 302, 404}


@pytest.mark.usefixtures("cast")
def test_the_desk_says_which_order(operator: Client, settled: Order) -> None:
    now = clock.now()
    StuckAct.objects.create(
        act="settled", subject_id=settled.id, error="x", first_failed_at=now, last_failed_at=now, next_try_at=now
    )
    page = operator.get("/staff/money-desk").text
    assert "Settle an order" in page
    assert f'<a href="/staff/orders/order/{settled.id}/change/">' in page
    assert settled.number in page
