# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The protocol of the Czech foreign police's service Ubyport, in plain Python.

This package knows no Odoo, no database and no clock. Import the module that is
needed (``records``, ``rules``, ``wire``, ``soap``, ``verdict``, ``receipt``,
``deadline``, and for the Ministry of the Interior ``invalid_documents``):
importing the package alone loads nothing.
"""
