"""Criteria as the portal brings them along, and a meeting that was held."""

import pytest

from meetings.models import (
    Meeting,
)
from meetings.services.criteria import load_criteria
from tests.cast import Cast
from tests.meetings.meetings import held, meeting_of, people_of


@pytest.fixture(autouse=True)
def sets(cast: Cast) -> None:
    load_criteria()


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    people_of(cast.dong, 4)
    return held(meeting_of(cast.dong))
