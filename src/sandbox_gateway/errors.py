"""What the gateway refuses."""

from http import HTTPStatus


class Refused(Exception):  # noqa: N818 - said as the payer and the merchant read it
    """An answer that is not a success: a status, a stable code, and a sentence."""

    def __init__(self, status: HTTPStatus, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


def conflict(code: str, message: str) -> Refused:
    """Asked for something that contradicts what is already so."""
    return Refused(HTTPStatus.CONFLICT, code, message)


def not_found(what: str) -> Refused:
    """Asked for something this gateway never made."""
    return Refused(HTTPStatus.NOT_FOUND, "not_found", f"There is no such {what}.")


def invalid(message: str) -> Refused:
    """Asked in a form that cannot be carried out."""
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", message)
