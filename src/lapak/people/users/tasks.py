"""What of users time alone brings about."""

from procrastinate.contrib.django import app

from lapak.people.users import email_changes, joining, sessions


@app.periodic(cron="50 18 * * *")
@app.task(name="users.forget_what_is_over", queueing_lock="users.forget_what_is_over")
def forget_what_is_over(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's moment; the work asks for the present
    """Every night at 01:50 WIB."""
    sessions.forget_ended_sessions()
    email_changes.forget_old_email_changes()
    joining.forget_old_joinings()
