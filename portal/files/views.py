import logging
import uuid

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.access.views import ActorRequest, signed_in
from portal.files import shelf
from portal.files.answers import handed_out
from portal.files.doors import may_read
from portal.files.models import StoredFile
from portal.files.traces import downloaded

log = logging.getLogger(__name__)


@require_safe
@signed_in
def download(request: ActorRequest, pk: uuid.UUID) -> HttpResponseBase:
    """?xem=1 shows a photo or a PDF in the browser; all else is saved. What one may not read is not there."""
    file = get_object_or_404(StoredFile.objects.everywhere(reason="its door says who may read it"), pk=pk)
    if not may_read(request.actor, file):
        raise Http404
    if not shelf.is_there(file.path):
        log.error("a file vanished from the store", extra={"file": str(file.pk)})
        raise Http404
    if request.method == "GET":
        downloaded(request.actor, file)
    return handed_out(file, shown=request.GET.get("xem") == "1")
