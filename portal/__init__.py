"""The portal's frame: settings and URLs on the roof, the ground-floor packages below, dashboards and reports above the apps.

Floors and what lives where: docs/architecture.md. Importing the Celery app here is what binds `shared_task` to it.
"""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
