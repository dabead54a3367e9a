"""What the tax on commissions refuses."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import NotFound, Unfit


class TaxNumberInvalid(Unfit):
    code = "tax_number_invalid"
    field = "number"
    message = _("A NIK or NPWP has 16 digits. A company may also give the 15 of its former NPWP.")


class TaxNameMissing(Unfit):
    code = "tax_name_missing"
    field = "name"
    message = _("Write the name as it stands on the identity card or in the company's deed.")


class SlipNotFound(NotFound):
    """There is no such slip, or it is another's."""

    code = "slip_not_found"
    message = _("There is no such withholding slip.")
