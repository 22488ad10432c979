# make serve  the server, from nothing      make test   all tests, from nothing
# make demo   one duel played before you    make check  style, types, layers
# make bench  the figures of the README     make lock   resolve Pipfile anew
# make worker a judge worker, for servers with JUDGE_WORKERS=1      make cluster  nginx, 2 servers, 2 workers, here
# make languages  the compilers and interpreters of all languages (Debian, Ubuntu; asks for root)

PIPENV_VERSION := 2026.10.3
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIPENV := VIRTUAL_ENV="$(CURDIR)/$(VENV)" PIPENV_IGNORE_PIPFILE=1 PIPENV_VERBOSITY=-1 PIP_NO_WARN_SCRIPT_LOCATION=1 \
	PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pipenv

.PHONY: serve worker cluster test check demo bench lock verify languages cluster-programs clean
.DEFAULT_GOAL := help

help:
	@head -5 Makefile | sed 's/^# //'

serve: $(VENV)/installed
	@$(BIN)/python run.py

# Two workers more than there are cores: many tests wait for servers, others keep a core busy.
test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n $$($(BIN)/python -c 'import os; print(2 + (os.cpu_count() or 1))') --dist worksteal

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

worker: $(VENV)/installed
	@$(BIN)/python worker.py

cluster: $(VENV)/installed
	@$(BIN)/python -m cluster

demo: $(VENV)/installed-dev
	@$(BIN)/python -m demo.duel

bench: $(VENV)/installed-dev
	@$(BIN)/python -m benchmarks

verify: $(VENV)/installed
	@$(BIN)/flask --app application problems verify

# Debian's own packages, which bring no service and change nothing else. Elsewhere: docs/operations.md.
LANGUAGES := gcc g++ libc6-dev default-jdk-headless golang-go rustc ruby php-cli php-mbstring perl lua5.4 kotlin mono-mcs mono-runtime \
	node-typescript
SUDO := $(shell test "$$(id -u)" = 0 || echo sudo)

languages:
	@command -v apt-get >/dev/null || { echo "There is no apt-get here; docs/operations.md says what to install."; exit 1; }
	@dpkg -s $(LANGUAGES) >/dev/null 2>&1 && echo "All languages are installed." || { $(SUDO) apt-get update -q && \
		$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $(LANGUAGES); }

# What make cluster needs beside Python, and the tests of it.
CLUSTER := nginx-light redis-server

cluster-programs:
	@dpkg -s $(CLUSTER) >/dev/null 2>&1 && echo "nginx and Redis are installed." || { $(SUDO) apt-get update -q && \
		$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $(CLUSTER); }

# The lock must hold on any machine, so it names no place to get packages from: that is each machine's own setting.
lock: $(VENV)/pipenv
	VIRTUAL_ENV="$(CURDIR)/$(VENV)" $(BIN)/python -m pipenv lock
	$(BIN)/python -c "import json, pathlib; p = pathlib.Path('Pipfile.lock'); d = json.loads(p.read_text()); \
	d['_meta']['sources'] = []; \
	[v.pop('index', None) for s in ('default', 'develop') for v in d[s].values()]; \
	p.write_text(json.dumps(d, indent=4) + '\n')"

$(VENV)/pipenv:
	@test -n "$(PYTHON)" || { echo "Codemaze needs Python 3.11 or newer; none was found."; exit 1; }
	@echo "Making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is incomplete (Debian: apt install python3-venv)."; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check pipenv==$(PIPENV_VERSION)
	@touch $@

$(VENV)/installed: $(VENV)/pipenv Pipfile.lock
	@echo "Installing the locked packages"
	@$(PIPENV) sync
	@touch $@

$(VENV)/installed-dev: $(VENV)/pipenv Pipfile.lock
	@echo "Installing the locked packages, with those for development"
	@$(PIPENV) sync --dev
	@touch $(VENV)/installed $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
