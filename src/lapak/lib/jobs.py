"""Background acts: however one ends, somebody is told.

An act ends as its command foresees, in a state with its words. What nobody foresaw ends in `told_by`, and a worker that was
killed in the middle in `begin_stalled_jobs_again`: so no page waits for a job that is not there any more.
"""

from collections.abc import Callable
from typing import Any

import structlog
from asgiref.sync import sync_to_async
from django.db import InterfaceError, OperationalError
from procrastinate import App
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, JobDeferrer, Status
from procrastinate.worker import Worker

from lapak.lib.acts import Busy, act

MAX_BEGINNINGS = 3
"""A job whose worker died with it so often is likely what killed it."""

PASSES_BY_ITSELF = (Busy, OperationalError, InterfaceError)
"""What a job tries again for: others were at the same rows, or the database is being restarted or moved."""

log = structlog.get_logger()


def defer_once(job: JobDeferrer, **arguments: Any) -> bool:
    """The job waits; False when one of its `queueing_lock` did already."""
    try:
        act(job.defer)(**arguments)  # an act of its own: a larger one goes on although it was there
    except AlreadyEnqueued:
        return False
    return True


def is_being_done(queueing_lock: str) -> bool:
    """Whether a worker has a job of this lock in hand. One that is tried again must find no other waiting in its place."""
    return ProcrastinateJob.objects.filter(
        queueing_lock=queueing_lock, status=Status.DOING.value, worker_id__isnull=False
    ).exists()


class ToldBy:
    """Among a job's `task_middleware`: what it raises, and is not tried again for, is told by `tell`.

    `tell` takes the job's arguments and leaves a state that a person sees. The job itself stays failed, its traceback
    in the log.
    """

    def __init__(self, tell: Callable[..., object]) -> None:
        self.tell = tell

    def __call__(self, act: Callable[[], Any], context: JobContext, worker: Worker) -> Any:  # noqa: ARG002 - Procrastinate's
        try:
            return act()
        except BaseException as error:  # a parser's panic is no Exception
            job = context.app.tasks[context.job.task_name]
            if job.get_retry_exception(exception=error, job=context.job) is None:
                self.tell(**context.job.task_kwargs)
            raise


async def begin_stalled_jobs_again(app: App) -> None:
    """Jobs whose worker died in the middle wait again: every job may be done twice. After three times it is told instead."""
    for job in await app.job_manager.get_stalled_jobs():
        log.warning("job_stalled", job=job.task_name, arguments=job.task_kwargs, begun=job.attempts + 1)
        if job.attempts + 1 < MAX_BEGINNINGS:
            try:
                await app.job_manager.retry_job(job)
            except UniqueViolation:  # the clock has put another of its kind in the queue meanwhile
                await _end(app, job)
        else:
            for middleware in app.tasks[job.task_name].task_middleware:
                if isinstance(middleware, ToldBy):
                    await sync_to_async(middleware.tell)(**job.task_kwargs)
            await _end(app, job)


async def _end(app: App, job: Job) -> None:
    await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
