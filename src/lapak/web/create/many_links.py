"""Many links at once: addresses of goods are pasted, each line is answered, and all can be taken along as a list."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from lapak.affiliates.link_rules import Outcome
from lapak.affiliates.many_links import Answer, create_links
from lapak.affiliates.models import Creator
from lapak.web.create.access import for_creators
from lapak.web.create.forms import ManyLinksForm
from lapak.web.create.links import address_of
from lapak.web.shell.acts import accepted, signed_in
from lapak.web.shell.csv_file import csv_file

ANSWERS = {
    Outcome.MADE: ("good", _("made")),
    Outcome.HAD: ("info", _("you had it already")),
    Outcome.DOUBLED: ("quiet", _("stands above already")),
    Outcome.UNKNOWN: ("bad", _("no goods on sale here")),
    Outcome.NO_PROGRAMME: ("warn", _("join a programme of the shop first")),
}
"""What became of a line, as its creator reads it: tone and words."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_creators
def many_links(request: HttpRequest, creator: Creator) -> HttpResponseBase:
    """Paste, and read what became of each line; the same posted again with `as=csv` makes nothing and answers the list as a
    file."""
    form = ManyLinksForm(request.POST or None)
    answers: list[Answer] = []
    if accepted(form, lambda: answers.extend(_make(request, form))) and request.POST.get("as") == "csv":
        return _file(answers)
    rows = [(each, address_of(each.link) if each.link else "", *ANSWERS[each.outcome]) for each in answers]
    context = {
        "creator": creator,
        "form": form,
        "rows": rows,
        "addresses": "\n".join(dict.fromkeys(address for _answer, address, *_words in rows if address)),
    }
    return render(request, "create/many_links.html", context)


def _make(request: HttpRequest, form: ManyLinksForm) -> Sequence[Answer]:
    return create_links(signed_in(request), form.cleaned_data["addresses"], **form.words())


def _file(answers: Sequence[Answer]) -> HttpResponseBase:
    """One row a line, as it was pasted."""
    rows = [(each.line, str(ANSWERS[each.outcome][1]), address_of(each.link) if each.link else "") for each in answers]
    return csv_file("lapak-links.csv", ("pasted", "result", "link"), rows)
