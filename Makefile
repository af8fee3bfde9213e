# Needs Python 3.11 or newer and make; everything else is installed into .venv from the lock.
# Another Python: make PYTHON=python3.12 test

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed

# The tests of one file stay in one process: they share a server and what they have built up.
SPREAD := --numprocesses auto --maxprocesses 4 --dist loadfile --durations 20 -r fEs

# Pyright would ask the registry at every run whether a newer version exists.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

# The environment is made again when its Python is not the one asked for.
PYTHON_VERSION := $(shell $(PYTHON) -c 'import sys; print(sys.version)' 2>/dev/null)
ifneq ($(PYTHON_VERSION),$(shell cat $(INSTALLED) 2>/dev/null))
.PHONY: $(INSTALLED)
endif

.PHONY: help demo test check lint browser screens bench peers process-mining sbom lock lock-npm clean

help:
	@echo "make demo    real Dutch business estates on a status board, then one estate's whole life"
	@echo "make test    every test; WITHOUT_POSTGRES=1 leaves out those that need a PostgreSQL"
	@echo "make check   format, lint, types, import contracts, then every test"
	@echo "make lint    the same without the tests"
	@echo "make screens photograph every page into .bench/screens; KVOB_SCREENS names another folder"
	@echo "make bench   speed and size, as ratios; see benchmarks/README.md"
	@echo "make peers   the same job by other engines and libraries, each in an environment of its own"
	@echo "make process-mining   read the exports back with pm4py (AGPL), in an environment of its own"
	@echo "make sbom    write sbom.cdx.json: every installed package with version and licence"
	@echo "make lock    write requirements.lock anew; make lock UPGRADE=--upgrade takes newer versions"
	@echo "make lock-npm   the same for what the tests take from the npm registry"
	@echo "make clean   remove the environment and what the tools leave behind"

$(INSTALLED): requirements.lock pyproject.toml .ci/install
	@.ci/install $(PYTHON) $(VENV)
	@$(BIN)/python -c 'import sys; print(sys.version)' > $@

demo: $(INSTALLED)
	@$(BIN)/kvob demo

# The linter of the OpenAPI document and the checker of the pages; where npm's registry cannot be
# had, their tests say so.
LINTER := .bench/linter
AXE := .bench/axe

$(LINTER)/installed: tests/http/linter/package-lock.json .ci/npm | $(INSTALLED)
	@.ci/npm install $(VENV) tests/http/linter $(LINTER)

$(AXE)/installed: tests/web/browser/axe/package-lock.json .ci/npm | $(INSTALLED)
	@.ci/npm install $(VENV) tests/web/browser/axe $(AXE)

# Without a Chromium the tests of the pages say so.
browser:
	@.ci/browser || true

# On a machine that cannot have a PostgreSQL: make test WITHOUT_POSTGRES=1
test: $(INSTALLED) $(LINTER)/installed $(AXE)/installed browser
	$(BIN)/pytest $(SPREAD) $(if $(WITHOUT_POSTGRES),--without-postgres)

lint: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/kvob events check

check: lint test

screens: $(INSTALLED) browser
	$(BIN)/pytest --capture=no --quiet -m screens tests/web/browser

bench: $(INSTALLED)
	$(BIN)/python -m benchmarks

# Peers are installed into .bench/peers the first time; PEERS="--peers kvob-sqlite dbos-sqlite".
peers: $(INSTALLED)
	$(BIN)/python -m benchmarks.peers $(PEERS)

# pm4py is under the AGPL: it never comes into .venv, and nothing here imports it.
PM4PY := .bench/pm4py

$(PM4PY)/bin/pm4py-installed:
	@$(PYTHON) -m venv $(PM4PY)
	@$(PM4PY)/bin/pip install --quiet 'pm4py>=2.7,<3'
	@touch $@

process-mining: $(INSTALLED) $(PM4PY)/bin/pm4py-installed
	KVOB_PM4PY_PYTHON=$(abspath $(PM4PY))/bin/python $(BIN)/pytest tests/exports

sbom: $(INSTALLED)
	$(BIN)/kvob sbom --output sbom.cdx.json --yes

lock:
	PYTHON=$(PYTHON) .ci/lock $(UPGRADE)

lock-npm: $(INSTALLED)
	.ci/npm lock $(VENV) tests/http/linter
	.ci/npm lock $(VENV) tests/web/browser/axe

clean:
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
