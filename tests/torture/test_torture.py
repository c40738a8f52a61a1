"""A short torture run of the real stack. `make torture` is the long one; docs/reliability.md has its results."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.settings import get_settings
from bot.training.dialogue_model import current_model
from tests.conftest import unavailable
from tests.live import START_SECONDS, running_stack
from tests.torture.__main__ import report
from tests.torture.run import SETTLE_SECONDS, torture

SECONDS, SEED = 20, 9
"""This seed begins with a killed gateway, a full disk and a held database."""
pytestmark = [pytest.mark.live, pytest.mark.timeout(2 * START_SECONDS + SECONDS + 3 * SETTLE_SECONDS)]


def test_killed_servers_cut_lines_and_a_full_disk_lose_double_reorder_and_forget_nothing(
    tmp_path: Path,
) -> None:
    if not current_model(get_settings()).exists():
        unavailable("the trained model", "run `xiaoer train` (make test does)")
    with running_stack(tmp_path, rate_limits=False) as stack:
        result = asyncio.run(torture(stack, SECONDS, customers=4, seed=SEED))
        told = report(result, SECONDS, SEED)
        print(told)
        assert result.is_clean, f"{told}\n{stack.log_tails()}"
        assert result.turns and result.records.blows, told
