"""`make torture`: a real stack, mistreated; prints what was done to it and what the checker found."""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from tests.live import running_stack
from tests.torture.checker import KINDS
from tests.torture.run import Result, torture


def main() -> int:
    parser = argparse.ArgumentParser(prog="make torture", description=__doc__)
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--hours", type=float, default=0)
    parser.add_argument("--customers", type=int, default=6)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    parser.add_argument(
        "--clock", action="store_true", help="also set the clock, hours forth and back (needs libfaketime)"
    )
    parser.add_argument("--keep", type=Path, help="folder for databases and logs; else they are thrown away")
    given = parser.parse_args()
    seconds = given.hours * 3600 or given.minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        data_dir = given.keep or Path(folder)
        data_dir.mkdir(parents=True, exist_ok=True)
        with running_stack(data_dir, has_own_clock=given.clock, rate_limits=False) as stack:
            result = asyncio.run(torture(stack, seconds, given.customers, given.seed))
    print(report(result, seconds, given.seed))
    return 0 if result.is_clean else 1


def report(result: Result, seconds: float, seed: int) -> str:
    sent = result.records.sent
    acknowledged = sum(each.acknowledged_at is not None for each in sent)
    blows = ", ".join(f"{what} {count}" for what, count in sorted(result.records.blows.items()))
    lines = [
        f"{seconds:.0f} s, seed {seed}: {len(sent)} messages sent, {acknowledged} acknowledged, "
        f"{result.messages} stored, {result.turns} turns of the bot, {result.steps} changes of owner",
        f"blows: {blows}",
    ]
    for kind in KINDS:
        found = result.findings[kind]
        lines += [f"{kind}: {len(found)}", *(f"  {line}" for line in found[:10])]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
