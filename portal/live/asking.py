"""Pages that stand open ask by themselves. That is nobody's visit: it keeps no session alive, and nothing is new for having been asked."""

from django.http import HttpRequest

HEADER = "X-Asked-By-Itself"  # as static/js/live.js sends it


def asked_by_itself(request: HttpRequest) -> bool:
    return HEADER in request.headers
