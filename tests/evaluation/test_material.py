"""What is judged by, and the messages a caller brings."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.material import load_outside, load_real, sampled_entries, sampled_examples
from bot.evaluation.readings import Message
from bot.faq.scripts import Entry, Script
from bot.files import DataError
from bot.settings import ROOT
from bot.training.nlu_files import Example

INTENTS = {"greet", "thank"}


def file(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "real.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_real_messages_are_read_with_what_is_accepted_and_where_they_come_from(tmp_path: Path) -> None:
    line = '{"text": "谢啦", "intent": "thank", "accepted": ["greet"], "clear": false, "group": "JD"}'
    found = load_real(file(tmp_path, line, "", '{"text": "你好", "intent": "greet"}'), INTENTS)
    assert found == (
        Message("谢啦", "thank", frozenset({"greet"}), False, "JD"),
        Message("你好", "greet"),
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("你好", "real.jsonl:2: json: '你好' is not JSON"),
        ("[1]", "real.jsonl:2: json: '[1]' is no object: write it as"),
        ('{"intent": "greet"}', "real.jsonl:2: text: None is no text: give"),
        ('{"text": "好", "intent": "hello"}', "real.jsonl:2: intent: 'hello' is no intent of ours: use one"),
        (
            '{"text": "好", "intent": "greet", "accepted": "greet"}',
            "real.jsonl:2: accepted: 'greet' is no list",
        ),
        ('{"text": "好", "intent": "greet", "accepted": [3]}', "real.jsonl:2: accepted: 3 is no intent"),
        ('{"text": "好", "intent": "greet", "clear": "no"}', "real.jsonl:2: clear: 'no' is neither true"),
    ],
)
def test_a_line_of_another_form_is_told_with_its_number_value_and_cure(
    tmp_path: Path, line: str, told: str
) -> None:
    with pytest.raises(DataError) as error:
        load_real(file(tmp_path, '{"text": "你好", "intent": "greet"}', line), INTENTS)
    assert told in str(error.value)


def test_all_bad_lines_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        load_real(file(tmp_path, "a", '{"text": "好", "intent": "greet"}', "b"), INTENTS)
    assert [problem.line for problem in error.value.problems] == [1, 3]


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="has no message"):
        load_real(file(tmp_path, ""), INTENTS)


def test_our_out_of_scope_sentences_are_half_near_half_far() -> None:
    groups = [message.group for message in load_outside(ROOT / "tests" / "data" / "out-of-scope.yml")]
    assert groups.count("near") >= 100 and groups.count("far") >= 100


def test_a_third_kind_of_out_of_scope_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "outside.yml"
    path.write_text("near:\n- 招人吗\nelse:\n- 你好\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"outside.yml:3: else: is neither `near` nor `far`"):
        load_outside(path)


def test_a_sample_is_the_same_for_the_same_data_and_even_over_the_intents() -> None:
    examples = [Example(f"{name}{n}", name, Path("a.yml"), n) for name in INTENTS for n in range(9)]
    sample = sampled_examples(examples, 4)
    assert sorted(example.intent for example in sample) == ["greet"] * 4 + ["thank"] * 4
    assert set(sample) == set(sampled_examples(list(reversed(examples)), 4))


def test_a_sampled_entry_keeps_its_question() -> None:
    entry = Entry("a.b", "greet", "问", tuple("一二三四五"), (Script("a", "答"),))
    (kept,) = sampled_entries([entry], 3)
    assert kept.question == "问" and len(kept.phrasings) == 3
