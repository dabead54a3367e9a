"""Jobs in tests: no worker runs, so the test says when what waits is done."""

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def run_waiting_jobs(*names: str) -> int:
    """Do every job of these names that waits, once, in order; what one raises is raised here. Answers how many there were."""
    waiting = list(ProcrastinateJob.objects.filter(status="todo", task_name__in=names).order_by("id"))
    for job in waiting:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job.id])
        app.tasks[job.task_name](**job.args)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job.id])
    return len(waiting)
