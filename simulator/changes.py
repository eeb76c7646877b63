# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the service tells otherwise than documented, because a test ordered it.

A client has to notice a changed description (WSDL) and changed code lists by itself:
the police announce neither through the service.
"""

# The column which names a row of each list.
KEYS = {"Staty": "Kod3", "UcelyPobytu": "Kod2", "Chyby": "Kod2"}
_NO_DATES = {"PlatiOd": None, "PlatiDo": None}
_PARTS = {"rows": list, "without": list, "first": int}


class BadChange(ValueError):
    """The change cannot be ordered; the text says why."""


class Changes:
    """``wsdl`` is a text that replaces ours, or None; ``lists`` what is changed."""

    def __init__(self):
        self.clear()

    def clear(self):
        """Tell everything as documented again."""
        self.wsdl = None
        self._lists = {}

    def order(self, data):
        """Set what is given: ``wsdl`` (a text or null) and ``lists``.

        :param data: ``{"lists": {"Staty": {"rows": [...], "without": [...],
            "first": 3}}}``: rows to add or replace by their key column, keys to leave
            out, and how many rows are told at all.
        :raises BadChange: nothing is set when something is wrong.
        """
        wsdl, wanted = data.get("wsdl", self.wsdl), data.get("lists", {})
        if data.keys() - {"wsdl", "lists"} or not isinstance(wsdl, (str, type(None))):
            raise BadChange("only wsdl (a text or null) and lists can be changed")
        if not isinstance(wanted, dict) or not all(
            map(_is_list_change, wanted.items())
        ):
            raise BadChange(f"a list has {', '.join(_PARTS)}; lists: {', '.join(KEYS)}")
        self.wsdl = wsdl
        self._lists.update(wanted)

    def apply(self, kind, rows):
        """The rows of one list as they are told now."""
        change, key = self._lists.get(kind, {}), KEYS[kind]
        named = {row[key]: row for row in rows}
        for row in change.get("rows", ()):
            named[row[key]] = {**dict.fromkeys(rows[0], ""), **_NO_DATES, **row}
        for name in change.get("without", ()):
            named.pop(name, None)
        return list(named.values())[: change.get("first")]


def _is_list_change(item):
    kind, change = item
    if kind not in KEYS or not isinstance(change, dict):
        return False
    rows = change.get("rows", [])
    return all(
        name in _PARTS and type(value) is _PARTS[name] for name, value in change.items()
    ) and all(isinstance(row, dict) and KEYS[kind] in row for row in rows)
