# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Build the development environment, run the demonstration and the tests.

Only the standard library is used until the environment in `.dev/` stands.
"""
