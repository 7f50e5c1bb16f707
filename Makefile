# make site   builds site/ from records/ and synthesis/
# make test   runs everything that is tested
# Both make .venv and install the pinned dependencies first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python

.PHONY: site test lint serve lock bench clean help

site: $(VENV)/site.stamp
	$(RUN) build.py

test: $(VENV)/test.stamp
	$(BIN)/ruff check evidence_map tests build.py
	$(BIN)/ruff format --check evidence_map tests build.py
	$(BIN)/mypy
	$(BIN)/pytest -n 2

serve: $(VENV)/site.stamp
	$(RUN) build.py serve

# The pins: names, versions and hashes for every platform, and no address of any index.
lock: $(VENV)/test.stamp
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --no-emit-index-url --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --no-emit-index-url --extra test --output-file requirements-test.lock pyproject.toml

clean:
	rm -rf $(VENV) site build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("error: Python 3.11 or later is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/site.stamp: requirements.lock | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

$(VENV)/test.stamp: requirements-test.lock $(VENV)/site.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	touch $@
