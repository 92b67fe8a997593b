# make run:   set up and open the dashboard
# make check: set up; check style, types, layers and data, and run the fast tests
# make test:  set up; the same with every test
# make messages: set up and take the messages of the program into the catalogues of translators
# make bench: set up and measure how fast it is (a few minutes)
# make clients: set up and have other programs use it: validators, office, browsers (half an hour)
# make drill: set up and rehearse installing, updating and restoring on a server (a few minutes)
PYTHON ?= python3
BIN = .venv/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt

.PHONY: run check test lint messages bench clients drill clean

run: .venv/run
	$(BIN)/threats serve

check: .venv/test lint
	$(BIN)/pytest -n auto

# An empty -m selects the tests of every tier.
test: .venv/test lint
	$(BIN)/pytest -n auto -m ""

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/threats check

# The year in the file does not change with each run, so that only messages make a difference.
messages: .venv/test
	$(BIN)/pybabel -q extract -F babel.cfg --no-default-keywords -k _ -k N_ -k ngettext:1,2 \
		-k pgettext:1c,2 --add-location=file --sort-by-file --width=100 \
		--project="Threat Themes" --version="" --copyright-holder="the translators of Threat Themes" \
		-o threats/text/locale/threats.pot .
	$(BIN)/pybabel -q update -D threats -i threats/text/locale/threats.pot -d threats/text/locale \
		--no-fuzzy-matching --width=100 --ignore-pot-creation-date

bench: .venv/bench
	$(BIN)/python tests/benchmarks/run.py

clients: .venv/clients
	$(BIN)/python tests/clients/run.py

drill: .venv/test
	$(BIN)/python deploy/drill.py

.venv/run: pyproject.toml .ci/constraints.txt
	$(PYTHON) -m venv .venv
	$(INSTALL) --editable .
	touch $@

.venv/test: pyproject.toml .ci/constraints.txt
	$(PYTHON) -m venv .venv
	$(INSTALL) --editable ".[test]"
	touch $@

.venv/bench: pyproject.toml .ci/constraints.txt
	$(PYTHON) -m venv .venv
	$(INSTALL) --editable ".[bench]"
	touch $@

# The generator of clients needs other versions than the dashboard.
.venv/clients: pyproject.toml .ci/constraints.txt .ci/generator.txt
	$(PYTHON) -m venv .venv
	$(INSTALL) --editable ".[clients]"
	$(PYTHON) -m venv .venv/generator
	.venv/generator/bin/python -m pip install --quiet --disable-pip-version-check \
		--constraint .ci/generator.txt openapi-python-client
	touch $@

clean:
	rm -rf .venv
