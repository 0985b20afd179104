"""Where the parts of a run are worked on: in this machine's processes, or on Dask."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

from bordermap.errors import BordermapError, MissingDataError

__all__ = ["Engine", "Work", "workers"]

Work = Callable[[Callable[[Any], Any], Sequence[Any]], Iterator[Any]]
"""Yields what a function makes of each part, in the order of being done."""

# A worker that dies takes its part along; Dask hands it to another so many times.
_RETRIES = 3


class Engine(StrEnum):
    """Where a table is worked on."""

    MEMORY = "memory"
    STREAM = "stream"
    DASK = "dask"


@contextmanager
def workers(engine: Engine, scheduler: str | None = None) -> Iterator[Work]:
    """Give what works on parts; functions, parts and results travel between processes.

    Parameters
    ----------
    engine
        ``memory``: here, one after another. ``stream``: a process for each core
        of this machine. ``dask``: the workers of ``scheduler``, or of a cluster
        on this machine.
    scheduler
        Address of a Dask scheduler, ``tcp://host:8786``.
    """
    if engine is Engine.MEMORY:
        yield map
    elif engine is Engine.STREAM:
        import multiprocessing

        # spawn: threads of Arrow and GDAL do not survive a fork.
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(os.cpu_count(), context, initializer=_end_with_parent)
        try:
            yield lambda function, parts: _in_pool(pool, function, parts)
        finally:
            pool.shutdown(cancel_futures=True)
    else:
        with _dask_client(scheduler) as client:
            yield lambda function, parts: _on_dask(client, function, parts)


def _end_with_parent() -> None:
    """Let a worker end when the run is killed, which cannot tell it to."""
    import multiprocessing
    import threading

    parent = multiprocessing.parent_process()

    def wait_for_end() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait_for_end, daemon=True).start()


def _in_pool(pool: Executor, function: Callable[[Any], Any], parts: Sequence[Any]) -> Iterator[Any]:
    # No more in hand than is worked on and next, so that an error stops the run soon.
    in_hand = 2 * (os.cpu_count() or 1)
    running = set()
    try:
        for part in parts:
            running.add(pool.submit(function, part))
            if len(running) >= in_hand:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        done, _ = wait(running)
        yield from (future.result() for future in done)
    except BrokenProcessPool as error:
        raise BordermapError(
            "a worker process died, perhaps for want of memory; run again to go on from there"
        ) from error


# Without an address Dask takes port 8787, where another cluster of this machine may listen.
NO_DASHBOARD = {"dashboard": False, "dashboard_address": "127.0.0.1:0"}


@contextmanager
def _dask_client(scheduler: str | None) -> Iterator[Any]:
    try:
        import distributed
    except ImportError as error:
        raise MissingDataError("Dask needs: pip install 'bordermap[cluster]'") from error
    dask: Any = distributed
    if scheduler is not None:
        with dask.Client(scheduler) as client:
            yield client
        return
    with (
        dask.LocalCluster(threads_per_worker=1, scheduler_kwargs=NO_DASHBOARD) as cluster,
        dask.Client(cluster) as client,
    ):
        yield client


def _on_dask(client: Any, function: Callable[[Any], Any], parts: Sequence[Any]) -> Iterator[Any]:
    import distributed

    dask: Any = distributed
    futures = client.map(function, parts, retries=_RETRIES, pure=False)
    done = dask.as_completed(futures)
    del futures  # A result that was taken is let go.
    for future in done:
        yield future.result()
        future.release()
