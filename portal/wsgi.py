"""The web process."""

import os

from django.core.wsgi import get_wsgi_application

from portal.checks import refuse_half_a_configuration
from portal.machine.room import with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = with_room(get_wsgi_application())
refuse_half_a_configuration()
