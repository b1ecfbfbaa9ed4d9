# Every target sets up .venv by itself: Python 3.11 or newer, pip and make are all one needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LOCK := requirements/lock.txt
INSTALL := -m pip install --quiet --disable-pip-version-check
# What is built here is built with what is installed, never with what is newest today.
OURSELVES := --no-deps --no-build-isolation --editable .

# Which tests, and in how many processes: make test TESTS=tests/store WORKERS=1
TESTS ?=
WORKERS ?= auto
PYTEST := -m pytest --numprocesses $(WORKERS) --maxprocesses 8 --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help next test test-newest test-oldest .venv-newest .venv-oldest lock lint format bench \
	soak quality docs picture clean

help:  ## list what you can make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | \
		expand -t 20

# Made from nothing when the lock changes, so that it holds what the lock says and nothing else.
$(STAMP): pyproject.toml $(LOCK)
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python $(INSTALL) --require-hashes --requirement $(LOCK)
	@$(BIN)/python $(INSTALL) $(OURSELVES)
	@touch $@

# Made from nothing each time: what was newest last month is not what is newest today.
.venv-newest .venv-oldest: .venv-%:
	@$(PYTHON) -m venv --clear $@
	@$(PYTHON) requirements/ranges.py $* > $@/requirements.txt
	@$@/bin/python $(INSTALL) --requirement $@/requirements.txt
	@$@/bin/python $(INSTALL) $(OURSELVES)
	@$@/bin/python -m pip check
	@$@/bin/python -m pip freeze --exclude-editable

next: $(STAMP)  ## show what to study next
	@$(BIN)/llmpath next
	@echo
	@echo "Here llmpath is in $(BIN). To go on, paste one of these:"
	@echo "  $(BIN)/llmpath start 1    start the first of the list"
	@echo "  $(BIN)/llmpath welcome    say what you want and know"
	@echo "  . $(BIN)/activate         make llmpath work by its name alone"

test: $(STAMP)  ## run all the tests
	@$(BIN)/python $(PYTEST) $(TESTS)

test-newest: .venv-newest  ## run all tests with the newest versions that pyproject.toml allows
	@$</bin/python $(PYTEST) $(TESTS)

test-oldest: .venv-oldest  ## run all tests with the oldest versions that pyproject.toml allows
	@$</bin/python $(PYTEST) $(TESTS)

lock:  ## write the newest versions that pyproject.toml allows into requirements/lock.txt
	@$(PYTHON) -m venv --clear .venv-lock
	@.venv-lock/bin/python $(INSTALL) uv
	@.venv-lock/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 \
		--generate-hashes --upgrade --custom-compile-command 'make lock' \
		--group dev --extra pdf pyproject.toml --output-file $(LOCK) > /dev/null

lint: $(STAMP)  ## ruff and mypy --strict
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(STAMP)  ## format the code with ruff
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(STAMP)  ## time the daily commands against the floor, with little data and with a lot
	@$(BIN)/python -m bench.commands
	@$(BIN)/python -m bench.scale_log
	@$(BIN)/python -m bench.scale_guidance

soak: $(STAMP)  ## test every fault with full counts; takes an hour
	@$(BIN)/python -m bench.soak

quality: $(STAMP)  ## measure how well search and guidance work
	@$(BIN)/python -m bench.quality
	@$(BIN)/python -m bench.needs
	@$(BIN)/python -m bench.guidance

docs: $(STAMP)  ## write the generated pages, and the README's examples and figures
	@$(BIN)/python -m llmpath.cli.reference > docs/cli.md
	@$(BIN)/python -m llmpath.catalog.schema
	@$(BIN)/python -m tests.readme

picture: $(STAMP)  ## draw the README's picture of a terminal
	@$(BIN)/python -m tests.picture

clean:  ## remove the environments and the caches
	rm -rf $(VENV) .venv-newest .venv-oldest .venv-lock .pytest_cache .mypy_cache .ruff_cache \
		.hypothesis dist build
