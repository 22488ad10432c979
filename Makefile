# make serve  the server, from nothing      make test   all tests, from nothing
# make demo   one duel played before you    make check  style, types, layers
# make bench  the figures of the README     make lock   resolve Pipfile anew

PIPENV_VERSION := 2026.10.3
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIPENV := VIRTUAL_ENV="$(CURDIR)/$(VENV)" PIPENV_IGNORE_PIPFILE=1 PIPENV_VERBOSITY=-1 PIP_NO_WARN_SCRIPT_LOCATION=1 \
	PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pipenv

.PHONY: serve test check demo bench lock verify clean
.DEFAULT_GOAL := help

help:
	@head -3 Makefile | sed 's/^# //'

serve: $(VENV)/installed
	@$(BIN)/python run.py

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

demo: $(VENV)/installed-dev
	@$(BIN)/python -m demo.duel

bench: $(VENV)/installed-dev
	@$(BIN)/python -m benchmarks

verify: $(VENV)/installed
	@$(BIN)/flask --app application problems verify

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
