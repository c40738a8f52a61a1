"""What `xiaoer train` can train, and what the data files have outdated."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot.settings import ROOT, Settings
from bot.training import dialogue_model

Tell = Callable[[float, str], None]
"""Called with the share done (0–1) and the name of the step."""

KEPT_MODELS = 6
"""Archives kept for rolling back; the oldest beyond are deleted."""

SMOKE = {"我要转人工": "request_human", "什么时候发货": "ask_shipping_time", "谢谢": "thank"}
"""A classifier whose file was refused answers anything; these three it must know before it serves."""


def train_nlu(settings: Settings, if_missing: bool, tell: Tell) -> str:
    """Train, try and promote the dialogue model. Raises TrainingFailed; then the old model stays."""
    wanted = dialogue_model.model_path(settings, dialogue_model.data_key(ROOT, settings))
    current = dialogue_model.current_model(settings)
    if if_missing and current.exists() and current.resolve() == wanted.resolve():
        return "up to date"
    if not (if_missing and wanted.exists()):
        dialogue_model.train(settings, tell)
        try_model(settings, wanted)
    dialogue_model.promote(settings, wanted)
    _forget_old(settings)
    return wanted.name


def try_model(settings: Settings, model: object) -> None:
    """Raises TrainingFailed when the model misreads what no model may misread."""
    from bot.training.parsing import parse_lines

    parses = parse_lines(settings, list(SMOKE), model)
    for (text, intent), parse in zip(SMOKE.items(), parses, strict=True):
        read = parse["intent"] and parse["intent"]["name"]
        if read != intent:
            raise dialogue_model.TrainingFailed(
                f"the new model reads {text!r} as {read}, not {intent}: not served"
            )


def train_encoder(settings: Settings, if_missing: bool, tell: Tell) -> str:
    """Train our sentence encoder and tune the bands; with XIAOER_ENCODER there is nothing to train."""
    from bot.faq.publish import publish, reason_to_train

    if settings.encoder:
        return f"using {settings.encoder}"
    if if_missing and (reason := reason_to_train(settings)) is None:
        return "up to date"
    if if_missing:
        tell(0.0, f"training the encoder: {reason}")
    done = publish(settings, retrain=True, progress=_stepwise(tell))
    return done.version


def train_index(settings: Settings, if_missing: bool, tell: Tell) -> str:
    """Bring the served FAQ up to the files; costs a second when nothing changed."""
    from bot.faq.publish import publish

    done = publish(settings, progress=_stepwise(tell))
    return done.version if done.is_new else "up to date"


JOBS: dict[str, Callable[[Settings, bool, Tell], str]] = {
    "nlu": train_nlu,
    "encoder": train_encoder,
    "index": train_index,
}


def run_jobs(settings: Settings, names: Iterable[str], if_missing: bool, console: Console) -> None:
    """Run jobs one after the other with a progress bar each. Raises DataError, TrainingFailed."""
    columns = (
        TextColumn("• {task.description:<9}"),
        BarColumn(),
        TextColumn("{task.fields[step]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bars:
        for name in names:
            bar = bars.add_task(name, total=1.0, step="")

            def tell(share: float, step: str, bar=bar) -> None:
                bars.update(bar, completed=share, step=step)
                if not console.is_terminal and step:
                    _say_once(console, bar, step)

            result = JOBS[name](settings, if_missing, tell)
            bars.update(bar, completed=1.0, step=result)


_SAID: set[tuple[int, str]] = set()


def _say_once(console: Console, bar: int, step: str) -> None:
    """Without a terminal a bar cannot move; each step is a line instead."""
    if (bar, step) not in _SAID:
        _SAID.add((bar, step))
        console.print(f"  … {step}", highlight=False)


def _stepwise(tell: Tell) -> Callable[[str, int, int], None]:
    return lambda step, done, of: tell(done / max(1, of), step)


def _forget_old(settings: Settings) -> None:
    folder = settings.models_dir / "rasa"
    current = dialogue_model.current_model(settings).resolve()
    archives = sorted(
        (path for path in folder.glob("*.tar.gz") if not path.is_symlink()),
        key=lambda path: -path.stat().st_mtime,
    )
    for path in archives[KEPT_MODELS:]:
        if path != current:
            path.unlink()
