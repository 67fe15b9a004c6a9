"""The worker process: it gives what the function gives, outlives its own death, and ends when its server does."""

import os
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import Future
from pathlib import Path
from types import ModuleType

import psutil
import pytest

from mnist_core import metrics, model, training
from mnist_core.dataset import load_test
from mnist_core.errors import EngineError, PlanError
from mnist_core.plan import Plan
from mnist_core.training import run
from mnist_core.training.chunk import CHUNK_SECONDS
from mnist_core.training.worker import ATTEMPTS, LEAST_SECONDS, Engine, Request, finish

UNTRAINED = metrics.evaluate(model.zeros(), load_test())
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def engine():
    before = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")  # a worker imports it, and must not run the page of another test
    running = Engine()
    yield running
    running.close()
    sys.modules["__main__"] = before


def answer(request: Request, seconds: float = 60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = request.poll(timeout=0.05)
        if found is not None:
            return found
    raise AssertionError(f"no answer within {seconds} s")


def test_a_run_in_the_worker_is_the_run_here(engine):
    plan = Plan(steps=300)
    there = finish(engine, run.begin(plan, UNTRAINED))
    here, _ = training.advance(plan, training.start(plan), plan.steps)
    assert there.state.parameters[0].weights.tobytes() == here.parameters[0].weights.tobytes()


def test_the_worker_is_known_by_its_process_id(engine):
    assert answer(engine.ask(os.getpid)) == engine.worker_id() != os.getpid()


def test_a_killed_worker_is_replaced_and_nothing_is_lost(engine):
    plan, killed = Plan(steps=2_000), False
    current = run.begin(plan, UNTRAINED)
    while not current.finished:
        request = engine.ask_for_chunk(current, current.state.step + 400, paced=False)  # short, to have many
        if not killed and current.state.step > 500:
            killed = True
            psutil.Process(engine.worker_id()).kill()
        current = run.extend(current, answer(request))
    undisturbed, _ = training.advance(plan, training.start(plan), plan.steps)
    assert killed
    assert current.state.parameters[0].weights.tobytes() == undisturbed.parameters[0].weights.tobytes()


def test_a_worker_that_keeps_dying_is_an_error_in_words(engine, monkeypatch):
    monkeypatch.setattr(training, "warm_up", os.getpid)  # in the new ones: nothing is trained here
    request = engine.ask(os._exit, 1)
    with pytest.raises(EngineError, match=f"died {ATTEMPTS} times"):
        answer(request)
    assert answer(engine.ask(os.getpid)) != os.getpid(), "the next request finds a new worker"


def test_errors_of_ours_come_back_as_they_are(engine):
    with pytest.raises(PlanError, match="train_size is 0"):
        answer(engine.ask(Plan, train_size=0))


def test_the_more_wait_the_shorter_each_chunk(engine, monkeypatch):
    asked = []
    begun = run.begin(Plan(steps=50), UNTRAINED)
    monkeypatch.setattr(engine, "ask", lambda *args, **options: asked.append(options["seconds"]))
    for waiting in (0, 1, 3, 1_000):
        monkeypatch.setattr(engine, "waiting", lambda waiting=waiting: waiting)
        engine.ask_for_chunk(begun, 50)
    assert asked == pytest.approx([CHUNK_SECONDS, CHUNK_SECONDS / 2, CHUNK_SECONDS / 4, LEAST_SECONDS])


def test_waiting_counts_the_requests_that_are_not_answered(engine):
    before = engine.waiting()
    requests = [engine.ask(time.sleep, 0.3), engine.ask(os.getpid)]
    assert engine.waiting() == before + 2
    answer(requests[1])
    assert engine.waiting() == before


def test_many_sessions_ask_at_the_same_time(monkeypatch):
    class Pool:
        def submit(self, work, *args, **options):
            return Future()

    monkeypatch.setattr(Engine, "_start", lambda self: Pool())
    crowded, troubles = Engine(), []

    def ask() -> None:
        try:
            kept = []
            for _ in range(300):
                kept.append(crowded.ask(os.getpid))
                crowded.waiting()
        except RuntimeError as error:  # a set that changed while it was counted
            troubles.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    before = sys.getswitchinterval()
    try:
        sys.setswitchinterval(1e-5)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert not troubles


@pytest.mark.parametrize("how", ["terminate", "kill"])
def test_the_worker_ends_with_its_server(tmp_path, how):
    script = tmp_path / "server.py"
    script.write_text(
        textwrap.dedent("""
        import os, time
        from mnist_core import training
        from mnist_core.training.worker import Engine
        training.warm_up = os.getpid
        if __name__ == "__main__":
            engine = Engine()
            request = engine.ask(os.getpid)
            while (worker := request.poll(timeout=0.1)) is None:
                pass
            print(worker, flush=True)
            time.sleep(60)
    """)
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=environment) as server:
        worker = psutil.Process(int(server.stdout.readline()))
        getattr(server, how)()
        worker.wait(timeout=10)
    assert not worker.is_running()
