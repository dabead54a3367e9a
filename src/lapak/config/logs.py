"""What is logged, and how: lines for a person at a terminal, JSON for everything else."""

import re
import sys
from typing import Any

import structlog
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest

from lapak.lib.terminal import harmless


def log_to_stderr(level: str) -> dict[str, Any]:
    """Django's `LOGGING`: Lapak from `level` on, everything else from warnings on. Sets structlog up to match."""
    described: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    written: list[Any] = [
        structlog.processors.format_exc_info,
        _harmless,
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *described,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*described, _who_asked],  # for what is logged with the standard library alone
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *written],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {"lapak": {"level": level}},
    }


def _who_asked(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Whatever is refused (Django notes each answer from 400 on): who asked, by their session's word, and how."""
    record = event.get("_record")
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest):
        return event
    session = getattr(request, "session", {})
    asked = {"method": request.method, "status": getattr(record, "status_code", None), "user": session.get(SESSION_KEY)}
    return event | asked


_PERSONAL = (
    # What the database says of a row that it does not take, and the statement that it was in.
    (re.compile(r"(DETAIL:\s+|Failing row contains |Key \()[^\n]*"), r"\1…"),
    (re.compile(r"(\bLINE \d+: )[^\n]*"), r"\1…"),
    (re.compile(r"[\w.+'%-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+"), "…@…"),
    (re.compile(r"(?<![\w.-])(?:\+?62|0)[ .-]?8(?:[ .-]?\d){7,11}(?![\w-])"), "08…"),
    (re.compile(r"\b(?:pbkdf2_\w+|argon2\w*|bcrypt\w*|scrypt|md5)\$[\w$+/=.,-]+"), "…$…"),
    # Addresses that open something for whoever has them.
    (
        re.compile(r"(/(?:account/password/new|account/email|mails/off|hand-over|create/invitations)/)[^\s/?\"']+"),
        r"\1…",
    ),
)
"""What says who somebody is, or lets another pass for them, and what stands in its place."""


def _harmless(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """What is logged may come from a stranger's file or address, and what reads the log may be a terminal. No log says who
    somebody is: ids do, to who may look them up."""
    return {key: without_people(harmless(value)) if isinstance(value, str) else value for key, value in event.items()}


def without_people(text: str) -> str:
    """The text without addresses, numbers, hashes, keys and rows of people."""
    for personal, instead in _PERSONAL:
        text = personal.sub(instead, text)
    return text
