# Everything sets itself up: a virtual environment in .venv, locked dependencies, the Pulumi engine.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell $(name) -c \
  'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
READY := .venv/.ready
EMULATE := tests/emulate/node_modules/.package-lock.json

# Every run of golive starts processes of its own; without compiled modules each would compile them again.
export PYTHONDONTWRITEBYTECODE :=

CHAOS ?= 0-39
ACCOUNTS ?= 50000
KILLS ?= 20

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

.PHONY: demo
demo: engine ## Show golive at work in the local sandbox, from nothing to drift and back (about a minute)
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash tests/demo.sh

.PHONY: test
test: engine lint emulate ## Run everything that has to pass: style, types, architecture, all tests
	$(BIN)/python -m pytest -n 4 --dist worksteal $(TESTS)

.PHONY: coverage
coverage: engine emulate ## Run all tests and see which lines and branches they reach (takes three times as long)
	$(BIN)/python -m pytest -n 4 --dist worksteal --cov --cov-report=term --cov-report=html:.coverage-html $(TESTS)

.PHONY: chaos
chaos: engine ## Kill golive, engine and host 40 times at random moments; CHAOS=17 repeats one, CHAOS=0-99 runs more
	GOLIVE_CHAOS=$(CHAOS) $(BIN)/python -m pytest -n 4 --dist worksteal tests/chaos/test_chaos.py tests/chaos/test_moves.py

.PHONY: kills
kills: engine ## Kill golive 20 times in each step of a migration, and compare record by record; KILLS=100 kills more
	GOLIVE_KILLS=$(KILLS) $(BIN)/python -m pytest -q tests/chaos/test_migrations.py

.PHONY: accounts
accounts: engine ## Carry 50,000 accounts over to a helpdesk with kills and limits in between; ACCOUNTS=5000 takes fewer
	GOLIVE_ACCOUNTS=$(ACCOUNTS) $(BIN)/python -m pytest -q -s tests/cli/test_context_load.py

.PHONY: bench
bench: engine ## Measure golive beside the engine alone and write docs/benchmarks.md (an hour); BENCH="--sizes 150 --quick"
	$(BIN)/python -m tests.bench $(BENCH)

.PHONY: lint
lint: $(READY) ## Check style, types and which room imports which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

.PHONY: format
format: $(READY) ## Bring all files into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: generated
generated: $(READY) ## Make again what is made from the code: schemas and documentation
	$(BIN)/golive schema --out config/schemas
	$(BIN)/python -P -m golive.documentation docs

.PHONY: engine
engine: $(READY) ## Install the Pulumi engine into the user's cache folder, unless it is there
	@$(BIN)/golive engine status >/dev/null 2>&1 || $(BIN)/golive engine install

.PHONY: emulate
emulate: ## Install the npm package against which Slack and Linear are tested, too; without Node 20 these tests are skipped
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(EMULATE); \
	  else echo "npm is not here: the tests of Slack and Linear against emulate are skipped."; fi

$(EMULATE): tests/emulate/package.json tests/emulate/package-lock.json
	@npm ci --prefix tests/emulate --silent
	@touch $@

.PHONY: lock
lock: ## Write requirements.lock anew from pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --extra dev --no-emit-index-url \
	  --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

.PHONY: clean
clean: ## Remove the virtual environment and everything that was made here
	rm -rf .venv tests/emulate/node_modules build dist *.egg-info .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis

.PHONY: install
install: $(READY) ## Make the virtual environment with the locked dependencies

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "golive needs Python 3.11 or newer; none was found on PATH." >&2; exit 1; }
	@echo "Setting up .venv with $(PYTHON) …"
	@$(PYTHON) -m venv .venv
	@# The lock names everything, so nothing is resolved: a resolver would look at newer versions first.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m pip check --disable-pip-version-check >/dev/null
	@touch $@
