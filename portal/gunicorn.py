"""How the web process runs: `gunicorn --config python:portal.gunicorn portal.wsgi`, the same here and in the container."""

import os
from pathlib import Path

bind = os.environ.get("PORTAL_BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "16"))  # doors: portal/watch/lanes.py
raw_env = [f"PAGES_AT_ONCE={os.environ.get('PAGES_AT_ONCE', '4')}"]  # in each process
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 50_000  # a leak in a library does not grow for ever; open dashboards ask a hundred times a second
max_requests_jitter = 5_000
SHARED_MEMORY = "/dev/shm"  # noqa: S108  heartbeats do not wait for a disk
worker_tmp_dir = SHARED_MEMORY if Path(SHARED_MEMORY).is_dir() else None
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
preload_app = False
