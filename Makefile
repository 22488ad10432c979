# make serve  the server, from nothing      make test   all tests, from nothing
# make demo   a duel and a party, played    make check  style, types, layers
# make bench  the figures of the README     make lock   resolve Pipfile anew
# make worker a judge worker, for servers with JUDGE_WORKERS=1      make cluster  nginx, 2 servers, 2 workers, here
# make mutants  faults planted in the rules: do the unit tests see them? (with only=FILE: in that file)
# make languages  the compilers and interpreters of all languages (Debian, Ubuntu; asks for root)

# What make sets under a name that the environment has, it hands to the programs it starts, too. So that no setting of
# the server, and nothing of anybody's shell, is changed on the way, names are small but for the one that is asked for.
pipenv_version := 2026.10.3
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
venv := .venv
bin := $(venv)/bin
pipenv := VIRTUAL_ENV="$(CURDIR)/$(venv)" PIPENV_IGNORE_PIPFILE=1 PIPENV_VERBOSITY=-1 PIP_NO_WARN_SCRIPT_LOCATION=1 \
	PIP_DISABLE_PIP_VERSION_CHECK=1 $(bin)/python -m pipenv

.PHONY: serve worker cluster test check demo bench lock verify languages cluster-programs clean mutants
.DEFAULT_GOAL := help

help:
	@head -6 Makefile | sed 's/^# //'

serve: $(venv)/installed
	@$(bin)/python run.py

# Two workers more than there are cores: many tests wait for servers, others keep a core busy.
test: $(venv)/installed-dev
	$(bin)/python -m pytest -n $$($(bin)/python -c 'import os; print(2 + (os.cpu_count() or 1))') --dist worksteal

check: $(venv)/installed-dev
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/mypy
	$(bin)/lint-imports

mutants: $(venv)/installed-dev
	@$(bin)/python -m tests.mutants $(only)

worker: $(venv)/installed
	@$(bin)/python worker.py

cluster: $(venv)/installed
	@$(bin)/python -m cluster

demo: $(venv)/installed-dev
	@$(bin)/python -m demo.duel

bench: $(venv)/installed-dev
	@$(bin)/python -m benchmarks

verify: $(venv)/installed
	@$(bin)/flask --app application problems verify

# Debian's own packages, which bring no service and change nothing else. Elsewhere: docs/operations.md.
language_packages := gcc g++ libc6-dev default-jdk-headless golang-go rustc ruby php-cli php-mbstring perl lua5.4 kotlin mono-mcs mono-runtime \
	node-typescript
sudo := $(shell test "$$(id -u)" = 0 || echo sudo)

languages:
	@command -v apt-get >/dev/null || { echo "There is no apt-get here; docs/operations.md says what to install."; exit 1; }
	@dpkg -s $(language_packages) >/dev/null 2>&1 && echo "All languages are installed." || { $(sudo) apt-get update -q && \
		$(sudo) env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $(language_packages); }

# What make cluster needs beside Python, and the tests of it.
cluster_packages := nginx-light redis-server

cluster-programs:
	@dpkg -s $(cluster_packages) >/dev/null 2>&1 && echo "nginx and Redis are installed." || { $(sudo) apt-get update -q && \
		$(sudo) env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $(cluster_packages); }

# The lock must hold on any machine, so it names no place to get packages from: that is each machine's own setting.
lock: $(venv)/pipenv
	VIRTUAL_ENV="$(CURDIR)/$(venv)" $(bin)/python -m pipenv lock
	$(bin)/python -c "import json, pathlib; p = pathlib.Path('Pipfile.lock'); d = json.loads(p.read_text()); \
	d['_meta']['sources'] = []; \
	[v.pop('index', None) for s in ('default', 'develop') for v in d[s].values()]; \
	p.write_text(json.dumps(d, indent=4) + '\n')"

$(venv)/pipenv:
	@test -n "$(PYTHON)" || { echo "Codemaze needs Python 3.11 or newer; none was found."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "PYTHON=$(PYTHON) is no Python 3.11 or newer that can be run."; exit 1; }
	@echo "Making a virtual environment in $(venv)"
	@$(PYTHON) -m venv $(venv) || { echo "Python's venv module is incomplete (Debian: apt install python3-venv)."; exit 1; }
	@$(bin)/python -m pip install --quiet --disable-pip-version-check pipenv==$(pipenv_version)
	@touch $@

$(venv)/installed: $(venv)/pipenv Pipfile.lock
	@echo "Installing the locked packages"
	@$(pipenv) sync
	@touch $@

$(venv)/installed-dev: $(venv)/pipenv Pipfile.lock
	@echo "Installing the locked packages, with those for development"
	@$(pipenv) sync --dev
	@touch $(venv)/installed $@

clean:
	rm -rf $(venv) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache mutants .coverage*
