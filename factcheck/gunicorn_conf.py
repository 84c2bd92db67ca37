"""How the workbench is served: ``python -m gunicorn --config factcheck/gunicorn_conf.py factcheck.wsgi``."""

import os

from factcheck import environment as env
from factcheck import logs

bind = f"{env.text('HOST', '127.0.0.1')}:{env.whole('PORT', 8000, 1, 65535)}"
workers = env.whole("WEB_WORKERS", 2, 1, 64)
worker_class = "gthread"
threads = env.whole("WEB_THREADS", 8, 1, 64)
timeout = 60
graceful_timeout = 5
keepalive = 5
# Heartbeats are touched every second: in memory where there is such a place, because a slow disk stops them.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
control_socket_disable = True
logconfig_dict = logs.configure(
    env.choice("LOG_FORMAT", "auto", ["auto", "json", "console"]),
    env.choice("LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR"]),
)
logconfig_dict["loggers"]["gunicorn.error"] = {"level": "INFO", "handlers": [], "propagate": True}
# Each request is logged by factcheck.middleware.RequestLog.
logconfig_dict["loggers"]["gunicorn.access"] = {"level": "WARNING", "handlers": [], "propagate": False}


def post_worker_init(worker: object) -> None:
    """Each worker process loads what it needs before it takes its first request."""
    from factcheck import warm  # needs the settings, which the application has loaded by now

    warm.up()
