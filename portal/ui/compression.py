"""Text answers go out as brotli, or gzip where a browser has nothing better: a page weighs a fifth on a weak network.

BREACH guesses a secret from the length of compressed answers that repeat what the attacker sent. The main defence is
Django's: the CSRF token is masked anew on every answer. The second is here: up to 100 random bytes in a block that the
reader's browser skips (a metadata block of RFC 7932, 9.2; in gzip the file name, as Django does), so lengths are noise.
"""

import secrets
from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_string

TOO_SMALL = 500
QUALITY = 4  # dynamic answers: four times quicker than the best, a few per cent larger
MOST_PADDING = 100
TEXT = ("text/", "application/json", "application/javascript", "application/manifest+json", "image/svg+xml")


class Brotli:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.streaming or response.has_header("Content-Encoding") or len(response.content) <= TOO_SMALL:
            return response
        if not response.get("Content-Type", "").startswith(TEXT):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        coding = best_coding(request.headers.get("Accept-Encoding", ""))
        return self._packed(response, coding) if coding else response

    def _packed(self, response: HttpResponse, coding: str) -> HttpResponse:
        pack = {"br": packed_by_brotli, "gzip": packed_by_gzip}[coding]
        response.content = pack(response.content)
        response["Content-Length"] = str(len(response.content))
        response["Content-Encoding"] = coding
        if response.get("ETag", "").startswith('"'):  # these bytes are not those the strong tag was made of
            response["ETag"] = "W/" + response["ETag"]
        return response


def best_coding(accepted: str) -> str | None:
    """The better of the two that the browser takes; “br;q=0” is a no."""
    takes = {}
    for item in accepted.lower().split(","):
        coding, _, weight = item.strip().partition(";")
        takes[coding.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((coding for coding in ("br", "gzip") if takes.get(coding)), None)


def packed_by_brotli(text: bytes) -> bytes:
    compressor = brotli.Compressor(mode=brotli.MODE_TEXT, quality=QUALITY)
    whole = compressor.process(text) + compressor.flush()  # flushed: what follows begins on a whole byte
    return whole + padding() + compressor.finish()


def packed_by_gzip(text: bytes) -> bytes:
    return compress_string(text, max_random_bytes=MOST_PADDING)


def padding() -> bytes:
    """A metadata block: 0 (not the last), 11 (metadata), 0 (reserved), 01 (its length takes one byte), length - 1."""
    length = 1 + secrets.randbelow(MOST_PADDING)
    head = 0b010110 | (length - 1) << 6
    return head.to_bytes(2, "little") + secrets.token_bytes(length)
