"""A user's own page: name, language, addresses, where their money is sent, sign-in."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lapak.people.users.commands import add_bank_account, remove_address, rename_user, save_address
from lapak.people.users.queries import (
    address_for_user,
    addresses_of_user,
    bank_accounts_of_user,
    require_confirmed_email,
)
from lapak.web.shell.acts import accepted, password_again, signed_in, way_back
from lapak.web.shell.second_factor import has_second_factor
from lapak.web.shop.account_forms import AddressForm, BankAccountForm, ProfileForm


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Everything Lapak keeps about the user, each with its way to change it."""
    user = signed_in(request)
    return render(
        request,
        "shop/account/overview.html",
        {
            "addresses": addresses_of_user(user),
            "bank_accounts": bank_accounts_of_user(user),
            "has_second_factor": has_second_factor(user),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit_profile(request: HttpRequest) -> HttpResponse:
    """Change the name."""
    user = signed_in(request)
    form = ProfileForm(request.POST or None, initial={"name": user.name})
    if form.is_valid():
        rename_user(user, name=form.cleaned_data["name"])
        messages.success(request, _("Your name is saved."))
        return redirect("account")
    return render(request, "shop/account/profile.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit_address(request: HttpRequest, address_id: uuid.UUID | None = None) -> HttpResponse:
    """A new address, or a change of one; afterwards back to where it was needed (`next`)."""
    user = signed_in(request)
    back = way_back(request, reverse("account"))
    address = address_for_user(user, address_id) if address_id else None
    form = AddressForm(request.POST or None, instance=address, initial={"recipient": user.name})
    if accepted(form, lambda: save_address(user, address_id=address_id, **form.cleaned_data)):
        messages.success(request, _("The address is saved."))
        return redirect(back)
    return render(request, "shop/account/address.html", {"form": form, "address": address, "next": back})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def drop_address(request: HttpRequest, address_id: uuid.UUID) -> HttpResponse:
    """Ask once, then remove the address."""
    user = signed_in(request)
    address = address_for_user(user, address_id)
    if request.method == "POST":
        remove_address(user, address_id)
        messages.success(request, _("The address is removed."))
        return redirect("account")
    return render(request, "shop/account/address_remove.html", {"address": address})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@password_again
def new_bank_account(request: HttpRequest) -> HttpResponse:
    """Where payouts and refunds go; afterwards back to where it was needed (`next`)."""
    user, back = signed_in(request), way_back(request, reverse("account"))
    require_confirmed_email(user)
    form = BankAccountForm(request.POST or None, initial={"holder": user.name})
    if accepted(form, lambda: add_bank_account(user, **form.cleaned_data)):
        messages.success(request, _("The bank account is saved."))
        return redirect(back)
    return render(request, "shop/account/bank_account.html", {"form": form, "next": back})
