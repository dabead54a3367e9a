"""Who hangs keeps nobody else waiting: jobs that speak to partners have workers of their own."""

import pytest
from procrastinate.contrib.django import app

from lapak.lib.jobs import AT_ONCE, FOR_PARTNERS


@pytest.mark.parametrize(
    "name",
    [
        "flows.speak_to_partners",
        "flows.compare_statements",
        "payments.issue_code",
        "payments.ask_now",
        "payouts.dispatch_batch",
    ],
)
def test_what_speaks_to_partners_stands_in_their_queue(name: str) -> None:
    assert app.tasks[name].queue == FOR_PARTNERS
    assert app.configure_task(name).job.queue == FOR_PARTNERS


def test_what_is_told_does_not_wait_behind_it() -> None:
    assert app.tasks["hooks.process_gateway_message"].queue != FOR_PARTNERS


def test_every_queue_has_a_worker() -> None:
    assert {task.queue for task in app.tasks.values() if not task.name.startswith("builtin:")} == set(AT_ONCE)
