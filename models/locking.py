# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


def meet_others(records):
    """Wait for other transactions on these rows before writing secrets or names.

    A write that loses against another transaction is logged by Odoo with its values;
    here the query that loses holds nothing but numbers.
    """
    if records.ids:
        table = SQL.identifier(records._table)
        ids = tuple(sorted(records.ids))
        records.env.execute_query(
            SQL("SELECT id FROM %s WHERE id IN %s FOR NO KEY UPDATE", table, ids)
        )
