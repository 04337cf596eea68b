import pytest

from members.models import Member
from tests.cast import Cast
from tests.members.people import on_the_roll


@pytest.fixture
def po(cast: Cast) -> Member:
    """Quàng Văn Pó of chi bộ thôn Đông, a full member since 2002."""
    return on_the_roll(cast.dong, "Quàng Văn Pó")
