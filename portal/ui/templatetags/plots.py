"""Charts of portal/ui/plots in a page. Beside each stands a table or a list that says the same."""

from typing import Any

from django import template
from django.urls import reverse

from portal.ui.plots.bars import bars, bullet_picture
from portal.ui.plots.colours import SURFACE, fill_of
from portal.ui.plots.grid import heat_picture
from portal.ui.plots.lines import spark_picture
from portal.ui.plots.stacked import stacked
from portal.ui.plots.strip import strip_plot
from portal.ui.plots.tiles import tile_map

register = template.Library()
for plot in (strip_plot, bars, stacked, tile_map, heat_picture, bullet_picture, spark_picture):
    register.simple_tag(plot)


@register.inclusion_tag("components/dot_key.html")
def dot_key(reached: str = "đạt", near: str = "gần đạt", far: str = "còn xa") -> dict[str, str]:
    """What a disc, a ring and a diamond of the strips mean."""
    tones = {tone: fill_of(tone) for tone in ("ok", "warn", "bad")}
    return {"reached": reached, "near": near, "far": far, "surface": SURFACE, **tones}


WAYS = (("xlsx", "Bảng Excel"), ("pdf", "Bản in"), ("png", "Ảnh"), ("svg", "Hình vẽ nét"))


@register.inclusion_tag("components/block_menu.html")
def block_menu(frame: Any, slug: str, *, title: str, text: str = "Tải về") -> dict[str, Any]:
    """The four ways a part of a dashboard leaves it, as it is looked at now. `title`: of the part, for who hears the page."""
    address, asked, ways = reverse("dashboard_block", args=[frame.place.pk, slug]), frame.asked.copy(), []
    for way, label in WAYS:
        asked["dang"] = way
        ways.append((f"{address}?{asked.urlencode()}", label, way))
    return {"ways": ways, "title": title, "text": text}
