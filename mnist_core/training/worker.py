"""Where training runs: a worker process of its own, so that TensorFlow never holds up a screen.

A chunk of training takes numbers and gives numbers, so it can be asked for again: a worker that dies is replaced
and nothing is lost. All screens share one worker, which serves their requests in turn.
"""

import multiprocessing
import os
import signal
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Any, Generic, TypeVar

from mnist_core import training
from mnist_core.errors import EngineError
from mnist_core.training.chunk import CHUNK_SECONDS, CHUNK_STATES, Chunk, train_chunk
from mnist_core.training.run import Run, extend

T = TypeVar("T")
ATTEMPTS = 4  # the first, and three more after a worker has died
LEAST_SECONDS = 0.06  # of training in a chunk, however many wait


class Engine:
    """One worker process, started at once and warmed up; replaced when it dies; ended by `close` or with the server."""

    def __init__(self) -> None:
        self._lock, self._listing = threading.Lock(), threading.Lock()
        self._requests = weakref.WeakSet[Request[Any]]()
        self._pool = self._start()

    def ask(self, work: Callable[..., T], *args: Any, **options: Any) -> "Request[T]":
        """Have the worker call `work`, which must be importable, and come back with a request to poll."""
        request = Request(self, lambda pool: pool.submit(work, *args, **options))
        with self._listing:
            self._requests.add(request)
        return request

    def ask_for_chunk(self, run: Run, until: int, *, paced: bool = True) -> "Request[Chunk]":
        """Have the next chunk of a run made; the more requests wait, the shorter each chunk."""
        return self.ask(
            train_chunk,
            run.position,
            until,
            seconds=max(LEAST_SECONDS, CHUNK_SECONDS / (1 + self.waiting())),
            most_states=CHUNK_STATES if paced else None,
        )

    def waiting(self) -> int:
        """How many requests are not answered yet."""
        with self._listing:  # other sessions ask meanwhile, each in a thread of its own
            requests = list(self._requests)
        return sum(not request.answered for request in requests)

    def worker_id(self) -> int:
        """Process id of the present worker, for those who watch its memory or try what happens when it dies."""
        return self._worker_id.result()

    def submit(self, send: Callable[[ProcessPoolExecutor], "Future[T]"]) -> "tuple[Future[T], ProcessPoolExecutor]":
        """Send to the present pool, or to a new one where it has broken."""
        with self._lock:
            try:
                return send(self._pool), self._pool
            except BrokenProcessPool:
                self._pool = self._start()
                return send(self._pool), self._pool

    def replace(self, broken: ProcessPoolExecutor) -> None:
        """Start a new worker in place of a broken one, once, however many requests noticed."""
        with self._lock:
            if self._pool is broken:
                self._pool = self._start()

    def close(self) -> None:
        """End the worker."""
        self._pool.shutdown(cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=_begin_worker)
        self._worker_id = pool.submit(os.getpid)
        pool.submit(training.warm_up)  # should it fail, so does the first real request, and that one is heard
        return pool


class Request(Generic[T]):
    """Work that was asked for: `poll` it until it is there."""

    def __init__(self, engine: Engine, send: Callable[[ProcessPoolExecutor], "Future[T]"]) -> None:
        self._engine, self._send, self._attempts = engine, send, 1
        self._future, self._pool = engine.submit(send)

    @property
    def answered(self) -> bool:
        """Whether the worker is through with it, for good or ill."""
        return self._future.done()

    def poll(self, timeout: float = 0.0) -> T | None:
        """The result, or None while it is not there yet; wait up to `timeout` seconds for it.

        Raises what the work raised, and EngineError when the worker has died on it four times.
        """
        try:
            return self._future.result(timeout)
        except (TimeoutError, CancelledError):
            return None
        except BrokenProcessPool:
            self._ask_again()
            return None

    def abandon(self) -> None:
        """Forget about it; where the worker has not begun, it never will."""
        self._future.cancel()

    def _ask_again(self) -> None:
        if self._attempts >= ATTEMPTS:
            raise EngineError(
                f"The training process died {ATTEMPTS} times at the same place, most likely for want of memory. "
                "What you had is kept; try again, with fewer images per step if that can be chosen."
            )
        self._attempts += 1
        self._engine.replace(self._pool)
        self._future, self._pool = self._engine.submit(self._send)


def finish(engine: Engine, run: Run) -> Run:
    """Run to the end, chunk by chunk: what a screen does, without one."""
    while not run.finished:
        request = engine.ask_for_chunk(run, run.plan.steps, paced=False)
        while (chunk := request.poll(timeout=0.1)) is None:
            pass
        run = extend(run, chunk)
    return run


def _begin_worker() -> None:
    """In the worker: leave Ctrl-C to the server, and end when the server does, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(0)
