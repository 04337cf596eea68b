from datetime import date

import pytest

from branches.models import Month
from branches.services.terms import open_term
from tests.branches.registers import D
from tests.cast import Cast
from tests.ripples import OCTOBER


@pytest.fixture
def book(cast: Cast) -> Cast:
    """Two terms of Đảng ủy xã Phú Lương: up to D − 1, and from D on."""
    open_term(organisation=cast.phu_luong, name="nhiệm kỳ 2020–2025", since=date(2020, 6, 1), by=cast.actor("mai"))
    open_term(organisation=cast.phu_luong, name="nhiệm kỳ 2025–2030", since=D, by=cast.actor("mai"))
    return cast


@pytest.fixture
def month(cast: Cast) -> Month:
    """What chi bộ thôn Đông had in October."""
    return Month.everything.create(organisation=cast.dong, month=OCTOBER, strength=20)
