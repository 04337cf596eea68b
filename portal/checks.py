"""Half a configuration refuses to start, and says what is missing."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

NEEDED = {
    "SECRET_KEY": "a long random string, kept secret: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
    "ALLOWED_HOSTS": "the names the portal is reached by, separated by commas: chibo.example.vn",
    "DATABASE_URL": "postgres://user:password@host:5432/name",
    "REDIS_URL": "redis://host:6379/0",
}


@register(Tags.security)
def configuration_is_whole(app_configs: Any = None, **options: Any) -> Iterable[CheckMessage]:
    if not settings.PRODUCTION:
        return []
    found: list[CheckMessage] = [
        Error(f"{name} is not set.", hint=f"Set {name} in the environment: {hint}", id=f"portal.E{number:03}")
        for number, (name, hint) in enumerate(NEEDED.items(), start=1)
        if not _is_set(name)
    ]
    if settings.DEBUG:
        found.append(Error("PORTAL_DEBUG is on in production.", hint="Remove it.", id="portal.E010"))
    if settings.DEMO:
        found.append(
            Error(
                "PORTAL_DEMO is on in production: its accounts have known passwords.",
                hint="Remove it.",
                id="portal.E011",
            )
        )
    return [*found, *_key_opens()]


def _key_opens() -> Iterable[CheckMessage]:
    """Found out now, and not when the first report is to be signed."""
    if not (settings.SIGNING_FILE or settings.SIGNING_TOKEN):
        return
    from portal.papers.keys import NotSigned, opened_key  # not loaded where nothing is signed

    try:
        with opened_key():
            pass
    except NotSigned as wrong:
        said = "Look at SIGNING_FILE, a PKCS#12 file, or SIGNING_TOKEN, the library of a token; and SIGNING_PASSWORD."
        yield Error(f"The key for signing does not open: {wrong}.", hint=said, id="portal.E012")


def _is_set(name: str) -> bool:
    try:
        return bool(getattr(settings, name))
    except ImproperlyConfigured:  # Django itself minds an empty SECRET_KEY, without saying what to do
        return False


def refuse_half_a_configuration() -> None:
    """Called by the web process and by the workers as they start: system checks alone would not stop them."""
    if errors := [check for check in configuration_is_whole() if isinstance(check, Error)]:
        raise ImproperlyConfigured("\n".join(["The portal does not start:", *(f"  {e.msg} {e.hint}" for e in errors)]))
