# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Papers of the hotel as PDF, drawn by reportlab: no wkhtmltopdf is needed."""
