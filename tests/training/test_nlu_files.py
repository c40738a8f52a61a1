"""A trainer's decision changes one line of a file and nothing else."""

from pathlib import Path

import pytest

from bot.files import DataError, write_all
from bot.training.diffs import diff
from bot.training.nlu_files import Label, plain, read_examples, relabelled, same_key

SIZE = """\
version: "3.1"

nlu:
# 身高体重的写法都放这里
- intent: ask_size
  examples: |
    - 165 110斤穿什么码
    - 偏大还是偏小
"""
STOCK = """\
version: "3.1"

nlu:
- intent: ask_stock
  examples: |
    - 有货吗
    - 这款 S 码还有吗？
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    nlu = tmp_path / "nlu"
    nlu.mkdir()
    (nlu / "ask_size.yml").write_text(SIZE, encoding="utf-8")
    (nlu / "ask_stock.yml").write_text(STOCK, encoding="utf-8")
    return nlu


def test_examples_carry_their_file_and_line(folder: Path) -> None:
    found = {
        example.text: (example.intent, example.file.name, example.line) for example in read_examples(folder)
    }
    assert found["偏大还是偏小"] == ("ask_size", "ask_size.yml", 8)
    assert found["有货吗"] == ("ask_stock", "ask_stock.yml", 6)


def test_a_new_label_adds_one_line_and_keeps_comments_and_quotes(folder: Path) -> None:
    new = relabelled(folder, [Label("拍L会不会大", "ask_size")])
    assert list(new) == [folder / "ask_size.yml"]
    assert new[folder / "ask_size.yml"] == SIZE + "    - 拍L会不会大\n"


def test_a_corrected_label_moves_the_sentence_from_its_old_intent(folder: Path) -> None:
    new = relabelled(folder, [Label("这款s码还有吗", "ask_size")])
    assert "这款" not in new[folder / "ask_stock.yml"]
    assert new[folder / "ask_size.yml"].endswith("- 这款s码还有吗\n")


def test_a_sentence_that_is_already_there_changes_nothing(folder: Path) -> None:
    assert relabelled(folder, [Label("有货吗？？", "ask_stock")]) == {}


def test_an_intent_without_a_file_is_refused_by_name(folder: Path) -> None:
    with pytest.raises(DataError, match="ask_moon"):
        relabelled(folder, [Label("去月球吗", "ask_moon")])


def test_entities_are_marked_in_the_line(folder: Path) -> None:
    label = Label("我165穿多大", "ask_size", ({"entity": "height_cm", "start": 1, "end": 4},))
    line = relabelled(folder, [label])[folder / "ask_size.yml"].splitlines()[-1]
    assert line.strip() == "- 我[165](height_cm)穿多大"
    assert plain(line.strip()[2:]) == "我165穿多大"


def test_the_diff_names_files_below_the_root(folder: Path) -> None:
    text = diff(relabelled(folder, [Label("拍L会不会大", "ask_size")]), folder.parent)
    assert "--- a/nlu/ask_size.yml" in text
    assert "\n+    - 拍L会不会大\n" in text
    assert [line for line in text.splitlines() if line.startswith("-") and not line.startswith("---")] == []


def test_a_failed_write_leaves_the_old_file_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.files.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_all({folder / "ask_size.yml": "half"})
    assert (folder / "ask_size.yml").read_text(encoding="utf-8") == SIZE
    assert sorted(path.name for path in folder.iterdir()) == ["ask_size.yml", "ask_stock.yml"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("有货吗", "有货吗？"), ("ＸＬ碼有嗎", "xl码有吗"), ("在 吗", "在吗"), ("[110斤](weight_kg)", "110斤")],
)
def test_width_case_spaces_and_marks_make_no_difference(one: str, other: str) -> None:
    assert same_key(one) == same_key(other)


def test_marks_hold_their_places_when_blanks_are_folded(folder: Path) -> None:
    label = Label("我165  穿\n多大", "ask_size", ({"entity": "height_cm", "start": 1, "end": 4},))
    assert "- 我[165](height_cm) 穿 多大\n" in relabelled(folder, [label])[folder / "ask_size.yml"]


def test_marking_a_known_example_rewrites_its_line_only(folder: Path) -> None:
    label = Label("165 110斤穿什么码", "ask_size", ({"entity": "height_cm", "start": 0, "end": 3},))
    new = relabelled(folder, [label])[folder / "ask_size.yml"]
    assert new == SIZE.replace("- 165 110斤", "- [165](height_cm) 110斤")
    write_all({folder / "ask_size.yml": new})
    assert relabelled(folder, [label]) == {}
