"""What sellers gave to be moved in, and what they take along, and what platforms fetch, as the operator sees it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lapak.moving.models import Feed, Takeout, Upload
from lapak.web.staff.inspection import Inspection, as_label


@admin.register(Upload)
class UploadAdmin(Inspection):
    list_display = ["given_at", "shop", "by", "state_label", "problem_count", "touched_at"]
    list_filter = ["state"]
    list_select_related = ["shop", "by"]
    search_fields = ["shop__name", "by__email"]
    ordering = ["-given_at"]
    fields = [
        "id", "shop", "by", "state", "file_names", "step", "step_done", "step_total", "counts", "problem_count", "problems",
        "refusal", "given_at", "touched_at",
    ]  # fmt: skip
    state_label = as_label("moving.upload", _("state"))


@admin.register(Takeout)
class TakeoutAdmin(Inspection):
    """Never the file itself: it is its owner's."""

    list_display = ["asked_at", "shop", "by", "platform", "state_label", "file_bytes", "until"]
    list_filter = ["state", "platform"]
    list_select_related = ["shop", "by"]
    search_fields = ["shop__name", "by__email"]
    ordering = ["-asked_at"]
    fields = [
        "id", "shop", "by", "platform", "state", "file_bytes", "counts", "failure", "asked_at", "ready_at", "until",
    ]  # fmt: skip
    state_label = as_label("moving.takeout", _("state"))


@admin.register(Feed)
class FeedAdmin(Inspection):
    """Never its code: who knows the address reads the feed."""

    list_display = ["opened_at", "shop", "platform", "as_of", "failed_at", "fetched_at"]
    list_filter = ["platform"]
    list_select_related = ["shop"]
    search_fields = ["shop__name"]
    ordering = ["-opened_at"]
    fields = ["id", "shop", "opened_by", "platform", "opened_at", "as_of", "failed_at", "counts", "fetched_at"]
