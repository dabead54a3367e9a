"""What Lapak takes, for everybody to read: the fees of today, what is announced, all there ever were, and each contract."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from django.views.decorators.http import require_safe

from lapak.goods.catalogue.models import Category
from lapak.lib import clock
from lapak.lib.numbers import format_rate
from lapak.money.fees.models import Schedule
from lapak.money.fees.queries import all_schedules, schedule_ahead, schedule_of_today
from lapak.money.fees.rules import EVERYTHING, NOTICE_DAYS, OBJECTION_ANSWERED_WITHIN, READY_TO_EAT
from lapak.people.shops.size_rules import SMALL_UP_TO_IDR
from lapak.web.shell.paper import Paper

IN_BOTH = ("id", "en")
"""The contract is in Indonesian, and the same follows in English."""


@require_safe
def fees_page(request: HttpRequest) -> HttpResponse:
    """Every schedule, the newest first, and the rules by which one takes another's place."""
    schedules = list(all_schedules())
    context: dict[str, Any] = {
        "today": schedule_of_today(),
        "ahead": schedule_ahead(),
        "schedules": [(each, rows_of(each)) for each in schedules],
        **rules_of_fees(),
    }
    return render(request, "shell/fees.html", context)


@require_safe
def contract(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """The contract of a schedule."""
    schedule = all_schedules().filter(number=number).first()
    if schedule is None:
        raise Http404
    return paper_of(schedule).as_response(f"lapak-fees-{number}.pdf")


def rows_of(schedule: Schedule) -> list[tuple[str, int, int]]:
    """Each rate with the words for its goods: all others come last."""
    rates = schedule.rates_by_category
    names = {each.code: each.name for each in Category.objects.filter(code__in=rates)}
    usual = rates.pop(EVERYTHING)
    rows = [(names.get(code, code), rate.rate_bp, rate.small_bp) for code, rate in sorted(rates.items())]
    return [*rows, (_("All other goods") if rows else _("All goods"), usual.rate_bp, usual.small_bp)]


def rules_of_fees() -> dict[str, Any]:
    """The numbers of the rules, for sentences."""
    today = clock.today()
    return {
        "notice_days": NOTICE_DAYS.on(today),
        "answer_working_days": OBJECTION_ANSWERED_WITHIN.on(today),
        "small_up_to_billion": SMALL_UP_TO_IDR.on(today) // 1_000_000_000,
        "ready_to_eat": Category.objects.filter(code__in=READY_TO_EAT),
    }


def paper_of(schedule: Schedule) -> Paper:
    """The contract on paper, first in Indonesian."""
    with override("id"):
        paper = Paper(str(schedule), _from_when(schedule))
        _write(paper, schedule)
    with override("en"):
        paper.add_page()
        paper.facts([(str(schedule), _from_when(schedule))])
        _write(paper, schedule)
    return paper


def _from_when(schedule: Schedule) -> str:
    if schedule.called_off_at:
        return _("Called off before it began")
    return _("From %(day)s on") % {"day": date_format(schedule.begins_on, "j F Y")}


def _write(paper: Paper, schedule: Schedule) -> None:
    rates = [[name, f"{format_rate(rate)}%", f"{format_rate(small)}%"] for name, rate, small in rows_of(schedule)]
    paper.rows([_("Goods"), pgettext("fees", "Fee"), _("Small sellers")], rates, (90, 35, 35))
    for words in terms_of(schedule):
        paper.words(words)


def terms_of(schedule: Schedule) -> list[str]:
    """What shop and Lapak agree on, beside the rates."""
    said = {key: value for key, value in rules_of_fees().items() if key != "ready_to_eat"}
    terms = [
        _("The fee is a share of what the buyer paid for the goods, without shipping. It is taken when an order settles; of "
          "goods that go back its part goes back as well. VAT on the fee is added while Lapak is a taxable entrepreneur."),
        _("There is no other fee: none for opening a shop, listing goods, payments, or paying out."),
        _("Small sellers are registered micro and small businesses: they have a business number (NIB) and state a yearly "
          "turnover of at most Rp %(small_up_to_billion)s billion (PP 7/2021). They pay the lower rate for goods made in "
          "Indonesia, but for food that is ready to eat.") % said,
        _("An order keeps the fee of the day it was placed. Fees are changed by another schedule alone, which is announced "
          "%(notice_days)s days before it begins. Nobody pays more without having agreed; whoever says nothing keeps their fees.")
        % said,
        _("A shop may object in words. If Lapak does not answer within %(answer_working_days)s working days, the objection "
          "counts as accepted (Permendag 19/2026).") % said,
    ]  # fmt: skip
    return [*terms, schedule.words] if schedule.words else terms
