"""What people paste from Word and from mails: its words, without its markup."""

import html
import re

from portal.words.text import nfc

_MARKUP = re.compile(
    r"</?(?:html|head|body|meta|link|p|span|div|br|b|i|u|s|em|strong|font|a|ul|ol|li|h[1-6]|table|tbody|thead|tr|td|th|col"
    r"|sup|sub|style|xml|center|hr|img|pre|[a-z0-9]+:[\w-]+)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"<!--.*?-->|<(style|xml|script|head)\b[^>]*>.*?</\1\s*>|<!\[[^\]]*\]>", re.IGNORECASE | re.DOTALL)
_BREAKS = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6]|tr)\s*>", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff]")


def plain(text: str) -> str:
    """“< 90 %” stays what it is; `<p class=MsoNormal>` goes, and a paragraph becomes a line."""
    text = text.encode("utf-8", "ignore").decode()  # half of an emoji is nothing that can be stored
    if _MARKUP.search(text) or _UNSEEN.search(text):
        text = html.unescape(_MARKUP.sub("", _BREAKS.sub("\n", _UNSEEN.sub("", text))))
    text = _CONTROLS.sub("", nfc(text).replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def plain_line(text: str) -> str:
    return " ".join(plain(text).split())
