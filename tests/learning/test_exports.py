"""Exports of chats in the forms that shops have, and what is said about lines nobody can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.files import DataError
from bot.learning.chats import Speaker
from bot.learning.exports import read_export

CUSTOMER, AGENT = Speaker.CUSTOMER, Speaker.AGENT
SAID = [("c1", CUSTOMER, "能以旧换新吗"), ("c1", AGENT, "可以的，旧机抵一百"), ("c2", CUSTOMER, "发什么快递")]

FORMS = {
    "chinese.csv": "会话ID,角色,内容\nc1,买家,能以旧换新吗\nc1,客服,可以的，旧机抵一百\nc2,买家,发什么快递\n",
    "english.csv": 'text,sender,session_id\n能以旧换新吗,user,c1\n"可以的，旧机抵一百",agent,c1\n发什么快递,user,c2\n',
    "semicolons.csv": "内容;角色;会话\n能以旧换新吗;买家;c1\n可以的，旧机抵一百;客服;c1\n发什么快递;买家;c2\n",
    "tabs.tsv": (
        "conversation\trole\tmessage\nc1\tbuyer\t能以旧换新吗\n"
        "c1\tseller\t可以的，旧机抵一百\nc2\tbuyer\t发什么快递\n"
    ),
    "objects.jsonl": (
        '{"conversation": "c1", "speaker": "customer", "text": "能以旧换新吗"}\n'
        '{"conversation": "c1", "speaker": "客服小美", "text": "可以的，旧机抵一百"}\n'
        '{"conversation": "c2", "text": "发什么快递"}\n'
    ),
    "whole.jsonl": (
        '{"id": "c1", "messages": [{"role": "user", "content": "能以旧换新吗"},'
        ' {"role": "assistant", "content": "可以的，旧机抵一百"}]}\n'
        '{"id": "c2", "messages": ["发什么快递"]}\n'
    ),
    "qianniu.txt": (
        "2024-03-01 12:33:21 c1: 能以旧换新吗\n2024-03-01 12:34:02 云朵小铺:小美: 可以的，旧机抵一百\n"
        "2024-03-01 12:40:00 c2: 发什么快递\n"
    ),
    "copied.txt": (
        "c1 (2024-03-01 12:33:21):\n能以旧换新吗\n\n云朵小铺:小美 (2024-03-01 12:34:02):\n可以的，旧机抵一百\n\n"
        "c2 (2024-03-01 12:40:00):\n发什么快递\n"
    ),
}


def written(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def said(path: Path, *agents: str) -> list[tuple[str, Speaker, str]]:
    export = read_export(path, agents)
    assert export.problems == ()
    return [(line.conversation, line.speaker, line.text) for line in export.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", FORMS)
def test_every_form_and_encoding_is_read_alike(tmp_path: Path, name: str, encoding: str) -> None:
    assert said(written(tmp_path, name, FORMS[name], encoding)) == SAID


def test_a_text_without_speakers_is_one_message_of_a_customer_a_line(tmp_path: Path) -> None:
    path = written(tmp_path, "plain.txt", "能以旧换新吗\n\n明天 10:30 到吗\n")
    assert said(path) == [("", CUSTOMER, "能以旧换新吗"), ("", CUSTOMER, "明天 10:30 到吗")]


def test_one_column_needs_no_name(tmp_path: Path) -> None:
    assert [text for *_, text in said(written(tmp_path, "one.csv", "能换吗\n包邮吗\n"))] == [
        "能换吗",
        "包邮吗",
    ]


def test_roles_in_words_are_understood_and_a_line_of_dashes_begins_another_conversation(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "roles.txt", "买家：能换吗\n客服：可以\n------\n顾客: 在吗\n")
    assert said(path) == [("1", CUSTOMER, "能换吗"), ("1", AGENT, "可以"), ("2", CUSTOMER, "在吗")]


def test_an_agent_who_writes_under_her_own_name_is_told_by_the_caller(tmp_path: Path) -> None:
    path = written(tmp_path, "names.txt", "10:01 小王: 能换吗\n10:02 小美: 可以\n")
    assert said(path, "小美") == [("小王", CUSTOMER, "能换吗"), ("小王", AGENT, "可以")]


def test_a_message_over_several_lines_stays_one(tmp_path: Path) -> None:
    path = written(
        tmp_path, "long.txt", "2024-03-01 10:01 小王: 鞋子开胶了\n才穿两次\n2024-03-01 10:02 小李: 在吗\n"
    )
    assert [text for *_, text in said(path)] == ["鞋子开胶了 才穿两次", "在吗"]
    path = written(tmp_path, "long.csv", '内容,角色\n"鞋子开胶了\n才穿两次",买家\n在吗,买家\n')
    assert [text for *_, text in said(path)] == ["鞋子开胶了\n才穿两次", "在吗"]


BAD = {
    "cells.csv": ("内容,角色\n能换吗,买家\n红的,蓝的,都要,买家\n包邮吗,买家\n", "红的", "quotes"),
    "quote.csv": ('内容,角色\n能换吗,买家\n"引号没关,买家,x\n包邮吗,买家\n', "引号没关", "quotes"),
    "json.jsonl": ('{"text": "能换吗"}\n{"text": 3}\n{"text": "包邮吗"}\n', "3", '{"text"'),
    "broken.jsonl": ('{"text": "能换吗"}\n{"text": "红\n{"text": "包邮吗"}\n', "红", '{"text"'),
    "bytes.txt": ("能换吗\n".encode() + b"\xff\xfe\xfa\n" + "包邮吗\n".encode(), "xff", "UTF-8"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_is_named_with_value_and_cure_and_costs_no_other(tmp_path: Path, name: str) -> None:
    content, value, cure = BAD[name]
    path = written(tmp_path, name, content)
    export = read_export(path)
    assert [line.text for line in export.lines] == ["能换吗", "包邮吗"]
    (problem,) = export.problems
    number = 2 if name.endswith((".jsonl", ".txt")) else 3
    assert (problem.file, problem.line) == (path, number)
    assert value in problem.message and cure in problem.message


def test_what_stands_before_the_first_speaker_is_named(tmp_path: Path) -> None:
    export = read_export(written(tmp_path, "head.txt", "聊天记录\n10:01 小王: 能换吗\n"))
    assert [line.text for line in export.lines] == ["能换吗"]
    assert [problem.line for problem in export.problems] == [1]


def test_a_bad_line_is_shown_without_the_personal_data_in_it(tmp_path: Path) -> None:
    export = read_export(written(tmp_path, "cells.csv", "内容,角色\n打我电话13800138000,急,买家\n"))
    assert "13800138000" not in str(export.problems[0])


@pytest.mark.parametrize("name", ["empty.csv", "empty.tsv", "empty.jsonl", "empty.txt"])
def test_an_empty_file_has_no_messages_and_no_problems(tmp_path: Path, name: str) -> None:
    assert read_export(written(tmp_path, name, "")) == read_export(written(tmp_path, "blank.txt", "\n \n"))


@pytest.mark.parametrize(
    ("name", "content", "cure"),
    [("chats.xlsx", "x", ".csv"), ("columns.csv", "甲,乙\n能换吗,买家\n", "内容")],
)
def test_a_file_that_cannot_be_read_at_all_is_refused_with_the_cure(
    tmp_path: Path, name: str, content: str, cure: str
) -> None:
    with pytest.raises(DataError, match=cure):
        read_export(written(tmp_path, name, content))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="nowhere.csv"):
        read_export(tmp_path / "nowhere.csv")
