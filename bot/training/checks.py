"""Checks of the language data beyond `rasa data validate`, which compares examples by exact text only and passes an
intent without examples or an unused response."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.faq.intents import INTENTS
from bot.files import DataError, Problem, line_of, read_yaml
from bot.text.lexicon import LexiconError, load_lexicon
from bot.training.nlu_files import Example, read_examples, same_key

_TOP_KEYS = {"version", "nlu"}
_BLOCK_KEYS = {"intent", "examples"}
_METADATA = {"clear": False}
"""The only thing to be said of a block: its examples cannot be read without their chat."""
_RESPONSE = re.compile(r"""(?:["']|action:\s*)(utter_(?!action\b)\w+)""")
"""A response's name in code (quoted) or in a rule; `utter_message` is neither, `utter_action` is a key of Rasa's."""
PARTICLES = frozenset("吗呢啊吧呀嘛么的了哈哦喔呐啦咯嘞")
"""Characters that change the tone of a sentence and not what it asks for."""
SHORTEST = 3
"""Characters, particles aside, from which two sentences can be near-duplicates."""
FEWEST = 5
"""Examples an intent needs, so that the classifier can hold some back."""


def check_nlu(nlu_dir: Path, domain_file: Path) -> list[Example]:
    """All examples below `nlu_dir`. Raises DataError with every problem of the examples, the domain and the lexicon."""
    documents = {path: read_yaml(path) for path in sorted(nlu_dir.rglob("*.yml"))}
    problems = stray_keys(documents)
    if problems:  # examples cannot be read from blocks of another shape
        raise DataError(problems)
    examples = read_examples(nlu_dir)
    domain = read_yaml(domain_file)
    problems += intents_agree(examples, domain, domain_file, nlu_dir)
    problems += contradictions(examples) + near_duplicates(examples)
    problems += unused_responses(domain, domain_file, _texts_that_use_responses(domain_file.parent))
    problems += _lexicon_problems()
    if problems:
        raise DataError(problems)
    return examples


def stray_keys(documents: Mapping[Path, Any]) -> list[Problem]:
    """Keys Rasa would ignore or read as something else: a file has `version` and `nlu`, a block `intent` and
    `examples`, and an example starts with "- "."""
    problems: list[Problem] = []
    for path, document in documents.items():
        if not isinstance(document, dict) or not isinstance(document.get("nlu"), list):
            problems.append(Problem(path, 1, "nlu", "expected `version` and a list under `nlu:`"))
            continue
        for key in document.keys() - _TOP_KEYS:
            cure = "remove it: this folder holds examples only"
            problems.append(Problem(path, line_of(document, [key]), str(key), cure))
        for index, block in enumerate(document["nlu"]):
            problems += _stray_in_block(path, document, index, block)
    return problems


def _stray_in_block(path: Path, document: Any, index: int, block: Any) -> list[Problem]:
    line = line_of(document, ["nlu", index])
    if not isinstance(block, dict) or block.keys() - {"metadata"} != _BLOCK_KEYS:
        found = sorted(block) if isinstance(block, dict) else block
        return [Problem(path, line, "nlu", f"a block has `intent` and `examples`, this one has {found}")]
    if block.get("metadata", _METADATA) != _METADATA:
        found = dict(block["metadata"]) if isinstance(block["metadata"], dict) else block["metadata"]
        return [Problem(path, line, "metadata", f"may only be {{clear: false}}, this one is {found}")]
    first = line_of(document, ["nlu", index, "examples"]) + 1
    return [
        Problem(path, first + offset, "examples", f'start the line with "- ": {text!r}')
        for offset, text in enumerate(str(block["examples"]).splitlines())
        if text.strip() and not text.startswith("- ")
    ]


def intents_agree(
    examples: Sequence[Example], domain: Any, domain_file: Path, nlu_dir: Path
) -> list[Problem]:
    """The 44 intents, the domain's and those with examples are the same, and each has enough examples."""
    problems: list[Problem] = []
    declared = {str(name) for name in domain.get("intents") or []}
    counts: dict[str, int] = defaultdict(int)
    for example in examples:
        counts[example.intent] += 1
    for name in sorted(declared ^ set(INTENTS)):
        what = "is missing here" if name in INTENTS else "is none of the 44 intents"
        problems.append(Problem(domain_file, line_of(domain, ["intents"]), "intents", f"{name} {what}"))
    for name in INTENTS:
        if counts[name] < FEWEST:
            cure = f"{name} has {counts[name]} examples, at least {FEWEST} are needed"
            problems.append(Problem(nlu_dir, 1, "examples", cure))
    for example in examples:
        if example.intent not in INTENTS:
            cure = f"{example.intent!r} is none of the 44 intents (bot/faq/intents.py)"
            problems.append(Problem(example.file, example.line, "intent", cure))
    return problems


def contradictions(examples: Iterable[Example]) -> list[Problem]:
    """Examples that are the same to a customer (width, case, script, spaces and marks ignored) and stand twice."""
    problems: list[Problem] = []
    seen: dict[str, Example] = {}
    for example in examples:
        other = seen.setdefault(same_key(example.text), example)
        if other is example:
            continue
        place = f"{other.file}:{other.line}"
        if other.intent == example.intent:
            cure = f"{example.text!r} stands already in {place}: remove one"
        else:
            cure = (
                f"{example.text!r} is {example.intent} here and {other.intent} in {place} ({other.text!r}): "
                "keep it where it belongs"
            )
        problems.append(Problem(example.file, example.line, "examples", cure))
    return problems


def near_duplicates(examples: Iterable[Example]) -> list[Problem]:
    """Examples of one intent with the same characters, order and particles aside: the second teaches nothing."""
    problems: list[Problem] = []
    seen: dict[tuple[str, str], Example] = {}
    for example in examples:
        letters = "".join(sorted(letter for letter in same_key(example.text) if letter not in PARTICLES))
        if len(letters) < SHORTEST:
            continue
        other = seen.setdefault((example.intent, letters), example)
        if other is not example and same_key(other.text) != same_key(example.text):
            cure = f"{example.text!r} says the same as {other.text!r} ({other.file}:{other.line}): remove one"
            problems.append(Problem(example.file, example.line, "examples", cure))
    return problems


def unused_responses(domain: Any, domain_file: Path, texts: Iterable[str]) -> list[Problem]:
    """Responses that no rule, story, action or form names, and responses named that the domain does not have.

    A form asks for a slot with `utter_ask_<form>_<slot>` or `utter_ask_<slot>`, which no text names.
    """
    responses = domain.get("responses") or {}
    named = {name for text in texts for name in _RESPONSE.findall(text)}
    asked = set(_asked_by_forms(domain))
    problems = [
        Problem(
            domain_file, line_of(domain, ["responses", name]), name, "nothing says it: use it or remove it"
        )
        for name in responses
        if name not in named and name not in asked and not _is_named_in_parts(name, texts)
    ]
    missing = sorted(name for name in named - responses.keys() if not name.endswith("_"))
    problems += [
        Problem(domain_file, 1, name, "is said by a rule or action, add it to responses") for name in missing
    ]
    return problems


def _is_named_in_parts(name: str, texts: Iterable[str]) -> bool:
    """Whether code builds the name from a prefix, as in f"utter_refuse_{key}"."""
    return any(f"{name[:end]}{{" in text for text in texts for end in range(len("utter_x"), len(name)))


def _asked_by_forms(domain: Any) -> Iterable[str]:
    for form, settings in (domain.get("forms") or {}).items():
        for slot in (settings or {}).get("required_slots") or []:
            yield f"utter_ask_{form}_{slot}"
            yield f"utter_ask_{slot}"


def _texts_that_use_responses(root: Path) -> list[str]:
    patterns = ("data/rules/*.yml", "data/stories/*.yml", "data/*.yml", "actions/**/*.py", "bot/*.py")
    return [path.read_text(encoding="utf-8") for pattern in patterns for path in sorted(root.glob(pattern))]


def _lexicon_problems(load: Callable[[], Any] = load_lexicon) -> list[Problem]:
    try:
        load()
    except LexiconError as error:
        place, _, cure = str(error).partition(": ")
        return [Problem(Path(place), 1, "lexicon", cure)]
    return []
