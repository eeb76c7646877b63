# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError

# An object cannot travel through RPC, so nobody outside this code can hold it.
EVIDENCE_WRITER = object()


class UbyportEvidenceMixin(models.AbstractModel):
    """Records which prove what was reported: only the sender's code may write them."""

    _name = "ubyport.evidence.mixin"
    _description = "Append-only evidence"

    def _as_evidence_writer(self):
        """Return these records, open for writing by our own code (as superuser)."""
        return self.sudo().with_context(ubyport_evidence_writer=EVIDENCE_WRITER)

    def _check_evidence_writer(self):
        if self.env.context.get("ubyport_evidence_writer") is not EVIDENCE_WRITER:
            raise AccessError(
                self.env._(
                    "What was reported to the police is evidence: it can be neither "
                    "created, changed nor deleted by hand."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_evidence_writer()
        return super().create(vals_list)

    def write(self, vals):
        self._check_evidence_writer()
        return super().write(vals)

    def unlink(self):
        self._check_evidence_writer()
        return super().unlink()
