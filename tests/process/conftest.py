# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest

from tools.crash_hotel import open_hotel


@pytest.fixture(scope="session")
def one_hotel():
    with open_hotel() as opened:
        yield opened


@pytest.fixture
def hotel(one_hotel):
    """The hotel; whatever a test does in it, no log may name a guest."""
    one_hotel.mark_log()
    yield one_hotel
    one_hotel.police.heal()
    assert one_hotel.leaked_log_lines() == []
