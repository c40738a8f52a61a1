"""`xiaoer learn` on a small simulated log: what it proposes, what it keeps, what it never writes."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

import bot.cli
import bot.learning.intents
from bot.faq.schema import parse_file
from bot.faq.scripts import load_scripts
from bot.files import DataError, read_yaml
from bot.learning.clusters import clusters
from bot.learning.heard import Heard, heard
from bot.learning.intents import clarity, doubt, read_intents
from bot.learning.labelling import to_label
from bot.learning.run import (
    ASKED,
    BAD_LINES,
    PROPOSALS,
    TO_LABEL,
    Learnt,
    folder_of,
    import_chats,
    learn,
    store_of,
)
from bot.settings import Settings
from tests.learning.conftest import EXAMPLES, GREETING, PERSONAL, TRADE_IN, TRADE_IN_ANSWER, read_by_keyword

QUIET = Console(quiet=True)


def learnt_from(settings: Settings, path: Path) -> Learnt:
    import_chats(settings, [path], [])
    return learn(settings, read_by_keyword, QUIET)


def written(settings: Settings) -> dict[str, str]:
    files = (path for path in folder_of(settings).rglob("*") if path.is_file())
    return {path.name: path.read_text(encoding="utf-8") for path in files}


def test_the_frequent_question_without_a_script_is_proposed_with_what_agents_say(
    settings: Settings, log_file: Path
) -> None:
    (proposal,) = learnt_from(settings, log_file).questions.proposals
    assert {proposal.question, *proposal.variants} == set(TRADE_IN)
    assert (proposal.customers, proposal.intent) == (6, "ask_promotion")
    assert proposal.answer == TRADE_IN_ANSWER
    assert proposal.nearest and proposal.nearest.id in {entry.id for entry in load_scripts(settings.faq_dir)}


def test_what_the_faq_answers_is_counted_by_script(settings: Settings, log_file: Path) -> None:
    (found,) = learnt_from(settings, log_file).questions.asked
    assert found.id == "courier.which" and found.customers >= 3
    rows = list(csv.reader(written(settings)[ASKED].splitlines(), delimiter="\t"))
    assert rows[1][:3] == ["courier.which", "发什么快递", str(found.customers)]
    assert "发什么快递" in rows[1][3]


def test_nothing_personal_reaches_any_file(settings: Settings, log_file: Path) -> None:
    bad = log_file.with_name("bad.csv")
    bad.write_text(f"内容,角色\n{PERSONAL[0]},{PERSONAL[1]},{PERSONAL[3]}\n", encoding="utf-8")
    import_chats(settings, [log_file, bad], [])
    learn(settings, read_by_keyword, QUIET)
    files = written(settings)
    assert set(files) == {PROPOSALS, ASKED, TO_LABEL, BAD_LINES, "chats.jsonl"}
    for secret in PERSONAL:
        assert [name for name, text in files.items() if secret in text] == []
    assert "[手机号]" in files["chats.jsonl"]


def test_masks_are_no_part_of_what_is_learnt(settings: Settings, log_file: Path) -> None:
    learnt = learnt_from(settings, log_file)
    assert not [message.text for message in learnt.messages if "[" in message.text]


def test_a_draft_has_the_form_of_data_faq_and_is_refused_until_a_person_has_gone_through_it(
    settings: Settings, log_file: Path
) -> None:
    learnt_from(settings, log_file)
    path = folder_of(settings) / PROPOSALS
    assert "草稿" in path.read_text(encoding="utf-8").splitlines()[0]
    row, problems = parse_file(path, read_yaml(path))
    assert row is None and [problem.field for problem in problems] == ["entries.0.variants"]
    document = read_yaml(path)
    document["entries"][0]["variants"] += ["换新要补多少钱", "旧的怎么寄", "换新活动还有吗"]
    row, problems = parse_file(path, document)
    assert problems == [] and row and row.entries[0].tags == ["draft"]


def test_running_twice_changes_no_file(settings: Settings, log_file: Path) -> None:
    learnt_from(settings, log_file)
    before = written(settings)
    assert import_chats(settings, [log_file], []).added == 0
    learn(settings, read_by_keyword, QUIET)
    assert written(settings) == before


def test_the_doubtful_are_listed_for_labelling_without_what_is_labelled(
    settings: Settings, log_file: Path
) -> None:
    learnt_from(settings, log_file)
    rows = list(csv.reader(written(settings)[TO_LABEL].splitlines(), delimiter="\t"))[1:]
    assert {row[0] for row in rows} <= set(TRADE_IN) and rows
    assert all(row[1] == "" and row[4].startswith("ask_promotion 优惠活动 0.50") for row in rows)


def test_one_customer_who_asks_again_and_again_makes_no_frequent_question(
    settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "one.csv"
    path.write_text("会话,内容\n" + "".join(f"c1,{text}\n" for text in TRADE_IN), encoding="utf-8")
    assert learnt_from(settings, path).questions.proposals == ()


def test_without_agents_the_answer_is_left_to_the_shop(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("\n".join(TRADE_IN), encoding="utf-8")
    (proposal,) = learnt_from(settings, path).questions.proposals
    assert proposal.answer == ""
    assert "需要您来写" in written(settings)[PROPOSALS]


def test_a_log_without_anything_new_says_so(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "thanks.txt"
    path.write_text("谢谢\n多谢\n", encoding="utf-8")
    learnt_from(settings, path)
    assert "没有找到" in written(settings)[PROPOSALS]
    assert parse_file(path, read_yaml(folder_of(settings) / PROPOSALS))[1]


def test_learning_without_chats_tells_how_to_give_some(settings: Settings) -> None:
    with pytest.raises(DataError, match="--from-chats"):
        learn(settings, read_by_keyword, QUIET)


def test_a_file_that_cannot_be_read_keeps_nothing_of_the_others(settings: Settings, log_file: Path) -> None:
    with pytest.raises(DataError):
        import_chats(settings, [log_file, log_file.with_name("none.csv")], [])
    assert store_of(settings).lines() == ()


def test_a_greeting_is_nobodys_typical_answer(settings: Settings, log_file: Path) -> None:
    messages = heard(store_of(settings).lines() or ())
    assert messages == []
    learnt = learnt_from(settings, log_file)
    greeted = next(message for message in learnt.messages if message.text == "在吗")
    assert greeted.answers == (GREETING,) * 6
    assert learnt.questions.proposals[0].answer != GREETING


def test_clarity_is_what_the_confidences_add_up_to_and_doubt_what_the_first_leaves() -> None:
    ranking = (("ask_size", 0.3), ("ask_stock", 0.25), ("inform", 0.05))
    assert clarity(ranking) == pytest.approx(0.6)
    assert doubt(ranking) == pytest.approx(0.3)
    assert (clarity(()), doubt(())) == (0, 0)


def test_the_list_to_label_folds_near_duplicates_and_ends() -> None:
    texts = ["这个能不能以旧换新呢", "这个能不能以旧换新呀", "可以开电子发票给公司吗", "啊", "钱什么时候退我"]
    messages = [Heard(text, frozenset({str(at)}), ()) for at, text in enumerate(texts)]
    rankings = [(("a", 0.4), ("b", 0.3 - at / 100)) for at in range(5)]
    found = to_label(messages, rankings, {"钱什么时候退我"})
    assert [(one.text, one.customers) for one in found] == [(texts[0], 2), (texts[2], 1)]
    assert len(to_label(messages, rankings, (), most=1)) == 1


def test_groups_begin_with_their_centre_and_later_messages_join_the_nearest() -> None:
    towards = np.array([[1, 0.1], [1, 0], [1, 0.2], [0, 1], [0.1, 1], [0, 0]], np.float32)
    vectors = towards / np.maximum(np.linalg.norm(towards, axis=1, keepdims=True), 1e-9)
    for most in (6, 3):
        found = clusters(vectors, [3, 3, 3, 2, 2, 1], 0.8, most)
        assert [set(group) for group in found] == [{0, 1, 2}, {3, 4}, {5}]
        assert found[0][0] == 0
    assert clusters(vectors[:0], []) == []


def test_without_a_served_model_one_is_trained_on_the_examples(settings: Settings) -> None:
    rankings = read_intents(settings, ["发什么快递呀", "谢谢啦"])
    assert [ranking[0][0] for ranking in rankings] == ["ask_courier", "thank"]
    assert {name for name, _ in rankings[0]} == set(EXAMPLES)
    assert read_intents(settings, []) == []


@pytest.fixture
def command(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    """`xiaoer learn …` of this shop; nothing is trained."""
    monkeypatch.setattr(bot.cli, "get_settings", lambda: settings)
    monkeypatch.setattr(bot.cli, "train", lambda *_, **__: None)
    monkeypatch.setattr(bot.learning.intents, "read_intents", lambda _, texts: read_by_keyword(texts))

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(bot.cli.app, ["learn", *map(str, arguments)], env={"COLUMNS": "200"})

    return run


def test_the_command_shows_what_it_found_and_where_it_wrote_it(
    command, settings: Settings, log_file: Path
) -> None:
    done = command("--from-chats", log_file)
    assert done.exit_code == 0, done.output
    assert "34 messages read, 34 new" in done.output
    assert str(folder_of(settings) / PROPOSALS) in done.output
    assert any(question in done.output for question in TRADE_IN)
    assert not any(secret in done.output for secret in PERSONAL)
    assert "0 new" in command("--from-chats", log_file).output


def test_the_command_names_bad_lines_and_goes_on(command, tmp_path: Path) -> None:
    path = tmp_path / "chats.jsonl"
    path.write_text('{"text": "能以旧换新吗"}\n{"text": 3}\n', encoding="utf-8")
    done = command("--from-chats", path)
    assert done.exit_code == 0
    assert f"{path}:2: json:" in done.output and "1 messages read" in done.output
    assert "no line is an agent's" in done.output


def test_the_command_refuses_an_empty_file_when_nothing_was_imported_before(command, tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("")
    done = command("--from-chats", path)
    assert done.exit_code == 1 and "no chats are kept" in done.output


def test_the_command_forgets(command, settings: Settings, log_file: Path) -> None:
    command("--from-chats", log_file)
    assert command("--forget").exit_code == 0
    assert not folder_of(settings).exists()
    shutil.rmtree(settings.data_dir)
    assert command("--forget").exit_code == 0
