"""The language data of this repository is sound, and each kind of mistake is told with its place and cure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.faq.intents import INTENTS
from bot.files import DataError, read_yaml
from bot.settings import ROOT
from bot.training.checks import (
    check_nlu,
    contradictions,
    intents_agree,
    near_duplicates,
    stray_keys,
    unused_responses,
)
from bot.training.nlu_files import Example, read_examples, same_key
from bot.yaml_lines import parse

DOMAIN = Path("domain.yml")


def document(text: str):
    return parse(text)


def example(text: str, intent: str, line: int = 6, file: str = "a.yml") -> Example:
    return Example(text, intent, Path(file), line)


def test_the_data_in_this_repository_passes_every_check() -> None:
    assert len(check_nlu(ROOT / "data" / "nlu", ROOT / "domain.yml")) > 40_000


def test_every_file_of_examples_is_named_after_its_intent() -> None:
    for folder in ("data/nlu", "tests/data/nlu"):
        names = {(item.file.stem, item.intent) for item in read_examples(ROOT / folder)}
        assert names == {(intent, intent) for intent in INTENTS}


def test_a_sentence_that_differs_only_in_marks_may_not_mean_two_things() -> None:
    found = contradictions(
        [example("能退嗎?", "ask_return"), example("能 退吗！！", "ask_refund", 9, "b.yml")]
    )
    assert [(problem.file.name, problem.line) for problem in found] == [("b.yml", 9)]
    assert "ask_refund here and ask_return in a.yml:6" in found[0].message


def test_a_decimal_point_is_not_a_mark() -> None:
    assert contradictions([example("2.5米的", "inform"), example("25米的", "ask_product_info")]) == []


def test_the_same_example_twice_under_one_intent_is_told() -> None:
    (problem,) = contradictions([example("在吗", "greet"), example("在吗？", "greet", 7)])
    assert "remove one" in problem.message


def test_a_key_rasa_would_ignore_is_told_with_its_line() -> None:
    text = 'version: "3.1"\nnlu:\n- intent: greet\n  example: |\n    - 在吗\n'
    (problem,) = stray_keys({Path("greet.yml"): document(text)})
    assert problem.line == 3
    assert "['example', 'intent']" in problem.message


def test_an_example_without_its_dash_is_told_with_its_line() -> None:
    text = 'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - 在吗\n    你好\n'
    (problem,) = stray_keys({Path("greet.yml"): document(text)})
    assert (problem.line, problem.field) == (6, "examples")


def test_rules_among_the_examples_are_told() -> None:
    (problem,) = stray_keys({Path("a.yml"): document('version: "3.1"\nnlu: []\nrules: []\n')})
    assert (problem.line, problem.field) == (3, "rules")


def test_an_intent_without_examples_and_one_the_domain_lacks_are_told() -> None:
    domain = {"intents": [name for name in INTENTS if name != "bargain"]}
    enough = [example(f"{name}{n}", name) for name in INTENTS for n in range(5) if name != "greet"]
    messages = [problem.message for problem in intents_agree(enough, domain, DOMAIN, Path("data/nlu"))]
    assert messages == ["bargain is missing here", "greet has 0 examples, at least 5 are needed"]


def test_an_invented_intent_is_told_where_it_stands() -> None:
    enough = [example(f"{name}{n}", name) for name in INTENTS for n in range(5)]
    extra = example("多少钱", "ask_cost", 12, "c.yml")
    (problem,) = intents_agree([*enough, extra], {"intents": list(INTENTS)}, DOMAIN, Path("data/nlu"))
    assert (problem.file.name, problem.line) == ("c.yml", 12)


def test_a_response_nobody_says_and_one_nobody_wrote_are_told() -> None:
    lines = ["responses:", "  utter_greet: []", "  utter_old: []", "  utter_no_money: []"]
    used = ["- action: utter_greet", 'say(f"utter_no_{reason}")', 'say(response="utter_bye")']
    found = unused_responses(document("\n".join(lines)), DOMAIN, used)
    assert [(problem.field, problem.line) for problem in found] == [("utter_old", 3), ("utter_bye", 1)]


def test_questions_of_a_form_count_as_used() -> None:
    domain = {
        "forms": {"size_form": {"required_slots": ["height_cm"]}},
        "responses": {"utter_ask_height_cm": []},
    }
    assert unused_responses(domain, DOMAIN, []) == []


def test_the_same_words_in_another_order_teach_nothing_new() -> None:
    said = [
        ("什么时候发货呢", "a"),
        ("发货什么时候", "a"),
        ("发货是什么时候", "b"),
        ("好的", "a"),
        ("好了", "a"),
    ]
    examples = [Example(text, intent, Path("x.yml"), line) for line, (text, intent) in enumerate(said, 1)]
    (problem,) = near_duplicates(examples)
    assert (problem.line, "x.yml:1" in problem.message) == (2, True)


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "nlu").mkdir()
    text = 'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - 在吗\n    - 在吗!\n'
    (tmp_path / "nlu" / "greet.yml").write_text(text, encoding="utf-8")
    (tmp_path / "domain.yml").write_text("intents: [greet]\nresponses: {}\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        check_nlu(tmp_path / "nlu", tmp_path / "domain.yml")
    assert len(error.value.problems) == 1 + 43 + 44


def test_held_out_sentences_are_not_in_the_training_data_nor_close_to_one() -> None:
    trained = [same_key(item.text) for item in read_examples(ROOT / "data" / "nlu")]
    holders: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(trained):
        for bigram in _bigrams(key):
            holders[bigram].append(index)
    known = set(trained)
    for place, text in held_out_texts():
        key = same_key(text)
        assert key not in known, f"{place}: {text} is a training example"
        own = _bigrams(key)
        shared = Counter(index for bigram in own for index in holders[bigram])
        near = [
            trained[index]
            for index, count in shared.items()
            if count >= 0.85 * (len(own) + len(_bigrams(trained[index])) - count)
        ]
        assert not near, f"{place}: {text} is too close to {near}"


def held_out_texts() -> Iterator[tuple[str, str]]:
    """(where, text) of all that judges the intents and entities."""
    for item in read_examples(ROOT / "tests" / "data" / "nlu"):
        yield f"{item.file}:{item.line}", item.text
    for kind, texts in read_yaml(ROOT / "tests" / "data" / "out-of-scope.yml").items():
        yield from ((f"out-of-scope.yml, {kind}", str(text)) for text in texts)
    for path in sorted((ROOT / "tests" / "data").glob("entities*.yml")):
        yield from ((path.name, str(row["text"])) for row in read_yaml(path))


def test_every_intent_has_twenty_five_held_out_sentences() -> None:
    held = [item.intent for item in read_examples(ROOT / "tests" / "data" / "nlu")]
    assert {intent: held.count(intent) for intent in INTENTS if held.count(intent) < 25} == {}


def _bigrams(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(max(1, len(text) - 1))}
