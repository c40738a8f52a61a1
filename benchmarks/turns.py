"""Turn latency and throughput: a customer's message through our gateway, beside the default Rasa recipe.

Both serve the same domain, rules and action server. Ours does more: it stores the message durably first, checks the
owner, and stores the replies. The baseline is Rasa's REST channel with its SQL tracker store and default lock.
Batches alternate (A B A B …), so that a machine whose speed drifts slows both.
"""

from __future__ import annotations

import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx

from bot.settings import ROOT, Settings
from bot.training.dialogue_model import DATA_FOLDERS, RASA_PYTHON, rasa_environment

QUESTIONS = (
    "在吗",
    "什么时候发货呀",
    "寄到新疆要运费吗",
    "这款偏大还是偏小",
    "羽绒服怎么洗",
    "能开发票吗",
    "快递发哪家",
    "谢谢",
)
"""Ordinary first questions of many topics; one conversation asks them in order."""
BATCHES = 5
CONVERSATIONS = 6
"""Each batch is that many conversations, one after the other for latency, together for throughput."""

Ask = Callable[[httpx.Client, str], None]


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ours(url: str) -> Callable[[httpx.Client], Ask]:
    """Opens a conversation at the gateway; asking means POST /api/chat/messages with its replies."""

    def open_conversation(client: httpx.Client) -> Ask:
        token = client.post(f"{url}/api/chat/sessions", json={}).raise_for_status().json()["token"]
        headers = {"Authorization": f"Bearer {token}"}

        def ask(client: httpx.Client, text: str) -> None:
            body = {"text": text, "client_id": uuid.uuid4().hex}
            answer = (
                client.post(f"{url}/api/chat/messages", json=body, headers=headers).raise_for_status().json()
            )
            if len(answer["messages"]) < 2:
                raise AssertionError(f"no reply to {text!r}: {answer}")

        return ask

    return open_conversation


def stock(url: str) -> Callable[[httpx.Client], Ask]:
    """Opens a conversation at Rasa's REST channel."""

    def open_conversation(client: httpx.Client) -> Ask:
        sender = uuid.uuid4().hex

        def ask(client: httpx.Client, text: str) -> None:
            client.post(
                f"{url}/webhooks/rest/webhook", json={"sender": sender, "message": text}
            ).raise_for_status()

        return ask

    return open_conversation


def batch(open_conversation: Callable[[httpx.Client], Ask]) -> tuple[list[float], float]:
    """Latencies in milliseconds of one batch asked one by one, and turns a second with conversations side by side."""
    latencies: list[float] = []
    with httpx.Client(timeout=30, trust_env=False) as client:
        for _ in range(CONVERSATIONS):
            ask = open_conversation(client)
            for question in QUESTIONS:
                started = time.perf_counter()
                ask(client, question)
                latencies.append((time.perf_counter() - started) * 1000)

    def talk(_: int) -> None:
        with httpx.Client(timeout=60, trust_env=False) as own:
            ask = open_conversation(own)
            for question in QUESTIONS:
                ask(own, question)

    started = time.perf_counter()
    with ThreadPoolExecutor(CONVERSATIONS) as pool:
        list(pool.map(talk, range(CONVERSATIONS)))
    return latencies, CONVERSATIONS * len(QUESTIONS) / (time.perf_counter() - started)


def measure(our_url: str, stock_url: str) -> dict:
    """Alternating batches of both; medians over batches and the ratios stock : ours (above 1 we are faster)."""
    makers = {"ours": ours(our_url), "default recipe": stock(stock_url)}
    for make in makers.values():
        batch(make)  # warm-up, not counted
    rows: dict[str, dict[str, list[float]]] = {
        name: {"p50_ms": [], "p99_ms": [], "turns_s": []} for name in makers
    }
    for _ in range(BATCHES):
        for name, make in makers.items():
            latencies, rate = batch(make)
            rows[name]["p50_ms"].append(median(latencies))
            rows[name]["p99_ms"].append(percentile(latencies, 0.99))
            rows[name]["turns_s"].append(rate)
    figures = {
        name: {key: {"median": median(v), "min": min(v), "max": max(v)} for key, v in row.items()}
        for name, row in rows.items()
    }
    base, own = figures["default recipe"], figures["ours"]
    ratios = {
        "latency p50": base["p50_ms"]["median"] / own["p50_ms"]["median"],
        "latency p99": base["p99_ms"]["median"] / own["p99_ms"]["median"],
        "throughput": own["turns_s"]["median"] / base["turns_s"]["median"],
    }
    return {"figures": figures, "ratios": ratios}


@contextmanager
def default_recipe(settings: Settings, folder: Path, port: int) -> Iterator[str]:
    """Train (once per state of the data) and serve Rasa's default recipe with our data and action server."""
    model = baseline_model(settings)
    endpoints = folder / "endpoints.yml"
    endpoints.write_text(
        f"action_endpoint:\n  url: http://127.0.0.1:{settings.actions_port}/webhook\n"
        "  headers:\n    Authorization: Bearer ${XIAOER_CHANNEL_TOKEN}\n"
        f"tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: {folder / 'baseline.db'}\n",
        encoding="utf-8",
    )
    credentials = folder / "credentials.yml"
    credentials.write_text("rest:\n", encoding="utf-8")
    command = [RASA_PYTHON, "-m", "rasa", "run", "--interface", "127.0.0.1", "--port", port, "--model", model]
    command += ["--endpoints", endpoints, "--credentials", credentials]
    log = (folder / "baseline.log").open("w")
    # Its own defaults: no thread limits, as somebody would run it who followed the manual.
    environment = {k: v for k, v in rasa_environment(settings).items() if "THREADS" not in k}
    process = subprocess.Popen(
        [str(part) for part in command], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    try:
        _wait(f"http://127.0.0.1:{port}/webhooks/rest/", folder / "baseline.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def baseline_model(settings: Settings) -> Path:
    from bot.training.dialogue_model import data_key

    target = settings.models_dir / "baseline" / f"{data_key(ROOT, settings)}.tar.gz"
    if not target.exists():
        print("• training the default recipe (one epoch; a few minutes)", flush=True)
        command = [RASA_PYTHON, "-m", "rasa", "train", "--config", ROOT / "benchmarks" / "default_recipe.yml"]
        command += [
            "--domain",
            ROOT / "domain.yml",
            "--out",
            target.parent,
            "--fixed-model-name",
            target.name[:-7],
        ]
        command += ["--data", *(ROOT / name for name in DATA_FOLDERS)]
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env=rasa_environment(settings),
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise SystemExit(
                f"the default recipe could not be trained:\n{(done.stdout + done.stderr)[-2000:]}"
            )
    return target


def _wait(url: str, log: Path, seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if httpx.get(url, timeout=5, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    raise SystemExit(f"{url} did not answer:\n{log.read_text()[-1500:]}")
