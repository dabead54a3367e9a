"""Commissions, as the operator sees them; and one held for review, then let go or denied."""

import uuid
from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.forms import BaseDialogForm
from unfold.widgets import UnfoldAdminTextInputWidget

from lapak.affiliates.models import Commission
from lapak.flows.review_commission import deny_commission, freeze_commission, release_commission
from lapak.lib.inspection import Inspection, as_label, in_idr
from lapak.lib.refusal import Refusal
from lapak.people.users.models import User


class ReasonForm(BaseDialogForm):  # type: ignore[misc]  # unfold carries no types
    """Why a commission is held, or denied."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("The creator reads it."), widget=UnfoldAdminTextInputWidget
    )


@admin.register(Commission)
class CommissionAdmin(Inspection):
    list_display = ["line", "creator", "amount", "rate_bp", "state_label", "attribution", "created_at"]
    list_filter = ["state", "attribution"]
    list_select_related = ["line", "creator"]
    search_fields = ["=order_id", "creator__handle"]
    ordering = ["-created_at"]
    fields = [
        "line", "order_id", "creator", "link", "programme", "attribution", "base", "rate_bp", "amount", "state", "reason",
        "click_id", "clicked_at", "created_at", "settled_at", "credited_at",
    ]  # fmt: skip
    readonly_fields = ["base", "amount"]
    actions_detail = ["freeze", "release", "deny"]
    amount = in_idr("amount_idr", _("commission"))
    base = in_idr("base_idr", _("base"))
    state_label = as_label("state", _("state"))

    @action(  # type: ignore[untyped-decorator]
        description=_("Hold for review"),
        icon="pause",
        dialog={
            "title": _("Hold for review"),
            "description": _("It leaves the creator's balance until it is let go."),
            "form_class": ReasonForm,
            "form_submit_text": _("Hold"),
        },
    )
    def freeze(self, request: HttpRequest, form: ReasonForm, object_id: str) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        return self._after(request, object_id, lambda by: freeze_commission(by, uuid.UUID(object_id), reason))

    @action(  # type: ignore[untyped-decorator]
        description=_("Let go"),
        icon="play_arrow",
        dialog={
            "title": _("Let go"),
            "description": _("The review found nothing: the commission goes its way again."),
            "form_submit_text": _("Let go"),
        },
    )
    def release(self, request: HttpRequest, form: BaseDialogForm, object_id: str) -> HttpResponse:  # noqa: ARG002
        return self._after(request, object_id, lambda by: release_commission(by, uuid.UUID(object_id)))

    @action(  # type: ignore[untyped-decorator]
        description=_("Deny"),
        icon="block",
        dialog={
            "title": _("Deny"),
            "description": _("The review found fraud: the creator gets nothing, and the money is the shop's again."),
            "form_class": ReasonForm,
            "form_submit_text": _("Deny"),
        },
    )
    def deny(self, request: HttpRequest, form: ReasonForm, object_id: str) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        return self._after(request, object_id, lambda by: deny_commission(by, uuid.UUID(object_id), reason))

    def _after(self, request: HttpRequest, object_id: str, act: Callable[[User], object]) -> HttpResponse:
        """Do it in the operator's name; what is refused is said on the commission's page."""
        assert isinstance(request.user, User)  # noqa: S101 - the site has seen to it
        try:
            act(request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Done."))
        page = reverse("admin:affiliates_commission_change", args=[object_id])
        # unfold's dialog asks by htmx, which would put a redirected page into the dialog.
        return HttpResponse(headers={"HX-Redirect": page}) if "HX-Request" in request.headers else redirect(page)
