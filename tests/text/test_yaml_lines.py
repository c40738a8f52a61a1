"""Data files are read fast, and mean what they have always meant: what ruamel, which knows YAML 1.2 well, reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.files import DataError, line_of, read_for_rewriting, read_yaml
from bot.settings import ROOT

VALUES = """\
yes no on off y true False null ~ 12:30 010 0o17 0x1F 1_000 -3 +4 1.5 .5 2. 1e3 -.inf 2026-11-11 2026-1-5 13:00-14:00 \
1.2.3 0.8折 -5% 400-800 1e 3e+2 0b11 08 - *""".split()  # noqa: SIM905


@pytest.mark.parametrize("value", [*VALUES, '"010"', "'yes'", "2026-11-11 20:00:00", ""])
def test_a_plain_value_means_the_same_to_both_readers(tmp_path: Path, value: str):
    file = tmp_path / "value.yml"
    file.write_text(f"value: {value}\n", encoding="utf-8")
    try:
        wanted = read_for_rewriting(file)
    except DataError as error:
        with pytest.raises(DataError, match=f"value.yml:{error.problems[0].line}:"):
            read_yaml(file)
        return
    read = read_yaml(file)
    assert read == wanted
    assert type(read["value"]) in type(wanted["value"]).__mro__


def test_anchors_and_merged_keys_are_followed(tmp_path: Path):
    file = tmp_path / "merged.yml"
    file.write_text("usual: &usual\n  fee: 10\n  days: 3\nfar:\n  <<: *usual\n  fee: 20\n", encoding="utf-8")
    read = read_yaml(file)
    assert read == {"usual": {"fee": 10, "days": 3}, "far": {"fee": 20, "days": 3}}
    assert line_of(read, ["far", "fee"]) == 6


def test_each_value_knows_its_line(tmp_path: Path):
    file = tmp_path / "lines.yml"
    file.write_text(
        "# 说明\ngoods:\n- id: a\n  price: 3\n\n- id: b\n  text: |\n    一\n    二\n", encoding="utf-8"
    )
    read = read_yaml(file)
    assert [line_of(read, place) for place in (["goods"], ["goods", 1], ["goods", 1, "text"])] == [2, 6, 7]
    assert line_of(read, ["goods", 0, "unknown"]) == 3, "the nearest that knows its line"


@pytest.mark.parametrize(
    "text", ["fee: 10\nfee: 20\n", "goods:\n- a\n b: [\n", "a: 1\n---\nb: 2\n", "a: *b\n"]
)
def test_what_is_wrong_is_told_with_file_and_line(tmp_path: Path, text: str):
    file = tmp_path / "wrong.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"wrong.yml:\d+: yaml: "):
        read_yaml(file)


def test_the_shops_own_files_are_read_alike_by_both_readers():
    for path in sorted((ROOT / "data" / "shop").rglob("*.yml")):
        assert read_yaml(path) == read_for_rewriting(path), path
