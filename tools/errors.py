# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The one exception of the tools, and the shortest way to raise it."""


class ToolError(Exception):
    """Something a person has to know or do; the text is one clear sentence."""


def expect(condition, otherwise: str) -> None:
    """Stop with these words unless a condition holds."""
    if not condition:
        raise ToolError(otherwise + ".")
