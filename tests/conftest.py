"""What every test may use. The people are those of tests/cast.py."""

from collections.abc import Callable, Iterator

import hypothesis
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from branches.services.rules import load_rules
from branches.summary import kept
from portal.access.actor import Actor
from portal.accounts.models import Account
from tests import databases, pace
from tests.cast import Cast, assemble
from tests.undefined import RaiseOnUndefined


def pytest_configure(config: pytest.Config) -> None:
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = RaiseOnUndefined()
    # on the test's own connection, so that their rows vanish with it
    settings.TRACES_DATABASE = settings.JOBS_DATABASE = "default"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests sign in all day
    pace.read_static_files_once()
    # how fast an example is drawn or run says something of the machine, nothing of the code
    hypothesis.settings.register_profile(
        "portal", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("portal")


def pytest_collection_finish(session: pytest.Session) -> None:
    pace.collect_garbage_seldom()


@pytest.fixture(scope="session", autouse=True)
def assets(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Pages are rendered with the real hashed static files."""
    import fcntl

    settings.VAR.mkdir(parents=True, exist_ok=True)
    with open(settings.VAR / "assets.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        call_command("assets")


@pytest.fixture(scope="session")
def django_db_setup(worker_id: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with django_db_blocker.unblock():
        mine = databases.clone(_empty(), f"test_{worker_id}")
        databases.switch(mine)
        yield
        databases.switch("postgres")
        databases.drop(mine)


def _empty() -> str:
    """As every portal is at its first start: the rules are there, and nobody yet."""
    return databases.template("empty", load_rules, depends_on=databases.RULES)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: pytest.FixtureRequest, worker_id: str) -> Iterator[None]:
    """A database of its own for a test that really commits, and whose other threads and processes must see it."""
    with django_db_blocker.unblock():
        mine = databases.clone(_empty(), f"committed_{worker_id}")
        with databases.using(mine):
            yield
        databases.drop(mine)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What one test has counted, perhaps with a mistake that it put into the code, is not handed to the next."""
    kept.forget_all()


@pytest.fixture
def cast(db: None) -> Cast:
    """The fixed tree and its people; see tests/cast.py."""
    return assemble()


@pytest.fixture
def khoi(cast: Cast) -> Account:
    """An administrator."""
    return cast["khoi"]


@pytest.fixture
def thinh(cast: Cast) -> Account:
    """The secretary of thôn Đông."""
    return cast["thinh"]


@pytest.fixture
def as_khoi(khoi: Account) -> Client:
    return _signed_in(khoi)


@pytest.fixture
def as_thinh(thinh: Account) -> Client:
    return _signed_in(thinh)


@pytest.fixture
def as_mai(cast: Cast) -> Client:
    """The office of the commune: the forms are hers."""
    return _signed_in(cast["mai"])


@pytest.fixture
def sign_in(cast: Cast) -> Callable[[str], Client]:
    """sign_in("thinh"): a browser of that person of the cast."""
    return lambda name: _signed_in(cast[name])


def make_account(*, username: str, full_name: str, password: str = "") -> Account:
    account = Account(username=username, full_name=full_name)
    account.set_password(password or None)
    account.save()
    return account


def actor(account: Account) -> Actor:
    return Actor.today(account)


def _signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client
