"""Components every page has. A component is a typed function, whose parameters are all that its template knows, and one
template of the same name: an unknown or a missing parameter is an error when the page is compiled."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.contrib.messages import constants
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from portal.ui.icons import draw_icon
from portal.words.quantities import weekday

register = template.Library()
TONES = ("ok", "warn", "bad", "info", "mute")
TONE_ICONS = {"ok": "check-circle", "warn": "info", "bad": "alert", "info": "info", "mute": "info"}


def drawn(component: str, facts: dict[str, Any]) -> SafeString:
    return render_to_string(f"components/{component}.html", facts)


@register.simple_tag
def icon(name: str, *, size: str = "") -> SafeString:
    """`size`: sm, lg, inline. Always beside a word."""
    return draw_icon(name, f"icon--{size}" if size else "")


@register.inclusion_tag("components/button.html")
def button(
    text: str,
    *,
    url: str = "",
    kind: str = "",
    icon: str = "",
    icon_after: str = "",
    small: bool = False,
    wide: bool = False,
    name: str = "",
    value: str = "",
    dialog: str = "",
    blocked: str = "",
) -> dict[str, Any]:
    """A link when it has a `url`, else it submits its form. `kind`: primary (one a screen) or quiet.

    `dialog`: id of the dialog that it opens where there is JavaScript; elsewhere its `url` is a page that does the same.
    `blocked`: why it cannot be used now. No button is grey without saying why.
    """
    return locals()


@register.inclusion_tag("components/badge.html")
def badge(tone: str, icon: str, text: str) -> dict[str, Any]:
    """Status: colour, sign and words, always all three. `tone`: ok, warn, bad, info, mute."""
    return locals()


@register.inclusion_tag("components/leaf.html")
def leaf(day: date, *, quiet: bool = False) -> dict[str, Any]:
    """Calendar leaf; red for what is next, `quiet` for what is later."""
    return {"day": day, "quiet": quiet, "weekday": weekday(day)}


@register.simple_block_tag
def panel(
    content: SafeString,
    *,
    title: str = "",
    lead: str = "",
    foot: str = "",
    level: int = 2,
    id: str = "",
    link: str = "",
    link_url: str = "",
    flush: bool = False,
) -> SafeString:
    """A sheet of paper. `flush`: rows or a table that reach its edges; otherwise text with a margin."""
    return drawn("panel", locals())


@register.simple_block_tag
def masthead(
    content: SafeString,
    *,
    title: str,
    over: str = "",
    lead: str = "",
    crumbs: Iterable[tuple[str, str]] = (),
    back: str = "",
    back_url: str = "",
    badge: SafeString | str = "",
) -> SafeString:
    """Where am I, one sentence of fact, and between the tags the one action. `crumbs` come from `trail`."""
    return drawn("masthead", locals())


@register.simple_tag
def trail(*steps: str) -> list[tuple[str, str]]:
    """{% trail "Trợ giúp" "help" "Điểm danh" as crumbs %}: texts and addresses (or names of addresses) in turn.

    The last text, without an address, is the page itself.
    """
    pairs = zip(steps[::2], [*steps[1::2], ""], strict=False)
    return [(text, place if not place or place.startswith(("/", "#")) else reverse(place)) for text, place in pairs]


@register.inclusion_tag("components/section_head.html")
def section_head(
    title: str, *, lead: str = "", link: str = "", link_url: str = "", level: int = 2, id: str = ""
) -> dict[str, Any]:
    """A heading over panels, with at most one link beside it."""
    return locals()


@register.simple_block_tag
def notice(content: SafeString, *, tone: str = "info", icon: str = "", title: str = "") -> SafeString:
    """Something to know, that stays. A first sentence in bold is the `title`."""
    icon = icon or TONE_ICONS[tone]
    return drawn("notice", locals())


@register.inclusion_tag("components/message_list.html")
def message_list(messages: Iterable[Any]) -> dict[str, Any]:
    """What has just happened. A message stays until it is closed."""
    tones = {constants.SUCCESS: "ok", constants.WARNING: "warn", constants.ERROR: "bad"}
    said = [(message, tone := tones.get(message.level, "info"), TONE_ICONS[tone]) for message in messages]
    return {"messages": said}


@register.simple_block_tag
def empty_state(
    content: SafeString, *, title: str, text: str = "", filtered: bool = False, level: int = 3
) -> SafeString:
    """Nothing here: why, and between the tags the one next step. `filtered`: nothing matches what was sought."""
    return drawn("empty_state", locals())


@register.inclusion_tag("components/help_strip.html")
def help_strip(title: str, *, detail: str, url: str, link: str, icon: str = "phone") -> dict[str, Any]:
    """Who helps, at the end of a page: “Cần giúp? Gọi …”, the number as a link, and when."""
    return locals()


@register.simple_block_tag
def dialog(content: SafeString, *, id: str, title: str) -> SafeString:
    """A native dialog. What opens it carries `dialog=id` and is, without JavaScript, a link to a page of its own."""
    return drawn("dialog", locals())


@register.inclusion_tag("components/text_size_switch.html", takes_context=True)
def text_size_switch(context: RequestContext) -> dict[str, Any]:
    """Letters at 100, 125 or 150 %. Works before sign-in too."""
    sizes = [(100, "Cỡ chữ thường"), (125, "Cỡ chữ lớn"), (150, "Cỡ chữ rất lớn")]
    here = context.request.get_full_path() if context.request.method == "GET" else ""
    current = int(context.get("text_size") or 100)
    return {"sizes": sizes, "current": current, "here": here, "csrf_token": context.get("csrf_token")}
