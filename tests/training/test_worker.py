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
from mnist_core.training import run, worker
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


def test_a_death_is_charged_to_the_request_that_was_at_work_and_to_no_other(engine, monkeypatch):
    monkeypatch.setattr(training, "warm_up", os.getpid)
    deadly, innocent = engine.ask(os._exit, 1), [engine.ask(os.getpid) for _ in range(10)]
    with pytest.raises(EngineError, match=f"died {ATTEMPTS} times"):
        answer(deadly)
    assert {answer(request) for request in innocent} == {engine.worker_id()}


def test_a_worker_that_was_killed_while_idle_is_charged_to_nobody(engine, monkeypatch):
    monkeypatch.setattr(training, "warm_up", os.getpid)
    for _ in range(ATTEMPTS):
        before = psutil.Process(engine.worker_id())
        before.kill()
        before.wait(10)
        assert answer(engine.ask(os.getpid)) != before.pid


def test_a_worker_that_hangs_is_noticed_and_replaced(engine, monkeypatch):
    monkeypatch.setattr(training, "warm_up", os.getpid)
    monkeypatch.setattr(worker, "DEADLINE", 1.0)
    before = psutil.Process(engine.worker_id())
    before.suspend()
    assert answer(engine.ask(os.getpid)) == engine.worker_id() != before.pid
    before.wait(10)


def test_what_is_abandoned_before_its_turn_is_never_begun(engine, tmp_path):
    first, second = engine.ask(time.sleep, 0.3), engine.ask((tmp_path / "begun").touch)
    second.abandon()
    assert engine.waiting() == 1
    answer(engine.ask(os.getpid))
    assert first.answer.done() and not (tmp_path / "begun").exists()
    assert second.poll() is None


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

    def start(self) -> None:
        self._pool, self._processes = Pool(), []

    monkeypatch.setattr(Engine, "_start", start)
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


@pytest.mark.parametrize("how", ["terminate", "kill", "end", "end at work"])
def test_the_worker_ends_with_its_server(tmp_path, how):
    """Whether the server is ended or ends by itself."""
    script = tmp_path / "server.py"
    script.write_text(
        textwrap.dedent("""
        import os, sys, time
        from mnist_core import training
        from mnist_core.training.worker import Engine
        training.warm_up = os.getpid
        if __name__ == "__main__":
            engine = Engine()
            request = engine.ask(os.getpid)
            while (worker := request.poll(timeout=0.1)) is None:
                pass
            waiting = [engine.ask(time.sleep, 0.3) for _ in range(20) if sys.argv[1] == "end at work"]
            print(worker, flush=True)
            sys.stdin.readline()
    """)
    )
    environment, pipe = {**os.environ, "PYTHONPATH": str(ROOT)}, subprocess.PIPE
    command = [sys.executable, script, how]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment) as server:
        child = psutil.Process(int(server.stdout.readline()))
        if how.startswith("end"):
            server.stdin.close()
        else:
            getattr(server, how)()
        server.wait(timeout=10)
        if how.startswith("end"):
            child.wait(timeout=10)
            assert not server.stderr.read()
        child.wait(timeout=10)
    assert not child.is_running()
