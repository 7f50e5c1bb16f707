# make site   builds site/ from records/ and synthesis/
# make test   runs everything that is tested
# Both make .venv and install the pinned dependencies first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python
JAVASCRIPT := tests/javascript
UPKEEP := build/upkeep
COMPILE = $(UPKEEP)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url

.PHONY: site test lint serve lock audit sbom bench bench-largest fuzz pictures clean help

site: $(VENV)/site.stamp
	$(RUN) build.py

test: $(VENV)/test.stamp $(JAVASCRIPT)/node_modules/.stamp
	$(BIN)/ruff check evidence_map tests build.py
	$(BIN)/ruff format --check evidence_map tests build.py
	$(BIN)/mypy
	@# What is compiled is kept for the next process; some machines say otherwise, and wait.
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 2 --dist worksteal

serve: $(VENV)/site.stamp
	$(RUN) build.py serve

# make bench  measures checking, building, the live map, exports and imports; writes docs/benchmarks.md
bench: $(VENV)/test.stamp
	$(RUN) -m tests.bench.build_bench --write
	$(RUN) -m tests.bench.map_bench --write
	$(RUN) -m tests.bench.references_bench --write

# make bench-largest  measures the build of 100,000 records, too
bench-largest: $(VENV)/test.stamp
	$(RUN) -m tests.bench.build_bench --largest --write

# make fuzz  gives damaged files to all that reads files; TARGET=ris SECONDS=600 for one of them, longer
TARGET ?= all
SECONDS ?= 600
fuzz: $(VENV)/test.stamp
	$(RUN) -m tests.fuzz $(TARGET) $(SECONDS)

# make pictures  takes the pictures of the form in the guide, and of the map in the README, anew
pictures: $(VENV)/test.stamp
	$(RUN) -m tests.pictures

# The pins: names, versions and hashes for every platform, and no address of any index.
lock: $(UPKEEP)/.stamp
	$(COMPILE) --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra test --output-file requirements-test.lock pyproject.toml
	$(COMPILE) --group upkeep --output-file requirements-upkeep.lock

# make audit  asks whether a fault of a pinned package is known; it needs the network
audit: $(UPKEEP)/.stamp
	$(UPKEEP)/bin/python -m pip_audit --disable-pip --progress-spinner off \
		--requirement requirements-test.lock --requirement requirements-upkeep.lock

# make sbom  writes the software bill of materials, build/evidence-map.cdx.json
sbom: $(VENV)/site.stamp
	mkdir -p build
	$(RUN) build.py packages --format cyclonedx --out build/evidence-map.cdx.json

clean:
	rm -rf $(VENV) site build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		$(JAVASCRIPT)/node_modules

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

# What looks after the packages, apart from them.
$(UPKEEP)/.stamp: requirements-upkeep.lock | $(VENV)/bin/python
	$(BIN)/python -m venv $(UPKEEP)
	$(UPKEEP)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-upkeep.lock
	touch $@

# The TypeScript compiler, for the tests only. Without Node its tests are skipped, except in CI.
$(JAVASCRIPT)/node_modules/.stamp: $(JAVASCRIPT)/package-lock.json
	@if command -v node >/dev/null && command -v npm >/dev/null; then \
		cd $(JAVASCRIPT) && npm ci --loglevel=error >/dev/null && touch node_modules/.stamp; \
	elif [ "$$CI" = true ]; then \
		echo "error: Node.js and npm are needed to check the site's JavaScript" >&2; exit 1; \
	else \
		echo "Node.js or npm is missing: the site's JavaScript is not checked."; \
	fi
