# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest
from engine_police import LOGIN, PASSWORD
from hypothesis import settings

# A busy machine is slow now and then, which is no fault of the code.
settings.register_profile("engine", deadline=None, max_examples=500)
settings.load_profile("engine")


@pytest.fixture(autouse=True)
def accounts(tmp_path, monkeypatch):
    """The accounts that the little police of these tests knows."""
    path = tmp_path / "accounts"
    path.write_text(f"EXRESORTMV:{LOGIN}:{PASSWORD}\n")
    monkeypatch.setenv("NTLM_USER_FILE", str(path))
