"""What pages know of the reader's own settings."""

from django.http import HttpRequest

TEXT_SIZES = (100, 125, 150)
TEXT_SIZE_COOKIE = "co-chu"


def text_size(request: HttpRequest) -> int:
    """The account's choice; before sign-in, this device's."""
    account = getattr(request, "user", None)
    if account is not None and account.is_authenticated:
        return account.text_size
    chosen = request.COOKIES.get(TEXT_SIZE_COOKIE, "")
    return int(chosen) if chosen in map(str, TEXT_SIZES) else 100


def reader(request: HttpRequest) -> dict[str, int]:
    return {"text_size": text_size(request)}
