# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where everything lies. All that is built goes below `.dev/`, ignored by git."""

import hashlib
import os
from pathlib import Path

ADDON = "hotel_ubyport"
ROOT = Path(__file__).resolve().parent.parent
DEV = ROOT / ".dev"
CACHE = DEV / "cache"
LOGS = DEV / "log"
STAMPS = DEV / "stamps"
VENV = DEV / "venv"
PYTHON = VENV / "bin" / "python"
ADDONS = DEV / "addons"
ADDON_LINK = ADDONS / ADDON
DATA_DIR = DEV / "odoo_data"


def outside_folder() -> Path:
    """A folder for what cannot live in the checkout (another user must enter it)."""
    mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
    return Path("/var/tmp") / f"hotel_ubyport-{os.getuid()}-{mark}"
