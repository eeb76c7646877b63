# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the addon costs, measured against the same thing without it (README.md)."""
