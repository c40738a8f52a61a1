"""From the shop's files to a served FAQ: train the encoder where needed, tune, build, point `CURRENT` at it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from bot.faq.calibration import Calibration
from bot.faq.corpus import read_messages
from bot.faq.encoder import Encoder, EncoderError, GramEncoder, load_encoder, read_encoder_manifest
from bot.faq.index import SPELLING, assemble, current_version, publish_index, read_manifest, spelling_for
from bot.faq.scripts import Entry, data_hash, load_scripts
from bot.faq.training import Plan, Progress, phrasing_marks, train_encoder
from bot.faq.tune import Messages, Tuned, tune
from bot.settings import Settings

WORN = 0.15
"""Share of phrasings, or of the number of labelled messages, whose change makes `train encoder` train again."""
TUNING_STEPS = 0.6
"""Share of the training steps in the tuning run: the figures come out a little lower, in half the time."""


@dataclass(frozen=True)
class Published:
    version: str
    is_new: bool
    """False when the served version already holds these scripts."""
    tuned: Tuned | None
    """Figures of the tuning run, where one was needed."""


def publish(
    settings: Settings, retrain: bool = False, progress: Progress | None = None, plan: Plan = Plan()
) -> Published:
    """Brings the served FAQ up to the files in `settings.faq_dir`.

    Trains our encoder if there is none or `retrain` is set (about a minute with tuning), else builds only the index
    (about a second). Raises DataError for the scripts, EncoderError for the encoder.
    """
    entries = load_scripts(settings.faq_dir)
    tuned = None
    encoder = None if retrain else _existing(settings)
    if encoder is None:
        trained = train_encoder(entries, _messages(settings), plan, progress)
        trained.save(settings.models_dir / "encoder")
        encoder = load_encoder(settings)
    calibration = _calibration(settings, encoder)
    if calibration is None or retrain:
        tuned = _tune(settings, entries, encoder, progress, plan)
        calibration = tuned.calibration
        _keep(settings, calibration)
    version = _served(settings, entries, encoder, calibration)
    if version:
        return Published(version, False, tuned)
    if not isinstance(encoder, GramEncoder):
        return Published(
            publish_index(assemble(entries, encoder, calibration), settings.models_dir), True, tuned
        )
    encoder_dir = settings.models_dir / "encoder"
    index = assemble(entries, encoder, calibration, spelling_for(encoder_dir, entries))
    return Published(publish_index(index, settings.models_dir, encoder_dir), True, tuned)


def reason_to_train(settings: Settings) -> str | None:
    """Why our encoder has to be trained (again); None where the one that is there may stay.

    Raises DataError for the scripts and messages.
    """
    try:
        manifest = read_encoder_manifest(settings.models_dir / "encoder")
    except EncoderError:
        return "there is none that this version can read"
    then, now = Counter(manifest["phrasings"]), Counter(phrasing_marks(load_scripts(settings.faq_dir)))
    changed = max((then - now).total(), (now - then).total()) / max(then.total(), 1)
    if changed > WORN:
        return f"{changed:.0%} of the phrasings have changed since"
    messages = sum(map(len, _messages(settings).values()))
    grown = abs(messages - manifest["messages"]) / max(manifest["messages"], 1)
    return f"{messages} labelled messages, then {manifest['messages']}" if grown > WORN else None


def tune_for(settings: Settings, progress: Progress | None = None, plan: Plan = Plan()) -> Tuned:
    """The tuning run alone, for the encoder that is there (or a freshly named one); writes nothing."""
    encoder = _existing(settings)
    return _tune(settings, load_scripts(settings.faq_dir), encoder, progress, plan)


def _tune(
    settings: Settings,
    entries: tuple[Entry, ...],
    encoder: Encoder | None,
    progress: Progress | None,
    plan: Plan,
) -> Tuned:
    messages = _messages(settings)
    if settings.encoder:
        return tune(entries, messages, lambda *_: encoder, encoder.name)
    name = encoder.name if encoder else "not trained yet"
    shorter = replace(plan, steps=int(plan.steps * TUNING_STEPS))
    return tune(
        entries, messages, lambda kept, known: train_encoder(kept, known, shorter, progress).encoder(), name
    )


def _existing(settings: Settings) -> Encoder | None:
    """The encoder the settings ask for; None when ours has still to be trained."""
    if settings.encoder:
        return load_encoder(settings)
    try:
        return load_encoder(settings)
    except EncoderError:
        return None


def _messages(settings: Settings) -> Messages:
    return read_messages(settings.nlu_dir)


def _calibration(settings: Settings, encoder: Encoder) -> Calibration | None:
    """The kept calibration if it is this encoder's."""
    path = settings.models_dir / "faq" / "calibration.json"
    try:
        found = Calibration.load(path)
    except (OSError, ValueError):
        return None
    return found if found.encoder == encoder.name else None


def _keep(settings: Settings, calibration: Calibration) -> None:
    path = settings.models_dir / "faq" / "calibration.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    calibration.save(fresh)
    fresh.replace(path)


def _served(
    settings: Settings, entries: tuple[Entry, ...], encoder: Encoder, calibration: Calibration
) -> str | None:
    """The served version if building again would give the same."""
    version = current_version(settings.models_dir)
    if version is None:
        return None
    folder = settings.models_dir / "faq" / version
    try:
        manifest = read_manifest(settings.models_dir, version)
        same = Calibration.load(folder / "calibration.json") == calibration and (folder / SPELLING).is_dir()
    except Exception:  # noqa: BLE001 - whatever is wrong with the old version, a new one mends it
        return None
    wanted = (data_hash(entries), encoder.name)
    return version if same and (manifest["data_hash"], manifest["encoder"]["name"]) == wanted else None
