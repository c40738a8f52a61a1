"""The clock of follow-ups: APScheduler wakes them up, the store decides what is due (docs/follow-ups.md)."""

from __future__ import annotations

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.desk.aftercare.after_chat import AfterChat
from bot.shop.records.loader import SHOP_ZONE

EVERY_SECONDS = 60


def start_ticking(after_chat: AfterChat) -> AsyncIOScheduler:
    """On the running loop. A round that is still going on is not begun twice; missed rounds are one round."""
    scheduler = AsyncIOScheduler(timezone=SHOP_ZONE)
    scheduler.add_job(
        after_chat.tick,
        "interval",
        seconds=EVERY_SECONDS,
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
    )
    scheduler.start()
    return scheduler
