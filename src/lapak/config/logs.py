"""What is logged, and how: lines for a person at a terminal, JSON for everything else."""

import sys
from typing import Any

import structlog

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
        _without_controls,
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
                "foreign_pre_chain": described,  # for what is logged with the standard library alone
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *written],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {"lapak": {"level": level}},
    }


def _without_controls(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """What is logged may come from a stranger's file or address; what reads the log may be a terminal."""
    return {key: harmless(value) if isinstance(value, str) else value for key, value in event.items()}
