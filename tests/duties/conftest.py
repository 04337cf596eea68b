import pytest

from portal.duties import rules

# What is due with branches as the cast has them, which have neither officers nor tasks: asked for where it is meant.
OF_EVERY_BRANCH = ("giao-nhiem-vu", "nhiem-vu-nguoi-moi", "khuyet-bi-thu")
OF_MEETINGS = (
    "hop-thuong-ky",
    "hop-chuyen-de",
    "gui-ke-hoach-chuyen-de",
)  # nobody meets here; tests/meetings walks them
OF_REPORTS = ("gui-chi-bo-thang", "gui-chi-bo-nam", "gui-xa-thang", "gui-xa-quy", "gui-xa-nua-nam", "gui-xa-nam")


@pytest.fixture(autouse=True)
def few_rules(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without those, unless the test asks for `every_rule`."""
    always = (*OF_MEETINGS, *OF_REPORTS)  # tests/reports walks the latter
    out = always if "every_rule" in request.fixturenames else (*OF_EVERY_BRANCH, *always)
    monkeypatch.setattr(rules, "_duties", {code: duty for code, duty in rules._duties.items() if code not in out})


@pytest.fixture
def every_rule() -> None:
    """A test that wants the rules of every branch as well."""
