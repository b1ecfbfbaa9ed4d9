# Every target sets up .venv by itself: Python 3.11 or newer, pip and make are all one needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help next test lint format bench soak quality docs clean

help:  ## list what you can make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */  make \1\t/'

$(STAMP): pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --allow-existing --python "$(PYTHON)" $(VENV) && \
		uv pip install --quiet --python $(BIN)/python --editable . --group dev; \
	else \
		$(PYTHON) -m venv $(VENV) && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1' && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev; \
	fi
	@touch $@

next: $(STAMP)  ## show what to study next
	@$(BIN)/llmpath next

test: $(STAMP)  ## run all the tests
	@$(BIN)/python -m pytest

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
	@$(BIN)/python -m bench.guidance

docs: $(STAMP)  ## write the generated pages
	@$(BIN)/python -m llmpath.cli.reference > docs/cli.md
	@$(BIN)/python -m llmpath.catalog.schema

clean:  ## remove the environment and the caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build
