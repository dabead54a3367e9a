"""What a buyer fills in about a return."""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapak.lib.number_fields import CountField, RupiahField
from lapak.trade.orders.models import OrderLine
from lapak.trade.returns.models import Return
from lapak.web.shell.forms import PICTURES, RadioCards, ReturnPicturesField
from lapak.web.shop.account_forms import RefundAccountForm

YES, NO = "yes", "no"


class ReturnForm(forms.Form):
    """How many pieces of each line go back, why, whether they are sent, and where the money goes (`account`, of who has none)."""

    reason = forms.ChoiceField(label=_("What is the matter?"), widget=RadioCards())
    words = forms.CharField(
        label=_("In your own words"),
        max_length=1000,
        help_text=_("The shop reads it, and Lapak if you two disagree."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    pictures = ReturnPicturesField(required=False)
    goods_come_back = forms.TypedChoiceField(
        label=_("And the goods?"),
        choices=[(YES, _("I send them back")), (NO, _("There is nothing to send back"))],
        coerce=lambda value: value == YES,
        initial=YES,
        widget=RadioCards(
            texts={
                YES: _("The shop looks at them, then you are refunded."),
                NO: _("They never came, or are beyond use. If the shop agrees, you are refunded at once."),
            }
        ),
    )

    def __init__(
        self,
        *args: Any,
        lines: Iterable[OrderLine],
        reasons: Iterable[str],
        account: RefundAccountForm | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        reason: Any = self.fields["reason"]
        reason.choices = [(name, label) for name, label in Return.Reason.choices if name in reasons]
        self.lines = [line for line in lines if line.remaining_quantity]
        is_single_piece = sum(line.remaining_quantity for line in self.lines) == 1
        for line in self.lines:
            self.fields[_pieces_of(line)] = CountField(
                label=line.title, max_value=line.remaining_quantity, initial=int(is_single_piece)
            )

    def is_valid(self) -> bool:
        """The bank account's part is looked at too, so that whatever is wrong is said at once."""
        is_account_right = self.account is None or self.account.is_valid()
        return super().is_valid() and is_account_right

    def line_fields(self) -> Iterator[tuple[OrderLine, forms.BoundField]]:
        """Each line with its quantity."""
        for line in self.lines:
            yield line, self[_pieces_of(line)]

    @property
    def bank_account(self) -> dict[str, Any] | None:
        """Where a refund is to be sent, if it was asked for and said."""
        return self.account.named if self.account else None

    @property
    def quantities(self) -> dict[uuid.UUID, int]:
        """Pieces by line, of the lines that go back."""
        chosen = {line.id: self.cleaned_data[_pieces_of(line)] for line in self.lines}
        return {line_id: pieces for line_id, pieces in chosen.items() if pieces}


class SendBackForm(forms.Form):
    """Who carries the goods, and under which number."""

    courier = forms.CharField(
        label=_("Courier"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "couriers", "autocomplete": "off"}),
    )
    tracking_number = forms.CharField(
        label=_("Tracking number"),
        max_length=40,
        help_text=_("From the courier's receipt. Keep the receipt until you are refunded."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    way_back_idr = RupiahField(label=_("What sending it back cost"), min_value=0, required=False)
    receipt = forms.FileField(
        label=_("Picture of the receipt"),
        required=False,
        widget=forms.FileInput(attrs={"accept": PICTURES}),
    )

    @property
    def parcel(self) -> dict[str, Any]:
        """As `send_back` takes it."""
        receipt = self.cleaned_data["receipt"]
        return {
            "courier": self.cleaned_data["courier"],
            "tracking_number": self.cleaned_data["tracking_number"],
            "way_back_idr": self.cleaned_data["way_back_idr"] or 0,
            "receipt": receipt.read() if receipt else None,
        }


class EscalateForm(forms.Form):
    """Why the shop's refusal is not accepted."""

    words = forms.CharField(
        label=_("Why should you be refunded all the same?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


def _pieces_of(line: OrderLine) -> str:
    return f"pieces_{line.id.hex}"
