"""Inbound webhooks: verify, record once, answer at once, and hand over to a job."""

from http import HTTPStatus

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lapak.lib.acts import act
from lapak.money.gateways.commands import record_message
from lapak.money.gateways.contract import Message
from lapak.money.gateways.errors import ForgedMessage, UnknownGateway, UnreadableMessage
from lapak.money.gateways.registry import messages_of
from lapak.web.hooks.tasks import process_gateway_message

LONGEST_BODY = 64 * 1024
"""Bytes. A message is under two thousand; anything near this is not one."""


@csrf_exempt  # the signature is the proof of who sent it, and providers hold no cookie
@require_POST
def take_gateway_message(request: HttpRequest, provider: str) -> HttpResponse:
    """200 when it is kept (once, however often it comes), 401 when it is forged, 400 when it cannot be read."""
    if len(request.body) > LONGEST_BODY:
        return _answer(HTTPStatus.BAD_REQUEST)
    try:
        message = messages_of(provider).verify(request.headers, request.body)
        _keep(provider, message)
    except UnknownGateway:
        return _answer(HTTPStatus.NOT_FOUND)
    except ForgedMessage:
        return _answer(HTTPStatus.UNAUTHORIZED)
    except (UnreadableMessage, DataError, RecursionError):  # what PostgreSQL, or any reader of JSON, cannot hold
        return _answer(HTTPStatus.BAD_REQUEST)
    return _answer(HTTPStatus.OK)


@act
def _keep(provider: str, message: Message) -> None:
    """Recorded, and its job waits, or neither. A repeat is only counted: its job is there already."""
    recorded, is_new = record_message(provider, message.event_id, message.kind, message.body)
    if is_new:
        process_gateway_message.defer(message_id=str(recorded.id))


def _answer(status: HTTPStatus) -> HttpResponse:
    return HttpResponse(status=status, content_type="text/plain")
