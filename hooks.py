# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

CODE_LISTS = ("ubyport.country", "ubyport.purpose", "ubyport.error")


def post_init_hook(env):
    """The service's own lists win over the shipped ones, also after an upgrade."""
    env["ir.model.data"].search(
        [("module", "=", "hotel_ubyport"), ("model", "in", CODE_LISTS)]
    ).noupdate = True
