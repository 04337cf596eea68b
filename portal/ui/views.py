"""What belongs to the frame: the style guide, and what a phone needs to open the portal without a network."""

import hashlib
import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.style_guide import DemoForm, sample_facts

NEEDED_OFFLINE = [
    "css/portal.css",
    "css/pages/door.css",
    "icons/portal.svg",
    "icons/sprite.svg",
    "fonts/be-vietnam-pro-400.woff2",
    "fonts/be-vietnam-pro-600.woff2",
]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_STYLE_GUIDE)
def style_guide(request: ActorRequest) -> HttpResponse:
    """Every component in every state. Its form is checked like any other, and saves nothing."""
    form = DemoForm(request.POST or None, request.FILES or None)
    accepted = form.is_bound and form.is_valid()
    return render(request, "ui/style_guide.html", {"form": form, "accepted": accepted, **sample_facts()})


@require_safe
@login_not_required
@cache_control(no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """Kept by the service worker, shown when a page cannot be reached. The same for everybody."""
    return HttpResponse(render_to_string("ui/offline.html"))


@require_safe
@login_not_required
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Served from the root, for it may only look after what lies beside or below it. New files, new version."""
    page, files = reverse("offline"), [static(name) for name in NEEDED_OFFLINE]
    kept = hashlib.sha256("".join([render_to_string("ui/offline.html"), *files]).encode()).hexdigest()[:12]
    facts = {"version": f"portal-{kept}", "page": page, "files": files, "folder": settings.STATIC_URL}
    script = f"self.portal = {json.dumps(facts)};\nimportScripts({json.dumps(static('js/service-worker.js'))});\n"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Service-Worker-Allowed": "/"})


@require_safe
@login_not_required
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone shows when the portal is put on its first screen."""
    icons = [
        {"src": static("icons/portal.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        {"src": static("icons/portal-mask.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "maskable"},
    ]
    facts = {"name": "Cổng sinh hoạt chi bộ", "short_name": "Chi bộ", "lang": "vi", "id": "/", "start_url": "/"}
    colours = {"theme_color": "#9B1C1F", "background_color": "#F8F4EB"}
    return JsonResponse(
        {**facts, **colours, "display": "standalone", "icons": icons}, content_type="application/manifest+json"
    )
