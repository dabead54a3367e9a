"""What names people and is older than the law has it kept is put away: docs/concepts/law-and-practice.md "Personal data".

The state is the queue: what was put away is no longer due, so that a night that is broken off goes on the next one.
"""

import uuid
from collections.abc import Callable, Collection, Mapping
from functools import partial

import structlog
from django.db import transaction
from django.db.models import Model, QuerySet

from lapak.affiliates.integrity.models import AppealPicture
from lapak.affiliates.withholding.models import Slip
from lapak.compliance.outlived import OUTLIVED
from lapak.compliance.words import WORDS, Words
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.private import private_storage
from lapak.moderation.models import Case, CaseEvent, CasePicture, CaseReport
from lapak.money.gateways.models import GatewayMessage
from lapak.people.privacy.rules import PUT_AWAY
from lapak.people.users.models import BankAccount
from lapak.trade.complaints.models import Complaint, ComplaintEvent
from lapak.trade.orders.models import Order, OrderContract, OrderEvent, Purchase
from lapak.trade.returns.models import Return, ReturnEvent, ReturnPicture

AT_ONCE = 500
"""Rows of one transaction: none of them is held up for long."""

MOST_A_NIGHT = 400
"""So many transactions of each class: what is left is for the next night."""

log = structlog.get_logger(__name__)

Ids = Collection[uuid.UUID]

_OF_ADDRESS = ("recipient", "phone", "street", "district", "city", "postal_code")


def put_away_outlived() -> dict[str, int]:
    """All that is due, class by class; answers how many rows of each. What cannot be put away holds up no other class, and ends
    as a failed job of the night."""
    gone, failed = {}, []
    for name in OUTLIVED:
        try:
            gone[name] = _put_away(name)
        except Exception as error:  # whatever it is, the others go
            log.exception("not_put_away", of=name)
            failed.append(error)
    if failed:
        raise ExceptionGroup("some of what is too old stands still", failed)
    return gone


def _put_away(name: str) -> int:
    gone = 0
    for _batch in range(MOST_A_NIGHT):
        taken = _put_next_away(name)
        gone += taken
        if taken < AT_ONCE:
            break
    return gone


@act
def _put_next_away(name: str) -> int:
    """Held, and looked at again as held: what somebody opens meanwhile stays."""
    due = OUTLIVED[name].due(clock.now())
    ids = list(due.values_list("pk", flat=True)[:AT_ONCE])
    rows: QuerySet[Model] = due.model._default_manager.filter(pk__in=ids)  # noqa: SLF001 - Django's documented API
    held = list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    taken = list(due.filter(pk__in=held).values_list("pk", flat=True))
    if name in WORDS:
        _empty_words(WORDS[name], taken)
    else:
        _EMPTY[name](taken)
    return len(ids)


def _empty_words(words: Words, ids: Ids) -> None:
    rows = words.model._default_manager.filter(pk__in=ids)  # noqa: SLF001 - Django's documented API
    if words.file:
        names = set(rows.exclude(**{words.file: ""}).values_list(words.file, flat=True))
        transaction.on_commit(partial(_drop_unused, words.model, words.file, names))
    rows.update(**words.empty)


def _drop_unused(model: type[Model], column: str, names: Collection[str]) -> None:
    """Files that no row names any more: two letters may be one file."""
    for name in names:
        if not model._default_manager.filter(**{column: name}).exists():  # noqa: SLF001 - Django's documented API
            private_storage().delete(name)


def _empty_addresses(ids: Ids) -> None:
    for purchase in Purchase.objects.filter(id__in=ids):
        purchase.address = dict.fromkeys(_OF_ADDRESS, "") | {"province_code": purchase.address.get("province_code", "")}
        purchase.save(update_fields=["address"])
    Order.objects.filter(purchase__in=ids, changed_address__isnull=False).update(changed_address=None)


def _empty_returns(ids: Ids) -> None:
    pictures, returns = ReturnPicture.objects.filter(of_return__in=ids), Return.objects.filter(id__in=ids)
    receipts = returns.exclude(way_back_receipt="").values_list("way_back_receipt", flat=True)
    names = set(pictures.values_list("file", flat=True))
    transaction.on_commit(partial(_drop_unused, ReturnPicture, "file", names))
    for name in receipts:
        transaction.on_commit(partial(private_storage().delete, name))
    pictures.delete()
    ReturnEvent.objects.filter(of_return__in=ids).exclude(words="").update(words="")
    returns.update(words=PUT_AWAY, tracking_number="", again_tracking_number="", way_back_receipt="")


def _empty_complaints(ids: Ids) -> None:
    ComplaintEvent.objects.filter(complaint__in=ids).exclude(words="").update(words="")
    found = Complaint.objects.filter(id__in=ids)
    found.exclude(contact="").update(contact=PUT_AWAY)
    found.update(words=PUT_AWAY)


def _empty_cases(ids: Ids) -> None:
    pictures = CasePicture.objects.filter(case__in=ids)
    names = set(pictures.values_list("file", flat=True))
    transaction.on_commit(partial(_drop_unused, CasePicture, "file", names))
    pictures.delete()
    CaseReport.objects.filter(case__in=ids).exclude(words=PUT_AWAY).update(words=PUT_AWAY)
    CaseEvent.objects.filter(case__in=ids).exclude(words="").update(words="")
    Case.objects.filter(id__in=ids).update(words=PUT_AWAY, appeal="", shown={})


def _empty_contracts(ids: Ids) -> None:
    OrderEvent.objects.filter(order__in=ids).exclude(reason="").update(reason="")
    OrderContract.objects.filter(order_id__in=ids).update(body={})


def _empty_bank_accounts(ids: Ids) -> None:
    BankAccount.objects.filter(id__in=ids).update(number="", holder="")


def _empty_slips(ids: Ids) -> None:
    Slip.objects.filter(id__in=ids).update(name="", tax_number="")


def _empty_messages(ids: Ids) -> None:
    GatewayMessage.objects.filter(id__in=ids).update(body={})


def _drop_appeal_pictures(ids: Ids) -> None:
    pictures = AppealPicture.objects.filter(id__in=ids)
    names = set(pictures.values_list("file", flat=True))
    transaction.on_commit(partial(_drop_unused, AppealPicture, "file", names))
    pictures.delete()


_EMPTY: Mapping[str, Callable[[Ids], None]] = {
    "addresses": _empty_addresses,
    "returns": _empty_returns,
    "complaints": _empty_complaints,
    "cases": _empty_cases,
    "contracts": _empty_contracts,
    "bank_accounts": _empty_bank_accounts,
    "slips": _empty_slips,
    "messages": _empty_messages,
    "appeal_pictures": _drop_appeal_pictures,
}
"""As `OUTLIVED`, but for `WORDS`."""
