"""What `xiaoer learn` writes: proposals in the form of `data/faq`, the list to label, the lines nobody could read."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from bot.dialogue import Dialogue
from bot.files import read_yaml
from bot.learning.labelling import ToLabel
from bot.learning.questions import Asked, Proposal
from bot.text.normalise import bare

WORDS = Path(__file__).with_name("words.yml")
TOPIC = "draft"
VARIANTS = 20
"""Ways to ask that a draft keeps; an entry of `data/faq` has 8 to 20."""


@lru_cache(maxsize=1)
def words() -> Mapping[str, str]:
    """What the files say in Chinese to those who read them."""
    return {str(key): str(text) for key, text in read_yaml(WORDS).items()}


def proposals_file(proposals: Sequence[Proposal]) -> str:
    """YAML that `data/faq` would take once a person has gone through it: an empty answer or too few variants are
    refused by `xiaoer check` until then."""
    rows = CommentedSeq()
    for proposal in proposals:
        rows.append(_entry(proposal))
    document = CommentedMap(topic=TOPIC, entries=rows)
    for place, proposal in enumerate(proposals):
        rows.yaml_set_comment_before_after_key(place, before=_facts(proposal), indent=2)
    yaml = YAML()
    yaml.width = 100_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(document, stream)
    head = words()["draft_head"] if proposals else words()["no_draft"]
    return "".join(f"# {line}\n" for line in head.strip().splitlines()) + stream.getvalue()


def _entry(proposal: Proposal) -> CommentedMap:
    identity = hashlib.sha256(bare(proposal.question).encode()).hexdigest()[:8]
    return CommentedMap(
        id=f"{TOPIC}.{identity}",
        intent=proposal.intent,
        question=proposal.question,
        variants=list(proposal.variants[:VARIANTS]),
        scripts=[CommentedMap(id="a", text=proposal.answer)],
        tags=[TOPIC],
    )


def _facts(proposal: Proposal) -> str:
    told = ["", words()["asked_by"].format(customers=proposal.customers)]
    if near := proposal.nearest:
        told.append(words()["nearest"].format(id=near.id, score=near.score, question=near.question))
    return "\n".join([*told, words()["answer_given" if proposal.answer else "answer_missing"]])


def label_file(messages: Sequence[ToLabel], dialogue: Dialogue) -> str:
    """TSV with an empty column for the label, the three likeliest intents beside each message."""
    rows = [words()["label_columns"].split()]
    for one in messages:
        best = [f"{name} {dialogue.reading(name)} {chance:.2f}" for name, chance in one.ranking[:3]]
        rows.append([one.text, "", str(one.customers), f"{one.doubt:.2f}", *best])
    return table(rows)


def asked_file(asked: Sequence[Asked]) -> str:
    rows = [words()["asked_columns"].split()]
    rows += [[one.id, one.question, str(one.customers), " / ".join(one.examples)] for one in asked]
    return table(rows)


def table(rows: Sequence[Sequence[str]]) -> str:
    """TSV that a spreadsheet may open: a customer's text is never taken as a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
    writer.writerows(
        [f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell for cell in row] for row in rows
    )
    return stream.getvalue()
