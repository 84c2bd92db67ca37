# The workbench in two commands: `make run` and `make test`. `make help` says more.

PYTHON ?= python3
PORT ?= 8000
DATA ?= data
ARGS ?=

export PORT DATA

.DEFAULT_GOAL := help
.PHONY: help run stop test lint format lock clean need-python

help: ## say what can be made
	@echo "The fact-checking workbench. Needs Python 3.11 or newer, make and git; nothing else."
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile
	@echo
	@echo "  make run PORT=8123 DATA=some/folder HOST=0.0.0.0    where it listens and keeps its data"
	@echo "  make test ARGS='-k quarantine'                      some tests only, without the linters"
	@echo "  DATABASE_URL and BROKER_URL name servers to use instead of the embedded ones."

need-python:
	@command -v $(PYTHON) >/dev/null 2>&1 || \
		{ echo "error: there is no $(PYTHON): install Python 3.11 or newer" >&2; exit 1; }

run: need-python ## set everything up and run the workbench until Ctrl-C
	@$(PYTHON) factcheck/bootstrap.py runtime
	@exec .venv/bin/python -m factcheck.run

stop: need-python ## stop the workbench that runs on DATA
	@$(PYTHON) factcheck/bootstrap.py runtime
	@exec .venv/bin/python -m factcheck.run stop

test: need-python ## linters and all tests, on a real PostgreSQL and a real broker
	@$(PYTHON) factcheck/bootstrap.py dev
	@exec .venv/bin/python -m factcheck.testing $(ARGS)

lint: need-python ## linters only
	@$(PYTHON) factcheck/bootstrap.py dev
	@exec .venv/bin/python -m factcheck.testing --lint

format: need-python ## let ruff write the code as it wants it
	@$(PYTHON) factcheck/bootstrap.py dev
	@.venv/bin/python -m ruff check --fix . ; .venv/bin/python -m ruff format .

# uv writes no registry address into a lock made this way; pip checks each file against the hashes.
UV_COMPILE = UV_PYTHON_DOWNLOADS=never ../.venv/bin/python -m uv pip compile --quiet --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock"

lock: need-python ## pin the newest dependencies in requirements/*.lock
	@$(PYTHON) factcheck/bootstrap.py dev
	cd requirements && $(UV_COMPILE) --upgrade bootstrap.in -o bootstrap.lock
	cd requirements && $(UV_COMPILE) --upgrade runtime.in -o runtime.lock
	cd requirements && $(UV_COMPILE) --upgrade dev.in -o dev.lock

clean: ## delete what can be made again; never the data
	rm -rf .venv .test-data staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
