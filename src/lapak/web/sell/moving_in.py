"""Moving in: the files of an old platform are given, looked at, and moved in when the seller has seen what would happen."""

import uuid
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.queries import category_tree, product_counts_of_shop
from lapak.moving.formats.registry import FORMATS
from lapak.moving.models import IS_RUNNING, WAITS_FOR_SELLER, Upload
from lapak.moving.profile import proposals_of, take_profile_over
from lapak.moving.queries import upload_for_seller, uploads_of_shop, waits_for_others
from lapak.moving.sought import count_waiting, missed_pictures
from lapak.moving.undo import is_undoable, undo_upload
from lapak.moving.uploads import drop_upload, has_stopped, keep_upload, move_upload_in, name_columns, resume_upload
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, own_of_shop, show
from lapak.web.sell.choices import ChoicesForm
from lapak.web.sell.column_forms import ColumnsForm
from lapak.web.sell.forms import MoveInForm
from lapak.web.sell.questions import about_dropping, about_undoing, asked_first
from lapak.web.shell.acts import accepted, carried_out, signed_in
from lapak.web.shell.posted import posted_from

UPLOADS_SHOWN = 10
PICTURES_SHOWN = 30

KINDS = {
    "products": gettext_lazy("Products"),
    "skus": gettext_lazy("Variants"),
    "stock": gettext_lazy("Pieces in stock"),
    "images": gettext_lazy("Pictures"),
    "past_orders": gettext_lazy("Past orders"),
    "past_rows": gettext_lazy("Their rows in the files"),
    "past_promotions": gettext_lazy("Sales through creators"),
    "past_incomes": gettext_lazy("Rows of income reports"),
    "past_terms": gettext_lazy("Terms with creators"),
    "past_reviews": gettext_lazy("Reviews from elsewhere"),
    "partners": gettext_lazy("Creators from elsewhere"),
    "partner_links": gettext_lazy("Their links"),
    "partner_pays": gettext_lazy("Their commissions and payouts"),
}


PARTS = {
    "name": gettext_lazy("shop name"),
    "description": gettext_lazy("about the shop"),
    "place": gettext_lazy("address and phone"),
}
"""Of the shop's profile, as Lapak's own file may propose them."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_sellers(Duty.GOODS)
def move_in(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Give files; and the uploads before."""
    user = signed_in(request)
    form = MoveInForm(request.POST or None, request.FILES or None)
    made: list[Upload] = []
    if request.method == "POST" and accepted(
        form,
        lambda: made.append(keep_upload(user, shop, form.cleaned_data["given"], get_language() or "id")),
    ):
        return redirect("sell_upload", shop.slug, made[0].id)
    return show(
        request,
        shop,
        "move_in.html",
        {
            "form": form,
            "uploads": uploads_of_shop(shop)[:UPLOADS_SHOWN],
            "formats": FORMATS,
            "pictures_waiting": count_waiting(shop),
            "pictures_missed": missed_pictures(shop, PICTURES_SHOWN),
        },
    )


@require_safe
@for_sellers(Duty.GOODS)
def upload(request: HttpRequest, shop: Shop, upload_id: uuid.UUID) -> HttpResponse:
    """Where the upload stands: asked again by itself while a job is at work."""
    return _page(request, shop, _own(request, shop, upload_id))


def _page(
    request: HttpRequest,
    shop: Shop,
    own: Upload,
    form: ChoicesForm | None = None,
    columns_form: ColumnsForm | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "upload": own,
        "formats": FORMATS,
        "form": form or (_choices(own) if own.state == Upload.State.PLANNED else None),
        "columns_form": columns_form or (_columns(own) if own.state in WAITS_FOR_SELLER else None),
        "is_running": own.state in IS_RUNNING,
        "has_stopped": has_stopped(own),
        "waits_for_others": own.state in IS_RUNNING and waits_for_others(own),
        "fit": {kind: count["created"] + count["changed"] + count["unchanged"] for kind, count in own.counts.items()},
        "is_undoable": is_undoable(own),
        "profile": [(part, PARTS[part], fields.values()) for part, fields in proposals_of(own).items()],
        "drafts": product_counts_of_shop(shop)[Product.Status.DRAFT] if own.state == Upload.State.DONE else 0,
        "unlisted": own.proposals.get("unlisted", {}) if own.state == Upload.State.DONE else {},
        "counts": [
            (label, own.counts[kind]) for kind, label in KINDS.items() if any(own.counts.get(kind, {}).values())
        ],
        "more_problems": max(own.problem_count - len(own.problems), 0),
    }
    return show(request, shop, "upload.html", context)


@posted_from("sell_upload", "slug", "upload_id")
@for_sellers(Duty.GOODS)
def begin(request: HttpRequest, shop: Shop, upload_id: uuid.UUID) -> HttpResponse:
    """Move in what was looked at, as the seller has it."""
    own = _own(request, shop, upload_id)
    form = _choices(own, request.POST)
    done = _("Your goods are on their way in.")
    carried_out(request, lambda: move_upload_in(signed_in(request), own.id, form.choices), done, form)
    return redirect("sell_upload", shop.slug, own.id) if form.is_valid() else _page(request, shop, own, form)


@posted_from("sell_upload", "slug", "upload_id")
@for_sellers(Duty.GOODS)
def columns(request: HttpRequest, shop: Shop, upload_id: uuid.UUID) -> HttpResponse:
    """What the columns of own lists mean, as the seller says it."""
    own = _own(request, shop, upload_id)
    form = _columns(own, request.POST)
    done = _("Noted. Lapak looks at your files again.")
    carried_out(request, lambda: name_columns(signed_in(request), own.id, form.columns), done, form)
    if form.is_valid():
        return redirect("sell_upload", shop.slug, own.id)
    return _page(request, shop, own, columns_form=form)


@posted_from("sell_upload", "slug", "upload_id")
@for_sellers(Duty.GOODS)
def resume(request: HttpRequest, shop: Shop, upload_id: uuid.UUID) -> HttpResponse:
    """Go on where the job stopped."""
    own = _own(request, shop, upload_id)
    carried_out(request, lambda: resume_upload(signed_in(request), own.id), _("It goes on."))
    return redirect("sell_upload", shop.slug, own.id)


@posted_from("sell_upload", "slug", "upload_id")
@for_sellers(Duty.GOODS)
@asked_first(about_dropping)
def drop(request: HttpRequest, shop: Shop, upload_id: uuid.UUID) -> HttpResponse:
    """Throw away what was given."""
    own = _own(request, shop, upload_id)
    carried_out(request, lambda: drop_upload(signed_in(request), own.id), _("The files are gone."))
    return redirect("sell_move_in", shop.slug)


@posted_from("sell_upload", "slug", "upload_id")
@for_sellers(Duty.GOODS)
@asked_first(about_undoing)
def undo(request: HttpRequest, shop: Shop, upload_id: uuid.UUID) -> HttpResponse:
    """Take back all that the upload brought."""
    own = _own(request, shop, upload_id)
    carried_out(request, lambda: undo_upload(signed_in(request), own.id), _("Everything it brought is gone again."))
    return redirect("sell_upload", shop.slug, own.id)


@posted_from("sell_upload", "slug", "upload_id")
@for_sellers(Duty.PROFILE)
def profile(request: HttpRequest, shop: Shop, upload_id: uuid.UUID) -> HttpResponse:
    """A part of what the file says of the shop is the shop's."""
    own = _own(request, shop, upload_id)
    parts = request.POST.getlist("part")
    done = _("Taken over. Buyers see it at once.")
    carried_out(request, lambda: take_profile_over(signed_in(request), own.id, parts), done)
    return redirect("sell_upload", shop.slug, own.id)


@require_safe
@for_sellers(Duty.GOODS)
def report(request: HttpRequest, shop: Shop, upload_id: uuid.UUID) -> HttpResponseBase:
    """The report, to be corrected and given again."""
    own = _own(request, shop, upload_id)
    if not own.report:
        raise Http404
    return FileResponse(own.report.open("rb"), as_attachment=True, filename=f"lapak-{shop.slug}.xlsx")


def _choices(own: Upload, typed: QueryDict | None = None) -> ChoicesForm:
    return ChoicesForm(typed, proposals=own.proposals, categories=category_tree())


def _columns(own: Upload, typed: QueryDict | None = None) -> ColumnsForm:
    return ColumnsForm(typed, lists=own.proposals.get("lists", ()), has_others=bool(own.found))


def _own(request: HttpRequest, shop: Shop, upload_id: uuid.UUID) -> Upload:
    return own_of_shop(request, shop, upload_for_seller, upload_id)
