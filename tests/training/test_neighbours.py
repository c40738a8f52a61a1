"""Before an example is saved: what stands already and says the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.training.neighbours import examples_now, neighbours, surroundings
from bot.training.nlu_files import read_examples


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for intent, lines in {
        "ask_stock": ["[M](size)码还有货吗", "有货吗"],
        "ask_shipping_time": ["拍了能不能今天走", "今天能发吗"],
    }.items():
        text = f'version: "3.1"\n\nnlu:\n- intent: {intent}\n  examples: |\n'
        text += "".join(f"    - {line}\n" for line in lines)
        (tmp_path / f"{intent}.yml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("M码还有货吗？", [("ask_stock.yml:6", True)]),
        ("拍了能不能今天就走", [("ask_shipping_time.yml:6", False)]),
        ("有货 吗", [("ask_stock.yml:7", True)]),
        ("有货呀", []),
        ("羽绒服怎么洗", []),
        ("？？", []),
    ],
)
def test_what_says_the_same_is_named_with_file_and_line(
    folder: Path, text: str, found: list[tuple[str, bool]]
) -> None:
    near = neighbours(text, examples_now(folder), folder)
    assert [(each.place, each.is_same) for each in near] == found


def test_a_file_that_has_changed_is_read_again(folder: Path) -> None:
    assert neighbours("大号还剩几件", examples_now(folder), folder) == []
    path = folder / "ask_stock.yml"
    path.write_text(path.read_text(encoding="utf-8") + "    - 大号还剩几件\n", encoding="utf-8")
    (near,) = neighbours("大号还剩几件", examples_now(folder), folder)
    assert (near.intent, near.place, near.likeness) == ("ask_stock", "ask_stock.yml:8", 1.0)


def test_reading_by_lines_finds_what_yaml_finds(tmp_path: Path) -> None:
    folder = ROOT / "data" / "nlu" / "any_time"
    smallest = min(folder.glob("*.yml"), key=lambda path: path.stat().st_size)
    quick = [one for one in examples_now(folder) if one.file == smallest]
    copy = tmp_path / smallest.name
    copy.write_bytes(smallest.read_bytes())
    whole = read_examples(tmp_path)
    assert [(x.text, x.intent, x.line) for x in quick] == [(x.text, x.intent, x.line) for x in whole]


def test_what_is_nearest_comes_without_the_same_again(folder: Path) -> None:
    near = surroundings(["有货吗？"], examples_now(folder), 2)
    assert [example.text for example in near] == ["[M](size)码还有货吗", "今天能发吗"]


def test_examples_that_only_their_chat_explains_are_known_as_such(folder: Path) -> None:
    file = folder / "ask_stock.yml"
    more = "- intent: ask_stock\n  metadata:\n    clear: false\n  examples: |\n    - 那件呢\n"
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    unclear = [example.text for example in examples_now(folder) if not example.clear]
    assert unclear == ["那件呢"] == [example.text for example in read_examples(folder) if not example.clear]
