"""`python -m bot.web`: serve the gateway."""

import sys

import uvicorn

from bot.files import DataError
from bot.settings import get_settings
from bot.web.app import create_app
from bot.web.gateway import build_gateway
from bot.web.sockets import LONGEST_FRAME


def main() -> int:
    settings = get_settings()
    try:
        gateway = build_gateway(settings)  # now, so that broken data is told in a line and not in a traceback
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    uvicorn.run(
        create_app(settings, lambda _: gateway),
        host=settings.web_host,
        port=settings.web_port,
        ws="websockets-sansio",
        ws_max_size=4 * LONGEST_FRAME,
        access_log=False,  # addresses of sockets carry customers' tokens
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
