"""`python -m bot.web`: serve the gateway."""

import errno
import resource
import sys
import time

import uvicorn

from bot.desk.storage import QUIET_SECONDS, TROUBLE, complain
from bot.files import DataError
from bot.settings import Settings, get_settings
from bot.web.app import create_app
from bot.web.gateway import Gateway, build_gateway
from bot.web.sockets import LONGEST_FRAME


def main() -> int:
    settings = get_settings()
    try:
        gateway = _built(settings)  # now, so that broken data is told in a line and not in a traceback
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    _raise_file_limit()
    uvicorn.run(
        create_app(settings, lambda _: gateway),
        host=settings.web_host,
        port=settings.web_port,
        ws="websockets-sansio",
        ws_max_size=4 * LONGEST_FRAME,
        access_log=False,  # addresses of sockets carry customers' tokens
        server_header=False,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=5,
    )
    return 0


def _raise_file_limit() -> None:
    """Each open chat page is a file; most systems begin at 1,024 and allow many more to who asks."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _built(settings: Settings) -> Gateway:
    """Waits for a database that is full or away: to end and be started again and again would help nobody."""
    while True:
        try:
            return build_gateway(settings)
        except (*TROUBLE, OSError) as error:
            if isinstance(error, OSError) and error.errno != errno.ENOSPC:
                raise
            complain(error)
            time.sleep(QUIET_SECONDS / 2)


if __name__ == "__main__":
    sys.exit(main())
