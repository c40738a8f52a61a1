"""The action server gives nothing away, and importing actions loads nothing heavy."""

from __future__ import annotations

import json
import subprocess
import sys
from types import SimpleNamespace

from actions.__main__ import SilentErrors
from bot.settings import ROOT


def test_a_failed_action_answers_without_the_transcript_or_the_exceptions_text() -> None:
    request = SimpleNamespace(path="/webhook", json={"tracker": {"events": ["我的电话是13800138000"]}})
    answer = SilentErrors().default(request, ValueError("13800138000"))
    assert answer.status == 500
    assert json.loads(answer.body) == {"error": "ValueError"}


def test_importing_every_action_opens_no_shop_no_index_and_no_database() -> None:
    program = (
        "from actions.__main__ import executor; executor(); from actions.common import shop_floor as f; "
        "print([c.cache_info().currsize for c in (f._files, f.dialogue, f.searcher, f.orders)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[0, 0, 0, 0]"
