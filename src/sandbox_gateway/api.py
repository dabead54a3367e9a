"""The merchant's API: JSON, with the API key as a bearer token.

| | |
|---|---|
| `POST /v1/charges` | ask for a QRIS code |
| `GET /v1/charges/{id}` | what became of it |
| `POST /v1/charges/{id}/expire` | nobody can pay it any more |
| `POST /v1/charges/{id}/refunds` | send money back to the payer |
| `GET /v1/refunds/{refund_key}` | what became of it |
| `GET /v1/disputes/{id}` | what became of a dispute |
| `POST /v1/disputes/{id}/answer` | give the payer's bank the merchant's evidence |
| `POST /v1/disbursements` | send money to a bank account |
| `GET /v1/disbursements/{id or reference}` | what became of it |
| `GET /v1/statement?since=…&until=…` | every movement of the merchant's money, and the balance before and after |
| `POST /v1/clock` | stop this gateway's clock, or let it run: to play what happened at other times |

`reference` and `refund_key` are the merchant's own and make a repeated request harmless.
"""

import hmac
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, TypeVar

import msgspec

from sandbox_gateway import charges, disbursements, disputes, movements, refunds, store
from sandbox_gateway.config import Config
from sandbox_gateway.errors import Refused, invalid
from sandbox_gateway.moments import written
from sandbox_gateway.web import Request, Response, Route, as_json
from sandbox_gateway.worker import do_what_is_due

Reference = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Amount = Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000_000)]
Line = Annotated[str, msgspec.Meta(max_length=140)]
WebAddress = Annotated[str, msgspec.Meta(max_length=300, pattern=r"^(https?://\S+)?$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class ChargeRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /v1/charges`. `return_url`: where the pay page leads back to, if anywhere."""

    reference: Reference
    amount_idr: Amount
    expires_at: Moment
    description: Line = ""
    return_url: WebAddress = ""


class RefundRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /v1/charges/{id}/refunds`."""

    refund_key: Reference
    amount_idr: Amount


class AnswerRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /v1/disputes/{id}/answer`."""

    evidence: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]


class DisbursementRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /v1/disbursements`."""

    reference: Reference
    amount_idr: Amount
    bank_code: Annotated[str, msgspec.Meta(min_length=1, max_length=8)]
    account_number: Annotated[str, msgspec.Meta(pattern=r"^\d{6,20}$")]
    account_holder: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    remark: Annotated[str, msgspec.Meta(max_length=20)] = ""


class ClockRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /v1/clock`. No moment: it runs."""

    stopped_at: Moment | None


class Period(msgspec.Struct, forbid_unknown_fields=True):
    """The query of `GET /v1/statement`: from `since` to before `until`."""

    since: Moment
    until: Moment


AnyRequest = TypeVar("AnyRequest", bound=msgspec.Struct)


class Api:
    """The handlers of the merchant's API."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def routes(self) -> list[Route]:
        """The addresses of this API."""
        return [
            Route("POST", "/v1/charges", self.create_charge),
            Route("GET", "/v1/charges/{charge_id}", self.show_charge),
            Route("POST", "/v1/charges/{charge_id}/expire", self.expire_charge),
            Route("POST", "/v1/charges/{charge_id}/refunds", self.refund_charge),
            Route("GET", "/v1/refunds/{refund_key}", self.show_refund),
            Route("GET", "/v1/disputes/{dispute_id}", self.show_dispute),
            Route("POST", "/v1/disputes/{dispute_id}/answer", self.answer_dispute),
            Route("POST", "/v1/disbursements", self.create_disbursement),
            Route("GET", "/v1/disbursements/{disbursement_id}", self.show_disbursement),
            Route("GET", "/v1/statement", self.show_statement),
            Route("POST", "/v1/clock", self.stop_clock),
        ]

    def create_charge(self, request: Request) -> Response:
        wanted = self._wanted(request, ChargeRequest)
        with store.transaction(self._config.state) as db:
            charge = charges.create_charge(
                db,
                self._config.clock(),
                reference=wanted.reference,
                amount_idr=wanted.amount_idr,
                expires_at=wanted.expires_at.timestamp(),
                description=wanted.description,
                return_url=wanted.return_url,
            )
        return self._charge(charge)

    def show_charge(self, request: Request, charge_id: str) -> Response:
        self._check_key(request)
        with store.transaction(self._config.state) as db:
            return self._charge(charges.charge_by_id(db, charge_id))

    def expire_charge(self, request: Request, charge_id: str) -> Response:
        self._check_key(request)
        with store.transaction(self._config.state) as db:
            return self._charge(charges.expire_charge(db, self._config.clock(), charge_id))

    def refund_charge(self, request: Request, charge_id: str) -> Response:
        wanted = self._wanted(request, RefundRequest)
        with store.transaction(self._config.state) as db:
            return as_json(
                refunds.create_refund(
                    db,
                    self._config.clock(),
                    charge_id,
                    takes=self._config.disbursement_time,
                    refund_key=wanted.refund_key,
                    amount_idr=wanted.amount_idr,
                )
            )

    def show_refund(self, request: Request, refund_key: str) -> Response:
        self._check_key(request)
        with store.transaction(self._config.state) as db:
            return as_json(refunds.refund_by_key(db, refund_key))

    def show_dispute(self, request: Request, dispute_id: str) -> Response:
        self._check_key(request)
        with store.transaction(self._config.state) as db:
            return as_json(disputes.dispute_by_id(db, dispute_id))

    def answer_dispute(self, request: Request, dispute_id: str) -> Response:
        wanted = self._wanted(request, AnswerRequest)
        with store.transaction(self._config.state) as db:
            return as_json(disputes.answer_dispute(db, self._config.clock(), dispute_id, wanted.evidence))

    def create_disbursement(self, request: Request) -> Response:
        wanted = self._wanted(request, DisbursementRequest)
        with store.transaction(self._config.state) as db:
            return as_json(
                disbursements.create_disbursement(
                    db,
                    self._config.clock(),
                    takes=self._config.disbursement_time,
                    **msgspec.structs.asdict(wanted),
                )
            )

    def show_disbursement(self, request: Request, disbursement_id: str) -> Response:
        self._check_key(request)
        with store.transaction(self._config.state) as db:
            return as_json(disbursements.disbursement_by_id(db, disbursement_id))

    def show_statement(self, request: Request) -> Response:
        self._check_key(request)
        try:
            period = msgspec.convert(request.query, Period, strict=False)
        except msgspec.ValidationError as error:
            raise invalid(str(error)) from error
        with store.transaction(self._config.state) as db:
            return as_json(movements.statement(db, period.since.timestamp(), period.until.timestamp()))

    def stop_clock(self, request: Request) -> Response:
        """What is due by then is done at once."""
        moment = self._wanted(request, ClockRequest).stopped_at
        self._config.clock.stop(moment.timestamp() if moment else None)
        do_what_is_due(self._config)
        return as_json({"now": written(self._config.clock())})

    def _charge(self, charge: charges.Charge) -> Response:
        return as_json(charges.charge_as_json(charge, self._config.public_url))

    def _wanted(self, request: Request, kind: type[AnyRequest]) -> AnyRequest:
        self._check_key(request)
        try:
            return msgspec.json.decode(request.body, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise invalid(str(error)) from error

    def _check_key(self, request: Request) -> None:
        shown = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(shown, f"Bearer {self._config.api_key}".encode()):
            raise Refused(HTTPStatus.UNAUTHORIZED, "unauthorized", "This API key is not known.")


def refusal(refused: Refused) -> Response:
    """How the API says no."""
    return as_json({"error": {"code": refused.code, "message": refused.message}}, refused.status)
