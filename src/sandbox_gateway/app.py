"""The gateway as a WSGI application: the merchant's API and the payer's page."""

from typing import TYPE_CHECKING

from sandbox_gateway import api, store
from sandbox_gateway.api import Api
from sandbox_gateway.config import Config
from sandbox_gateway.errors import Refused
from sandbox_gateway.pay_page import PayPage
from sandbox_gateway.web import Request, Response, application

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


def make_app(config: Config) -> "WSGIApplication":
    """The application over `config.state`, made ready. What happens by itself is the `Worker`'s, started beside it."""
    store.prepare(config.state)
    pay_page = PayPage(config)

    def refusal(request: Request, refused: Refused) -> Response:
        if request.path.startswith("/pay/"):
            return pay_page.refusal(request, refused)
        return api.refusal(refused)

    return application([*Api(config).routes(), *pay_page.routes()], refusal)
