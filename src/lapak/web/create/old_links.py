"""The links that a creator had under a programme elsewhere: which codes are theirs here, and which others may be had."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.affiliates.link_rules import LONGEST_CODE
from lapak.affiliates.models import Creator
from lapak.affiliates.queries import invitation_of_code
from lapak.moving.partners.keeping import keep_old_link
from lapak.moving.partners.models import Partner
from lapak.moving.partners.queries import links_of, partner_of, proposed_codes
from lapak.web.create.access import for_creators
from lapak.web.create.links import address_of
from lapak.web.shell.acts import accepted, page_of, signed_in
from lapak.web.shell.posted import posted_from

LINKS_ON_A_PAGE = 25


class CodeForm(forms.Form):
    """Under which code an old link goes on."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )


@require_safe
@for_creators
def old_links(request: HttpRequest, creator: Creator, code: str) -> HttpResponse:
    """Each with what became of it; a code that was not free with another that is."""
    return _page(request, creator, code)


@posted_from("create_old_links", "code")
@for_creators
def keep(request: HttpRequest, creator: Creator, code: str) -> HttpResponse:
    """The link goes on under this code."""
    said = request.POST.get("link", "")
    link_id = int(said) if said.isascii() and said.isdigit() and len(said) < len(str(2**63)) else 0
    form = CodeForm(request.POST, auto_id=_ids(link_id))
    if accepted(form, lambda: keep_old_link(signed_in(request), link_id, form.cleaned_data["code"])):
        return redirect("create_old_links", code)
    return _page(request, creator, code, (link_id, form))


def _page(request: HttpRequest, creator: Creator, code: str, typed: tuple[int, CodeForm] | None = None) -> HttpResponse:
    partner = _partner(creator, code)
    page = page_of(request, links_of(partner), LINKS_ON_A_PAGE)
    proposed = proposed_codes(creator, [link for link in page if link.link is None])
    rows = [
        {
            "old": link,
            "address": address_of(link.link) if link.link else "",
            "form": typed[1]
            if typed and typed[0] == link.pk
            else CodeForm(initial={"code": proposed.get(link.pk, "")}, auto_id=_ids(link.pk)),
        }
        for link in page
    ]
    context = {"creator": creator, "code": code, "page": page, "rows": rows}
    return render(request, "create/old_links.html", context)


def _partner(creator: Creator, code: str) -> Partner:
    invitation = invitation_of_code(code)
    partner = partner_of(invitation)
    if invitation.creator != creator or partner is None:
        raise Http404(_("There is no such link among those you had."))
    return partner


def _ids(link_id: int) -> str:
    """Each row's form has a field for a code."""
    return f"old{link_id}_%s"
