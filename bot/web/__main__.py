"""`python -m bot.web`: serve the gateway."""

import sys

import uvicorn

from bot.files import DataError
from bot.settings import get_settings
from bot.shop.loader import load_shop
from bot.web.app import create_app
from bot.web.sockets import LONGEST_FRAME


def main() -> int:
    settings = get_settings()
    try:
        load_shop(settings.shop_dir)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    uvicorn.run(
        create_app(settings),
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
