"""`lapak work`: the background jobs."""

import django

from lapak.lib.trouble import Trouble


def work() -> None:
    """Run the background jobs (payments, parcels, payouts, mail, the search index) until Ctrl-C.

    Finishes the jobs it has begun before it stops. Any number of workers may run at once.
    """
    django.setup()
    refuse_play_money()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from lapak.goods.search.follow import start_following

    follower = start_following()  # every host has an index of its own, so it is no job
    try:
        with app.replace_connector(DjangoConnector().get_worker_connector()) as jobs:
            jobs.run_worker(concurrency=4, shutdown_graceful_timeout=15, delete_jobs="successful")
    finally:
        follower.stop()


def refuse_play_money() -> None:
    """`Trouble` where the daily payouts would write real transfers for money that is not real."""
    from django.conf import settings

    from lapak.money.payouts.commands import is_play_money

    if is_play_money(settings.PAYOUT_PROVIDER, settings.PAYOUT_PAID_FROM):
        raise Trouble(
            f"LAPAK_PAYOUT_PROVIDER is {settings.PAYOUT_PROVIDER}, a real bank, but the money is the sandbox's. "
            "Choose another provider; or, to try the file out, set LAPAK_PLAY_MONEY_TO_REAL_BANKS=1."
        )
