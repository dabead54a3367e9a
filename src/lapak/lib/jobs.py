"""Background acts: however one ends, somebody is told.

An act ends as its command foresees, in a state with its words. What nobody foresaw ends in `told_by`, and a worker that was
killed in the middle in `begin_stalled_jobs_again`: so no page waits for a job that is not there any more.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from asgiref.sync import sync_to_async
from django.db import InterfaceError, OperationalError
from procrastinate import App
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.job_context import JobContext
from procrastinate.jobs import DeleteJobCondition, Job, JobDeferrer, Status
from procrastinate.signals import on_stop
from procrastinate.worker import Worker

from lapak.lib.acts import Busy, act

MAX_BEGINNINGS = 3
"""A job whose worker died with it so often is likely what killed it."""

PASSES_BY_ITSELF = (Busy, OperationalError, InterfaceError)
"""What a job tries again for: others were at the same rows, or the database is being restarted or moved."""

FOR_PARTNERS = "partners"
"""The queue of jobs that speak to other machines: one that hangs keeps no other job waiting."""

FOR_FILES = "files"
"""The queue of jobs that write large files of people's own: one after another, so that they never slow who buys."""

FOR_PICTURES = "pictures"
"""The queue of jobs that fetch pictures from other platforms: one request at a time, for as long as it takes."""

AT_ONCE = {"default": 4, FOR_PARTNERS: 3, FOR_FILES: 1, FOR_PICTURES: 1}
"""By queue, how many jobs a worker does at the same time: together with the search index, one database connection each."""

STOPS_WITHIN = 15
"""Seconds for the jobs that are begun, once the worker is told to stop: longer than a partner may take to answer."""

log = structlog.get_logger()


async def work_off(app: App) -> None:
    """Jobs are done as they come, until this process is told to stop; then those that are begun are finished."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(sum(AT_ONCE.values())))
    async with app.open_async():
        workers = [asyncio.create_task(_work_off(app, queue, at_once)) for queue, at_once in AT_ONCE.items()]

        def stop() -> None:
            for worker in workers:
                if not worker.cancelling():  # a second time would not let it finish
                    worker.cancel()

        with on_stop(stop):
            await asyncio.wait(workers, return_when=asyncio.FIRST_COMPLETED)
            stop()  # where one is broken the other stops too: the process is started again
            ended = await asyncio.gather(*workers, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):
            raise error


async def _work_off(app: App, queue: str, at_once: int) -> None:
    await app.run_worker_async(
        queues=[queue],
        name=queue,
        concurrency=at_once,
        shutdown_graceful_timeout=STOPS_WITHIN,
        delete_jobs=DeleteJobCondition.SUCCESSFUL,
        install_signal_handlers=False,
    )


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
