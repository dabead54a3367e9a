"""The job that collects pictures."""

from procrastinate.contrib.django import app

from lapak.goods.catalogue import collecting


@app.periodic(cron="50 18 * * *")
@app.task(name="catalogue.collect_pictures", queueing_lock="catalogue.collect_pictures")
def collect_pictures(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's moment; the work asks for the present
    """Every night at 01:50 WIB."""
    collecting.collect_pictures()
