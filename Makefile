# Two commands matter: `make run` and `make test`. Both build what is missing first.
.PHONY: run test bench torture setup lint format screenshots

# Some Python 3 that really starts (a pyenv shim may name a version that is not installed).
PYTHON := $(shell for p in python3 /usr/bin/python3 python3.13 python3.12 python3.11 python3.10; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 7))' >/dev/null 2>&1 && { echo $$p; break; }; done)

setup:
	@test -n "$(PYTHON)" || { echo "✗ No Python 3 found: install python3 and run this again."; exit 1; }
	@$(PYTHON) tools/setup.py

run: setup
	@exec .venv/bin/xiaoer run

test:
	@test -n "$(PYTHON)" || { echo "✗ No Python 3 found: install python3 and run this again."; exit 1; }
	@$(PYTHON) tools/setup.py --tests
	@sh tools/test_programs.sh
	@sh tools/test.sh

# Ours beside its baselines; `make bench BENCH=--scale` for the long curves.
bench: setup
	@.venv/bin/python -m benchmarks.run $(BENCH)

# Minutes by default; `make torture TORTURE="--hours 8 --seed 3"`.
torture: setup
	@.venv/bin/python -m tests.torture $(TORTURE)

# The pictures of docs/screenshots again, from a stack of their own; `make screenshots SHOTS="managers chat-size"`.
screenshots: setup
	@.venv/bin/python -m tools.screenshots $(SHOTS)

lint:
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/lint-imports

format:
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .
