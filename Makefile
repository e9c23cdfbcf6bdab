# Everything starts here, on a stock Debian with Python 3.11 and nothing else.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
LINT := lint-style lint-types lint-layers lint-console lint-dependencies
NETWORK ?= no
JOBS ?= 2
# Nothing is compiled that nobody imports.
export PIP_NO_COMPILE := 1

.PHONY: help run console browser screenshots test test-all test-most test-console lint $(LINT) audit demo-release fuzz bench docs ledger lock clean

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(VENV)/.made: pyproject.toml requirements/run.lock requirements/dev.lock tools/make_venv.sh
	@bash tools/make_venv.sh $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

WEB := $(shell find web -type f -not -path 'web/node_modules/*')
CONSOLE := baken/web/console/built-from
$(CONSOLE): $(VENV)/.made $(WEB) hatch_build.py
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: $(CONSOLE)  ## one turn of the watch over a sky, its brief, and the console
	@$(BIN)/baken run $(ARGS)

console: $(CONSOLE)  ## build the console

test: lint browser  ## lint, then every test but those that take minutes
	@$(MAKE) --no-print-directory test-most test-console

test-all: lint browser  ## lint, then every test there is
	@$(MAKE) --no-print-directory LONG='-m "long or not long"' test-most test-console

test-most:
	@$(BIN)/python -m pytest -q -n $(JOBS) $(LONG) --ignore=tests/console $(ARGS)

# Pages wait more than they reckon: two browsers a core.
BROWSERS ?= 4
test-console:
	@$(BIN)/python -m pytest -q -n $(BROWSERS) $(LONG) tests/console

browser:  ## see to it that there is a Chromium for the tests of the console
	@bash tools/make_browser.sh

lint: $(CONSOLE)  ## ruff, mypy --strict, import-linter, svelte-check, dependencies
	@$(MAKE) --no-print-directory --output-sync=target -j$(JOBS) $(LINT)

lint-style:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

lint-types:
	@$(BIN)/mypy

lint-layers:
	@PYTHONPATH=. $(BIN)/lint-imports

lint-console:
	@$(BIN)/python -m tools.check_console

lint-dependencies:
	@$(BIN)/python -m tools.audit_dependencies

audit: $(VENV)/.made  ## ask an advisory service about the locked versions (NETWORK=yes)
	@NETWORK=$(NETWORK) $(BIN)/python -m tools.ask_advisories

$(VENV)/.bench: $(VENV)/.made requirements/bench.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.lock
	@touch $@

screenshots: $(CONSOLE) browser  ## take the pictures of the console for the pages anew
	@$(BIN)/python -m tools.take_screenshots docs/figures/console

demo-release: $(CONSOLE)  ## three states share what one found, each as much as its owner decides
	@$(BIN)/python tools/demo_release.py build/demo-release

SECONDS_EACH ?= 60
fuzz: $(CONSOLE)  ## a minute of hostile text for every reader (SECONDS_EACH=60)
	@for name in $$($(BIN)/python -m tests.fuzz.fuzz_formats); do \
	  $(BIN)/python -m tests.fuzz.fuzz_formats $$name $(SECONDS_EACH) || exit 1; done

bench: $(VENV)/.bench $(CONSOLE)  ## the benchmarks, with their rivals in the same run
	@for question in benchmarks/[a-z]*.py; do $(BIN)/python $$question $(ARGS); done

$(VENV)/.docs: $(VENV)/.made requirements/docs.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/docs.lock
	@touch $@

docs: $(VENV)/.docs $(CONSOLE)  ## build the pages into build/docs
	@$(BIN)/mkdocs build --quiet --strict --site-dir build/docs
	@echo "docs: build/docs/index.html"

ledger: $(CONSOLE)  ## run the tests and write docs/ledger.md from what they saw
	@$(BIN)/python -m pytest -q -n $(JOBS) -m "long or not long" --ignore=tests/console --write-ledger

lock: $(VENV)/.made  ## pin every dependency anew
	@bash tools/lock.sh $(VENV)

clean:  ## forget what was built
	@rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
