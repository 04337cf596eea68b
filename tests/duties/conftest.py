import pytest

from portal.duties import rules

# What is due with branches as the cast has them, which have neither officers nor tasks: asked for where it is meant.
OF_EVERY_BRANCH = ("giao-nhiem-vu", "nhiem-vu-nguoi-moi", "khuyet-bi-thu")


@pytest.fixture(autouse=True)
def few_rules(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without those, unless the test asks for `every_rule`."""
    if "every_rule" not in request.fixturenames:
        kept = {code: duty for code, duty in rules._duties.items() if code not in OF_EVERY_BRANCH}
        monkeypatch.setattr(rules, "_duties", kept)


@pytest.fixture
def every_rule() -> None:
    """A test that wants the rules of every branch as well."""
