"""What each page, act and job of the clock reads in a market ten times as large: no more than it shows or does.

Whoever makes a page gives it an address in `pages.py`; acts, jobs and the operator's tables are found. Rows are counted,
not time: `lapak.testing.rows_read`.
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from lapak.flows.tell_people.logs import FOLLOWED
from lapak.testing.seed import seed_market
from lapak.testing.stage import throwaway_stage
from lapak.web.shell.paging import AHEAD
from tests.growth.acts import acts_done
from tests.growth.jobs import jobs_done
from tests.growth.pages import pages_read, pages_unread
from tests.growth.vacuumed import vacuum

pytestmark = [pytest.mark.long, pytest.mark.waits_for_all]

SMALL = {"products": 400, "orders": 1_500, "clicks": 2_000}
BIG = {"products": 8_000, "orders": 15_000, "clicks": 40_000}

AT_MOST = 1.5
"""So many times what something reads in the small market it may read in the big one …"""
A_FEW = 200
"""… and so many rows more, as small tables are read whole; a page as far as paging counts ahead, too."""

COUNTED = {
    "catalogue_product": "how many goods a shop has on sale stands on its page and beside its programme",
    "orders_order": "the tabs of a shop's orders, and the operator's first page, say how many there are in each state",
}
"""Tables of which some pages show an exact count; the database counts in an index alone, some 5,000,000 rows a second."""

_LEDGER = {"ledger_transfer", "ledger_account", "ledger_balancesnapshot"}
_OWED = (
    "since when taxes are owed: the transfers that make it up, of six weeks at most where they are paid by the month"
)
_DUE = {"shops_shop", "payouts_payout", "orders_order", "payments_refund"}
_LINKS = {"affiliates_link", "shops_shop"}
_PROGRAMMES = {"affiliates_programme", "affiliates_membership", "shops_shop"}
_FEW = {"affiliates_programme", "shops_shop"}
_LOGS = {followed.log.table for followed in FOLLOWED}

SEEN_WHOLE: dict[str, tuple[set[str], str]] = {
    "operator /staff/orders/order/?q=…": (
        {
            "orders_order",
            "users_user",
            "shops_shop",
        },  # the database expects more of them than one, and joins them whole
        "an order by its number, the end of its id: another index would cost every purchase, for the operator alone",
    ),
    "creator /create/statements": (
        {"ledger_transfer", "affiliates_commission"},
        "what moved since the last month that was closed, and in this market none was",
    ),
    "operator /staff/": ({"ledger_transfer"}, _OWED),
    "operator /staff/house-desk": ({"ledger_transfer"}, _OWED),
    "operator /staff/find?q=buyer@example.com": (
        {"payments_paymentintent"},
        "a payment by its partner's reference: another index would cost every payment, for the operator alone",
    ),
    "operator /staff/payout-desk": (_LEDGER | _DUE, "what is due to everybody, added up"),
    "operator /staff/ledger/transfer/?code=fee": (
        {"ledger_transfer"},
        "the newest of one kind, from the newest of all: another index would cost every posting",
    ),
    "visitor /@ceu-edoh": (
        _LINKS,
        "a link to each product once: as far as paging counts, each is looked at three times",
    ),
    "visitor /@ceu-edoh?page=2": (_LINKS, "likewise"),
    "creator /create/links": (_FEW, "the shops of the links shown, and their programmes: of 400 they are read at once"),
    "creator /create/links?page=2": (_FEW, "likewise"),
    "creator /create/links/new?q=kemeja": (
        _PROGRAMMES | {"catalogue_product"},
        "a part of a title, of all goods that are on sale, and whether their shop is promoted",
    ),
    "creator /create": (
        {
            "affiliates_commission",
            "clicks_clickday",
            "orders_orderline",
            "shops_shop",
            "clicks_clickhour",
            "clicks_clicktotal",
            "results_dayresult",
            "affiliates_link",
            "orders_order",
        },
        "thirty days and the thirty before, what commissions come to in each state, and when those that are pending come",
    ),
    "creator /create/samples/new": (
        _PROGRAMMES | {"affiliates_programmerate", "samples_sampleterms", "catalogue_product"},
        "the newest goods of shops that they promote and that give samples: of 400 programmes all are asked",
    ),
    "creator /create/samples/new?q=kemeja": (
        _PROGRAMMES | {"affiliates_programmerate", "samples_sampleterms", "catalogue_product"},
        "a part of a title, of these",
    ),
    "creator /create/balance/coming": (
        {"affiliates_commission", "orders_orderline", "returns_return"},
        "each pending commission is asked when its order is paid for good; the seed's creator has thousands",
    ),
    "operator /staff/integrity-desk/accounts/…": (
        {"users_user"},
        "the people of the log that is shown: the database rather reads a small table of people whole",
    ),
    "seller /sell/shop/creators/@ceu-edoh": (
        {"affiliates_commission", "samples_sample", "profiles_channel"},
        "what this creator brought the shop, as above, and of some hundred samples and channels all are read at once",
    ),
    "seller /sell/shop/balance/commissions": (
        {"ledger_transfer"},
        "a month's commissions are added up, and in this market all orders are of one month",
    ),
    "seller /sell/shop/creators/returns": (
        {"affiliates_commission", "affiliates_membership"},
        "what the creators shown brought in the days that are chosen: as above",
    ),
    "seller /sell/shop": ({"catalogue_stock"}, "what runs out; an index on the pieces left would cost every purchase"),
    "seller /sell/shop/products?q=kemeja": ({"catalogue_variant"}, "a part of a title or SKU; the shop's alone"),
    "seller /sell/shop/creators": (
        {"affiliates_commission"},
        "what the creators shown brought: a sum kept on a row would be written by every purchase",
    ),
    "creator /create/commissions": (
        {"affiliates_commission"},
        "what they come to in each state stands above them: from an index alone, as what is counted",
    ),
    "creator /create/commissions?page=2": ({"affiliates_commission"}, "likewise"),
    "creator /create/commissions?state=paid": ({"affiliates_commission"}, "likewise"),
}
"""What else is read whole, and why."""

_OF_EACH_OWNER = {
    "ledger_account", "ledger_balancesnapshot", "ledger_transfer", "orders_order", "affiliates_creator",
}  # fmt: skip
"""The balance of each: a snapshot and what came since; what of it is held; and whether one with little leaves."""

_ASKED_OF_EACH = (
    "once a day each account is asked whether it holds enough to be sent, and that alone: two rows an owner"
)

_FEW_PROGRAMMES = "of 400 programmes, invitations or samples the database rather reads all at once than by their index"

BY_NATURE: dict[str, tuple[set[str], str]] = {
    "affiliates.discovery.commands.join_and_link": ({"affiliates_programme"}, _FEW_PROGRAMMES),
    "affiliates.links.create_link": ({"affiliates_programme"}, _FEW_PROGRAMMES),
    "affiliates.many_links.create_links": ({"affiliates_programme"}, _FEW_PROGRAMMES),
    "affiliates.invitations.invite_creator": (
        {"affiliates_programme", "affiliates_creatorinvitation"},
        _FEW_PROGRAMMES,
    ),
    "affiliates.invitations.invite_creators": (
        {"affiliates_programme", "affiliates_creatorinvitation"},
        _FEW_PROGRAMMES,
    ),
    "moving.partners.keeping.keep_old_link": (
        {"affiliates_programme", "affiliates_creatorinvitation"},
        _FEW_PROGRAMMES,
    ),
    "moving.inviting.invite_all": ({"affiliates_creatorinvitation"}, _FEW_PROGRAMMES),
    "affiliates.samples.commands.ask_for_sample": ({"samples_sample"}, _FEW_PROGRAMMES),
    "flows.pay_out": (_OF_EACH_OWNER, _ASKED_OF_EACH),
    "flows.pay_out.send_due_payouts": (_OF_EACH_OWNER, _ASKED_OF_EACH),
    "catalogue.collect_pictures": (
        {"catalogue_storedimage", "catalogue_productimage"},
        "what nobody shows any more is found among all that is kept",
    ),
    "flows.end_months": ({"ledger_account"}, "each account in which something moved has an end of its month"),
    "flows.prune_notices": (
        {"notices_notice"},
        "notices lie by age in ranges of a megabyte, and one is looked at whole: some thousand at most",
    ),
    "flows.tell_people": (
        _LOGS | {"flows_watchedupto", "returns_return"},
        (
            "a log is read on from the oldest transaction that ran, of any database of the server; some fifty watches each ask "
            "for what comes near, and of some hundred rows the database may rather read all than an index"
        ),
    ),
    "flows.chain_changes": ({"audit_change"}, "likewise; and the first time all of it"),
    "flows.add_up_results": (
        _PROGRAMMES
        | {"catalogue_variant", "catalogue_product", "catalogue_stock", "discovery_promotable", "terms_specialrate"}
        | {
            "results_dayresult",
            "affiliates_link",
            "clicks_clicktotal",
            "affiliates_programmerate",
            "reviews_productrating",
        },
        "what a day brought, change by change, is added up; the list of goods that creators find is made anew from all",
    ),
    "flows.withhold.tell_crossing": ({"orders_order"}, "what a person sold in the year is counted"),
    "flows.compare_statements": (
        {"ledger_transfer", "gateways_statementdifference"},
        "what moved in four days, by both sides' word",
    ),
}
"""What an act or a job has to read more of where more happened, and why."""

NO_WORD_ABOUT = {
    "books.commands.check_books": "each row of the books is looked at: that is what is asked for",
    "flows.check_books": "likewise, at night",
    "catalogue.look_at_numbers": "all that is on sale and must show a number is looked at, as a demand may begin that night",
    "moving.move_out.move_out": "all of the shop's goods leave",
    "moving.move_out.look_ahead": "they are all looked at before",
}
"""Acts and jobs whose work is the whole, or grows in this market by how it was brought up to date."""

Read = dict[str, Counter[str]]
"""By the name of a page, an act or a job, and by table."""


@dataclass(frozen=True, slots=True)
class Market:
    """What was read where there was so much of everything."""

    pages: Read
    acts: Read
    jobs: Read
    unread: set[str]


@pytest.fixture(scope="module")
def markets(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> tuple[Market, Market]:
    """The small one and the big one."""
    with django_db_blocker.unblock():
        return _walk(**SMALL), _walk(**BIG)


def test_every_page_is_looked_at(markets: tuple[Market, Market]) -> None:
    assert [market.unread for market in markets] == [set(), set()], "give it an address in tests/growth/pages.py"


def test_no_page_reads_more_in_a_big_market(markets: tuple[Market, Market]) -> None:
    small, big = markets
    _refuse_growth(small.pages, big.pages, _may_grow_on, and_so_many_more=AHEAD + A_FEW)


def test_no_act_does(markets: tuple[Market, Market]) -> None:
    small, big = markets
    _refuse_growth(small.acts, big.acts, _may_grow_by_nature)


def test_no_job_of_the_clock_does_with_as_much_to_do(markets: tuple[Market, Market]) -> None:
    small, big = markets
    _refuse_growth(small.jobs, big.jobs, _may_grow_by_nature)


def _walk(products: int, orders: int, clicks: int) -> Market:
    as_in_other_tests = override_settings(PLAY_MONEY_TO_REAL_BANKS=True, TAXABLE_SINCE=date(2023, 10, 4))
    with throwaway_stage(), as_in_other_tests:
        cast = seed_market(products, orders, clicks)
        vacuum()
        unread = pages_unread(cast)  # first: the clock ends what some pages are about
        return Market(dict(pages_read(cast)), dict(acts_done(cast)), dict(jobs_done(cast)), unread)


def _refuse_growth(
    small: Read, big: Read, may_grow: Callable[[str], Collection[str]], *, and_so_many_more: int = A_FEW
) -> None:
    assert small.keys() == big.keys()
    grown = []
    for name in big.keys() - NO_WORD_ABOUT.keys():
        before, after = (_without(read[name], may_grow(name)) for read in (small, big))
        if after.total() > before.total() * AT_MOST + and_so_many_more:
            grown.append(f"{name}: {before.total():,} → {after.total():,} ({_where(after - before)})")
    assert not grown, "\n".join(sorted(grown))


def _may_grow_on(page: str) -> Collection[str]:
    counted = COUNTED.keys() if page == "operator /staff/" or not page.startswith("operator") else ()
    return {*counted, *SEEN_WHOLE.get(page, ((), ""))[0]}


def _may_grow_by_nature(name: str) -> Collection[str]:
    return BY_NATURE.get(name, ((), ""))[0]


def _without(read: Counter[str], tables: Collection[str]) -> Counter[str]:
    return Counter({table: rows for table, rows in read.items() if table not in tables})


def _where(more: Counter[str]) -> str:
    return ", ".join(f"{table} {rows:,}" for table, rows in more.most_common(3))
