from dataclasses import asdict

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.watch.health import examine


@require_safe
@never_cache
@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """For the proxy and the operator; says nothing of what is inside."""
    found = examine()
    return JsonResponse({"serves": found.serves, **asdict(found)}, status=200 if found.serves else 503)
