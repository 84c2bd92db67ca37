"""Logs: one line an event, as JSON for machines or coloured for people, from every library through one chain.

Bind what a line is about once, and every later line of the same request or task carries it::

    structlog.contextvars.bind_contextvars(document=str(document.id), article=article.id)
"""

from __future__ import annotations

import sys
from typing import Any

import structlog


def wanted_format(asked: str) -> str:
    """``json`` or ``console``: as asked, or ``console`` where a person watches."""
    if asked != "auto":
        return asked
    return "console" if sys.stderr.isatty() else "json"


def configure(log_format: str, level: str) -> dict[str, Any]:
    """Set structlog up and give back the LOGGING setting that sends everybody else's lines the same way."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    if wanted_format(log_format) == "json":
        last: list[Any] = [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ]
    else:
        last = [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "chain": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*shared, structlog.stdlib.ExtraAdder()],
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "chain"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handlers mail and print a second time; its lines go to the root like all others.
            "django": {"level": "INFO", "handlers": [], "propagate": True},
            # Refused requests are in RequestLog's lines already; what is left are errors with their
            # traceback.
            "django.request": {"level": "ERROR"},
            "django.server": {"level": "INFO", "handlers": [], "propagate": True},
            # A line per task received and sent is noise beside our own lines about documents.
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},
            "kombu": {"level": "WARNING"},
            # The URLs that these two log may hold what must not be logged.
            "urllib3": {"level": "WARNING"},
            "trafilatura": {"level": "WARNING"},
        },
    }
