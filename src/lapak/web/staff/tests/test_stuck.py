"""What is stuck is called by words, and leads to what it is about."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client

import lapak.flows
from lapak.affiliates.integrity.models import Closing, Finding
from lapak.affiliates.posts.models import Post
from lapak.affiliates.profiles.models import Channel
from lapak.flows.models import StuckAct
from lapak.flows.pay_out import NOT_PAID_OUT
from lapak.flows.tell_people import mail, watch
from lapak.lib import clock
from lapak.moderation.models import Case
from lapak.money.fees.models import Consent
from lapak.money.payments.models import Dispute
from lapak.people.notices.models import Mail
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.complaints import complaint_with_lapak
from lapak.testing.fees import objection
from lapak.testing.moderation import goods_taken_down
from lapak.testing.waiting import everything_waits
from lapak.trade.complaints.models import Complaint
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return
from lapak.web.staff.stuck import ACTS, Stuck


def test_every_act_that_may_be_stuck_has_words() -> None:
    sources = [
        path.read_text() for path in Path(lapak.flows.__file__).parent.rglob("*.py") if "tests" not in path.parts
    ]
    kept = {name for source in sources for name in re.findall(r'\b(?:sweep|keep_stuck)\(\s*"([^"]+)"', source)}
    assert len(kept) > 20
    assert kept | {NOT_PAID_OUT, mail.STUCK_AS, mail.SERVER, watch.STUCK_AS} == set(ACTS)


SUBJECTS = {
    "return_case": Return, "dispute_case": Dispute, "finding_case": Finding, "creator_closing": Closing, "channel_case": Channel,
    "post_case": Post,
    "complaint_case": Complaint, "moderation_case": Case, "fee_objection": Consent,
}  # fmt: skip
"""Of what a desk's own page is; any other is the table's that its name begins with."""


@pytest.mark.unsound_books  # a difference to a statement is one of the books' checks
def test_it_leads_to_what_it_is_about(operator: Client, cast: Cast) -> None:
    complaint_with_lapak(cast)
    goods_taken_down(cast)
    objection(cast)
    everything_waits(cast, stocked_variant(cast.shop, on_hand=20))
    Mail.objects.create(to=cast.buyer.email, subject="x", written_at=clock.now())
    now = clock.now()
    for name, (_words, page) in {**ACTS, "tell orders_orderevent": ("", "")}.items():
        table = SUBJECTS.get(page) or apps.get_model(".".join(page.split("_")[:2]) or "orders.order")
        subject = table._default_manager.latest("pk")
        stuck = Stuck(
            StuckAct(act=name, subject_id=subject.pk, first_failed_at=now, last_failed_at=now, next_try_at=now)
        )
        assert stuck.words
        assert bool(stuck.page) == bool(page)
        assert not page or operator.get(stuck.page).status_code == 200, name


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
