"""The jobs of the night: pictures are collected, and numbers of standards looked at."""

from procrastinate.contrib.django import app

from lapak.goods.catalogue import collecting, numbering


@app.periodic(cron="50 18 * * *")
@app.task(name="catalogue.collect_pictures", queueing_lock="catalogue.collect_pictures")
def collect_pictures(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's moment; the work asks for the present
    """Every night at 01:50 WIB."""
    collecting.collect_pictures()


@app.periodic(cron="10 17 * * *")
@app.task(name="catalogue.look_at_numbers", queueing_lock="catalogue.look_at_numbers")
def look_at_numbers(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's moment; the work asks for the present
    """Every night at 00:10 WIB, as a demand begins with a day."""
    numbering.look_at_all_numbers()
