# make run: set up and open the dashboard; make test: set up and pass the tests;
# make bench: set up and measure how fast it is (a few minutes).
PYTHON ?= python3
BIN = .venv/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt

.PHONY: run test bench check clean

run: .venv/run
	$(BIN)/streamlit run app.py

test: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/threats check
	$(BIN)/pytest

bench: .venv/bench
	$(BIN)/python tests/benchmarks/run.py

check: .venv/run
	$(BIN)/threats check

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

clean:
	rm -rf .venv
