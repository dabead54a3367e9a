"""The page a payer sees, in place of their bank's app."""

import secrets
from html import escape
from http import HTTPStatus
from importlib.resources import files
from string import Template
from typing import Any

import segno

from sandbox_gateway import charges, disputes, store, switches
from sandbox_gateway.charges import Charge
from sandbox_gateway.config import Config
from sandbox_gateway.errors import Refused, not_found
from sandbox_gateway.switches import SWITCHES
from sandbox_gateway.web import Request, Response, Route
from sandbox_gateway.words import words_for

MERCHANT = "Lapak"

SHORT_IDR = 1_000
"""By how much the button for it pays too little."""

PAGE = Template(files("sandbox_gateway").joinpath("pay_page.html").read_text(encoding="utf-8"))


class PayPage:
    """The handlers of the payer's page."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def routes(self) -> list[Route]:
        """The addresses of the page and its buttons."""
        return [
            Route("GET", "/pay/{charge_id}", self.show),
            Route("POST", "/pay/{charge_id}/confirm", self.confirm),
            Route("POST", "/pay/{charge_id}/fail", self.fail),
            Route("POST", "/pay/{charge_id}/turn/{switch}", self.turn),
            Route("POST", "/pay/{charge_id}/dispute", self.dispute),
            Route("POST", "/pay/{charge_id}/dispute/{dispute_id}/{status}", self.decide),
        ]

    def show(self, request: Request, charge_id: str) -> Response:
        """The code to pay, or what became of it."""
        with store.transaction(self._config.state) as db:
            charge = charges.charge_by_id(db, charge_id)
            disputed = disputes.disputes_of_charge(db, charge_id)
            switched_on = {name for name in SWITCHES if switches.is_on(db, name)}
        words = self._words(request)
        left = charge.expires_at - self._config.clock()
        if charge.status == "paid":
            content = _outcome(words, charge, "paid", "✓")
        elif charge.status == "expired" or left <= 0:
            content = _outcome(words, charge, "expired", "×")
        else:
            content = _code_to_pay(words, charge, left, has_failed="failed" in request.query)
        return _page(words, f"{words['pay_to']} {MERCHANT}", content + _trials(words, charge, switched_on, disputed))

    def confirm(self, request: Request, charge_id: str) -> Response:
        """The payer's bank pays. `?late=1`: it did so in time, the gateway hears of it after the end; `?short=1`: too little."""
        late = request.query.get("late") == "1"
        short_idr = SHORT_IDR if request.query.get("short") == "1" else 0
        with store.transaction(self._config.state) as db:
            charges.pay_charge(db, self._config.clock(), charge_id, late=late, short_idr=short_idr)
        return self._back_to(request, charge_id)

    def fail(self, request: Request, charge_id: str) -> Response:
        """The payer's bank refuses. The charge can still be paid, and the merchant hears nothing, as with real QRIS."""
        return self._back_to(request, charge_id, "&failed=1")

    def turn(self, request: Request, charge_id: str, switch: str) -> Response:
        """One of the gateway's ways to try its merchant, on or off."""
        if switch not in SWITCHES:
            raise not_found("switch")
        with store.transaction(self._config.state) as db:
            switches.turn(db, switch)
        return self._back_to(request, charge_id)

    def dispute(self, request: Request, charge_id: str) -> Response:
        """The payer's bank takes the payment back; `?half=1`: half of it."""
        with store.transaction(self._config.state) as db:
            half_idr = charges.charge_by_id(db, charge_id).amount_idr // 2 if request.query.get("half") == "1" else None
            disputes.open_dispute(db, self._config.clock(), charge_id, half_idr)
        return self._back_to(request, charge_id)

    def decide(self, request: Request, charge_id: str, dispute_id: str, status: str) -> Response:
        """The dispute is won or lost by the merchant."""
        if status not in {"won", "lost"}:
            raise not_found("outcome")
        with store.transaction(self._config.state) as db:
            disputes.decide_dispute(db, self._config.clock(), dispute_id, status)
        return self._back_to(request, charge_id)

    def refusal(self, request: Request, refused: Refused) -> Response:
        """A refusal as a page; an expired charge shows itself."""
        words = self._words(request)
        title = words["not_found"] if refused.status == HTTPStatus.NOT_FOUND else words["expired"]
        return _page(words, title, f"<h1>{escape(title)}</h1>", refused.status)

    def _words(self, request: Request) -> dict[str, str]:
        return words_for(request.query.get("lang"), request.headers.get("accept-language", ""))

    def _back_to(self, request: Request, charge_id: str, note: str = "") -> Response:
        language = self._words(request)["lang"]
        return Response(HTTPStatus.SEE_OTHER, headers={"location": f"/pay/{charge_id}?lang={language}{note}"})


def _code_to_pay(words: dict[str, str], charge: Charge, left: float, *, has_failed: bool) -> str:
    code = segno.make(charge.qris_payload, error="m").svg_inline(border=2, omitsize=True, title="QRIS")
    notice = f'<p class="notice" role="alert">{words["failed"]}</p>' if has_failed else ""
    act = f"/pay/{charge.id}/%s?lang={words['lang']}"
    return f"""
      <h1>{words["pay_to"]} {MERCHANT}</h1>
      <p class="amount">{_rupiah(charge.amount_idr)}</p>
      <p class="soft">{escape(charge.description)}</p>
      <div class="code">{code}</div>
      <p class="soft">{words["scan"]}</p>
      <p class="left">{words["left"]} <time data-left="{left:.0f}">{left // 60:02.0f}:{left % 60:02.0f}</time></p>
      {notice}
      <div class="acts">
        <form method="post" action="{act % "confirm"}"><button class="go">{words["pay"]}</button></form>
        <form method="post" action="{act % "fail"}"><button>{words["fail"]}</button></form>
      </div>"""


def _trials(words: dict[str, str], charge: Charge, switched_on: set[str], disputed: list[dict[str, Any]]) -> str:
    """What a real gateway does seldom and never when one wants to see it."""
    lang = words["lang"]
    acts = [(f"confirm?late=1&amp;lang={lang}", words["pay_late"], "")]
    if charge.status == "pending":
        acts.append((f"confirm?short=1&amp;lang={lang}", words["pay_short"], ""))
    if charge.status == "paid":
        acts = [
            (f"dispute?lang={lang}", words["dispute"], ""),
            (f"dispute?half=1&amp;lang={lang}", words["dispute_half"], ""),
        ]
    acts += [
        (f"dispute/{dispute['id']}/{status}?lang={lang}", words[f"dispute_{status}"], "")
        for dispute in disputed
        if dispute["status"] in {"opened", "answered"}
        for status in ("won", "lost")
    ]
    acts += [
        (
            f"turn/{name}?lang={lang}",
            words[name],
            ' aria-pressed="true"' if name in switched_on else ' aria-pressed="false"',
        )
        for name in SWITCHES
    ]
    buttons = "".join(
        f'<form method="post" action="/pay/{charge.id}/{act}"><button{state}>{label}</button></form>'
        for act, label, state in acts
    )
    return f'<details class="trials"><summary>{words["trials"]}</summary><div>{buttons}</div></details>'


def _outcome(words: dict[str, str], charge: Charge, outcome: str, mark: str) -> str:
    back = f'<a class="button" href="{escape(charge.return_url)}">{words["back"]}</a>' if charge.return_url else ""
    return f"""
      <p class="mark {outcome}" aria-hidden="true">{mark}</p>
      <h1>{words[outcome]}</h1>
      <p class="amount">{_rupiah(charge.amount_idr)}</p>
      <p>{words[f"{outcome}_more"]}</p>
      <p class="soft">{words["reference"]} {escape(charge.reference)}</p>
      {back}"""


def _page(words: dict[str, str], title: str, content: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    nonce = secrets.token_urlsafe(16)
    page = PAGE.substitute(words, title=escape(title), content=content, nonce=nonce)
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    return Response(
        status,
        page.encode(),
        {
            "content-type": "text/html; charset=utf-8",
            "content-security-policy": policy,
            "referrer-policy": "no-referrer",
        },
    )


def _rupiah(amount_idr: int) -> str:
    return f"Rp{amount_idr:,}".replace(",", ".")
