# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest
from simulator_caller import TEST, TODAY, Caller, Control

from simulator.police import Simulator


@pytest.fixture
def police():
    """A running simulator of its own for each test; its day is TODAY."""
    with Simulator() as running:
        Control(running.url).post("clock", today=TODAY)
        yield running


@pytest.fixture
def caller(police):
    return Caller(police.url)


@pytest.fixture
def pension(police):
    return Caller(police.url, r"EXRESORTMV\uby-ws34demo", "Lipa2026")


@pytest.fixture
def test_service(police):
    return Caller(police.url, path=TEST)


@pytest.fixture
def control(police):
    return Control(police.url)
