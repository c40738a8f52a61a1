#!/bin/sh
# Everything `make test` checks, after tools/setup.py and tools/test_programs.sh.
# Runs all parts even when one fails, so that one run tells everything.
cd "$(dirname "$0")/.." || exit 1
status=0
step() {
  echo "▶ $1"
  shift
  "$@" || status=1
}
node_bin=.tools/node/bin
[ -d "$node_bin" ] && PATH="$PWD/$node_bin:$PATH"

step "lint" .venv/bin/ruff check .
step "format" .venv/bin/ruff format --check -q .
step "imports point inward" .venv/bin/lint-imports
step "data files" .venv/bin/xiaoer check
step "train what is missing" .venv/bin/xiaoer train all --if-missing
step "front end: types" npm --prefix frontend run --silent typecheck
step "front end: logic" npm --prefix frontend run --silent test
step "Rasa components" env PYTHONPATH=. TF_CPP_MIN_LOG_LEVEL=3 .venv-rasa/bin/python -m pytest -q tests/rasa_env
step "everything else" .venv/bin/python -m pytest -q tests
[ "$status" = 0 ] && echo "✓ all green" || echo "✗ something failed, see above"
exit $status
