"""The operator's site: unfold's admin behind Lapak's own sign-in, with a first page of its own, the payout desk and the
return desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from lapak.web.shell.acts import signed_in
from lapak.web.shell.second_factor import asks_second_factor, is_proven, second_factor_again
from lapak.web.staff.desks import require_page

LOOSER_POLICY = {"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE]}
"""unfold's pages carry their colours in a <style> and their behaviour in attributes that Alpine evaluates; neither can be
had without these two words. They hold for the operator's pages alone: every other page keeps the strict policy, nothing
from another site is allowed here either, and what users wrote is escaped as everywhere."""


DISPUTE = "money-desk/dispute/<uuid:dispute_id>"
BREACH = "breach-desk/<uuid:breach_id>"
CASE = "moderation-desk/<uuid:case_id>"
FINDING = "integrity-desk/<uuid:finding_id>"
REVIEW = "review-desk/<uuid:review_id>"
PAST_REVIEW = "review-desk/from-elsewhere/<int:review_id>"
CLOSING = "integrity-desk/accounts/<uuid:closing_id>"


class OperatorSite(UnfoldAdminSite):  # type: ignore[misc]  # unfold carries no types
    """For the staff only, with their second factor: a visitor signs in first, and for any other user the site does not exist."""

    index_template = "staff/index.html"
    index_title = _("Overview")
    empty_value_display = "–"

    def admin_view(
        self, view: Callable[..., HttpResponseBase], cacheable: bool = False
    ) -> Callable[..., HttpResponseBase]:
        guarded = csp_replace(LOOSER_POLICY)(super().admin_view(view, cacheable))

        @wraps(view)
        def for_staff(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.user.is_staff:
                raise Http404
            if not is_proven(request):
                return asks_second_factor(request)
            require_page(request, signed_in(request))
            return guarded(request, *args, **kwargs)

        return for_staff

    def money_view(self, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        """What is posted there moves money, or says where it goes: the second factor is shown once more before."""
        return self.admin_view(second_factor_again(view))

    def private_view(self, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        """What is read there, people keep to themselves: the second factor is shown once more before it is seen."""
        return self.admin_view(second_factor_again(view, for_looking=True))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002
        """There is one way to sign in."""
        return redirect_to_login(request.GET.get("next", "/staff/"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002
        """And one to sign out."""
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002
        """And one to choose another password."""
        return redirect("account_change_password")

    def get_sidebar_list(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Without what is not the reader's."""
        groups: list[dict[str, Any]] = super().get_sidebar_list(request)
        for group in groups:
            group["items"] = [item for item in group["items"] if item["has_permission"]]
        return [group for group in groups if group["items"]]

    def extra_urls(self) -> list[URLPattern]:
        from lapak.web.staff import (  # noqa: PLC0415 - models are not loaded when the site is made
            books_desk,
            breach_desk,
            channel_desk,
            closing_desk,
            complaint_desk,
            dispute_desk,
            fee_desk,
            figure_desk,
            find_page,
            house_desk,
            integrity_desk,
            law_desk,
            look_page,
            moderation_desk,
            money_desk,
            operator_desk,
            past_review_desk,
            payee_page,
            payout_desk,
            post_desk,
            programme_desk,
            return_desk,
            review_desk,
            settings_desk,
            tax_desk,
        )

        return [
            path("payout-desk", self.admin_view(payout_desk.desk), name="payout_desk"),
            path("payout-desk/send", self.money_view(payout_desk.send), name="payout_desk_send"),
            path("payout-desk/close", self.money_view(payout_desk.close), name="payout_desk_close"),
            path("payout-desk/<uuid:batch_id>/file", self.private_view(payout_desk.file), name="payout_desk_file"),
            path("payout-desk/ask", self.admin_view(payout_desk.ask), name="payout_desk_ask"),
            path("payout-desk/returned", self.money_view(payout_desk.returned), name="payout_desk_returned"),
            path("money-desk", self.admin_view(money_desk.desk), name="money_desk"),
            path("money-desk/stuck", self.admin_view(money_desk.stuck), name="money_desk_stuck"),
            path("money-desk/receipt/<uuid:intent_id>", self.money_view(money_desk.receipt), name="money_desk_receipt"),
            path(
                "money-desk/message/<uuid:message_id>", self.money_view(money_desk.message), name="money_desk_message"
            ),
            path(
                "money-desk/difference/<int:difference_id>",
                self.money_view(money_desk.difference),
                name="money_desk_difference",
            ),
            path(DISPUTE, self.admin_view(dispute_desk.case), name="dispute_case"),
            path(f"{DISPUTE}/answer", self.money_view(dispute_desk.answer), name="dispute_answer"),
            path(f"{DISPUTE}/bear", self.money_view(dispute_desk.bear), name="dispute_bear"),
            path(f"{DISPUTE}/late", self.money_view(dispute_desk.decide_late), name="dispute_late"),
            path(f"{DISPUTE}/concede", self.money_view(dispute_desk.concede), name="dispute_concede"),
            path(f"{DISPUTE}/amend", self.money_view(dispute_desk.amend), name="dispute_amend"),
            path(f"{DISPUTE}/ask", self.admin_view(dispute_desk.ask), name="dispute_ask"),
            path("house-desk", self.admin_view(house_desk.desk), name="house_desk"),
            path(
                "house-desk/withheld-<int:year>-<int:month>.csv",
                self.private_view(house_desk.withheld_file),
                name="house_desk_withheld",
            ),
            path("house-desk/note", self.money_view(house_desk.note), name="house_desk_note"),
            path("house-desk/<uuid:remittance_id>/undo", self.money_view(house_desk.undo), name="house_desk_undo"),
            path("find", self.admin_view(find_page.find), name="find"),
            path("payout-desk/of", self.admin_view(payee_page.find), name="payee_find"),
            path("payout-desk/of/<uuid:account_id>", self.admin_view(payee_page.page), name="payee"),
            path("payout-desk/of/<uuid:account_id>/ask", self.money_view(payee_page.ask), name="payee_ask"),
            path("payout-desk/of/<uuid:account_id>/agree", self.money_view(payee_page.agree), name="payee_agree"),
            path("programme-desk", self.admin_view(programme_desk.desk), name="programme_desk"),
            path("programme-desk/open", self.money_view(programme_desk.open_it), name="programme_desk_open"),
            path("programme-desk/rate", self.money_view(programme_desk.announce), name="programme_desk_rate"),
            path("programme-desk/budget", self.money_view(programme_desk.budget), name="programme_desk_budget"),
            path("post-desk", self.admin_view(post_desk.desk), name="post_desk"),
            path("post-desk/<uuid:post_id>", self.admin_view(post_desk.case), name="post_case"),
            path("post-desk/<uuid:post_id>/decide", self.money_view(post_desk.decide), name="post_decide"),
            path("channel-desk", self.admin_view(channel_desk.desk), name="channel_desk"),
            path("channel-desk/<uuid:channel_id>", self.admin_view(channel_desk.case), name="channel_case"),
            path("channel-desk/<uuid:channel_id>/decide", self.admin_view(channel_desk.decide), name="channel_decide"),
            path("tax-desk", self.admin_view(tax_desk.desk), name="tax_desk"),
            path("tax-desk/switch", self.money_view(tax_desk.switch), name="tax_desk_switch"),
            path(
                "tax-desk/pph22-<int:year>-<int:month>.csv",
                self.private_view(tax_desk.month_file),
                name="tax_desk_month",
            ),
            path("tax-desk/refund", self.money_view(tax_desk.refund), name="tax_desk_refund"),
            path("tax-desk/letters/<uuid:letter_id>", self.private_view(tax_desk.letter), name="tax_letter"),
            path("tax-desk/letters/<uuid:letter_id>/file", self.private_view(tax_desk.file), name="tax_letter_file"),
            path(
                "tax-desk/letters/<uuid:letter_id>/decide", self.money_view(tax_desk.decide), name="tax_letter_decide"
            ),
            path("fee-desk", self.admin_view(fee_desk.desk), name="fee_desk"),
            path("fee-desk/announce", self.money_view(fee_desk.announce), name="fee_announce"),
            path("fee-desk/<uuid:schedule_id>/call-off", self.money_view(fee_desk.call_off), name="fee_call_off"),
            path("fee-desk/objections/<uuid:consent_id>", self.admin_view(fee_desk.objection), name="fee_objection"),
            path("fee-desk/objections/<uuid:consent_id>/answer", self.money_view(fee_desk.answer), name="fee_answer"),
            path("complaint-desk", self.admin_view(complaint_desk.desk), name="complaint_desk"),
            path("complaint-desk/note", self.admin_view(complaint_desk.note), name="complaint_note"),
            path("complaint-desk/<uuid:complaint_id>", self.admin_view(complaint_desk.case), name="complaint_case"),
            path(
                "complaint-desk/<uuid:complaint_id>/answer",
                self.admin_view(complaint_desk.answer),
                name="complaint_answer",
            ),
            path("moderation-desk", self.admin_view(moderation_desk.desk), name="moderation_desk"),
            path(CASE, self.admin_view(moderation_desk.case), name="moderation_case"),
            path(f"{CASE}/dismiss", self.admin_view(moderation_desk.dismiss), name="moderation_dismiss"),
            path(f"{CASE}/take-down", self.admin_view(moderation_desk.take_down), name="moderation_take_down"),
            path(f"{CASE}/suspend", self.admin_view(moderation_desk.suspend), name="moderation_suspend"),
            path(f"{CASE}/hide", self.admin_view(moderation_desk.hide), name="moderation_hide"),
            path(f"{CASE}/lift", self.admin_view(moderation_desk.lift), name="moderation_lift"),
            path(f"{CASE}/keep", self.admin_view(moderation_desk.keep), name="moderation_keep"),
            path("closing-desk", self.admin_view(closing_desk.desk), name="closing_desk"),
            path("closing-desk/announce", self.admin_view(closing_desk.announce), name="closing_desk_announce"),
            path(
                "closing-desk/<uuid:closing_id>/call-off",
                self.admin_view(closing_desk.call_off),
                name="closing_desk_call_off",
            ),
            path("integrity-desk", self.admin_view(integrity_desk.desk), name="integrity_desk"),
            path("integrity-desk/hide", self.admin_view(integrity_desk.hide), name="showcase_hide"),
            path(FINDING, self.admin_view(integrity_desk.case), name="finding_case"),
            path(f"{FINDING}/decide", self.money_view(integrity_desk.decide), name="finding_decide"),
            path(f"{FINDING}/propose", self.admin_view(integrity_desk.propose), name="finding_propose"),
            path(CLOSING, self.admin_view(integrity_desk.account), name="creator_closing"),
            path(f"{CLOSING}/answer", self.admin_view(integrity_desk.answer), name="creator_closing_answer"),
            path(f"{CLOSING}/reopen", self.admin_view(integrity_desk.reopen), name="creator_reopen"),
            path("breach-desk", self.admin_view(breach_desk.desk), name="breach_desk"),
            path("breach-desk/record", self.admin_view(breach_desk.record), name="breach_record"),
            path(BREACH, self.admin_view(breach_desk.case), name="breach_case"),
            path(f"{BREACH}/reword", self.admin_view(breach_desk.reword), name="breach_reword"),
            path(f"{BREACH}/tell", self.money_view(breach_desk.tell), name="breach_tell"),
            path(f"{BREACH}/authority", self.admin_view(breach_desk.authority), name="breach_authority"),
            path(f"{BREACH}/publish", self.money_view(breach_desk.publish), name="breach_publish"),
            path(f"{BREACH}/note", self.admin_view(breach_desk.note), name="breach_note"),
            path(f"{BREACH}/close", self.admin_view(breach_desk.close), name="breach_close"),
            path(f"{BREACH}/call-off", self.admin_view(breach_desk.call_off), name="breach_call_off"),
            path(f"{BREACH}/letter.pdf", self.admin_view(breach_desk.paper), name="breach_paper"),
            path("law-desk", self.admin_view(law_desk.desk), name="law_desk"),
            path("look/<uuid:user_id>", self.admin_view(look_page.page), name="look_as"),
            path("look/<uuid:user_id>/begin", self.money_view(look_page.begin), name="look_as_begin"),
            path("settings", self.admin_view(settings_desk.desk), name="settings_desk"),
            path("settings/<str:name>", self.admin_view(settings_desk.setting), name="setting"),
            path("settings/<str:name>/change", self.money_view(settings_desk.change), name="setting_change"),
            path(
                "settings/<str:name>/take-back/<uuid:step_id>",
                self.money_view(settings_desk.take_back),
                name="setting_take_back",
            ),
            path("government-figures", self.admin_view(figure_desk.desk), name="government_figures"),
            path("operators", self.admin_view(operator_desk.desk), name="operator_desk"),
            path("operators/add", self.money_view(operator_desk.add), name="operator_add"),
            path("operators/<uuid:user_id>/roles", self.money_view(operator_desk.change), name="operator_roles"),
            path("operators/<uuid:user_id>/end", self.money_view(operator_desk.end), name="operator_end"),
            path("books", self.admin_view(books_desk.desk), name="books_desk"),
            path("books/run", self.admin_view(books_desk.run), name="books_run"),
            path("books/<uuid:reference>", self.admin_view(books_desk.fact), name="books_fact"),
            path("books/<uuid:reference>/correct", self.money_view(books_desk.correct), name="books_correct"),
            path("return-desk", self.admin_view(return_desk.desk), name="return_desk"),
            path("return-desk/parcels/<uuid:order_id>", self.admin_view(return_desk.parcel), name="parcel_case"),
            path(
                "return-desk/parcels/<uuid:order_id>/decide",
                self.money_view(return_desk.decide_parcel),
                name="parcel_decide",
            ),
            path("return-desk/<uuid:return_id>", self.admin_view(return_desk.case), name="return_case"),
            path("return-desk/<uuid:return_id>/decide", self.money_view(return_desk.decide), name="return_decide"),
            path("review-desk", self.admin_view(review_desk.desk), name="review_desk"),
            path(PAST_REVIEW, self.admin_view(past_review_desk.case), name="past_review_case"),
            path(f"{PAST_REVIEW}/hide", self.admin_view(past_review_desk.hide), name="past_review_hide"),
            path(f"{PAST_REVIEW}/show", self.admin_view(past_review_desk.show), name="past_review_show"),
            path(f"{PAST_REVIEW}/dismiss", self.admin_view(past_review_desk.dismiss), name="past_review_dismiss"),
            path(REVIEW, self.admin_view(review_desk.case), name="review_case"),
            path(f"{REVIEW}/hide", self.admin_view(review_desk.hide), name="review_hide"),
            path(f"{REVIEW}/show", self.admin_view(review_desk.show), name="review_show"),
            path(f"{REVIEW}/hide-answer", self.admin_view(review_desk.hide_its_answer), name="review_hide_answer"),
            path(f"{REVIEW}/show-answer", self.admin_view(review_desk.show_its_answer), name="review_show_answer"),
            path(f"{REVIEW}/dismiss", self.admin_view(review_desk.dismiss), name="review_dismiss"),
        ]
