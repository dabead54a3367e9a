"""`lapak work`: the background jobs."""

import asyncio
import gc

import django

from lapak.cli.as_whom import refuse_root
from lapak.cli.screen import err
from lapak.lib.trouble import Trouble


def work() -> None:
    """Run the background jobs (payments, parcels, payouts, mail, the search index) until Ctrl-C.

    Finishes the jobs it has begun before it stops. Any number of workers may run at once.
    """
    refuse_root()
    django.setup()
    refuse_wrong_partners()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from lapak.goods.search.follow import start_following
    from lapak.lib.jobs import work_off

    gc.freeze()  # what is loaded stays: a full pass of the collector need not walk through it, which takes a tenth of a second
    follower = start_following()  # every host has an index of its own, so it is no job
    try:
        with app.replace_connector(DjangoConnector().get_worker_connector()) as jobs:
            asyncio.run(work_off(jobs))
    finally:
        follower.stop()


def say_where_mail_goes() -> None:
    """`Trouble` where the mail server's settings cannot be right; a line where there is none, and where
    nobody can write to the operator."""
    from django.conf import settings

    if settings.SMTP_SECURITY not in {"starttls", "tls", "none"}:
        raise Trouble(f"LAPAK_SMTP_SECURITY is {settings.SMTP_SECURITY}: choose starttls, tls or none.")
    if settings.EMAIL_HOST and not settings.CONTACT_EMAIL:
        raise Trouble("Mails need a sender whom people can answer: set LAPAK_CONTACT_EMAIL as well as LAPAK_SMTP_HOST.")
    if not settings.EMAIL_HOST:
        err.print(
            f"Mails are put into {settings.EMAIL_FILE_PATH}: LAPAK_SMTP_HOST names no mail server.", highlight=False
        )
    if not settings.CONTACT_EMAIL:
        err.print("The help names nobody to write to: LAPAK_CONTACT_EMAIL is empty.")


def refuse_wrong_partners() -> None:
    """`Trouble` where the partners that settings name are not there, cannot do this, lack a key, or mix play and real."""
    from django.conf import settings

    from lapak.money.gateways.registry import GATEWAYS, unset
    from lapak.money.payouts.commands import is_play_money

    for name, face in (
        ("PAYMENT_PROVIDER", "charges"), ("PAYOUT_PROVIDER", "disbursements"), ("PAYOUT_PAID_FROM", "name"),
    ):  # fmt: skip
        chosen = getattr(settings, name)
        able = [gateway.name for gateway in GATEWAYS.values() if getattr(gateway, face)]
        if chosen not in able:
            raise Trouble(f"LAPAK_{name} is {chosen}: choose one of {', '.join(able)}.")
        if missing := unset(GATEWAYS[chosen]):
            raise Trouble(f"LAPAK_{name} is {chosen}, which needs {', '.join(f'LAPAK_{each}' for each in missing)}.")
    if is_play_money(settings.PAYOUT_PROVIDER, settings.PAYOUT_PAID_FROM):
        raise Trouble(
            f"LAPAK_PAYOUT_PROVIDER is {settings.PAYOUT_PROVIDER}, but the money is at {settings.PAYOUT_PAID_FROM}: one of "
            "them only plays. Choose another; or, to try a bank's file out, set LAPAK_PLAY_MONEY_TO_REAL_BANKS=1."
        )
