"""Inbound webhooks: verify, record once, answer at once, and hand over to a job."""

from http import HTTPStatus

from django.db import DataError, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lapak.money.payments.commands import record_notification
from lapak.money.payments.errors import ForgedNotification, UnknownProvider, UnreadableNotification
from lapak.money.payments.providers.contract import Notification
from lapak.money.payments.providers.registry import provider_named
from lapak.web.hooks.tasks import process_payment_notification

LONGEST_BODY = 64 * 1024
"""Bytes. A notification is under two thousand; anything near this is not one."""


@csrf_exempt  # the signature is the proof of who sent it, and providers hold no cookie
@require_POST
def take_payment_notification(request: HttpRequest, provider: str) -> HttpResponse:
    """200 when it is kept (once, however often it comes), 401 when it is forged, 400 when it cannot be read."""
    if len(request.body) > LONGEST_BODY:
        return _answer(HTTPStatus.BAD_REQUEST)
    try:
        notification = provider_named(provider).verify(request.headers, request.body)
        _keep(provider, notification)
    except UnknownProvider:
        return _answer(HTTPStatus.NOT_FOUND)
    except ForgedNotification:
        return _answer(HTTPStatus.UNAUTHORIZED)
    except (UnreadableNotification, DataError):  # DataError: text that PostgreSQL cannot hold
        return _answer(HTTPStatus.BAD_REQUEST)
    return _answer(HTTPStatus.OK)


@transaction.atomic
def _keep(provider: str, notification: Notification) -> None:
    """Recorded, and its job waits, or neither. A repeat is only counted: its job is there already."""
    recorded, is_new = record_notification(provider, notification.event_id, notification.kind, notification.body)
    if is_new:
        process_payment_notification.defer(notification_id=str(recorded.id))


def _answer(status: HTTPStatus) -> HttpResponse:
    return HttpResponse(status=status, content_type="text/plain")
