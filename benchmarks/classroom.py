"""A class that presses Train at the same moment: python -m benchmarks.classroom [how many]

Clients speak to the server as the browser does, but draw nothing, so that the machine is the server's alone. Told are

- how long it takes until all runs are done, against the same runs one after the other on the command line
- how long a page waits for the answer to a tick, while all of them train
- how long somebody waits for the first page who comes in the middle of it
- what the server and its training process hold in memory
"""

import argparse
import asyncio
import statistics
import time
from dataclasses import dataclass, field

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from mnist_core import training
from mnist_core.plan import Plan
from tests.browser.server import Server, start_server, stop_server, wait_for

MOST_SECONDS = 300


@dataclass
class Client:
    """One tab: what it has been shown, and how long it waited for each answer."""

    socket: ClientConnection
    buttons: dict[str, str] = field(default_factory=dict)
    page: str = ""
    answers: list[float] = field(default_factory=list)
    words: str = ""
    ticks: tuple[str, float] | None = None
    asked: float = 0.0

    async def ask(self, *, press: str | None = None, tick: str = "") -> None:
        """Ask for a run of the script, or of a fragment; with a button pressed, or not."""
        message = BackMsg()
        state = message.rerun_script
        state.page_script_hash, state.fragment_id, state.is_auto_rerun = self.page, tick, bool(tick)
        if press is not None:
            state.widget_states.widgets.add(id=self.buttons[press], trigger_value=True)
        self.asked = time.perf_counter()
        await self.socket.send(message.SerializeToString())

    async def answer(self) -> None:
        """Take what the server sends until a script has come to its end."""
        async with asyncio.timeout(MOST_SECONDS):
            while True:
                message = ForwardMsg.FromString(await self.socket.recv(decode=False))
                kind = message.WhichOneof("type")
                if kind == "new_session":
                    self.page = message.new_session.page_script_hash
                elif kind == "auto_rerun":
                    self.ticks = message.auto_rerun.fragment_id, message.auto_rerun.interval
                elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "button":
                    button = message.delta.new_element.button
                    self.buttons[button.id.split("-")[-1]] = button.id
                elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "progress":
                    self.words = message.delta.new_element.progress.text
                elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    self.answers.append(time.perf_counter() - self.asked)
                    return

    async def train(self) -> None:
        """Press Train, and tick as the page does until the run is done."""
        await self.ask(press="train")
        await self.answer()
        while "done" not in self.words:
            assert self.ticks is not None, f"no tick, and not done: {self.words}"
            fragment, seconds = self.ticks
            await asyncio.sleep(max(0.0, seconds - self.answers[-1]))
            await self.ask(tick=fragment)
            await self.answer()


async def come_in(server: Server) -> Client:
    """Open the page, and wait until its script has come to its end."""
    address = server.url.replace("http", "ws", 1) + "/_stcore/stream"
    client = Client(await connect(address, max_size=None, subprotocols=["streamlit"]))  # type: ignore[list-item]
    await client.ask()
    await client.answer()
    return client


async def lesson(server: Server, count: int) -> tuple[float, list[float], float]:
    """Seconds until all are done; each client's waits for its ticks together; a late comer's wait."""
    clients = [await come_in(server) for _ in range(count)]
    for client in clients:
        client.answers.clear()
    began = time.perf_counter()
    runs = [asyncio.create_task(client.train()) for client in clients]
    await asyncio.sleep(2)
    late = await come_in(server)
    await asyncio.gather(*runs)
    seconds = time.perf_counter() - began
    waits = [wait for client in clients for wait in client.answers]
    for client in (*clients, late):
        await client.socket.close()
    return seconds, waits, late.answers[0]


def main() -> None:
    """Print what a class of that size feels."""
    parser = argparse.ArgumentParser(description="A class that presses Train at the same moment.")
    parser.add_argument("count", nargs="?", type=int, default=30, help="how many (30)")
    count = parser.parse_args().count
    plan = Plan()
    training.warm_up()
    began = time.perf_counter()
    for _ in range(count):
        training.advance(plan, training.start(plan), plan.steps)
    alone = time.perf_counter() - began
    server = start_server()
    try:
        asyncio.run(lesson(server, 1))  # starts TensorFlow, and waits for it
        wait_for(lambda: all(worker.cpu_percent(0.3) < 20 for worker in server.workers()), 60)
        single, *_ = asyncio.run(lesson(server, 1))
        seconds, waits, late = asyncio.run(lesson(server, count))
        memory = [psutil.Process(server.process.pid).memory_info().rss]
        memory += [worker.memory_info().rss for worker in server.workers()]
    finally:
        stop_server(server)
    waits.sort()
    print(f"one client's classic run: {single:.1f} s; {count} at once: {seconds:.1f} s until the last is done")
    print(f"the same {count} runs on the command line, one after the other: {alone:.1f} s  ratio {seconds / alone:.2f}")
    print(
        f"a tick's answer: median {statistics.median(waits):.2f} s, 95 of 100 within "
        f"{waits[int(0.95 * len(waits))]:.2f} s, longest {waits[-1]:.2f} s"
    )
    print(f"first page for somebody who comes in the middle: {late:.2f} s")
    print(f"memory: server {memory[0] / 1e6:.0f} MB, training process {sum(memory[1:]) / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
