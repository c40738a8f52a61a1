"""`xiaoer evaluate`: trains, reads what was kept apart, and writes the report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from bot.dialogue import Dialogue, load_dialogue
from bot.evaluation import entities, faq, material, own_model, rasa_models, recipes
from bot.evaluation.figures import Judged
from bot.evaluation.material import Material
from bot.evaluation.readings import Reading, Trained
from bot.evaluation.report import Results, Summary, write_report
from bot.faq.calibration import Calibration
from bot.faq.encoder import load_encoder
from bot.faq.evaluate import Question, Report, load_questions
from bot.faq.index import assemble
from bot.faq.publish import publish
from bot.faq.scripts import Entry, load_scripts
from bot.faq.search import FixedSearch, Searcher
from bot.settings import ROOT, Settings
from bot.training.nlu_files import read_examples


@dataclass(frozen=True)
class Plan:
    """What one run is to measure."""

    out: Path
    """Folder for the report, the single results and the baselines."""
    real: Path | None = None
    """Labelled messages of real customers, a JSON object a line."""
    baselines: bool = False
    """Whether to train and ask what has to be trained by Rasa."""
    epochs: int = 100
    """Of DIET and ResponseSelector; 100 is what `rasa init` writes."""
    sample: int | None = None
    """Learn only that many examples an intent and phrasings an entry: a try, no measure."""


@dataclass(frozen=True)
class Places:
    """Where the judged and the learnt come from."""

    held_out: Path = ROOT / "tests" / "data"
    config: Path = ROOT / "config.yml"
    dialogue: Path = ROOT / "data" / "dialogue.yml"


def evaluate(settings: Settings, plan: Plan, console: Console, places: Places = Places()) -> Summary:
    """Measures everything and writes it to `plan.out`. Raises DataError, TrainingFailed, EncoderError, IndexRefused."""
    dialogue = load_dialogue(places.dialogue)
    judged_by = _material(settings, plan, places, dialogue)
    plan.out.mkdir(parents=True, exist_ok=True)
    entries = load_scripts(settings.faq_dir)
    if plan.sample:
        entries = material.sampled_entries(entries, plan.sample)
    judged = tuple(
        _judged(model, judged_by) for model in _models(settings, plan, judged_by, dialogue, places, console)
    )
    console.print("• entities", highlight=False)
    files = sorted(places.held_out.glob("entities*.yml"))
    sentences = tuple(each for path in files for each in entities.load_sentences(path))
    found = tuple(_found_entities(settings, sentences))
    console.print("• FAQ search", highlight=False)
    questions = load_questions(places.held_out / "faq")
    selector = _selector(settings, plan, entries, questions, console)
    reports = _faq(_search(settings, plan, entries), entries, questions, selector)
    sizes = (len(judged_by.learnt), len(entries))
    epochs = plan.epochs if plan.baselines else None
    results = Results(judged, sentences, found, reports, selector, epochs, *sizes, plan.sample)
    return write_report(results, dialogue, plan.out, console)


def _material(settings: Settings, plan: Plan, places: Places, dialogue: Dialogue) -> Material:
    # First what the caller named, so that a slip is told before anything is trained.
    real = material.load_real(plan.real, dialogue.readings) if plan.real else ()
    learnt = tuple(read_examples(settings.nlu_dir))
    return Material(
        material.sampled_examples(learnt, plan.sample) if plan.sample else learnt,
        material.load_held_out(places.held_out / "nlu"),
        material.load_outside(places.held_out / "out-of-scope.yml"),
        real,
    )


def _models(
    settings: Settings,
    plan: Plan,
    judged_by: Material,
    dialogue: Dialogue,
    places: Places,
    console: Console,
) -> list[Trained]:
    console.print(f"• training our intent model on {len(judged_by.learnt)} messages", highlight=False)
    acts_from = dialogue.bands.answer
    models = [own_model.trained_on(judged_by.learnt, judged_by.texts, acts_from, places.config)]
    for name in recipes.INTENT_BASELINES if plan.baselines else ():
        baseline = recipes.intent_baseline(name, judged_by.learnt, plan.epochs)
        answers = _answers(baseline, judged_by.texts, plan, settings, console)
        models.append(recipes.as_trained(baseline, answers))
    return models


def _judged(model: Trained, judged_by: Material) -> Judged:
    messages = (*judged_by.held_out, *judged_by.outside, *judged_by.real)
    read = tuple(Reading(*pair) for pair in zip(messages, model.rankings, strict=True))
    first = len(judged_by.held_out)
    second = first + len(judged_by.outside)
    return Judged(model, read[:first], read[first:second], read[second:])


def _found_entities(settings: Settings, sentences: tuple[entities.Sentence, ...]) -> list[frozenset]:
    program = ["bot.evaluation.entity_lines", str(settings.shop_dir / "products")]
    rows = rasa_models.run_lines(program, [sentence.text for sentence in sentences], settings)
    return [entities.keys(row) for row in rows]


def _selector(
    settings: Settings,
    plan: Plan,
    entries: tuple[Entry, ...],
    questions: tuple[Question, ...],
    console: Console,
) -> rasa_models.Answers | None:
    if not plan.baselines:
        return None
    texts = [question.text for question in questions]
    return _answers(recipes.faq_baseline(entries, plan.epochs), texts, plan, settings, console)


def _faq(
    search: FixedSearch | Searcher,
    entries: tuple[Entry, ...],
    questions: tuple[Question, ...],
    selector: rasa_models.Answers | None,
) -> tuple[Report, ...]:
    if selector is None:
        return faq.reports(search, entries, questions)
    pairs = zip(questions, selector.rows, strict=True)
    selected = {question.text: row["responses"] for question, row in pairs}
    return faq.reports(search, entries, questions, selected)


def _search(settings: Settings, plan: Plan, entries: tuple[Entry, ...]) -> FixedSearch | Searcher:
    """What serves customers, brought up to the files; in a sample run its encoder over the sampled phrasings."""
    publish(settings)
    if not plan.sample:
        return Searcher.open(settings.models_dir, settings)
    calibration = Calibration.load(settings.models_dir / "faq" / "calibration.json")
    return FixedSearch(assemble(entries, load_encoder(settings), calibration))


def _answers(
    baseline: rasa_models.Baseline, texts: list[str], plan: Plan, settings: Settings, console: Console
) -> rasa_models.Answers:
    with console.status(""):
        return rasa_models.answers(
            baseline,
            texts,
            plan.out / "baselines",
            settings,
            lambda step: console.print(f"• {step}", highlight=False),
        )
