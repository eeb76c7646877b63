# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The channels there are: a new one is a class and a line here.

Files for the police's web form and notes by hand are reports as well, but nobody
answers them by program, so they are no channels.
"""

from __future__ import annotations

from .report_channel import ReportChannel
from .soap import UbyportClient

DEFAULT_CHANNEL = "ws"

CHANNELS: dict[str, type[ReportChannel]] = {"ws": UbyportClient}
