"""Commissions, as the operator sees them; and one held for review, then let go or to be denied."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.decorators import action

from lapak.affiliates.explained import why_paid
from lapak.affiliates.models import Commission
from lapak.flows.review_commission import deny_commission, freeze_commission, release_commission
from lapak.lib.money import format_idr
from lapak.lib.written import LONGEST_NOTE
from lapak.web.shell.acts import accepted, signed_in
from lapak.web.shell.question import Question, is_sure
from lapak.web.staff.desk_forms import DeskForm
from lapak.web.staff.inspection import Inspection, as_label, as_order, in_idr, in_percent
from lapak.web.staff.question import question_page


class ReasonForm(DeskForm):
    """Why a commission is held, or denied."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_NOTE, help_text=_("The creator reads it."))


def _review(
    act: Callable[..., object],
    title: Promise,
    asks: Promise,
    *,
    icon: str,
    form_class: type[DeskForm] = DeskForm,
) -> Callable[..., HttpResponse]:
    """A button on a commission's page that asks first, then acts in the operator's name."""

    def review(self: "CommissionAdmin", request: HttpRequest, object_id: str) -> HttpResponse:
        commission = self.get_object(request, object_id)
        if commission is None:
            raise Http404
        back = reverse("admin:affiliates_commission_change", args=[object_id])
        words = {
            "amount": format_idr(commission.amount_idr),
            "creator": commission.creator,
            "shop": commission.shop.name,
        }
        question = Question(str(asks) % words, back)
        form = form_class(request.POST if is_sure(request, question) else None)
        if not accepted(form, lambda: act(signed_in(request), commission.pk, **form.cleaned_data)):
            return question_page(request, question, form)
        messages.success(request, _("Done."))
        return redirect(back)

    review.__name__ = act.__name__.removesuffix("_commission")  # and so is its address
    button: Callable[..., HttpResponse] = action(description=title, icon=icon)(review)
    return button


@admin.register(Commission)
class CommissionAdmin(Inspection):
    list_display = ["line", "creator", "amount", "rate", "state_label", "attribution", "created_at"]
    list_filter = ["state", "attribution"]
    list_select_related = ["line", "creator"]
    search_fields = ["=order_id", "creator__handle"]
    ordering = ["-id"]
    fields = [
        "line", "of_order", "creator", "link", "programme", "attribution", "base", "rate", "why", "amount", "state", "reason",
        "frozen_at", "click_id", "clicked_at", "created_at", "settled_at", "credited_at",
    ]  # fmt: skip
    readonly_fields = ["of_order", "base", "rate", "why", "amount"]
    actions_detail = ["freeze", "release", "deny"]
    amount = in_idr("amount_idr", _("commission"))
    base = in_idr("base_idr", _("base"))
    rate = in_percent("rate_bp", pgettext_lazy("column", "rate"))
    of_order = as_order("order_id")
    state_label = as_label("affiliates.commission", _("state"))

    @admin.display(description=_("why so much"))
    def why(self, commission: Commission) -> str:
        """The decision of then, in a sentence."""
        return why_paid(commission)

    freeze = _review(
        freeze_commission,
        _("Hold for review"),
        _("Hold the %(amount)s of %(creator)s for review? Until it is let go it is in no balance."),
        icon="pause",
        form_class=ReasonForm,
    )
    release = _review(
        release_commission,
        _("Let go"),
        _("Let the %(amount)s of %(creator)s go? The review found nothing."),
        icon="play_arrow",
    )
    deny = _review(
        deny_commission,
        _("Deny"),
        _(
            "Deny %(creator)s the %(amount)s? The review found fraud, and the money goes back to who paid it, once the creator "
            "has not objected in time, or another operator has decided."
        ),
        icon="block",
        form_class=ReasonForm,
    )
