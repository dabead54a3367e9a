"""Every form of the operator's site, refused: the words stand in the form, beside the field, with what was typed there, and
the first wrong field has the focus."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from typing import cast as as_type

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import resolve

from lapak.affiliates.integrity.closings import agree_to_closing
from lapak.affiliates.integrity.models import Closing
from lapak.affiliates.integrity.rules import FindingState
from lapak.affiliates.models import Commission
from lapak.lib import clock
from lapak.money.ledger.models import Account
from lapak.money.payments.models import Dispute, PaymentIntent
from lapak.money.payouts.models import PayoutBatch
from lapak.money.remittances.commands import remit
from lapak.moving.past.hiding import hide_past_review
from lapak.people.shops.closings import announce_closing
from lapak.people.users.models import User
from lapak.testing.books import rows_everywhere
from lapak.testing.breaches import recorded_breach, told_breach
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.complaints import complaint_with_lapak
from lapak.testing.fees import objection
from lapak.testing.findings import closing_proposed, finding_in
from lapak.testing.forms_on import PageForm, forms_on
from lapak.testing.moderation import objected_case, reported_creator, reported_goods, reported_shop
from lapak.testing.payees import asked_release, changed_account
from lapak.testing.posts import escalated_post
from lapak.testing.profiles import shown_channel
from lapak.testing.settings import coming_setting
from lapak.testing.taxes import letter_to_look_at
from lapak.testing.waiting import (
    refused_message,
    reported_past_review,
    reported_review,
    statement_difference,
    stuck_act,
)
from lapak.trade.orders.models import Order
from lapak.trade.reviews.hiding import hide_answer, hide_review
from lapak.trade.reviews.writing import write_review
from lapak.trade.shipping.models import Rate, Service
from lapak.web.staff.site import OperatorSite

NOTHING_TO_TYPE = {
    "books_run",
    "closing_desk_call_off",
    "fee_call_off",
    "setting_take_back",
    "payee_agree",
    "breach_tell",
    "breach_publish",
    "operator_end",
    "dispute_ask",
    "affiliates_commission_release",
}
"""Acts of forms without a field, which nobody can get wrong."""

TOO_LONG = "x" * 5_000
"""No field takes it, whatever its kind."""


def slip(settled: Order) -> str:
    operator, account = User.objects.get(is_staff=True), Account.objects.get(kind="courier_payable")
    remit(operator, account.id, 1_500, reference="WD-78", paid_on=clock.now().date())
    return "/staff/house-desk"


def money_desk(_receipt: PaymentIntent) -> str:
    refused_message()
    stuck_act()
    statement_difference()
    return "/staff/money-desk"


def review(act: str) -> Callable[[Commission], str]:
    return lambda commission: f"/staff/affiliates/commission/{commission.pk}/{act}/"


def dispute(found: Dispute) -> str:
    return f"/staff/money-desk/dispute/{found.id}"


def rate(_batch: PayoutBatch) -> str:
    return f"/staff/shipping/rate/{Rate.objects.earliest('pk').pk}/change/"


def service(_batch: PayoutBatch) -> str:
    return f"/staff/shipping/service/{Service.objects.earliest('pk').pk}/change/"


def closing(cast: Cast) -> str:
    announce_closing(
        cast.operator,
        None,
        orders_stop_at=clock.now() + timedelta(days=1),
        ship_by=clock.now() + timedelta(days=30),
    )
    return "/staff/closing-desk"


def said_of(order: Order) -> str:
    return f"/staff/review-desk/{write_review(order.buyer, order.lines.get().id, stars=2, words='Torn.').id}"


def hidden_of(order: Order) -> str:
    review = order.lines.get().review
    return f"/staff/review-desk/{hide_review(User.objects.get(is_staff=True), review.id, 'It names somebody.').id}"


def reported(cast: Cast) -> str:
    return f"/staff/review-desk/{reported_review(cast, stocked_variant(cast.shop)).id}"


def answer_hidden(cast: Cast) -> str:
    review = reported_review(cast, stocked_variant(cast.shop))
    return f"/staff/review-desk/{hide_answer(cast.operator, review.id, 'It insults.').id}"


def past_reported(cast: Cast) -> str:
    return f"/staff/review-desk/from-elsewhere/{reported_past_review(cast, stocked_variant(cast.shop)).pk}"


def past_hidden(cast: Cast) -> str:
    review = reported_past_review(cast, stocked_variant(cast.shop))
    return f"/staff/review-desk/from-elsewhere/{hide_past_review(cast.operator, review.pk, 'It names somebody.').pk}"


def finding(state: FindingState) -> Callable[[Commission], str]:
    return lambda commission: f"/staff/integrity-desk/{finding_in(commission.creator, state).id}"


def account(cast: Cast) -> str:
    return f"/staff/integrity-desk/accounts/{closing_proposed(cast.creator).id}"


def closed_account(cast: Cast) -> str:
    closing = Closing.objects.get()
    agree_to_closing(cast.operator, closing.id)
    return f"/staff/integrity-desk/accounts/{closing.id}"


PAGES: list[tuple[str, Callable[[Any], str]]] = [
    ("settled", lambda _order: "/staff/payout-desk"),
    ("settled", lambda order: f"/staff/books/{order.id}"),
    ("settled", slip),
    ("cast", lambda _cast: "/staff/operators"),
    ("settled", said_of),
    ("settled", hidden_of),
    ("cast", reported),
    ("cast", answer_hidden),
    ("cast", past_reported),
    ("cast", past_hidden),
    ("commission", finding(FindingState.OPEN)),
    ("commission", finding(FindingState.FINAL)),
    ("cast", lambda _cast: "/staff/integrity-desk"),
    ("cast", lambda cast: f"/staff/post-desk/{escalated_post(cast, stocked_variant(cast.shop)).id}"),
    ("cast", account),
    ("cast", closed_account),
    ("cast", lambda cast: f"/staff/channel-desk/{shown_channel(cast).id}"),
    ("cast", lambda _cast: "/staff/fee-desk"),
    ("cast", lambda cast: f"/staff/fee-desk/objections/{objection(cast).id}"),
    ("cast", lambda _cast: "/staff/tax-desk"),
    ("cast", lambda cast: f"/staff/look/{cast.buyer.id}"),
    ("cast", lambda cast: f"/staff/settings/{coming_setting(cast.operator).name}"),
    ("cast", lambda _cast: "/staff/settings/contact_phone"),
    ("cast", lambda _cast: "/staff/breach-desk"),
    ("cast", lambda cast: f"/staff/breach-desk/{recorded_breach(cast.operator).id}"),
    ("cast", lambda cast: f"/staff/breach-desk/{told_breach(cast.operator).id}"),
    ("cast", lambda cast: f"/staff/tax-desk/letters/{letter_to_look_at(cast).id}"),
    ("cast", lambda cast: f"/staff/moderation-desk/{reported_goods(cast).id}"),
    ("cast", lambda cast: f"/staff/moderation-desk/{reported_shop(cast).id}"),
    ("cast", lambda cast: f"/staff/moderation-desk/{reported_creator(cast).id}"),
    ("cast", lambda cast: f"/staff/moderation-desk/{objected_case(cast).id}"),
    ("cast", lambda _cast: "/staff/complaint-desk"),
    ("cast", lambda cast: f"/staff/complaint-desk/{complaint_with_lapak(cast).id}"),
    ("commission", review("freeze")),
    ("commission", review("deny")),
    ("sent", lambda _batch: "/staff/payout-desk"),
    ("sent", rate),
    ("sent", service),
    ("sent", lambda _batch: "/staff/shipping/rate/?service__code__exact=jne-reg&origin_zone__exact=java"),
    ("escalated", lambda found: f"/staff/return-desk/{found.id}"),
    ("overdue", lambda order: f"/staff/return-desk/parcels/{order.id}"),
    ("receipt", money_desk),
    ("refunded_before", dispute),
    ("won_late", dispute),
    ("disputed", dispute),
    ("cast", closing),
    ("cast", lambda _cast: "/staff/programme-desk"),
    ("platform_programme", lambda _programme: "/staff/programme-desk"),
    ("cast", lambda cast: f"/staff/payout-desk/of/{changed_account(cast).id}"),
    ("cast", lambda cast: f"/staff/payout-desk/of/{asked_release(cast).id}"),
]
"""What a page begins with, and its address: among them every form of the site."""


def acts() -> set[str]:
    """Every act of the operator's site by its name."""
    site = as_type("OperatorSite", admin.site)
    found = {page.name for page in site.extra_urls() if page.name and getattr(page.callback, "only_posted", False)}
    request = RequestFactory().get("/staff/")
    request.user = User(is_staff=True, operator_roles=["owner"])
    for model, table in site._registry.items():
        name = model._meta.label_lower.replace(".", "_")
        found |= {f"{name}_{act}" for act in table.actions_detail}
        if table.has_change_permission(request):
            found |= {f"{name}_change"} | ({f"{name}_changelist"} if table.list_editable else set())
    return found


def sendings(form: PageForm) -> Iterator[tuple[str, dict[str, str]]]:
    """Every button of the form, pressed with nothing right in it: where that goes, and what goes there."""
    wrong = dict.fromkeys([*form.typed, *form.chosen], TOO_LONG)
    for name, value, elsewhere in form.buttons or [("", "", "")]:
        yield (
            elsewhere or form.action,
            form.fields | wrong | ({name: value if form.typed else TOO_LONG} if name else {}),
        )


def faults_of(client: Client, page: str, form: PageForm, address: str, sent: dict[str, str]) -> Iterator[str]:
    """What is wrong with how the page answers."""
    before = rows_everywhere()
    answer = client.post(address, sent)
    if answer.status_code != 200:
        yield f"answered {answer.status_code}"
        return
    again = [each for each in forms_on(answer.text, page) if each.action == form.action]
    if len(again) != 1:
        yield f"{len(again)} forms there"
        return
    if rows_everywhere() != before:
        yield "something was written"
    if not again[0].focused:
        yield "nothing in it has the focus"
    elif again[0].focused[0] not in (again[0].wrong[:1] or ["alert", *(name for name, _, _ in form.buttons)]):
        yield f"{again[0].focused} has the focus, and {again[0].wrong} is wrong"
    yield from (f"{name} is gone" for name in form.typed if again[0].fields.get(name) != TOO_LONG)


@pytest.mark.unsound_books  # a difference to a statement is one of the books' checks
def test_what_is_refused_stands_in_its_form(operator: Client, request: pytest.FixtureRequest) -> None:
    seen, faults = set[str](), list[str]()
    for begins_with, address_of in PAGES:
        page = address_of(request.getfixturevalue(begins_with))
        for form in forms_on(operator.get(page).text, page):
            for address, sent in sendings(form):
                name = resolve(address.partition("?")[0]).url_name or ""
                seen.add(name)
                if form.typed or form.chosen or form.boxes or any(button[0] for button in form.buttons):
                    faults += [f"{name} on {page}: {fault}" for fault in faults_of(operator, page, form, address, sent)]
                else:
                    assert name in NOTHING_TO_TYPE
    assert faults == []
    assert seen | NOTHING_TO_TYPE == acts()
