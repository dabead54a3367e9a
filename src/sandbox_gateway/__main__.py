"""`python -m sandbox_gateway`: the gateway on a port of this machine, until it is stopped."""

import argparse
import logging
import os
import signal
import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from sandbox_gateway.app import make_app
from sandbox_gateway.config import Config
from sandbox_gateway.worker import Worker

log = logging.getLogger("sandbox_gateway")


class Server(ThreadingMixIn, WSGIServer):
    """A thread per request: a payer who holds a connection open does not stop the others."""

    daemon_threads = True


class QuietHandler(WSGIRequestHandler):
    """Leaves a request out of the log; what is refused or not delivered is logged where it happens."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        log.debug(format, *args)


def main() -> None:
    """Serve until SIGTERM or Ctrl-C."""
    logging.basicConfig(level=logging.INFO, format="gateway %(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    arguments = vars(_arguments())
    host, port, Server.allow_reuse_port = (arguments.pop(each) for each in ("host", "port", "port_is_held"))
    arguments["public_url"] = (arguments["public_url"] or f"http://{host}:{port}").rstrip("/")
    config = Config(**arguments)
    worker = Worker(config)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with make_server(host, port, make_app(config), server_class=Server, handler_class=QuietHandler) as server:
        worker.start()
        log.info("sandbox gateway at http://%s:%s (no real money)", host, port)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass  # Ctrl-C is how one stops it
        finally:
            worker.stop()


def _arguments() -> argparse.Namespace:
    """Named as the fields of `Config`. The two keys may come from the environment, out of sight of `ps`."""
    parser = argparse.ArgumentParser(prog="sandbox_gateway", description=__doc__, argument_default=argparse.SUPPRESS)
    parser.add_argument("--state", type=Path, required=True, help="SQLite file that keeps charges and events")
    parser.add_argument("--merchant-webhook", required=True, help="address that events are sent to")
    _add_key(parser, "--api-key", "api_key", "SANDBOX_GATEWAY_API_KEY", "what the merchant shows with every request")
    _add_key(parser, "--secret", "webhook_secret", "SANDBOX_GATEWAY_SECRET", "key of the webhook signatures, whsec_…")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8010)
    parser.add_argument("--port-is-held", action="store_true", default=False, help="by who starts us, who lets us in")
    parser.add_argument("--public-url", default="", help="this gateway as a payer's browser reaches it")
    parser.add_argument("--duplicates", type=int, help="how often a delivered event is sent again")
    parser.add_argument("--duplicate-pause", type=float, metavar="SECONDS")
    parser.add_argument("--retry-pause", type=float, metavar="SECONDS")
    parser.add_argument("--disbursement-time", type=float, metavar="SECONDS")
    return parser.parse_args()


def _add_key(parser: argparse.ArgumentParser, option: str, field: str, variable: str, meaning: str) -> None:
    given = os.environ.get(variable)
    parser.add_argument(option, dest=field, default=given, required=given is None, help=f"{meaning} (or {variable})")


if __name__ == "__main__":
    main()
