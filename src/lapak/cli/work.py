"""`lapak work`: the background jobs."""

import django


def work() -> None:
    """Run the background jobs (payments, parcels, payouts, mail, the search index) until Ctrl-C.

    Finishes the jobs it has begun before it stops. Any number of workers may run at once.
    """
    django.setup()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from lapak.goods.search.follow import start_following

    follower = start_following()  # every host has an index of its own, so it is no job
    try:
        with app.replace_connector(DjangoConnector().get_worker_connector()) as jobs:
            jobs.run_worker(concurrency=4, shutdown_graceful_timeout=15, delete_jobs="successful")
    finally:
        follower.stop()
