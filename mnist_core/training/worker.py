"""Where training runs: a worker process of its own, so that TensorFlow never holds up a screen.

A chunk of training takes numbers and gives numbers, so it can be asked for again: a worker that dies is replaced
and nothing is lost. All screens share one worker, which serves their requests in turn.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing.connection import wait
from typing import Any, Generic, TypeVar

from mnist_core import training
from mnist_core.errors import EngineError
from mnist_core.training.chunk import CHUNK_SECONDS, CHUNK_STATES, Chunk, train_chunk
from mnist_core.training.run import Run, extend

T = TypeVar("T")
ATTEMPTS = 4  # the first, and three more after a worker has died
DEADLINE = 120.0  # seconds for a request, TensorFlow's start before it included: a worker that takes longer hangs
LEAST_SECONDS = 0.06  # of training in a chunk, however many wait


class Engine:
    """One worker process, started at once and warmed up; replaced when it dies or hangs; ended with the server.

    A thread hands it one request after the other, so it is known which one it was at when it died.
    """

    def __init__(self) -> None:
        self._news, self._closed = threading.Condition(), False
        self._queue, self._running = deque[Request[Any]](), 0
        self._start()
        threading.Thread(target=self._serve, daemon=True).start()

    def ask(self, work: Callable[..., T], *args: Any, **options: Any) -> "Request[T]":
        """Have the worker call `work`, which must be importable, and come back with a request to poll."""
        request = Request(self, partial(work, *args, **options))
        with self._news:
            self._queue.append(request)
            self._news.notify()
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
        with self._news:
            return len(self._queue) + self._running

    def forget(self, request: "Request[Any]") -> None:
        """Take a request out of the queue, if it is still there."""
        with self._news, contextlib.suppress(ValueError):
            self._queue.remove(request)

    def worker_id(self) -> int:
        """Process id of the present worker, for those who watch its memory or try what happens when it dies."""
        return self._worker_id.result()

    def close(self) -> None:
        """End the worker at once, and ask for no other."""
        with self._news:
            self._closed = True
            self._news.notify()
        self._kill()

    def _start(self) -> None:
        others = multiprocessing.active_children()
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=_begin_worker)
        self._worker_id = self._pool.submit(os.getpid)
        self._pool.submit(training.warm_up)  # should it fail, so does the first real request, and that one is heard
        self._processes = [child for child in multiprocessing.active_children() if child not in others]

    def _kill(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            process.kill()

    def _serve(self) -> None:
        """Hand over one request after the other, for ever."""
        while True:
            with self._news:
                self._running = 0
                self._news.wait_for(lambda: self._queue or self._closed)
                if self._closed:
                    return
                request, self._running = self._queue.popleft(), 1
            try:
                if not self._done(request):
                    with self._news:
                        self._queue.appendleft(request)  # its turn goes on
            except RuntimeError:  # the server is ending, and takes no new work
                return

    def _done(self, request: "Request[Any]") -> bool:
        """Have the worker do it; False where the worker was lost on it, and another one is there to try again."""
        try:
            future = self._pool.submit(request.work)
        except BrokenProcessPool:  # it died while it had nothing to do: nobody's fault
            self._replace()
            return False
        try:
            request.answer.set_result(future.result(DEADLINE))
        except (BrokenProcessPool, CancelledError, TimeoutError):
            if self._closed:
                return True
            self._replace()
            return request.lost_again()
        except Exception as error:
            request.answer.set_exception(error)
        return True

    def _replace(self) -> None:
        self._kill()
        self._start()


class Request(Generic[T]):
    """Work that was asked for: `poll` it until it is there."""

    def __init__(self, engine: Engine, work: Callable[[], T]) -> None:
        self.work, self.answer = work, Future[T]()
        self._engine, self._attempts = engine, 1

    def poll(self, timeout: float = 0.0) -> T | None:
        """The result, or None while it is not there yet; wait up to `timeout` seconds for it.

        Raises what the work raised, and EngineError when four workers were lost on it.
        """
        try:
            return self.answer.result(timeout)
        except TimeoutError:
            return None

    def abandon(self) -> None:
        """Forget about it; where the worker has not begun, it never will."""
        self._engine.forget(self)

    def lost_again(self) -> bool:
        """Note that a worker was lost on it; whether that was the last one to be tried."""
        if self._attempts == ATTEMPTS:
            self.answer.set_exception(
                EngineError(
                    f"The training process died {ATTEMPTS} times at the same place, most likely for want of memory. "
                    "What you had is kept; try again, with fewer images per step if that can be chosen."
                )
            )
            return True
        self._attempts += 1
        return False


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
